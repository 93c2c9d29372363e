"""Where boxes of a layered drawing stand, and what the drawing of a theory says of each link."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from evidence.data import store
from evidence.exhibits.graph import ANCHOR, DASHES, ENDS, STYLES, drawing, outline
from evidence.exhibits.layers import FIRST, LAST, MIDDLE, OUTCOME, columns, spots
from evidence.figures.theories import EDGES, NODES, elements, links

KINDS = {
    "do": "activity",
    "get": "output",
    "more": "output",
    "reach": "outcome",
    "see": "vision",
    "alone": "bottleneck",
}
JOINED = [("do", "get"), ("get", "reach"), ("more", "reach"), ("reach", "see")]
THEORIES = [key for key in store.rows("sources") if elements(key)]


def test_boxes_stand_in_the_column_of_their_kind():
    found = {key: spot.column for key, spot in spots(KINDS, JOINED).items()}
    assert found == {"do": FIRST, "get": MIDDLE, "more": MIDDLE, "reach": OUTCOME, "see": LAST, "alone": FIRST}


def test_what_belongs_together_stands_side_by_side_and_the_rest_below():
    found = spots(KINDS, JOINED)
    assert found["do"].row == found["get"].row < found["more"].row < found["alone"].row
    assert found["get"].row < found["reach"].row < found["more"].row


def test_an_outcome_to_which_all_others_lead_stands_last_with_what_touches_only_it():
    kinds = {"a": "outcome", "b": "outcome", "all": "outcome", "so": "assumption"}
    found = columns(kinds, [("a", "all"), ("b", "all"), ("so", "all")])
    assert found == {"a": OUTCOME, "b": OUTCOME, "all": LAST, "so": LAST}
    assert columns(kinds, [("a", "all"), ("so", "a")])["all"] == OUTCOME


def test_a_kind_without_a_column_is_refused():
    with pytest.raises(KeyError):
        spots({"x": "wish"}, [])


@pytest.mark.parametrize("source", THEORIES)
def test_no_two_boxes_of_a_theory_touch(source):
    joined = [(one.start, one.end) for one in links(source)]
    found = spots({key: row.kind for key, row in elements(source).items()}, joined)
    assert found.keys() == elements(source).keys()
    for column in range(LAST + 1):
        rows = sorted(spot.row for spot in found.values() if spot.column == column)
        assert all(below - above >= 1 for above, below in zip(rows, rows[1:])), column


@pytest.mark.parametrize("source", THEORIES)
def test_a_drawing_has_a_box_for_each_element_and_a_line_for_each_link(source):
    svg = drawing(source)
    assert re.findall(rf'href="#{ANCHOR}([\w-]+)"', svg) == list(elements(source))
    found = re.findall(r'data-from="([\w-]+)" data-to="([\w-]+)" data-basis="(\w+)"', svg)
    assert Counter(found) == Counter((one.start, one.end, one.basis) for one in links(source))


@pytest.mark.parametrize("source", THEORIES)
def test_a_line_shows_its_basis_by_its_dash_and_its_kind_by_its_end(source):
    known = {(one.start, one.end): one for one in links(source)}
    lines = re.findall(r'<path class="edge"[^>]*>', drawing(source))
    assert len(lines) == len(known)
    for line in lines:
        one = known[tuple(re.search(r'data-from="([\w-]+)" data-to="([\w-]+)"', line).groups())]
        dash = re.search(r'stroke-dasharray="([\d ]+)"', line)
        assert (dash[1] if dash else "") == DASHES[one.basis]
        assert f"-{one.relation})" in line


def test_bases_kinds_of_link_and_kinds_of_element_differ_without_colour():
    assert set(DASHES) == set(store.labels(EDGES, "basis")) and len(set(DASHES.values())) == len(DASHES)
    shapes = [shape.replace("{colour}", "").replace("{paper}", "") for _, shape in ENDS.values()]
    assert set(ENDS) == set(store.labels(EDGES, "relation")) and len(set(shapes)) == len(shapes)
    assert set(STYLES) == set(store.labels(NODES, "kind"))
    forms = {kind: (outline(kind, 40, 14), width) for kind, (_, width) in STYLES.items()}
    assert len(set(forms.values())) == len(forms)


def test_a_short_name_fits_its_box():
    assert max(len(row.label) for row in store.rows(NODES).values()) <= 30
    for source in THEORIES:
        names = [row.label for row in elements(source).values()]
        assert len(set(names)) == len(names)
