"""Derived tables of the part on child protection, norms: against the coded rows and the facts."""

import re
from types import SimpleNamespace

import pytest

from evidence.data import store
from evidence.data.records import fact, facts
from evidence.figures.calculations import calculation, inputs_of
from evidence.parts.child_protection import norms as cp

FIRST, SECOND = cp.ROUNDS
GROUPS = ["General public", "Parents", "Professionals"]


@pytest.fixture(scope="module")
def attitudes():
    return cp.attitudes()


@pytest.fixture(scope="module")
def coded():
    return store.load("attitude_pairs")


def rounds():
    """Return the ids of the shares of each round, without words and without shares of one sex."""
    found = {"16": set(), "21": set()}
    for key, item in facts().items():
        hit = re.match(r"vac-kap(16|21)-", key)
        if hit and item.unit == "percent" and "in_words" not in item.flags and not item.sex:
            found[hit[1]].add(key)
    return found["16"], found["21"]


def test_every_share_printed_is_coded_once_and_no_other(coded):
    first, second = rounds()
    assert sorted(coded["first"]) == sorted(first)
    assert sorted(coded["second"][coded["second"] != ""]) == sorted(second)
    assert (len(first), len(second)) == (15, 12)


def test_a_change_is_the_second_figure_less_the_first(coded):
    assert ((coded["change"] == "") == (coded["second"] == "")).all()
    for row in coded.query("change != ''").itertuples():
        item = calculation(row.change)
        assert item.formula == "difference", row
        assert inputs_of(item) == {"minuend": row.second, "subtrahend": row.first}, row


def test_a_pair_has_one_indicator_and_one_base(attitudes):
    for row in attitudes.itertuples():
        first, second = fact(row.first), fact(row.second)
        assert (first.indicator, first.base, first.place) == (second.indicator, second.base, second.place), row
        assert first.period == "2016", row
        assert second.period in ("2020", "2021"), row
        assert "preliminary" in second.flags, row


def test_a_row_names_the_people_its_base_names(coded):
    words = {"public": "general p", "parents": "parents", "professionals": "professionals", "not-named": "not said"}
    for row in coded.itertuples():
        assert words[row.asked] in fact(row.first).base, row


def test_the_order_of_the_book_has_no_gap_and_no_double(coded):
    assert sorted(coded["order"]) == list(range(1, 16))


def test_changes_lead_from_the_first_round_to_the_second(attitudes):
    assert (attitudes[FIRST] + attitudes["Change, points"]).tolist() == attitudes[SECOND].tolist()
    assert attitudes["Change, points"].ne(0).all()
    worse = attitudes[attitudes["Direction"] == "worse"]
    assert set(worse["subject"]) == {"understanding", "reporting", "investigation"}
    assert set(attitudes[attitudes["Direction"] == "better"]["subject"]) == {"use", "support"}


@pytest.mark.parametrize(
    ("change", "better", "expected"),
    [(-24, "fall", "better"), (12, "fall", "worse"), (5, "rise", "better"), (-5, "rise", "worse")],
)
def test_a_change_is_for_the_better_if_it_has_the_wanted_sign(change, better, expected):
    assert cp.direction(change, better) == expected


def test_a_row_says_who_and_what_and_both_shares(attitudes):
    assert attitudes[cp.SHOWN].iloc[0].tolist() == ["Parents: used physical violence", 45, 21, -24, "better"]
    assert attitudes[cp.SHOWN].iloc[9].tolist() == [
        "General public: find state investigation very important",
        45,
        22,
        -23,
        "worse",
    ]


def test_attitudes_on_a_subject_are_some_of_all(attitudes):
    some = cp.attitudes("reporting", "investigation")["first"]
    assert set(some) < set(attitudes["first"])
    assert len(some) == 6
    assert all("no-report" in key or key.endswith("investigate") for key in some)


def test_an_answer_of_one_round_says_so():
    row = SimpleNamespace(first="vac-kap16-any-violence", second="", change="", better="fall")
    assert cp.answer_in_words(row) == "first round only: 67.0%"


def test_every_share_of_a_named_group_stands_in_one_cell(attitudes, coded):
    table = cp.attitudes_by_group().set_index("What people said")
    assert list(table) == GROUPS
    cells = [cell for cell in table.to_numpy().ravel() if cell != "not given"]
    named = attitudes[attitudes["asked"] != "not-named"]
    one_round = coded["second"].eq("").sum()
    assert len(cells) == len(named) + one_round == 14
    assert sum("first round only" in cell for cell in cells) == one_round
    assert sum("worse by" in cell for cell in cells) == (named["Direction"] == "worse").sum()
    assert table.loc["Used physical violence"].tolist() == [
        "first round only: 39.5%",
        "better by 24 points: 45% → 21%",
        "not given",
    ]


def test_figures_on_participation_say_where_no_year_is_printed():
    table = cp.participation()
    assert len(table) == 7
    assert table["As of"].ne("").all()
    first = table.set_index("What was counted").loc["Opinion not considered in decisions"]
    assert first["As given"] == fact("vac-opinion-ignored").as_reported
    assert first["lines"] == fact("vac-opinion-ignored").lines


@pytest.mark.parametrize("question", ["vac-q6-1", "vac-q6-2"])
def test_findings_on_a_question_are_those_coded_with_it_in_order_of_stance(question):
    table = cp.findings_on(question)
    coded = store.load("findings")
    assert set(table["id"]) == set(coded[coded["questions"].str.split(";").map(lambda keys: question in keys)]["id"])
    assert table["id"].is_unique
    assert [cell["to"] for cell in table["Finding"]] == [f"finding:{key}" for key in table["id"]]
    order = ["weakness", "gap", "strength", "description"]
    assert table["stance"].drop_duplicates().tolist() == [stance for stance in order if stance in set(table["stance"])]
    for _, rows in table.groupby("stance"):
        assert rows["lines"].map(lambda lines: store.line_range(lines)[0]).is_monotonic_increasing
    assert table["As of"].ne("").all()


def test_a_gap_reads_as_a_gap_in_knowledge():
    table = cp.findings_on("vac-q6-1").query("stance == 'gap'")
    assert table["Kind"].tolist() == ["gap in knowledge"]
