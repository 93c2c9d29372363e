"""The report as one HTML page that needs no network and prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import pandas as pd

from evidence.attendance import intervals, register
from evidence.attendance.analysis import COUNTS, MAIN, NEEDS, Results
from evidence.attendance.days import PARAMETERS
from evidence.attendance.rules import Rule
from evidence.attendance.suppression import SMALL_CELLS
from evidence.attendance.thresholds import HALF, THRESHOLDS
from evidence.toolkit.drawing import Bar, bars
from evidence.toolkit.page import HERE, banner, document, html_table, listed, section, shown

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
    "district": "District",
    "school": "School",
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

SHARE = ("share_pct", "low_pct", "high_pct")
INTERVAL = "share with its 95 % interval, from and to"


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
    common = listed([parameter.text(used[parameter.name]) for parameter in PARAMETERS if parameter.name in used])
    return f"<ul>{items}</ul><p>Every count of days rests on these:</p>{common}"


def _lead(results: Results, under: int) -> str:
    """Return the first sentence: how many children the main rule finds, or in words why no number is given."""
    main = results.thresholds.set_index("rule").loc[MAIN]
    found, total = main["children"], results.overview.get("children on roll")
    if pd.isna(found):
        said = f"the number of children is not shown. It is under {under}, or would give such a number away."
    elif total is not None:
        said = f"{shown(int(found))} of {shown(int(total))} children on roll."
    else:
        why = "is not shown" if results.has_roll else f"is not known: a share {NEEDS}"
        said = f"{shown(int(found))} children. How many are on roll {why}."
    return (
        f"<p><strong>{escape(main['title'])}: {said}</strong> What other rules find in the same data stands below.</p>"
    )


def _overview(results: Results, caption: str) -> str:
    """Return what was read as a table."""
    numbers = [NEEDS if number is None else number for number in results.overview.values()]
    table = pd.DataFrame({"What was read": list(results.overview), "Number": pd.Series(numbers, dtype=object)})
    return _table(table, list(table.columns), caption)


def _found(results: Results) -> list[str]:
    """Return the part on what each rule finds."""
    table = results.thresholds.astype(dict.fromkeys((*COUNTS, *SHARE), object))
    for name in (*COUNTS, *SHARE):
        needed = [name in row or (name in SHARE and "share_pct" in row) for row in table["note"]]
        table[name] = table[name].where(~pd.Series(needed, index=table.index), table["note"].str.partition(":")[0])
    columns = ["title", "children", *SHARE, "certain", "undetermined", "not_reached"]
    caption = f"Children by rule; {INTERVAL}. Undetermined: days that nobody recorded would decide."
    return [
        "<h2>How many children each rule finds</h2>",
        found_bars(results.thresholds),
        _table(table, columns, caption),
    ]


def _groups(results: Results) -> list[str]:
    """Return the tables by place and by group, or why there are none."""
    title = next(rule.title for rule in THRESHOLDS if rule.key == MAIN)
    parts = []
    for name, group in results.groups.items():
        caption = f"Children, each in the {HEADS[name].lower()} of its first spell on roll; {INTERVAL}"
        columns = [name, "on_roll", "children", *SHARE]
        parts.append(section(f"{title}, by {HEADS[name].lower()}", _table(group, columns, caption)))
    if not results.has_roll:
        said = f"A table by school, and by region, area, sex or grade, {NEEDS}: add a file of spells on roll."
        parts.append(section(f"{title}, by school", f"<p>{said}</p>"))
    if results.no_schools:
        parts.append(section(f"{title}, by school", f"<p>{escape(results.no_schools)}</p>"))
    return parts


def html_page(results: Results, facts: dict[str, Any]) -> str:
    """Return the page of a report.

    ``facts`` has ``title``, ``made`` (date), ``files``, ``assumptions``, ``notes``, ``lost`` (texts), ``set_aside`` (a
    frame of counts), ``hidden`` (counts not shown), ``under``, ``reading`` (parameters) and ``is_synthetic``.
    """
    parts = [banner("child, school or day")] if facts["is_synthetic"] else []
    parts.append(_lead(results, facts["under"]))
    if facts["lost"]:
        said = f"Lost with the rows that were set aside: {', '.join(facts['lost'])}. No number of this page has them."
        parts.append(f"<p><strong>{escape(said)}</strong> Why stands at the end.</p>")
    if facts["hidden"]:
        sign = f"The sign – stands for a number that is under {facts['under']}, or that would give such a number away."
        parts.append(f"<p class='note'>{sign}</p>")
    parts.append(_overview(results, f"Files read on {facts['made']}: {', '.join(facts['files'])}"))
    if facts["assumptions"]:
        parts.append(f"<h2>What had to be assumed</h2>{listed(facts['assumptions'])}")
    parts += _found(results)
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
    parts += [*_groups(results), *_register(results)]
    parts.append(section("What was set aside", _set_aside(facts["set_aside"], facts["lost"])))
    if facts["notes"]:
        parts.append(section("How the files were read", listed(facts["notes"])))
    rules = [HALF, *([intervals.WILSON] if results.has_roll or results.register is not None else [])]
    if results.register is not None:
        rules += [register.VALID, register.NON_RETURN, intervals.KITAGAWA]
    parts.append(section("The rules, and who set what", _rules(rules, results.parameters | facts["reading"])))
    hidden = f"{facts['hidden']} counts are not shown." if facts["hidden"] else "No count had to be left out."
    small = SMALL_CELLS.text(under=facts["under"])
    parts.append(
        "<h2>What this page contains</h2><p>Counts, and shares of them. No row of a child, no name, no identifier of a "
        f"child. {hidden} {escape(small)}</p><p>{HERE}</p>"
    )
    return document(facts["title"], parts)


def _register(results: Results) -> list[str]:
    """Return the part on the register of long absences, nothing where there is none."""
    if results.register is None:
        return []
    counts = ["registered", "returned_mainstream", "returned_elsewhere", "returned", "out", *SHARE]
    parts = [
        "<h2>The register of long absences</h2>",
        _table(results.register, ["school_year", *counts], f"Children; share not returned, {INTERVAL}"),
    ]
    for name, table in results.register_by.items():
        parts.append(
            _table(
                table,
                [name, "school_year", *counts],
                f"By {HEADS[name].lower()} and school year; share not returned, {INTERVAL}",
            )
        )
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


def _set_aside(table: pd.DataFrame, lost: Sequence[str]) -> str:
    """Return which rows and cells were set aside, a line a cause, and what was lost with them."""
    if table.empty:
        return "<p>Nothing.</p>"
    columns = {"file": "File", "column": "Column", "rule": "What is wrong", "left_out": "Left out", "rows": "Times"}
    words = f"Lost with them: {', '.join(lost)}." if lost else "No child, no absence and no other row was lost."
    return f"<p>{words}</p>" + _table(
        table.rename(columns=columns), list(columns.values()), "What was set aside, and why"
    )
