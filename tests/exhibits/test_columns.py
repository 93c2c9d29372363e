"""A frame that a builder cannot draw is refused in the author's words: builder, argument, column, nearest name."""

from __future__ import annotations

import inspect
import re

import pandas as pd
import pytest

from evidence.exhibits import charts, examples
from evidence.exhibits.columns import FrameError
from evidence.site.handbook.builders import builders
from evidence.site.handbook.docstrings import arguments

FRAME = pd.DataFrame({"Group": ["A", "B"], "Children": [1, 30], "Later": [2, 10], "Kind": ["now", "then"]})


def refused(message: str):
    return pytest.raises(FrameError, match=re.escape(message))


@pytest.mark.parametrize("name", builders())
def test_every_builder_says_what_each_argument_is_and_which_columns_it_needs(name):
    builder = builders()[name]
    given = list(inspect.signature(builder).parameters)
    assert given[0] == "frame" and list(arguments(builder)) == given[1:]
    needs = vars(builder)["needs"]
    about = {argument for argument, text in arguments(builder).items() if "column" in text.partition(".")[0]}
    assert {*needs.columns, *needs.pairs, *needs.most, *needs.among, *needs.among.values()} <= set(given)
    assert set(needs.columns) == about


@pytest.mark.parametrize("name", builders())
def test_a_column_that_is_not_there_is_named_with_builder_argument_and_nearest_name(name, monkeypatch):
    """The frame of the example loses a letter of each of its names, one after the other."""
    builder = builders()[name]
    frame, _ = getattr(examples, name)()
    seen = []
    for column in frame.columns:
        called = {}
        monkeypatch.setattr(
            charts, name, lambda *given, called=called, **named: called.update(given=given, named=named)
        )
        getattr(examples, name)()
        _, *rest = called["given"]
        try:
            builder(frame.rename(columns={column: column[:-1]}), *rest, **called["named"])
        except FrameError as error:
            seen.append(column)
            known = ", ".join(column[:-1] if other == column else other for other in frame.columns)
            said = f"charts.{name}: the frame has no column {column!r} ("
            assert str(error).startswith(said) and str(error).endswith(f"Its columns: {known}")
            assert len(column) < 5 or f"did you mean {column[:-1]}" in str(error)
    assert seen == [column for column in frame.columns if column in str(called)]


def test_what_is_no_frame_or_has_no_rows_is_refused():
    with refused("charts.bars: the first argument is the frame, not list"):
        charts.bars([1, 2], "Group", "Children", "Children")
    with refused("charts.bars: the frame has no rows"):
        charts.bars(FRAME[:0], "Group", "Children", "Children")


def test_a_missing_argument_is_answered_with_those_there_are():
    with pytest.raises(TypeError, match=r"charts.bars: missing .* 'title'; it takes frame, row, value, title"):
        charts.bars(FRAME, "Group", "Children")


def test_text_where_numbers_have_to_be_is_shown():
    with refused("charts.bars: column 'Kind' (value) has to hold numbers; it holds 'now'"):
        charts.bars(FRAME, "Group", "Kind", "Children")
    with refused("charts.bars: column 'Group' (row) has to hold text; row 2 holds nan"):
        charts.bars(FRAME.assign(Group=["A", None]), "Group", "Children", "Children")


def test_a_list_is_no_text_no_single_column_and_not_too_long():
    with refused("charts.stacked: parts is a list: ['Later']"):
        charts.stacked(FRAME, "Group", "Later", "Children")
    with refused("charts.dumbbell: pair has 1 item; it takes two columns"):
        charts.dumbbell(FRAME, "Group", ["Later"], "Children", [0, 30])
    with refused("charts.moments: kinds has 3 items (now, then, never); 2 at most can be told apart"):
        charts.moments(FRAME, "Group", "Later", "Kind", ["now", "then", "never"], [0, 30])


def test_a_value_that_no_list_holds_is_named_with_the_nearest():
    with refused("charts.moments: 'then' in column 'Kind' (kind) is not among kinds: now, thn; did you mean thn?"):
        charts.moments(FRAME, "Group", "Later", "Kind", ["now", "thn"], [0, 30])


def test_faults_that_are_a_builders_own_are_named():
    with pytest.raises(ValueError, match='mark is "bar" or "line", not \'bars\''):
        charts.over_time(FRAME, "Group", "Children", ["A", "B"], "bars")
    tree = pd.DataFrame([("Head", "", "now"), ("First", "Haed", "now")], columns=["Name", "Above", "When"])
    with refused("charts.tree: 'Haed' in column 'Above' is no name; did you mean Head?"):
        charts.tree(tree, "Name", "Above", "When", ["now"])
    with refused("charts.tree: 'First' belongs to itself"):
        charts.tree(tree.assign(Above=["", "First"]), "Name", "Above", "When", ["now"])
    many = pd.DataFrame({"Row": list("abcde"), "From": range(5), "To": range(5), "Kind": list("abcde")})
    with refused("charts.spans: column 'Kind' (kind) has 5 values; 4 at most"):
        charts.spans(many, "Row", ["From", "To"], "Kind", "Age", [0, 5])
    place = pd.DataFrame({"id": ["akmolla"], "Share": [1]})
    with pytest.raises(KeyError, match="no region on the map has the id 'akmolla'; did you mean akmola?"):
        charts.region_map(place, "id", "Share", "Share", [1], [])


def test_a_row_without_a_value_keeps_its_place():
    spec = charts.dots(FRAME.assign(Children=[1, None]), "Group", "Children", "Children", [0, 30]).to_dict()
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"] == ["A", "B"]
