"""The report as one HTML page that needs no network and prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import pandas as pd

from evidence.attendance import intervals, register
from evidence.attendance.analysis import MAIN, Results
from evidence.attendance.days import PARAMETERS
from evidence.attendance.rules import Rule
from evidence.attendance.suppression import SMALL_CELLS
from evidence.attendance.thresholds import HALF, THRESHOLDS
from evidence.toolkit.drawing import Bar, bars
from evidence.toolkit.page import banner, document, html_table, listed, plain, shown

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


def _table(frame: pd.DataFrame, columns: Sequence[str], caption: str) -> str:
    return html_table(frame, columns, caption, HEADS)


def found_bars(frame: pd.DataFrame) -> str:
    """Return the children whom each rule finds as a drawing; the table beside it has the numbers."""
    known = frame.dropna(subset="children")
    rows = [Bar(row.title, int(row.children), shown(int(row.children))) for row in known.itertuples()]
    return bars(rows, "Children found by each rule", "Children found by each rule in the same data.")


def _rules(rules: Iterable[Rule], used: dict[str, Any]) -> str:
    """Return the texts of the rules, each made from the rule itself, with the parameters that were used."""
    texts = [(threshold.title, threshold.rule.brief()) for threshold in THRESHOLDS]
    texts += [(rule.title, rule.text()) for rule in rules]
    items = "".join(f"<li><strong>{escape(title)}.</strong> {escape(text)}</li>" for title, text in texts)
    common = listed([parameter.text(used[parameter.name]) for parameter in PARAMETERS])
    return f"<ul>{items}</ul><p>Every count of days rests on these:</p>{common}"


def html_page(results: Results, facts: dict[str, Any]) -> str:
    """Return the page of a report.

    ``facts`` has ``title``, ``made`` (date), ``files``, ``assumptions``, ``notes`` (texts), ``set_aside`` (a frame of
    counts), ``hidden`` (counts not shown), ``under``, ``sessions`` and ``is_synthetic``.
    """
    overview = pd.DataFrame({"What was read": list(results.overview), "Number": list(results.overview.values())})
    main = results.thresholds.set_index("rule").loc[MAIN]
    total = results.overview.get("children on roll")
    lead = f"{escape(main['title'])}: {shown(plain(main['children']))} of {shown(total)} children."
    parts = [banner("child, school or day")] if facts["is_synthetic"] else []
    parts += [
        f"<p><strong>{lead}</strong> What other rules find in the same data stands below.</p>",
        _table(overview, ["What was read", "Number"], f"Files read on {facts['made']}: {', '.join(facts['files'])}"),
    ]
    if facts["assumptions"]:
        parts.append(f"<h2>What had to be assumed</h2>{listed(facts['assumptions'])}")
    parts.append("<h2>How many children each rule finds</h2>")
    parts.append(found_bars(results.thresholds))
    columns = ["title", "children", "share_pct", "certain", "undetermined", "not_reached"]
    caption = "Children by rule. Undetermined: days that nobody recorded would decide."
    parts.append(_table(results.thresholds, columns, caption))
    titles = dict(zip(results.thresholds["rule"], results.thresholds["title"]))
    moves = results.moves.assign(one=results.moves["one"].map(titles), other=results.moves["other"].map(titles))
    heads = {"one": "One rule", "other": "Another rule", "both": "Found by both", "only_one": "Only by the one"}
    moves = moves.rename(columns=heads | {"only_other": "Only by the other"})
    parts.append("<h2>Which children move from rule to rule</h2>")
    parts.append(_table(moves, list(moves.columns), "Children found by two rules"))
    lengths = results.lengths
    bands = [
        f"{low} or more" if pd.isna(high) else f"{low}" if low == high else f"{low} to {high}"
        for low, high in zip(lengths["from_days"], lengths["to_days"])
    ]
    table = pd.DataFrame({"School days in a row": bands, "Episodes": lengths["episodes"]})
    parts.append("<h2>How long absences last</h2>")
    parts.append(_table(table, list(table.columns), "Episodes of absence, excused or not, by length"))
    for name, group in results.groups.items():
        parts.append(f"<h2>{escape(main['title'])}, by {HEADS[name].lower()}</h2>")
        parts.append(_table(group, [name, "on_roll", "children", "share_pct"], "Children, each in its first group"))
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
    return document(facts["title"], parts)


def _register(results: Results) -> list[str]:
    """Return the part on the register of long absences, nothing where there is none."""
    if results.register is None:
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
        _table(results.register, ["school_year", *counts], "Children; share not returned with its interval"),
    ]
    for name, table in results.register_by.items():
        parts.append(_table(table, [name, "school_year", *counts], f"By {HEADS[name].lower()} and school year"))
    table = results.decomposition
    if table is None and len(results.register) >= 2:
        parts.append("<p>Parts of the change between years are not shown: they would give away counts left out.</p>")
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
        parts.append(_table(table, columns, f"Where the change of the share not returned comes from, {years}"))
    return parts


def _set_aside(table: pd.DataFrame, notes: Sequence[str]) -> str:
    """Return which rows were set aside, by rule, and how files were read."""
    if table.empty:
        return f"<p>No row.</p>{listed(notes)}"
    shown_table = table.rename(columns={"file": "File", "column": "Column", "rule": "What is wrong", "rows": "Rows"})
    return _table(shown_table, ["File", "Column", "What is wrong", "Rows"], "Rows set aside") + listed(notes)
