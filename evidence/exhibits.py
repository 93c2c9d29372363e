"""An exhibit: the only way a chapter shows a chart or a table.

It carries what a reader needs to judge and reuse it: a title that states the message, unit,
base, period, the places in the documents it rests on, a text alternative and its data.
"""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING

import pandas as pd

from evidence import store, theme
from evidence.provenance import PLACE, Fact, fact, names, page_label

if TYPE_CHECKING:  # a build that runs no chapter need not import it
    from altair import TopLevelMixin

MIME = "application/vnd.evidence.exhibit+json"
MANY = 8  # places of a document that a source line names one by one
MIN_ALT = 40  # characters: shorter cannot say what a chart shows


class Exhibit:
    """A chart or table with its metadata; a notebook shows it, the site renders it."""

    def __init__(self, payload: dict):
        self.payload = payload

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {MIME: self.payload, "text/plain": as_text(self.payload)}


def as_text(payload: dict) -> str:
    """Return an exhibit as plain text: title, alternative, table, source."""
    rows = [payload["columns"], *([cell_text(cell) for cell in row] for row in payload["rows"])]
    table = "\n".join(" | ".join(row) for row in rows)
    return "\n\n".join(filter(None, [payload["title"], payload["alt"], table, caption(payload)]))


def cell_text(cell) -> str:
    """Return a cell of the payload as text; a link cell is ``{"text": …, "to": …}``."""
    return str(cell["text"]) if isinstance(cell, dict) else str(cell)


def caption(payload: dict) -> str:
    """Return the line under an exhibit: unit, base, period, note and how far it is ours."""
    parts = [
        payload["unit"],
        payload["base"] and f"base: {payload['base']}",
        payload["period"] and f"as of {payload['period']}",
    ]
    text = "; ".join(filter(None, parts))
    text = f"{text[:1].upper()}{text[1:]}."
    if payload["calculated"]:
        text += f" Our calculation: {payload['calculated']}."
    return f"{text} {payload['note']}".strip()


def _places(facts: list[Fact], frame: pd.DataFrame, tables: list[str], source: str) -> list[dict]:
    """Return the distinct places in the documents, in document order, as document, page and label.

    They are those of the facts and of the rows shown or, where a frame has none of its own, of
    the rows of whole tables (of one document, if named). Many places of a document become their span.
    """
    rows = [item._asdict() for item in facts]
    if set(PLACE) <= set(frame.columns):
        rows += frame[PLACE].to_dict("records")
    else:
        rows += [row for table in tables for row in store.load(table)[PLACE].to_dict("records")]
        rows = [row for row in rows if not source or row["source"] == source]
    found: dict[str, dict] = {}
    for row in sorted(rows, key=lambda row: (row["source"], store.line_range(row["lines"])[0])):
        label = ", ".join(filter(None, [page_label(row["page"], row["page_basis"]), row["locator"]]))
        place = {"source": row["source"], "page": row["page"], "label": label}
        found.setdefault(row["source"], {}).setdefault(label, place)
    return [place for places in found.values() for place in _span(list(places.values()))]


def _span(places: list[dict]) -> list[dict]:
    """Return places of one document, or first and last where there are more than ``MANY``."""
    if len(places) <= MANY:
        return places
    first, last = places[0], places[-1]
    return [first, last | {"label": f"and {len(places) - 2} places up to {last['label']}"}]


def _place_cell(row) -> dict:
    label = ", ".join(filter(None, [page_label(row.page, row.page_basis), row.locator]))
    return {"text": label, "to": f"page:{row.source}:{row.page}"}


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame as shown: numbers as text, one linked column for the place in the source."""
    frame = frame.reset_index(drop=True)
    shown = pd.DataFrame(index=frame.index)
    for name in frame.columns:
        if name in PLACE:
            continue
        shown[name] = pd.Series([cell_value(value) for value in frame[name]], dtype=object, index=frame.index)
    if set(PLACE) <= set(frame.columns):
        shown["Where"] = pd.Series([_place_cell(row) for row in frame.itertuples()], dtype=object, index=frame.index)
    return shown


def cell_value(value):
    """Return a cell as shown: separators in whole numbers, one decimal otherwise, "–" for none."""
    if isinstance(value, (dict, str)):
        return value
    if pd.isna(value):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
    return text.replace("-", "−")


def _sized(spec: dict, form: str) -> dict:
    """Return a Vega-Lite spec drawn for one form: single charts fit the width, axes included."""
    spec = copy.deepcopy(spec)
    if form == "narrow":
        spec["config"]["axis"] |= {"labelLimit": 165, "labelFontSize": 12}
        spec["config"]["legend"] |= {"columns": 1}
    if "vconcat" in spec:
        for view in spec["vconcat"]:
            view["width"] = theme.WIDTHS[form] - theme.AXIS_WIDTH
    else:
        spec["width"] = theme.WIDTHS[form]
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    if "projection" in spec:
        spec["height"] = round(theme.MAP_SHAPE * spec["width"])
    return spec


def vega_lite(chart: TopLevelMixin) -> dict:
    """Return the chart as a Vega-Lite spec in the book's theme."""
    spec = json.loads(chart.to_json())
    spec["config"] = copy.deepcopy(theme.CONFIG)
    return spec


def exhibit(
    content: TopLevelMixin | pd.DataFrame,
    *,
    id: str,
    title: str,
    alt: str,
    unit: str,
    base: str,
    period: str,
    facts: list[str] = (),
    tables: list[str] = (),
    source: str = "",
    data: pd.DataFrame | None = None,
    calculated: str = "",
    note: str = "",
) -> Exhibit:
    """Return an exhibit of a chart (with the data it shows) or of a frame as a table.

    ``facts`` are ids and ``tables`` names of the data package the exhibit rests on: its source
    line is made from them, from the rows a frame shows, or from the rows of one document (``source``)
    of the tables. ``calculated`` says which part of it is ours and how. A frame that
    has the columns of a source row (``source``, ``lines``, ``page``, ``page_basis``, ``locator``)
    shows them as one linked column; :func:`linked` links other cells. Raises ValueError where the id, the
    text alternative, the sources or the data of a chart are missing, and UnknownId for an unknown fact.
    """
    if not re.fullmatch(r"[a-z0-9-]+", id):
        raise ValueError(f"exhibit {id!r}: an id has small letters, digits and hyphens")
    if len(alt.strip()) < MIN_ALT:
        raise ValueError(f"exhibit {id!r}: the text alternative (alt) is missing or shorter than {MIN_ALT} characters")
    if not facts and not tables:
        raise ValueError(f"exhibit {id!r}: name the facts or tables it rests on")
    is_table = isinstance(content, pd.DataFrame)
    frame = content if is_table else data
    if frame is None:
        raise ValueError(f"exhibit {id!r}: give the data the chart shows (data=), readers need it as a table")
    shown = _shown(frame)
    payload = {
        "id": id,
        "title": title,
        "alt": alt.strip(),
        "unit": unit,
        "base": base,
        "period": period,
        "calculated": calculated,
        "note": note,
        "places": _places([fact(key) for key in facts], frame, list(tables), source),
        "columns": list(shown.columns),
        "rows": shown.values.tolist(),
        "numeric": [
            name in frame.columns and pd.api.types.is_numeric_dtype(frame[name]) and frame[name].dtype != bool
            for name in shown.columns
        ],
    }
    if not is_table:
        spec = vega_lite(content)
        payload["chart"] = {form: _sized(spec, form) for form in theme.WIDTHS}
    return Exhibit(payload)


def linked(texts, kind: str, keys) -> list[dict]:
    """Return cells that lead to records: their texts, the kind of record ("question") and its ids."""
    return [{"text": text, "to": f"{kind}:{key}"} for text, key in zip(texts, keys)]


def named(frame: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """Return a frame with code columns replaced by readable names: ``place="places"``; lists are joined."""
    frame = frame.copy()
    for column, table in columns.items():
        labels = names(table)
        frame[column] = [", ".join(labels[item] for item in value.split(";") if item) for value in frame[column]]
    return frame


def printed(labels: dict[str, str], name: str, **columns: str) -> pd.DataFrame:
    """Return facts as rows: our label in the column ``name``, then fields of each fact, ``value="Share, %"``.

    ``labels`` maps ids of facts to labels. Raises UnknownId for an unknown fact.
    """
    rows = [(label, *(getattr(fact(key), field) for field in columns)) for key, label in labels.items()]
    return pd.DataFrame(rows, columns=[name, *columns.values()])
