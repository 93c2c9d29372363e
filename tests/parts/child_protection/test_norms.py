"""Derived tables of the part on child protection, norms: against the coded rows and the facts."""

import re

import pytest

from evidence.data import store
from evidence.data.records import fact, facts
from evidence.parts.child_protection import norms as cp

# --- participation and social norms ---------------------------------------------------------


@pytest.fixture(scope="module")
def attitudes():
    return cp.attitudes()


def rounds():
    """Return the shares of each round by the rest of their id, without words and without shares of one sex."""
    found = {"16": {}, "21": {}}
    for key, item in facts().items():
        hit = re.fullmatch(r"vac-kap(16|21)-(.+)", key)
        if hit and item.unit == "percent" and "in_words" not in item.flags and not item.sex:
            found[hit[1]][hit[2]] = item
    return found["16"], found["21"]


def test_every_share_printed_for_both_rounds_is_a_pair_and_the_others_are_of_one_round():
    first, second = rounds()
    assert set(cp.ATTITUDES) == set(first) & set(second)
    assert set(cp.ONE_ROUND) == {f"vac-kap16-{key}" for key in set(first) - set(second)}
    assert set(second) <= set(first)


def test_a_pair_has_one_indicator_and_one_base(attitudes):
    for row in attitudes.itertuples():
        first, second = fact(row.first), fact(row.second)
        assert (first.indicator, first.base, first.place) == (second.indicator, second.base, second.place), row
        assert first.period == "2016", row
        assert second.period in ("2020", "2021"), row
        assert "preliminary" in second.flags, row


def test_a_pair_names_the_people_its_base_names(attitudes):
    words = {cp.PUBLIC: "general p", cp.PARENTS: "parents", cp.PROFESSIONALS: "professionals", cp.NOT_NAMED: "not said"}
    for row in attitudes.to_dict("records"):
        assert words[row["Who was asked"]] in fact(row["first"]).base, row


def test_changes_lead_from_the_first_round_to_the_second(attitudes):
    assert (attitudes[cp.FIRST] + attitudes["Change, points"]).tolist() == attitudes[cp.SECOND].tolist()
    assert attitudes["Change, points"].ne(0).all()
    worse = attitudes[attitudes["Direction"] == "worse"]
    assert set(worse["subject"]) == {"understanding", "reporting", "investigation"}
    assert set(attitudes[attitudes["Direction"] == "better"]["subject"]) == {"use", "support"}


def test_attitudes_on_a_subject_are_some_of_all(attitudes):
    some = cp.attitudes("reporting", "investigation")["first"]
    assert set(some) < set(attitudes["first"])
    assert len(some) == 6
    assert all("no-report" in key or key.endswith("investigate") for key in some)


def test_every_share_of_a_named_group_stands_in_one_cell(attitudes):
    table = cp.attitudes_by_group().set_index("What of")
    cells = [cell for cell in table.to_numpy().ravel() if cell != "not printed"]
    named = attitudes[attitudes["Who was asked"] != cp.NOT_NAMED]
    assert len(cells) == len(named) + len(cp.ONE_ROUND)
    assert sum("first round only" in cell for cell in cells) == len(cp.ONE_ROUND)
    assert sum("worse by" in cell for cell in cells) == (named["Direction"] == "worse").sum()
    assert table.loc["Used physical violence"].tolist() == [
        "first round only: 39.5%",
        "better by 24 points: 45% → 21%",
        "not printed",
    ]


@pytest.mark.parametrize("question", ["vac-q6-1", "vac-q6-2"])
def test_findings_on_a_question_are_those_coded_with_it_in_order_of_stance(question):
    table = cp.findings_on(question)
    coded = store.load("findings")
    assert set(table["id"]) == set(coded[coded["questions"].str.split(";").map(lambda keys: question in keys)]["id"])
    assert table["id"].is_unique
    order = [stance for stance in ("weakness", "gap", "strength", "description") if stance in set(table["Stance"])]
    assert table["Stance"].drop_duplicates().tolist() == order
    for _, rows in table.groupby("Stance"):
        assert rows["lines"].map(lambda lines: store.line_range(lines)[0]).is_monotonic_increasing
    assert table["As of"].ne("").all()
