"""Tables of the chapter on what is said online: against the coded rows."""

from evidence.data import store
from evidence.data.store import of_document
from evidence.parts.education import INCLUSION, inclusion_online


def test_every_coded_platform_has_its_mark_under_a_known_column():
    table = inclusion_online.platforms()
    coded = of_document("platforms", INCLUSION)
    assert sorted(table["Platform"]) == sorted(coded["platform"])
    assert set(table["Posts"]) == set(inclusion_online.COLUMNS)


def test_platforms_on_which_organisations_were_both_collected_and_found_come_first():
    table = inclusion_online.platforms()
    assert list(dict.fromkeys(table["Platform"]))[:2] == ["Instagram", "Telegram"]
    marks = table.groupby("Platform")["Posts"].agg(set)
    both = set(inclusion_online.COLUMNS[:2])
    assert {name for name, found in marks.items() if both <= found} == {"Instagram", "Telegram"}


def test_findings_are_those_of_the_social_media_study_and_begin_with_weaknesses():
    table = inclusion_online.findings()
    coded = store.load("inclusion_findings").query("study == 'listening'")
    assert sorted(cell["to"] for cell in table["Finding"]) == sorted("finding:" + coded["finding"])
    kinds = list(dict.fromkeys(table["Kind"]))
    assert (kinds[0], kinds[-1]) == ("weakness", "gap in knowledge")


def test_each_finding_says_whose_posts_show_it():
    shown = inclusion_online.findings()["Whose posts"]
    assert set(shown) == {"Public", "Organisations", "Both", "Not said"}
