"""Derived tables of the part on child protection, governance: against the coded rows and the facts."""

import pandas as pd
import pytest

from evidence.figures.calculations import of_document
from evidence.parts.child_protection import governance as cp


@pytest.fixture(scope="module")
def bodies():
    return of_document("bodies", cp.EVALUATION).set_index("id")


@pytest.fixture(scope="module")
def lines():
    return of_document("coordination", cp.EVALUATION).set_index("id")


def test_the_bodies_are_those_of_the_country_and_each_stands_once(bodies):
    table = cp.governance_bodies()
    assert len(table) == 124
    assert set(table["id"]) == set(bodies.index[bodies["level"] != "international"])
    assert table[["Level", "Kind", "Status"]].notna().all(axis=None)


def test_bodies_run_from_the_nation_to_the_school_with_commissions_first():
    table = cp.governance_bodies()
    assert list(table["Level"].unique()) == list(cp.LEVELS.values())
    assert list(table[table["Level"] == "national"]["Kind"].unique())[:3] == ["commission", "committee", "ministry"]


def test_what_bodies_do_names_no_lines_of_the_document():
    said = pd.concat([cp.governance_bodies()["What it does"], cp.lines_of_coordination()["What the text says"]])
    assert said[said.str.contains(r"\(\d+\)")].tolist() == []
    assert "Parenting guide; would run campaigns" in set(said)


def test_lines_of_coordination_join_existing_bodies_of_the_country(bodies):
    table = cp.lines_of_coordination()
    assert len(table) == 60
    both = bodies.loc[[*table["from"], *table["to"]]]
    assert not (both["status"].eq("abolished") | both["level"].eq("international")).any()
    assert "vac-b-erg" not in set(both.index)
    assert set(both["status"]) == {"existing"}


def test_lines_of_coordination_keep_every_kind_of_line_and_begin_with_coordination(lines):
    table = cp.lines_of_coordination()
    assert list(table["Line"].unique()) == [kind.replace("-", " ") for kind in cp.LINE_KINDS]
    assert {kind.removeprefix("proposed-") for kind in lines["kind"]} == set(cp.LINE_KINDS)


@pytest.mark.parametrize("tree", [cp.commissions_today, cp.structure_proposed])
def test_a_tree_hangs_together_and_puts_each_label_in_one_place(tree):
    rows = tree()
    assert rows["Body"].is_unique
    above = dict(zip(rows["Body"], rows["Below"]))
    for body in above:
        seen = set()
        while above[body]:
            assert body not in seen, f"{body} stands below itself"
            seen.add(body)
            body = above[body]


@pytest.mark.parametrize(("tree", "places"), [(cp.commissions_today, cp.TODAY), (cp.structure_proposed, cp.PROPOSED)])
def test_a_body_stands_below_the_one_its_line_names(tree, places, lines):
    rows = tree().set_index("Body")
    for line, label in places.items():
        assert rows.loc[label, "body"] == lines.loc[line, "from"]
        assert rows.loc[rows.loc[label, "Below"], "body"] == lines.loc[line, "to"], line


def test_the_tree_of_today_has_every_commission_with_a_line_upwards(bodies, lines):
    rows = cp.commissions_today()
    upwards = set(lines["from"][lines["kind"].isin(["part-of", "reports-to"])])
    official = bodies.index[bodies["kind"].isin(["commission", "committee"]) | bodies["status"].eq("abolished")]
    assert set(official) & upwards <= set(rows["body"])
    assert set(rows["Status"]) == {"Exists", "Closed"}
    assert not lines.loc[list(cp.TODAY), "kind"].str.startswith("proposed-").any()


def test_the_proposed_structure_rests_on_proposed_lines_only(lines):
    rows = cp.structure_proposed()
    upwards = {f"proposed-{kind}" for kind in ("reports-to", "part-of", "chairs", "advises")}
    assert set(lines.loc[list(cp.PROPOSED), "kind"]) == upwards
    new = {"vac-b-cp-commission", "vac-b-cp-agency", "vac-b-special-envoy", "vac-b-cross-agency-department"}
    assert set(rows[rows["Status"] == "Proposed"]["body"]) == new


def test_findings_on_local_coordination_are_all_counted_once_per_concern():
    rows = of_document("findings", cp.EVALUATION)
    rows = rows[cp.holding(rows["questions"], "vac-q2-2")].set_index("id")
    table = cp.local_coordination().set_index("Concern")
    assert set(table.index) == {*cp.CONCERNS, cp.ALONE}
    for stance in cp.STANCES:
        assert table[stance].max() <= (rows["stance"] == stance).sum() <= table[stance].sum()
    ahead = table.index[table["strength"] > table["weakness"]]
    assert set(ahead) == {"NGOs as partners", "Finding and recording children"}  # as the title of the chart says
    with_ngos = rows[cp.holding(rows["themes"], "ngo")]["stance"].value_counts()
    assert table.loc["NGOs as partners", "strength"] == with_ngos["strength"]
    assert table.loc["NGOs as partners", "weakness"] == with_ngos["weakness"]
