"""An exhibit says what it shows, where it comes from, and refuses to be shown without."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pytest

from evidence.data import store
from evidence.data.records import PLACE, Place, place_of_row
from evidence.data.store import UnknownId
from evidence.exhibits import exhibit as module
from evidence.exhibits.exhibit import MANY, exhibit, holds_numbers, link, linked, place_cell, raw_values, several
from evidence.exhibits.frames import labelled, named, printed, rows_of
from evidence.exhibits.text import as_text, caption

FRAME = pd.DataFrame({"Region": ["North", "South"], "Children": [1756, 40], "Share, %": [12.24, float("nan")]})
CHART = alt.Chart(FRAME).mark_bar().encode(x="Children:Q", y="Region:N")
TEXTS = {
    "title": "{calc}`register-east-share-of-fall` of the fall is one region",
    "alt": "Bars of the children of two regions, the northern one by far the longest.",
    "unit": "children",
    "base": "children on the register",
    "period": "2011-12",
    "calculated": "",
    "note": "",
    "facts": "register-registered-2012",
    "tables": "",
    "document": "",
}


@pytest.fixture
def described(monkeypatch):
    """Describe one exhibit, "bars"; return what changes its description."""
    row = store.rows("exhibits")["register-regions"]._replace(id="bars", **TEXTS)
    known = {"exhibits": {"bars": row}, "exhibit_rows": {}}

    def change(**cells):
        known["exhibits"]["bars"] = known["exhibits"]["bars"]._replace(**cells)

    rows, one = store.rows, store.row
    monkeypatch.setattr(store, "rows", lambda name, *data: known.get(name) or rows(name, *data))
    monkeypatch.setattr(
        store, "row", lambda name, key, *data: known[name][key] if name == "exhibits" else one(name, key, *data)
    )
    return change


def test_an_exhibit_carries_its_title_with_numbers_read_and_its_place(described):
    payload = exhibit("bars", FRAME).payload
    assert payload["title"] == "75.2% of the fall is one region"
    assert payload["heading"] == TEXTS["title"]
    (place,) = payload["places"]
    assert (place["source"], place["label"]) == ("antonowicz2013oosc", "p. 22, Table 3")


def test_cells_are_shown_with_separators_and_one_decimal_and_numbers_are_marked(described):
    payload = exhibit("bars", FRAME).payload
    assert payload["rows"] == [["North", "1,756", "12.2"], ["South", "40", "–"]]
    assert payload["numeric"] == [False, True, True]


def test_a_chart_is_drawn_for_screens_and_for_phones(described):
    payload = exhibit("bars", CHART, data=FRAME).payload
    assert {form: spec["width"] for form, spec in payload["chart"].items()} == {"wide": 680, "narrow": 326}
    assert payload["columns"] == list(FRAME.columns)


def test_a_chart_without_its_data_is_refused(described):
    with pytest.raises(ValueError, match="'bars': give the data the chart shows"):
        exhibit("bars", CHART)


def test_an_exhibit_that_rests_on_nothing_is_refused(described):
    described(facts="")
    with pytest.raises(ValueError, match="'bars': name the facts or tables it rests on"):
        exhibit("bars", FRAME)


def test_an_exhibit_that_is_not_described_names_the_nearest():
    with pytest.raises(UnknownId, match="'register-region'; did you mean register-regions"):
        exhibit("register-region", FRAME)


def test_a_number_in_a_title_that_does_not_exist_is_refused(described):
    described(title="{calc}`register-east-share` of the fall")
    with pytest.raises(UnknownId, match="register-east-share"):
        exhibit("bars", FRAME)


def test_rows_of_a_source_show_their_place_as_one_linked_column(described):
    rows = store.of_document("risk_points", "antonowicz2013oosc")[["name", *PLACE]].head(1)
    payload = exhibit("bars", rows).payload
    assert payload["columns"] == ["name", "Where"]
    assert payload["rows"][0][1]["to"].startswith("page:antonowicz2013oosc:")
    assert len(payload["places"]) == 2, "those of the fact and of the row"


def test_an_exhibit_on_tables_names_the_places_of_one_document_only(described):
    described(facts="", tables="facts", document="gurin2023tale")
    places = exhibit("bars", FRAME).payload["places"]
    assert {place["source"] for place in places} == {"gurin2023tale"}
    assert places[-1]["label"].startswith("and ") and len(places) == 2, f"more than {MANY} places are a span"


def test_the_caption_says_unit_base_period_and_what_is_ours(described):
    described(calculated="not returned / registered × 100", note="One region is missing.")
    assert caption(exhibit("bars", FRAME).payload) == (
        "Children; counted: children on the register; as of 2011-12. Our calculation: not returned / registered × 100. "
        "One region is missing."
    )


def test_the_plain_form_holds_title_alternative_and_table(described):
    text = as_text(exhibit("bars", FRAME).payload)
    assert text.startswith("75.2% of the fall is one region\n\nBars of the children")
    assert "North | 1,756 | 12.2" in text


def test_a_place_leads_to_its_page():
    place = place_cell(Place("antonowicz2013oosc", "22", "printed", "Table 3"))
    assert place == {"text": "p. 22, Table 3", "to": "page:antonowicz2013oosc:22"}


def test_linked_cells_lead_to_their_records():
    assert linked(["A"], "finding", ["find-a"]) == [{"text": "A", "to": "finding:find-a"}]


def test_a_cell_may_hold_several_links_and_texts():
    cell = several([link("4 (d)", "recommendation", "oosc-r04-d"), "A3"], ", ")
    assert cell["text"] == "4 (d), A3"
    assert cell["parts"] == [{"text": "4 (d)", "to": "recommendation:oosc-r04-d"}, {"text": "A3"}]


@pytest.mark.parametrize(
    "cells, is_number",
    [
        ([link(3, "finder", "theme=law"), 0], True),
        ([3, 0.5], True),
        ([link("3 of 4", "finder", "theme=law"), 0], False),
        ([True, False], False),
        ([], False),
    ],
)
def test_a_column_of_links_with_whole_numbers_holds_numbers(cells, is_number):
    dtype = object if any(isinstance(cell, dict) for cell in cells) or not cells else None
    assert holds_numbers(pd.Series(cells, dtype=dtype)) is is_number


def test_an_exhibit_that_sums_up_rows_names_their_places(described):
    rows = store.load("findings").head(1)
    summed, plain = (exhibit("bars", FRAME, rests_on=given).payload["places"] for given in (rows, None))
    own = [place["label"] for place in summed if place not in plain]
    assert own == [place_cell(place_of_row(rows.iloc[0]))["text"]]


def test_names_and_labels_replace_codes():
    frame = pd.DataFrame({"place": ["kazakhstan"], "themes": ["attendance;bullying"], "stance": ["gap"]})
    shown = labelled(named(frame, place="places", themes="themes"), "findings", "stance")
    assert shown.iloc[0].tolist() == ["Kazakhstan", "Attendance, Bullying", "gap in knowledge"]


def test_facts_of_an_exhibit_stand_in_its_order_under_our_labels():
    frame = printed("primary-three-sources", "Measure", value="Share, %", period="As of")
    assert frame.columns.tolist() == ["Measure", "Share, %", "As of"]
    assert frame["Measure"].tolist() == [row.label for row in rows_of("primary-three-sources")]
    assert frame["Share, %"].tolist() == [100.0, 99.3, 93.8, 88.0]


def test_a_chart_reads_the_books_theme():
    assert module.vega_lite(CHART)["config"]["aria"] is False


def test_files_hold_the_values_of_a_frame_and_not_what_a_table_shows_of_them():
    frame = pd.DataFrame({"What": ["a", "–"], "Kappa": [0.8351234, float("nan")], "Is so": [True, False]})
    frame["Printed"] = linked(["188 of them", "none"], "fact", ["register-out-2012", "no-such-fact"])
    values = raw_values(frame, [])
    assert values["columns"] == ["What", "Kappa", "Is so", "Printed", "Printed, number"]
    assert values["numeric"] == [False, True, False, False, True]
    assert values["rows"] == [["a", 0.8351234, True, "188 of them", 188], [None, None, False, "none", None]]
