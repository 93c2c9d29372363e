"""The report as one HTML page that needs no network and prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.attendance import intervals, register
from evidence.attendance.analysis import MAIN, Results
from evidence.attendance.days import PARAMETERS
from evidence.attendance.rules import Rule
from evidence.attendance.suppression import SMALL_CELLS
from evidence.attendance.thresholds import HALF, THRESHOLDS

STYLE = Path(__file__).with_name("report.css")
SYNTHETIC = "<strong>Synthetic data.</strong> No child, school or day in this report is real."
HIDDEN = "<span title='not shown: small cells'>–</span>"
HEADS = {
    "title": "Rule",
    "children": "Children",
    "share_pct": "Share, %",
    "certain": "Reached for certain",
    "undetermined": "Undetermined",
    "not_reached": "Not reached",
    "on_roll": "On roll",
    "low_pct": "from, %",
    "high_pct": "to, %",
    "school_year": "School year",
    "region": "Region",
    "area": "Area",
    "sex": "Sex",
    "grade": "Grade",
    "registered": "Registered",
    "returned_mainstream": "Back in a mainstream school",
    "returned_elsewhere": "Taught elsewhere",
    "returned": "Returned",
    "out": "Still out",
    "group": "Region",
    "rate_before": "Share before, %",
    "rate_after": "Share after, %",
    "size_before": "Weight before, %",
    "size_after": "Weight after, %",
    "by_rates": "By rates, points",
    "by_composition": "By composition, points",
    "change": "Change, points",
}
CHART = {"label": 300, "row": 26, "width": 720, "value": 70}  # px


def shown(value: Any) -> str:
    """Return a cell as a reader sees it: thousands apart, one decimal, a dash where nothing may be shown."""
    if value is None or pd.isna(value):
        return HIDDEN
    if isinstance(value, float):
        return f"{value:,.1f}".replace(",", "\u202f").replace("-", "−")
    return f"{value:,}".replace(",", "\u202f") if isinstance(value, int) else escape(str(value))


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def html_table(frame: pd.DataFrame, columns: Sequence[str], caption: str) -> str:
    """Return columns of a frame as an accessible table that scrolls on a phone."""
    heads = "".join(f'<th scope="col">{escape(HEADS.get(name, name))}</th>' for name in columns)
    rows = []
    for row in frame[list(columns)].itertuples(index=False, name=None):
        first, *others = (shown(_plain(value)) for value in row)
        rows.append(f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>')
    body = f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>"
    label = escape(caption, quote=True)
    table = f"<table><caption>{escape(caption)}</caption>{body}</table>"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">{table}</div>'


def bars(frame: pd.DataFrame) -> str:
    """Return the children whom each rule finds as a drawing; the table beside it has the numbers."""
    known = frame.dropna(subset="children")
    if known.empty:
        return ""
    most = max(int(known["children"].max()), 1)
    room = CHART["width"] - CHART["label"] - CHART["value"]
    parts = []
    for position, row in enumerate(known.itertuples()):
        y, width = position * CHART["row"], room * int(row.children) / most
        parts.append(
            f'<text x="{CHART["label"] - 8}" y="{y + 17}" text-anchor="end">{escape(row.title)}</text>'
            f'<rect class="bar" x="{CHART["label"]}" y="{y + 5}" width="{width:.1f}" height="16"/>'
            f'<text x="{CHART["label"] + width + 6:.1f}" y="{y + 17}">{shown(int(row.children))}</text>'
        )
    height = len(known) * CHART["row"]
    return (
        f'<figure><svg viewBox="0 0 {CHART["width"]} {height}" role="img" aria-label="Children found by each rule">'
        f"{''.join(parts)}</svg><figcaption>Children found by each rule in the same data.</figcaption></figure>"
    )


def _rules(rules: Iterable[Rule], used: dict[str, Any]) -> str:
    """Return the texts of the rules, each made from the rule itself, with the parameters that were used."""
    texts = [(threshold.title, threshold.rule.brief()) for threshold in THRESHOLDS]
    texts += [(rule.title, rule.text()) for rule in rules]
    items = "".join(f"<li><strong>{escape(title)}.</strong> {escape(text)}</li>" for title, text in texts)
    common = _listed([parameter.text(used[parameter.name]) for parameter in PARAMETERS])
    return f"<ul>{items}</ul><p>Every count of days rests on these:</p>{common}"


def _listed(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def html_page(results: Results, facts: dict[str, Any]) -> str:
    """Return the page of a report.

    ``facts`` has ``title``, ``made`` (date), ``files``, ``assumptions``, ``notes`` (texts), ``set_aside`` (a frame of
    counts), ``hidden`` (counts not shown), ``under``, ``sessions`` and ``is_synthetic``.
    """
    overview = pd.DataFrame({"What was read": list(results.overview), "Number": list(results.overview.values())})
    main = results.thresholds.set_index("rule").loc[MAIN]
    total = results.overview.get("children on roll")
    lead = f"{escape(main['title'])}: {shown(_plain(main['children']))} of {shown(total)} children."
    parts = [f"<h1>{escape(facts['title'])}</h1>"]
    if facts["is_synthetic"]:
        parts.append(
            "<p class='banner'><strong>Synthetic data.</strong> No child, school or day in this report is real.</p>"
        )
    parts += [
        f"<p><strong>{lead}</strong> What other rules find in the same data stands below.</p>",
        html_table(
            overview, ["What was read", "Number"], f"Files read on {facts['made']}: {', '.join(facts['files'])}"
        ),
    ]
    if facts["assumptions"]:
        parts.append(f"<h2>What had to be assumed</h2>{_listed(facts['assumptions'])}")
    parts.append("<h2>How many children each rule finds</h2>")
    parts.append(bars(results.thresholds))
    columns = ["title", "children", "share_pct", "certain", "undetermined", "not_reached"]
    caption = "Children by rule. Undetermined: days that nobody recorded would decide."
    parts.append(html_table(results.thresholds, columns, caption))
    titles = dict(zip(results.thresholds["rule"], results.thresholds["title"]))
    moves = results.moves.assign(one=results.moves["one"].map(titles), other=results.moves["other"].map(titles))
    heads = {"one": "One rule", "other": "Another rule", "both": "Found by both", "only_one": "Only by the one"}
    moves = moves.rename(columns=heads | {"only_other": "Only by the other"})
    parts.append("<h2>Which children move from rule to rule</h2>")
    parts.append(html_table(moves, list(moves.columns), "Children found by two rules"))
    lengths = results.lengths
    bands = [
        f"{low} or more" if pd.isna(high) else f"{low}" if low == high else f"{low} to {high}"
        for low, high in zip(lengths["from_days"], lengths["to_days"])
    ]
    table = pd.DataFrame({"School days in a row": bands, "Episodes": lengths["episodes"]})
    parts.append("<h2>How long absences last</h2>")
    parts.append(html_table(table, list(table.columns), "Episodes of absence, excused or not, by length"))
    for name, group in results.groups.items():
        parts.append(f"<h2>{escape(main['title'])}, by {HEADS[name].lower()}</h2>")
        parts.append(html_table(group, [name, "on_roll", "children", "share_pct"], "Children, each in its first group"))
    parts += _register(results)
    parts.append(f"<h2>What was set aside</h2>{_set_aside(facts['set_aside'], facts['notes'])}")
    parts.append("<h2>The rules, and who set what</h2>")
    rules = [HALF, intervals.WILSON]
    if results.register is not None:
        rules += [register.VALID, register.NON_RETURN, intervals.KITAGAWA]
    parts.append(_rules(rules, results.parameters | {"sessions": facts["sessions"]}))
    hidden = f"{facts['hidden']} counts are not shown." if facts["hidden"] else "No count had to be left out."
    small = SMALL_CELLS.text(under=facts["under"])
    parts.append(
        "<h2>What this page contains</h2><p>Counts, and shares of them. No row of a child, no name, no identifier. "
        f"{hidden} {escape(small)}</p>"
    )
    head = f"<title>{escape(facts['title'])}</title><style>{STYLE.read_text(encoding='utf-8')}</style>"
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{meta}{head}</head><body><main>{"".join(parts)}</main></body></html>\n'
    )


def _register(results: Results) -> list[str]:
    """Return the part on the register of long absences, nothing where there is none."""
    if results.register is None or results.register_regions is None:
        return []
    counts = [
        "registered",
        "returned_mainstream",
        "returned_elsewhere",
        "returned",
        "out",
        "share_pct",
        "low_pct",
        "high_pct",
    ]
    parts = [
        "<h2>The register of long absences</h2>",
        html_table(results.register, ["school_year", *counts], "Children; share not returned with its interval"),
        html_table(results.register_regions, ["region", "school_year", *counts], "By region and school year"),
    ]
    table = results.decomposition
    if table is not None:
        years = f"{table['before'].iloc[0]} to {table['after'].iloc[0]}"
        columns = [
            "group",
            "rate_before",
            "rate_after",
            "size_before",
            "size_after",
            "by_rates",
            "by_composition",
            "change",
        ]
        parts.append(html_table(table, columns, f"Where the change of the share not returned comes from, {years}"))
    return parts


def _set_aside(table: pd.DataFrame, notes: Sequence[str]) -> str:
    """Return which rows were set aside, by rule, and how files were read."""
    if table.empty:
        return f"<p>No row.</p>{_listed(notes) if notes else ''}"
    shown_table = table.rename(columns={"file": "File", "column": "Column", "rule": "What is wrong", "rows": "Rows"})
    return html_table(shown_table, ["File", "Column", "What is wrong", "Rows"], "Rows set aside") + _listed(notes)
