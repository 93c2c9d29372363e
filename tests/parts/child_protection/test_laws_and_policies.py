"""Derived tables of the chapter on laws and policies: against the coded rows and the facts."""

import pytest

from evidence.data import store
from evidence.data.store import of_document
from evidence.parts.child_protection import laws_and_policies as cp
from evidence.parts.child_protection.evaluation import EVALUATION
from tests.parts.cells import ids

INSTRUMENTS = store.load("instruments").set_index("id", drop=False)


def in_section(lines, question):
    first, last = store.line_range(store.load("evaluation_questions").set_index("id").loc[question, "section"])
    return first <= store.line_range(lines)[0] <= last


def test_the_timeline_holds_every_dated_instrument_of_the_section_on_laws_but_drafts_and_reports():
    rows = of_document("instruments", EVALUATION).query("date != '' and type != 'report'")
    named = rows[[any(in_section(lines, f"vac-q1-{n}") for n in range(1, 6)) for lines in rows["lines"]]]
    left_out = {"vac-ins-amendments-social-security-2017", "vac-ins-family-gender-plan-2020-2022"}
    expected = {key for key in named["id"] if "draft" not in key} - left_out
    shown = cp.main_instruments()
    assert expected and expected <= set(ids(shown["Full name"]))
    assert shown["Instrument"].is_unique
    assert len(shown) == 27


def test_only_instruments_with_a_year_have_a_short_name():
    named = INSTRUMENTS.query("short_name != ''")
    assert named[named["date"] == ""]["id"].tolist() == []


def test_instruments_come_by_year_and_none_is_amended_before_it_is_adopted():
    frame = cp.main_instruments()
    assert list(frame["Adopted"]) == sorted(frame["Adopted"])
    years = cp.years_of(frame)
    first = years.groupby("Instrument")["Year"].min()
    assert first.to_dict() == dict(zip(frame["Instrument"], frame["Adopted"].astype(int)))
    printed = INSTRUMENTS.loc[ids(frame["Full name"]), "amended"].map(lambda text: len(store.items(text))).sum()
    assert (years["Kind"] == "amended").sum() == printed + 1  # and the ratification of the Convention, in 1994
    assert years.query("Instrument == 'Child rights convention'")["Year"].tolist() == [1989, 1994]


def test_the_years_of_acts_before_2011_show_no_peak_in_2019_as_the_chapter_says():
    frame = cp.main_instruments()
    years = cp.years_of(frame[frame["Adopted"] < "2011"])["Year"].value_counts()
    assert years[2020] >= years[2019] > 0
    rights = frame.query("Instrument == 'Child rights law'")["Amended"].item()
    assert rights == "2019, 2020"  # the first of them stands in a footnote only


def test_every_statement_on_a_prohibition_has_a_readable_form_setting_and_status():
    frame = cp.prohibitions()
    assert len(frame) == len(of_document("prohibitions", EVALUATION))
    for column in ("form", "setting", "status"):
        assert set(frame[column]) <= set(store.labels("prohibitions", column).values())
    lines = [store.line_range(text)[0] for text in frame["lines"]]
    assert lines == sorted(lines)


def test_the_matrix_shows_disagreement_where_statuses_of_a_cell_differ():
    statements, frame = cp.prohibitions(), cp.prohibited_where().set_index("Form")
    assert set(frame.index) == set(statements["form"])
    assert "lawful" in frame.loc["Corporal punishment", "Home"]
    assert "not explicit" in frame.loc["Corporal punishment", "Home"]
    statuses = statements.groupby(["form", "setting"])["status"].nunique()
    for (form, setting), number in statuses.items():
        text = frame.loc[form, setting if setting in frame else "Other institutions"]
        part = text if setting in frame else next(part for part in text.split(". ") if part.startswith(setting))
        assert ("differs" in part) == (number > 1), (form, setting)
    filled = frame.drop(columns="Other institutions").notna().sum().sum()
    assert filled == sum(setting in frame for _, setting in statuses.index)


def test_the_title_on_corporal_punishment_holds_for_every_setting():
    said = cp.corporal_punishment().groupby("Setting", sort=False)["Status"].agg(set).to_dict()
    assert said == {
        "Home": {"lawful", "not explicit"},
        "School": {"prohibited", "not explicit"},
        "Day care": {"lawful", "not explicit"},
        "Alternative care": {"prohibited", "not explicit"},
        "Penal institution": {"prohibited"},
    }


def test_every_passage_on_corporal_punishment_is_shown_once():
    rows = of_document("prohibitions", EVALUATION).query("form == 'corporal-punishment'")
    assert sorted(ids(cp.corporal_punishment()["What is said"])) == sorted(rows["id"])


def test_gaps_are_the_weaknesses_and_gaps_under_questions_on_laws():
    frame = cp.legal_gaps()
    rows = of_document("findings", EVALUATION)
    expected = rows[rows["questions"].str.contains("vac-q1-") & rows["stance"].isin(["weakness", "gap"])]
    assert sorted(ids(frame["Finding"])) == sorted(expected["id"])
    assert frame["Question"].str.match(r"1\.[1-5] ").all()
    assert not frame["Question"].str.contains(r"\b[2-6]\.\d").any()


def test_every_situation_stands_under_a_branch_and_opens_services_by_the_same_door():
    frame = cp.eligibility().set_index("Situation")
    branches = frame.index[frame["Under"] == ""]
    assert len(branches) == 2
    assert set(frame["Under"]) - {""} == set(branches)
    below = frame[frame["Under"] != ""]
    assert list(below["Effect"]) == list(frame.loc[below["Under"], "Effect"])


@pytest.mark.parametrize(
    ("door", "branch"), list(enumerate(["Situations listed in the law", "Experience of violence"]))
)
def test_only_violence_opens_services_through_harm_and_each_branch_rests_on_one_finding(door, branch):
    frame = cp.eligibility().query("Effect == @cp.DOORS[@door]")
    assert frame.query("Under == ''")["Situation"].item().startswith(branch)
    assert frame["lines"].nunique() == 1


def test_policies_are_the_programmes_of_the_section_on_policy():
    frame = cp.policies()
    rows = of_document("instruments", EVALUATION).query("type == 'programme'")
    assert set(ids(frame["Policy"])) == {row.id for row in rows.itertuples() if in_section(row.lines, "vac-q1-2")}
    assert list(frame["Year"]) == sorted(frame["Year"])


def test_numbers_of_articles_stay_in_what_an_act_says():
    assert "in schools (91)" in INSTRUMENTS.loc["vac-ins-health-code-2020", "subject"]
    assert "prostitution (40)" in INSTRUMENTS.loc["vac-ins-law-rights-child-2002", "subject"]
