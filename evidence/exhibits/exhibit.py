"""An exhibit: the only way a chapter shows a chart or a table.

What a reader needs to judge and reuse it stands in ``exhibits.csv``: a title that states the message, unit, base,
period, the places in the documents it rests on and a text alternative.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import pandas as pd

from evidence.data import format, store
from evidence.data.export import raw
from evidence.data.records import PLACE, Place, fact, place_of_row
from evidence.exhibits import theme
from evidence.exhibits.frames import rows_of
from evidence.exhibits.text import as_text, cell_text
from evidence.figures import sentences
from evidence.figures.calculations import compute
from evidence.figures.cards import SIDES, sides_of

if TYPE_CHECKING:  # a build that runs no chapter need not import it
    from altair import TopLevelMixin

MIME = "application/vnd.evidence.exhibit+json"
NOTHING = "–"  # what a table shows where there is no value
MANY = 8  # layout: places of a document that a source line names one by one
TEXTS = ("alt", "unit", "base", "period", "calculated", "note")  # columns of exhibits.csv that readers see


class Exhibit:
    """A chart or table with its metadata; a notebook shows it, the site renders it."""

    def __init__(self, payload: dict):
        self.payload = payload

    def for_site(self) -> dict:
        """Return what the site is made from, by MIME type."""
        return {MIME: self.payload, "text/plain": as_text(self.payload)}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        from evidence.exhibits import notebook  # a build never draws here

        return self.for_site() | notebook.forms(self.payload)


def places_in(table: str) -> list:
    """Return the places a table rests on, as rows with the columns of a place; of a record of two sides both."""
    record = store.schema()[table]["record"] or {}
    kind = record.get("kind", "")
    if kind not in SIDES:
        return list(store.load(table)[PLACE].itertuples(index=False))
    sides = [side for row in store.rows(table).values() for side in sides_of(kind, row)]
    whole = [(source, lines, *store.page_of(source, lines), "") for source, lines in sides]
    return list(pd.DataFrame(whole, columns=PLACE).itertuples(index=False))


def _places(facts: list[str], frame: pd.DataFrame, tables: list[str], document: str) -> list[dict]:
    """Return the distinct places in the documents, in document order, as document, page and label.

    They are those of the facts and of the rows shown or, where a frame has none of its own, of
    the rows of whole tables (of one document, if named). Many places of a document become their span.
    """
    rows = [fact(key) for key in facts]
    if set(PLACE) <= set(frame.columns):
        rows += list(frame[PLACE].itertuples(index=False))
    else:
        found = [row for table in tables for row in places_in(table)]
        rows += [row for row in found if document in ("", row.source)]
    by_document: dict[str, dict[str, dict]] = {}
    for row in sorted(rows, key=lambda row: (row.source, store.line_range(row.lines)[0])):
        shown = place_cell(place_of_row(row))
        place = {"source": row.source, "page": row.page, "label": shown["text"]}
        by_document.setdefault(row.source, {}).setdefault(shown["text"], place)
    return [place for places in by_document.values() for place in _span(list(places.values()))]


def _span(places: list[dict]) -> list[dict]:
    """Return places of one document, or first and last where there are more than ``MANY``."""
    if len(places) <= MANY:
        return places
    first, last = places[0], places[-1]
    return [first, last | {"label": f"and {len(places) - 2} places up to {last['label']}"}]


def place_cell(where: Place) -> dict:
    """Return the cell that names a place in a document and leads to what the book draws from its page."""
    return {"text": format.place(where, with_document=False), "to": f"page:{where.source}:{where.page}"}


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame as shown: numbers as text, one linked column for the place in the source.

    ``frame.attrs["digits"]`` gives the decimals of a column in which every row is to have as many.
    """
    digits = frame.attrs.get("digits", {})
    frame = frame.reset_index(drop=True)
    shown = pd.DataFrame(index=frame.index)
    for name in frame.columns:
        if name not in PLACE:
            cells = [
                value if isinstance(value, dict) else format.cell(value, digits.get(name)) for value in frame[name]
            ]
            shown[name] = pd.Series(cells, dtype=object, index=frame.index)
    if set(PLACE) <= set(frame.columns):
        cells = [place_cell(place_of_row(row)) for row in frame.itertuples()]
        shown["Where"] = pd.Series(cells, dtype=object, index=frame.index)
    return shown


def _number_of(cell) -> float | None:
    """Return the number of the fact or the calculation that a cell leads to, None for any other cell."""
    kind, _, key = cell.get("to", "").partition(":") if isinstance(cell, dict) else ("", "", "")
    if kind == "fact" and key in store.rows("facts"):
        return raw(fact(key).value)
    return compute(key) if kind == "calc" and key in store.rows("calculations") else None


def holds_numbers(column: pd.Series) -> bool:
    """Return whether a column of a frame holds numbers, or links whose words are whole numbers."""
    if column.dtype == object and len(column):
        return all(type(cell["text"] if isinstance(cell, dict) else cell) is int for cell in column)
    return bool(pd.api.types.is_numeric_dtype(column) and column.dtype != bool)


def raw_values(frame: pd.DataFrame, places: list[str]) -> dict:
    """Return the values of a frame as files hold them: columns, which hold numbers, and rows; nothing for no value.

    A column of links to figures has their numbers in a column of its own beside it. ``places`` are the texts of the
    column ``Where`` that stands for the place of each row, none where the rows have no place.
    """
    columns: dict[str, tuple[list, bool]] = {}
    for name in frame.columns:
        if name in PLACE and places:
            continue
        cells = [cell["text"] if isinstance(cell, dict) else cell for cell in frame[name]]
        columns[name] = (
            [raw("" if isinstance(cell, str) and cell == NOTHING else cell) for cell in cells],
            holds_numbers(frame[name]),
        )
        numbers = [_number_of(cell) for cell in frame[name]]
        if any(number is not None for number in numbers):
            columns[f"{name}, number"] = (numbers, True)
    if places:
        columns["Document"] = ([store.names("sources")[source] for source in frame["source"]], False)
        columns["Where"] = (places, False)
    rows = [list(row) for row in zip(*(cells for cells, _ in columns.values()))]
    return {"columns": list(columns), "numeric": [is_number for _, is_number in columns.values()], "rows": rows}


def sized(spec: dict, form: str) -> dict:
    """Return a Vega-Lite spec drawn for one form: single charts fit the width, axes included."""
    spec = copy.deepcopy(spec)
    if form == "narrow":
        spec["config"]["axis"] |= {"labelLimit": 165, "labelFontSize": 12}
        spec["config"]["legend"] |= {"columns": 1}
    if "vconcat" in spec:
        axis = max(_axis_px(view) for view in spec["vconcat"])
        for view in spec["vconcat"]:
            view["width"] = theme.WIDTHS[form] - axis
    else:
        spec["width"] = theme.WIDTHS[form]
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    if "projection" in spec:
        spec["height"] = round(theme.MAP_SHAPE * spec["width"])
    return spec


def _axis_px(view: dict) -> float:
    """Return how wide the vertical axis of a view is, in px; where its rows have names, as the longest line of one."""
    names = view["layer"][0].get("encoding", {}).get("y", {}).get("sort") or []
    lines = [line for name in names for line in wrap(name, theme.LABEL)]
    return max([theme.AXIS_WIDTH, *(theme.LETTER * len(line) for line in lines)])


def vega_lite(chart: TopLevelMixin) -> dict:
    """Return the chart as a Vega-Lite spec in the book's theme."""
    spec = json.loads(chart.to_json())
    spec["config"] = copy.deepcopy(theme.CONFIG)
    return spec


def exhibit(
    id: str,
    content: TopLevelMixin | pd.DataFrame,
    data: pd.DataFrame | None = None,
    rests_on: pd.DataFrame | None = None,
    explored: dict | None = None,
) -> Exhibit:
    """Return an exhibit of a chart (with the ``data`` it shows) or of a frame as a table.

    ``explored`` is what a reader may try out below it: two rules, each a measure and a step, and whom they find. It has
    ``measures`` and ``steps`` (labels), ``start`` (measure and step of both rules), ``data`` (labels of the ways the
    data may be taken), ``levels`` (for each, a text: of each unit one figure to the base 36 for each measure, how many
    steps it reaches), ``units`` (their numbers), ``all`` (how many there are), ``unit`` and ``noun`` (what they are).

    What describes it is the row of ``exhibits.csv`` with this id. Its source line is made from the facts of that row
    and of its rows in ``exhibit_rows.csv``, from the rows a frame shows, from those it ``rests_on`` where it sums up
    several in a row of its own, or from the rows of the tables it names. A
    frame that has the columns of a source row (``source``, ``lines``, ``page``, ``page_basis``, ``locator``) shows
    them as one linked column; :func:`linked` links other cells. Raises UnknownId for an exhibit that is not described,
    ValueError where the data of a chart or the sources are missing (an exhibit about the book itself has none).
    """
    about = store.row("exhibits", id)
    facts, tables = _basis(about)
    frame = content if isinstance(content, pd.DataFrame) else data
    if frame is None:
        raise ValueError(f"exhibit {id!r}: give the data the chart shows (data=), readers need it as a table")
    payload = {
        "id": id,
        "title": sentences.plain(about.title),
        "heading": about.title,
        **{name: sentences.plain(getattr(about, name)) for name in TEXTS},
        "places": _places(facts, frame if rests_on is None else rests_on, tables, about.document),
        **_table(frame),
    }
    if explored:
        payload["explored"] = explored
    if not isinstance(content, pd.DataFrame):
        spec = vega_lite(content)
        payload["chart"] = {form: sized(spec, form) for form in theme.WIDTHS}
    return Exhibit(payload)


def _basis(about) -> tuple[list[str], list[str]]:
    """Return the ids of the facts and the names of the tables that an exhibit rests on, by its row.

    Raises ValueError where there are none, unless it is about the book itself.
    """
    facts = [*store.items(about.facts), *(row.fact for row in rows_of(about.id) if row.fact)]
    tables = store.items(about.tables)
    if not facts and not tables and not about.about_book:
        raise ValueError(f"exhibit {about.id!r}: name the facts or tables it rests on in exhibits.csv")
    return facts, tables


def _table(frame: pd.DataFrame) -> dict:
    """Return a frame as readers see it and as files hold it: columns, rows, which are numbers, raw values."""
    shown = _shown(frame)
    has_places = set(PLACE) <= set(frame.columns)
    return {
        "columns": list(shown.columns),
        "rows": shown.values.tolist(),
        "numeric": [name in frame.columns and holds_numbers(frame[name]) for name in shown.columns],
        "values": raw_values(frame, [cell["text"] for cell in shown["Where"]] if has_places else []),
    }


def link(text: str | int, kind: str, key: str) -> dict:
    """Return a cell that leads to a record: its text, the kind of record and its id.

    The kind "chapter" leads to a page of the book by its path, "finder" to the finder by what is chosen there.
    """
    return {"text": text, "to": f"{kind}:{key}"}


def several(cells: Sequence[dict | str], between: str = "; ") -> dict:
    """Return one cell that holds several: links (:func:`link`) or plain texts, with the same sign between them."""
    parts = [cell if isinstance(cell, dict) else {"text": cell} for cell in cells]
    return {"text": between.join(map(cell_text, parts)), "parts": parts, "between": between}


def linked(texts, kind: str, keys) -> list[dict]:
    """Return cells that lead to records: their texts, the kind of record ("question") and its ids."""
    return [link(text, kind, key) for text, key in zip(texts, keys)]
