"""Tables of the chapter on inclusive education: against the facts and the coded rows."""

import pytest

from evidence.data import store
from evidence.data.records import PLACE, fact
from evidence.data.store import of_document
from evidence.parts.education import INCLUSION, inclusion
from tests.parts.cells import key_of


def test_shares_of_both_groups_stay_apart_with_their_years():
    early, others = inclusion.places_by_group()
    assert early[["Where they learn", "Share, %"]].values.tolist() == [
        ["Special kindergartens", 13],
        ["Special groups in regular kindergartens", 11],
    ]
    assert dict(zip(others["Where they learn"], others["Share, %"])) == {
        "Special schools": 14,
        "Taught at home": 12,
        "Special classes": 10,
    }
    assert (set(early["As of"]), set(others["As of"])) == ({"2021"}, {"2022"})


def test_a_group_of_shares_is_one_base_of_the_document():
    shown = store.load("exhibit_rows").query("exhibit == 'inclusion-places'")
    bases = {group: {fact(key).base for key in rows["fact"]} for group, rows in shown.groupby("group")}
    assert sorted(map(len, bases.values())) == [1, 1]
    assert len(set.union(*bases.values())) == 2


def test_budgets_have_the_years_of_their_facts_and_are_not_added():
    table = inclusion.budgets()
    assert table[["From", "To"]].values.tolist() == [
        [2011, 2021],
        [2011, 2015],
        [2016, 2019],
        [2020, 2025],
        [2021, 2025],
    ]
    printed = [fact(key_of(cell, "fact")).value for cell in table["As given"][1:]]
    assert printed == [509.7, 1423.4, 11578, 1970.5]
    assert table["Years"].tolist() == ["2011–2021", "2011–2015", "2016–2019", "2020–2025", "2021–2025"]
    assert table["Bar"].is_unique


def test_every_finding_of_the_document_on_the_country_is_coded_once():
    coded = store.load("inclusion_findings")["finding"].tolist()
    rows = of_document("findings", INCLUSION).query("scope == ''")
    assert sorted(coded) == sorted(rows["id"])


def test_a_finding_says_whose_posts_show_it_exactly_if_it_comes_from_the_social_media_study():
    coded = store.load("inclusion_findings")
    assert (coded["posts"] != "").tolist() == (coded["study"] == "listening").tolist()


@pytest.mark.parametrize(
    ("study", "note"), [("evaluation", "FE"), ("listening", "SML"), ("both", "both studies"), ("neither", "neither")]
)
def test_the_coding_of_the_study_agrees_with_what_a_finding_rests_on(study, note):
    rows = inclusion.coded_findings().query("study == @study")
    assert len(rows) > 0
    assert not [row.id for row in rows.itertuples() if not row.evidence_note.startswith(note)]


def test_findings_on_inclusion_leave_out_the_posts_and_the_making_of_the_studies():
    table = inclusion.findings()
    assert list(table.columns) == ["Finding", "Subject", "Kind", "Which study", "Rests on", *PLACE]
    assert not {"What is said online", "How the studies were made"} & set(table["Subject"])
    assert "Social media study" not in set(table["Which study"])
    shown = {key_of(cell, "finding") for cell in table["Finding"]}
    assert {"tale-find-toc-kazakh-materials", "tale-find-toc-early-identification"} <= shown


def test_weaknesses_on_a_subject_stand_before_strengths():
    for _, rows in inclusion.findings().groupby("Subject"):
        ranks = [inclusion.STANCES.index(kind) for kind in rows["Kind"]]
        assert ranks == sorted(ranks)


def test_both_studies_have_a_cell_for_every_aspect():
    table = inclusion.studies()
    assert list(table.columns) == ["Aspect", "Evaluation", "Social media study"]
    assert table.notna().all(axis=None)


def test_printed_counts_of_the_evaluation_lead_to_their_facts():
    table = inclusion.studies().set_index("Aspect")["Evaluation"]
    assert key_of(table["Interviews"], "fact") == "tale-fe-kii"
    assert table["Interviews"]["text"].startswith("32,")
    assert table["Group discussions"]["text"].startswith("19, with 89 ")
    assert key_of(table["Cannot show"], "discrepancy") == "tale-dis-heading-limits"
