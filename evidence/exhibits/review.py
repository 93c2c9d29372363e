"""What a reviewer reads of an exhibit: its texts, its table a line a row, and how its chart is drawn.

The reference outputs of chapters are in this form (``%load_ext evidence.exhibits.review`` in their first cell), and the
published outputs are compared in it. It leaves out what follows from the rest or stands elsewhere once: the drawing for
phones, the theme, the names and the values of datasets. A digest stands for the values, so that none changes unseen.
"""

from __future__ import annotations

import hashlib
import json
import math
import re

import yaml

from evidence.exhibits import theme
from evidence.exhibits.exhibit import Exhibit
from evidence.exhibits.text import caption

LABELS = re.compile(r"(\{.*\})\[datum\.label\]", re.DOTALL)  # labels of an axis broken into lines, see charts.py
GIVEN = {"$schema", "autosize", "config", "data", "datasets", "width"}  # made by the library, the theme or the form
PALETTES = {"series": theme.SERIES, "fills": theme.FILLS, "sequence": theme.SEQUENCE}
DIGITS = 10  # form: of the digest of the values


def review(payload: dict) -> str:
    """Return an exhibit as a reviewer reads it."""
    lines = [f"exhibit: {payload['id']}", f"title: {payload['title']}"]
    if payload["heading"] != payload["title"]:
        lines.append(f"title as written: {payload['heading']}")
    lines += [f"alternative: {payload['alt']}", f"about: {caption(payload)}"]
    lines += [f"source: {place['label']} <{place['source']}:{place['page']}>" for place in payload["places"]]
    numbers = [f"{name} (number)" if numeric else name for name, numeric in zip(payload["columns"], payload["numeric"])]
    lines += ["", " | ".join(numbers)]
    lines += [" | ".join(_cell(cell) for cell in row) for row in payload["rows"]]
    if "chart" in payload:
        lines += ["", *chart_lines(payload["chart"]["wide"], payload)]
    if "explored" in payload:
        text = json.dumps(payload["explored"], sort_keys=True)
        lines += ["", f"to explore, digest {hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}"]
    return "\n".join(lines)


def _cell(cell) -> str:
    """Return a cell as a reviewer reads it: its words, and where each link of it leads."""
    if not isinstance(cell, dict):
        return str(cell)
    if "parts" in cell:
        return cell["between"].join(map(_cell, cell["parts"]))
    return f"{cell['text']} <{cell['to']}>" if "to" in cell else str(cell["text"])


# --- the chart -----------------------------------------------------------------------------


def chart_lines(spec: dict, payload: dict) -> list[str]:
    """Return how a Vega-Lite spec draws the table of an exhibit, one line a mark, a channel or a transform."""
    orders = {name: _distinct(row[at] for row in payload["rows"]) for at, name in enumerate(payload["columns"])}
    data = _data_of(spec)
    lines, ranges = _view(spec, {"seen": {}, "orders": orders, "data": data})
    values = [spec.get("datasets", {}).get(item.get("name"), item.get("values")) for item in data]
    text = json.dumps(values, sort_keys=True)
    counts = " + ".join(
        str(len(value.get("features", value) if isinstance(value, dict) else value)) for value in values
    )
    drawn = [f"chart of {counts} rows, digest {hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}", *ranges]
    return ["; ".join(drawn), *lines]


def _data_of(view: dict) -> list[dict]:
    """Return the distinct data of a view and its parts, in the order of their use."""
    found = [view["data"]] if "data" in view else []
    for _, parts in _parts(view):
        found += [data for part in parts for data in _data_of(part)]
    return [data for at, data in enumerate(found) if data not in found[:at]]


def _parts(view: dict) -> list[tuple[str, list[dict]]]:
    return [(name, view[name]) for name in ("layer", "vconcat", "hconcat", "concat") if name in view]


def _view(view: dict, known: dict) -> tuple[list[str], list[str]]:
    """Return the lines of a view and the ranges of its scales; ``known`` holds what earlier parts have said."""
    channels, ranges = _channels(view.get("encoding", {}), known)
    inside, more = _inside(view, known)
    lines = [*_mark(view.get("mark")), *_properties(view, known["data"]), *channels, *inside]
    return lines, list(dict.fromkeys([*ranges, *more]))


def _mark(mark: str | dict | None) -> list[str]:
    """Return the line of a mark with its options, none where a view has no mark of its own."""
    if not mark:
        return []
    if isinstance(mark, str):
        return [f"mark {mark}"]
    options = {name: value for name, value in mark.items() if name != "type"}
    return [f"mark {mark['type']} {_flow(options)}" if options else f"mark {mark['type']}"]


def _properties(view: dict, data: list[dict]) -> list[str]:
    """Return a line for each property of a view beside mark, channels and parts; of several data it says which."""
    elsewhere = {*GIVEN, "encoding", "mark", *(name for name, _ in _parts(view))}
    ours = {name: value for name, value in view.items() if name not in elsewhere}
    if "projection" in ours:
        ours.pop("height", None)  # follows from the width
    if "format" in view.get("data", {}):
        ours["format of data"] = view["data"]["format"]
    if "data" in view and len(data) > 1:
        ours["rows"] = f"number {data.index(view['data']) + 1} of {len(data)}"
    return [f"  {name}: {_flow(ours[name])}" for name in sorted(ours)]


def _channels(encoding: dict, known: dict) -> tuple[list[str], list[str]]:
    """Return a line for each channel that no part before has said so, then the names of the others; and the ranges."""
    lines, ranges, again = [], [], []
    for channel, definition in sorted(encoding.items()):
        definition, extent = _without_range(definition)
        ranges += [f"{channel} from {extent[0]} to {extent[1]}"] if extent else []
        text = _flow(_short(definition, known["orders"]))
        if known["seen"].get(channel) == text:
            again.append(channel)
        else:
            known["seen"][channel] = text
            lines.append(f"  {channel}: {text}")
    return [*lines, f"  as before: {', '.join(again)}"] if again else lines, ranges


def _inside(view: dict, known: dict) -> tuple[list[str], list[str]]:
    """Return the lines of the parts of a view, each under its number and its mark, and their ranges."""
    lines, ranges = [], []
    for name, views in _parts(view):
        for at, part in enumerate(views, start=1):
            inside, more = _view(part, known)
            has_mark = inside[:1] and inside[0].startswith("mark")
            lines.append(f"{name} {at}: {inside.pop(0)}" if has_mark else f"{name} {at}")
            lines += [f"  {line}" for line in inside]
            ranges += more
    return lines, ranges


def _without_range(definition):
    """Return a channel without the two numbers its scale runs between, and them: they follow the values."""
    scale = (definition.get("scale") if isinstance(definition, dict) else None) or {}
    domain = scale.get("domain")
    if not isinstance(domain, list) or len(domain) != 2 or not all(isinstance(end, int | float) for end in domain):
        return definition, None
    rest = {name: value for name, value in scale.items() if name != "domain"}
    return {name: value for name, value in (definition | {"scale": rest}).items() if value != {}}, domain


def _short(definition, orders: dict[str, list]):
    """Return a channel with the order of the table and broken labels named instead of spelled out."""
    if not isinstance(definition, dict):
        return definition
    short = dict(definition)
    if isinstance(scale := short.get("scale"), dict):
        colours = {str(value): f"the {name} of the theme" for name, value in PALETTES.items()}
        short["scale"] = {name: colours.get(str(value), value) for name, value in scale.items()}
    if short.get("sort") and short["sort"] == orders.get(short.get("field", "")):
        short["sort"] = "as in the table"
    axis = short.get("axis")
    if isinstance(axis, dict) and (broken := LABELS.fullmatch(str(axis.get("labelExpr", "")))):
        labels = json.loads(broken[1])
        if all(" ".join(lines) == label for label, lines in labels.items()) and definition.get("sort") == list(labels):
            width = max(len(line) for lines in labels.values() for line in lines)
            short["axis"] = axis | {"labelExpr": f"lines of at most {width} characters"}
    return short


def _distinct(cells) -> list[str]:
    return list(dict.fromkeys(cell if isinstance(cell, str) else cell["text"] for cell in cells))


def _flow(value) -> str:
    """Return a value on one line, as YAML."""
    text = yaml.safe_dump(value, default_flow_style=True, width=math.inf, allow_unicode=True)
    return text.removesuffix("\n").removesuffix("\n...")


# --- in a kernel ---------------------------------------------------------------------------


def load_ipython_extension(shell) -> None:
    """Show every exhibit of a kernel in this form, and in no other."""
    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type(Exhibit, lambda shown: {"text/plain": review(shown.payload)})
