"""Chart builders: heights by rows, labels that break, colours that have a dark counterpart."""

import json
import re
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest

from evidence.exhibits import charts, theme, vega
from evidence.exhibits.exhibit import sized, vega_lite
from tests.references import chapters_with_code, reference_of

ROWS = pd.DataFrame({"Group": ["A", "B", "C"], "Children": [1, 30, 2], "Later": [2, 10, 2]})
COLOUR = re.compile(r'"(#[0-9a-fA-F]{3,8})"')
NAMED = re.compile(r"'(#[0-9a-fA-F]{3,8})'")


def test_every_colour_of_the_theme_has_a_dark_counterpart():
    lists = [theme.CONFIG, theme.SERIES, theme.FILLS, theme.SEQUENCE]
    assert set(COLOUR.findall(json.dumps(lists))) <= set(theme.DARK)


@pytest.mark.parametrize("chapter", chapters_with_code(), ids=lambda path: path.stem)
def test_every_colour_a_chart_names_has_a_dark_counterpart(chapter):
    """References spell colours out, those of the lists of the theme aside."""
    text = reference_of(chapter).read_text(encoding="utf-8")
    assert set(NAMED.findall(text)) <= set(theme.DARK)


def test_bars_begin_at_zero_and_run_from_the_longest():
    spec = vega_lite(charts.bars(ROWS, "Group", "Children", "Children"))
    x, y = (spec["layer"][0]["encoding"][axis] for axis in "xy")
    assert x["scale"]["domain"][0] == 0
    assert x["scale"]["domain"][1] > 30
    assert y["sort"] == ["B", "C", "A"]


def test_a_chart_is_as_high_as_its_rows_and_the_lines_of_their_labels_need():
    def height(frame):
        return vega_lite(charts.bars(frame, "Group", "Children", "Children"))["height"]

    assert height(ROWS) == 3 * 26
    assert height(ROWS[:2]) == 2 * 26
    assert height(ROWS.assign(Group=["A", "B", "A group whose name is too long for one line"])) == 3 * 40


def test_values_are_written_out_on_short_charts_only():
    def marks(frame):
        spec = vega_lite(charts.dumbbell(frame, "Group", ["Children", "Later"], "Children", [0, 30]))
        return [layer["mark"]["type"] for layer in spec["layer"]]

    long = pd.DataFrame({"Group": [f"Group {n}" for n in range(13)], "Children": range(13), "Later": range(13)})
    assert marks(ROWS) == ["line", "point", "text", "text"]
    assert marks(long) == ["line", "point"]


def test_the_parts_of_a_bar_keep_their_order_and_differ_in_fill_and_edge():
    spec = vega_lite(charts.stacked(ROWS, "Group", ["Later", "Children"], "Children"))
    bar = spec["layer"][0]["encoding"]
    assert bar["fill"]["scale"]["domain"] == bar["stroke"]["scale"]["domain"] == ["Later", "Children"]
    assert bar["fill"]["scale"]["range"] == theme.FILLS
    assert bar["order"]["field"] == "Place"


def written(chart, form: str) -> list[str]:
    """Return what a chart has written on it, line by line, as it is drawn for a form."""
    drawn = ElementTree.fromstring(vega.drawing(sized(vega_lite(chart), form)))
    lines = [node for node in drawn.iter() if node.tag.endswith(("text", "tspan"))]
    return [node.text.strip("\u200b") for node in lines if node.text and node.text.strip("\u200b")]


def test_numbers_of_a_bar_stand_beside_it_where_one_of_its_parts_has_no_room():
    frame = pd.DataFrame({"Group": ["All", "Half"], "Many": [98, 60], "Few": [1, 40], "Some": [20, 0]})
    chart = charts.stacked(frame, "Group", ["Many", "Few", "Some"], "Children")
    bar, text, beside = vega_lite(chart)["layer"]
    assert "transform" not in bar and "transform" not in text  # both stack the same parts
    for form in theme.WIDTHS:
        drawn = written(chart, form)
        assert "98 · 1 · 20" in drawn and not {"98", "1", "20 "} & set(drawn)
        assert {"60", "40"} <= set(drawn) and "60 · 40 · 0" not in drawn


def test_what_has_room_on_a_screen_only_stands_beside_the_bar_on_a_phone():
    frame = pd.DataFrame({"Group": ["A group whose name is long", "B"], "Many": [900, 90], "Few": [300, 60]})
    chart = charts.stacked(frame, "Group", ["Many", "Few"], "Children")
    assert "90 · 60" in written(chart, "narrow") and "90 · 60" not in written(chart, "wide")


def test_heads_too_wide_for_their_columns_stand_on_two_levels_on_a_phone():
    heads = ["law", "programme or plan", "standard or procedure", "survey", "service", "system"]
    frame = pd.DataFrame({"Year": "2020", "Kind": heads, "Steps": range(6)})
    chart = charts.grid(frame, "Year", "Kind", heads, "Steps")
    assert "|" in written(chart, "narrow") and "|" not in written(chart, "wide")
    assert "standard or procedure" not in written(chart, "narrow")


def test_heads_that_fit_stand_on_one_level_and_end_on_one_line():
    heads = ["One", "Two words"]
    axis = charts.grid(pd.DataFrame({"R": ["r"], "C": ["One"]}), "R", "C", heads).to_dict()["layer"][0]["encoding"]["x"]
    told = re.findall(r"\{[^}]*\}", axis["axis"]["labelExpr"])
    assert len(told) == 2 and "|" not in axis["axis"]["labelExpr"]
    assert all(len(set(map(len, json.loads(lines).values()))) == 1 for lines in told)


def test_values_of_intervals_are_written_with_one_decimal():
    frame = ROWS.assign(Later=[26.3397947548, 1, 2], From=[20, 0, 0], To=[30, 5, 5])
    chart = charts.intervals(frame, "Group", "Later", ["From", "To"], "Children", [0, 100])
    assert "26.3" in written(chart, "wide")


def test_the_name_of_a_line_stands_above_its_last_points():
    frame = pd.DataFrame({"Month": [f"{n:02}" for n in range(8)], "Posts": [1, 1, 1, 1, 1, 9, 9, 2]})
    names = vega_lite(charts.lines(frame, "Month", ["Posts"], "Posts", []))
    rows = [row for data in names["datasets"].values() for row in data if set(row) == {"Series", "Month", "Value"}]
    assert rows == [{"Series": "Posts", "Month": "07", "Value": 9}]


def test_charts_below_each_other_are_as_wide_as_their_form_with_their_labels():
    frame = pd.DataFrame({"Group": ["Special groups in regular kindergartens", "Others"], "Children": [3, 2]})
    chart = alt.vconcat(*[charts.bars(frame, "Group", "Children", "Children")] * 2)
    for form, width in theme.WIDTHS.items():
        svg = vega.drawing(sized(vega_lite(chart), form))
        assert 0.9 * width <= float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1]) <= 1.03 * width


def test_values_of_intervals_stand_above_their_lines():
    frame = ROWS.assign(From=ROWS["Later"] - 5, To=ROWS["Later"] + 5)
    spec = vega_lite(charts.intervals(frame, "Group", "Later", ["From", "To"], "Children", [0, 100]))
    marks = [layer["mark"] for part in spec["layer"] for layer in part.get("layer", [part])]
    lifted = [mark["dy"] for mark in marks if mark["type"] == "text" and "dy" in mark]
    assert len(lifted) == 1 and lifted[0] < 0


def test_the_ends_of_intervals_are_written_with_one_decimal():
    frame = ROWS.assign(From=ROWS["Later"] - 1 / 3, To=ROWS["Later"] + 1 / 3)
    spec = vega_lite(charts.intervals(frame, "Group", "Later", ["From", "To"], "Children", [0, 100]))
    written = re.findall(r'"calculate": ("[^"]*(?:\\\\"[^"]*)*")', json.dumps(spec))
    assert len(written) == 1 and written[0].count("format(") == 2 == written[0].count(",.1~f")


def test_a_tree_puts_what_belongs_below_a_name_right_below_it():
    frame = pd.DataFrame(
        [("Head", "", "now"), ("First", "Head", "now"), ("Second", "Head", "later"), ("Part", "First", "later")],
        columns=["Name", "Above", "When"],
    )
    spec = vega_lite(charts.tree(frame, "Name", "Above", "When", ["now", "later"]))
    rows = sorted(next(iter(spec["datasets"].values())), key=lambda row: row["Row"])
    assert [(row["Name"], row["Depth"]) for row in rows] == [("Head", 0), ("First", 1), ("Part", 2), ("Second", 1)]
    assert [row["Above"] for row in rows] == [None, 0, 1, 0]


def test_arcs_join_names_and_those_that_hang_together_stand_together():
    joined = [("Register", "Survey", "joined"), ("Office", "Court", "apart"), ("Survey", "Census", "apart")]
    frame = pd.DataFrame(joined, columns=["Name", "Other", "Link"])
    spec = vega_lite(charts.arcs(frame, "Name", "Other", "Link", ["joined", "apart"]))
    points, names = sorted(spec["datasets"].values(), key=len, reverse=True)
    assert [row["Name"] for row in names] == ["Register", "Survey", "Census", "Office", "Court"]
    down = {row["Name"]: row["Down"] for row in names}
    assert list(down.values()) == sorted(down.values())
    for number, (first, last, _) in enumerate(joined):
        arc = sorted((row for row in points if row["Arc"] == number), key=lambda row: row["Step"])
        ends = sorted(round(arc[step]["Down"], 6) for step in (0, -1))
        assert ends == sorted([down[first], down[last]])
        assert abs(arc[0]["Across"]) < 1e-6 and min(row["Across"] for row in arc) < 0
    curve = spec["layer"][0]["encoding"]
    assert curve["strokeDash"]["scale"]["domain"] == curve["color"]["scale"]["domain"] == ["joined", "apart"]


def test_spans_run_from_one_column_to_the_other():
    frame = pd.DataFrame(
        [("Visits", 0, 5, "all"), ("Centres", 12, 29, "some")], columns=["Service", "From", "To", "Who"]
    )
    bar = vega_lite(charts.spans(frame, "Service", ["From", "To"], "Who", "Age", [0, 30]))["layer"][0]
    assert (bar["encoding"]["x"]["field"], bar["encoding"]["x2"]["field"]) == ("From", "To")
    assert bar["encoding"]["fill"]["scale"]["domain"] == ["all", "some"]


@pytest.mark.parametrize(("ticks", "form"), [([2011, 2025], "d"), ([0, 2000], None)])
def test_spans_of_years_are_written_without_separators(ticks, form):
    frame = pd.DataFrame([("Phase", *ticks, "all")], columns=["Programme", "From", "To", "Kind"])
    bar = vega_lite(charts.spans(frame, "Programme", ["From", "To"], "Kind", "Years", ticks))["layer"][0]
    assert bar["encoding"]["x"]["axis"].get("format") == form


def test_moments_differ_in_shape_as_well_as_in_colour():
    frame = pd.DataFrame([("Code", 2014, "adopted"), ("Code", 2019, "amended")], columns=["Law", "Year", "What"])
    spec = vega_lite(charts.moments(frame, "Law", "Year", "What", ["adopted", "amended"], [2010, 2020]))
    encoding = spec["layer"][0]["encoding"]
    assert encoding["color"]["scale"]["domain"] == encoding["shape"]["scale"]["domain"]
    assert len(set(encoding["shape"]["scale"]["range"])) == 2


def test_each_journey_has_its_own_path_over_the_same_steps():
    frame = pd.DataFrame(
        [("A", "school", 1, "reached"), ("A", "court", 2, "broke"), ("B", "home", 1, "missed")],
        columns=["Case", "Part", "Step", "Result"],
    )
    spec = vega_lite(charts.journeys(frame, "Case", "Part", "Step", "Result", ["reached", "broke", "missed"]))
    assert [view["title"]["text"] for view in spec["vconcat"]] == [["A"], ["B"]]
    ends = [view["layer"][0]["encoding"]["x"]["scale"]["domain"] for view in spec["vconcat"]]
    assert ends == [[0.5, 2.5]] * 2


def test_every_journey_has_its_rows_in_one_order():
    frame = pd.DataFrame(
        {"Case": ["A", "A", "B", "B"], "Part": ["School", "Police", "Police", "School"], "Step": [1, 2, 1, 2]}
    ).assign(Result="missed")
    chart = charts.journeys(frame, "Case", "Part", "Step", "Result", ["reached", "missed"]).to_dict()
    assert [panel["layer"][0]["encoding"]["y"]["sort"] for panel in chart["vconcat"]] == [["School", "Police"]] * 2
