"""What a reviewer reads: a change of one thing is a change of a line or two, and no change is unseen."""

from __future__ import annotations

import copy
import json

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from evidence.data import store
from evidence.exhibits import charts
from evidence.exhibits.exhibit import MIME, exhibit
from evidence.exhibits.review import GIVEN, load_ipython_extension, review
from tests.changes import chart_changed, difference, texts
from tests.references import chapters_with_code, read, reference_of

FRAME = pd.DataFrame({"Region": ["North of the country and its steppe", "South", "East"], "2011": [40, 30, 2.5]})
FRAME["2012"] = [30.0, 12.24, 4]
PLACES = pd.DataFrame({"place": ["akmola", "aktobe"], "Region": ["Akmola", "Aktobe"], "Share, %": [12.5, float("nan")]})
STEPS = pd.DataFrame(
    {"Case": ["A", "A", "B"], "Part": ["x", "y", "x"], "Step": [1, 2, 1], "Result": ["on", "off", "on"]}
)
CHARTS = {
    "bars": (charts.bars, (FRAME, "Region", "2012", "Children")),
    "dots": (charts.dots, (FRAME, "Region", "2012", "Children", [0, 50])),
    "dumbbell": (charts.dumbbell, (FRAME, "Region", ["2011", "2012"], "Children", [0, 50])),
    "intervals": (charts.intervals, (FRAME, "Region", "2012", ["2011", "2012"], "Children", [0, 50])),
    "journeys": (charts.journeys, (STEPS, "Case", "Part", "Step", "Result", ["on", "off"])),
    "map": (charts.region_map, (PLACES, "place", "Share, %", "Share, %", [10, 20], ["Region"])),
    "over time": (charts.over_time, (FRAME, "Region", "2012", list(FRAME["Region"]), "bar")),
}


def payload(name: str = "bars", frame: pd.DataFrame | None = None) -> dict:
    """Return the payload of a chart of the book's regions, with its own frame or another."""
    builder, (own, *rest) = CHARTS[name]
    data = own if frame is None else frame
    return json.loads(json.dumps(exhibit("register-regions", builder(data, *rest), data=data).payload))


def leaves(value, path=()):
    """Yield the path of every value that holds no other."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield from leaves(part, (*path, key))
    if not inside or value in ({}, []):
        yield path


def planted(value, path):
    """Return a copy with another value at a path."""
    changed = copy.deepcopy(value)
    *parents, last = path
    here = changed
    for key in parents:
        here = here[key]
    old = here[last]
    here[last] = f"{old}x" if isinstance(old, str) else (not old if isinstance(old, bool) else [old, 1])
    return changed


@pytest.mark.parametrize("name", CHARTS)
def test_every_change_of_a_chart_is_seen(name):
    before = payload(name)
    wide = {
        key: value for key, value in before["chart"]["wide"].items() if key not in GIVEN or key in ("data", "datasets")
    }
    by_form = [("width",), *(("vconcat", at, "width") for at in range(2)), *([("height",)] if name == "map" else [])]
    paths = [path for path in leaves(wide) if path not in by_form]
    paths = [path for path in paths if path[-1] != "name" or "data" not in path]  # of a dataset: made from its values
    paths = [
        path
        for path in paths
        if "features" not in path or path[3] == 0 and (path[4] != "geometry" or {*path[6:]} <= {0})
    ]
    text = review(before)
    unseen = [
        path for path in paths if review({**before, "chart": {"wide": planted(before["chart"]["wide"], path)}}) == text
    ]
    assert paths and unseen == []


def test_every_change_of_the_texts_the_places_and_the_table_is_seen():
    before = payload()
    for key in before.keys() - {"chart", "values"}:  # files hold the values of the same frame
        for path in leaves(before[key], (key,)):
            assert review(planted(before, path)) != review(before), path


def test_one_number_is_its_row_and_the_line_of_the_data():
    changed = FRAME.assign(**{"2012": [30.0, 13, 4]})
    found = difference(review(payload("dumbbell")), review(payload("dumbbell", changed)))
    assert [line[0] for line in found] == ["-", "+", "-", "+"]
    assert found[0].startswith("-South | 30 | 12.2") and found[2].startswith("-chart of 6 rows, digest")


def test_the_largest_number_that_sets_the_scale_is_no_more():
    changed = FRAME.assign(**{"2012": [35.0, 12.24, 4]})
    assert len(difference(review(payload("bars")), review(payload("bars", changed)))) == 4


def test_a_value_that_differs_only_where_the_table_rounds_is_seen():
    changed = FRAME.assign(**{"2012": [30.0, 12.21, 4]})
    before, after = review(payload("dots")), review(payload("dots", changed))
    assert [line[:7] for line in difference(before, after)] == ["-chart ", "+chart "]
    assert chart_changed(before, after)


def test_another_type_of_chart_is_a_handful_of_lines():
    before, (builder, arguments) = payload("over time"), CHARTS["over time"]
    frame, row, value, steps, _ = arguments
    line = exhibit("register-regions", builder(frame, row, value, steps, "line"), data=frame).payload
    found = difference(review(before), review(line))
    assert 0 < len(found) <= 10 and "-layer 1: mark bar {size: 40}" in found


def test_a_new_exhibit_is_about_its_table():
    text = review(payload("dumbbell"))
    assert text.count("\n") < 40


def test_labels_and_orders_that_follow_from_the_table_are_not_spelled_out():
    text = review(payload("dots"))
    assert "sort: as in the table" in text and "labelExpr: lines of at most" in text
    other = payload("dots")
    for layer in other["chart"]["wide"]["layer"]:
        layer["encoding"]["y"]["sort"] = ["South", "East"]
    assert "sort: [South, East]" in review(other)


def test_numbers_and_links_of_cells_are_marked():
    shown = payload() | {"rows": [[{"text": "North", "to": "place:north"}, "1", "2"]]}
    text = review(shown)
    assert "\nRegion | 2011 (number) | 2012 (number)\nNorth <place:north> | 1 | 2\n" in text


def test_a_kernel_that_loads_it_shows_exhibits_in_this_form_only():
    shell = InteractiveShell()
    item = exhibit("register-regions", FRAME)
    assert MIME in shell.display_formatter.format(item)[0]
    load_ipython_extension(shell)
    assert shell.display_formatter.format(item)[0] == {"text/plain": review(item.payload)}


def test_every_exhibit_is_described_in_the_reference_of_its_chapter():
    shown = [key for chapter in chapters_with_code() for key in texts(read(reference_of(chapter))[1])]
    assert sorted(shown) == sorted(set(shown)) and set(shown) <= set(store.rows("exhibits"))
