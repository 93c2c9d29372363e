"""Derived tables of the chapter on governance: against the coded rows and the facts."""

import pytest

from evidence.data import store
from evidence.data.store import of_document
from evidence.parts.child_protection import governance as cp
from evidence.parts.child_protection.evaluation import EVALUATION
from tests.parts.cells import ids

TREES = ["today", "proposed"]


@pytest.fixture(scope="module")
def bodies():
    return of_document("bodies", EVALUATION).set_index("id")


@pytest.fixture(scope="module")
def lines():
    return of_document("coordination", EVALUATION).set_index("id")


@pytest.fixture(scope="module")
def places():
    return store.load("organograms").set_index("id")


def test_the_bodies_are_those_of_the_country_and_each_stands_once(bodies):
    table = cp.governance_bodies()
    assert len(table) == 124
    assert sorted(ids(table["Body"])) == sorted(bodies.index[bodies["level"] != "international"])
    assert table[["Level", "Kind", "Status"]].notna().all(axis=None)


def test_bodies_run_from_the_nation_to_the_school_with_commissions_first():
    table = cp.governance_bodies()
    assert list(table["Level"].unique()) == ["national", "region", "local", "school", "several levels", "not said"]
    assert list(table[table["Level"] == "national"]["Kind"].unique())[:3] == ["commission", "committee", "ministry"]


@pytest.mark.parametrize(
    ("name", "column"),
    [("bodies", "role"), ("coordination", "what"), ("instruments", "subject"), ("instruments", "status")],
)
def test_what_bodies_lines_and_acts_do_points_to_no_lines_of_a_text(name, column):
    pointing = store.load(name)[column].str.contains(r"\((?:lines? )?\d{3,}(?:[-;,] ?\d+)*\)|\blines? \d")
    assert store.load(name)[pointing]["id"].tolist() == []


def test_lines_of_coordination_join_existing_bodies_of_the_country(bodies):
    table = cp.lines_of_coordination()
    assert len(table) == 61
    both = bodies.loc[[*ids(table["Body"]), *ids(table["To"])]]
    assert not (both["status"].eq("abolished") | both["level"].eq("international")).any()
    assert "vac-b-erg" not in set(both.index)
    assert set(both["status"]) == {"existing"}


def test_lines_of_coordination_keep_every_kind_of_line_and_begin_with_coordination():
    table = cp.lines_of_coordination()
    kinds = ["coordinates", "supervises", "chairs", "nominates", "approves", "advises", "reports to", "part of"]
    assert list(table["Line"].unique()) == kinds


def test_the_reference_group_of_the_evaluation_is_the_one_body_that_is_no_part_of_the_system(bodies):
    assert list(bodies.index[bodies["kind"] == cp.OF_EVALUATION]) == ["vac-b-erg"]


@pytest.mark.parametrize("tree", TREES)
def test_a_tree_hangs_together_and_puts_each_label_in_one_place(tree):
    rows = cp.organogram(tree)
    assert rows["Body"].is_unique
    above = dict(zip(rows["Body"], rows["Below"]))
    for body in above:
        seen = set()
        while above[body]:
            assert body not in seen, f"{body} stands below itself"
            seen.add(body)
            body = above[body]


@pytest.mark.parametrize("place", list(store.load("organograms").itertuples()), ids=lambda row: row.id)
def test_a_place_is_where_its_line_puts_the_body_in_the_same_tree(place, places, lines):
    assert bool(place.line) == bool(place.below)
    if place.line:
        assert lines.loc[place.line, "from"] == place.body
        assert lines.loc[place.line, "to"] == places.loc[place.below, "body"]
        assert places.loc[place.below, "tree"] == place.tree


@pytest.mark.parametrize(("tree", "number"), [("today", 17), ("proposed", 15)])
def test_a_tree_has_its_places_in_order_and_no_other(tree, number, places):
    table = cp.organogram(tree)
    wanted = places.query("tree == @tree").sort_values("order")
    assert list(table["Body"]) == list(wanted["label"])
    assert list(wanted["order"]) == list(range(1, number + 1))


def test_the_first_of_a_branch_has_no_line_and_says_what_the_body_does(bodies):
    table = cp.organogram("today").query("Below == ''").set_index("Body")
    assert set(table["Line"]) == {""}
    assert table.loc["President", "What the text says"] == bodies.loc["vac-b-president", "role"]


def test_the_tree_of_today_has_every_commission_with_a_line_upwards(bodies, lines, places):
    today = places.query("tree == 'today'")
    upwards = set(lines["from"][lines["kind"].isin(["part-of", "reports-to"])])
    official = bodies.index[bodies["kind"].isin(["commission", "committee"]) | bodies["status"].eq("abolished")]
    assert set(official) & upwards <= set(today["body"])
    assert list(cp.organogram("today")["Status"].unique()) == ["Exists", "Closed"]
    drawn = lines.loc[today["line"][today["line"] != ""], "kind"]
    assert not drawn.str.startswith(cp.PROPOSED).any()


def test_the_proposed_structure_rests_on_proposed_lines_only(bodies, lines, places):
    proposed = places.query("tree == 'proposed'")
    upwards = {f"proposed-{kind}" for kind in ("reports-to", "part-of", "chairs", "advises")}
    assert set(lines.loc[proposed["line"][proposed["line"] != ""], "kind"]) == upwards
    new = {"vac-b-cp-commission", "vac-b-cp-agency", "vac-b-special-envoy", "vac-b-cross-agency-department"}
    assert {key for key in proposed["body"] if bodies.loc[key, "status"] == "proposed"} == new
    assert list(cp.organogram("proposed")["Status"].unique()) == ["Exists", "Proposed"]
