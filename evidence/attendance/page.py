"""The report as one HTML page that needs no network and prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import pandas as pd

from evidence.attendance import intervals, register
from evidence.attendance.analysis import COUNTS, MAIN, Results
from evidence.attendance.days import PARAMETERS
from evidence.attendance.language import said, with_commas
from evidence.attendance.rules import Rule, Say
from evidence.attendance.suppression import SMALL_CELLS, SMALL_DIFFERENCES
from evidence.attendance.thresholds import HALF, THRESHOLDS
from evidence.toolkit.drawing import Bar, bars
from evidence.toolkit.messages import in_words
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

PARTS = ("group", "rate_before", "rate_after", "size_before", "size_after", "by_rates", "by_composition", "change")
CODED = ("sex", "area")  # columns whose values are words of ours
NO_ROLL = "Shares, “not reached” and the number of children on roll need enrolment."
NO_GROUPS = "A table by school, and by region, area, sex or grade, needs enrolment: add a file of spells on roll."
OPEN = (
    "In a spreadsheet open tables.xlsx, which every language of Excel shows as it is; the files in the folder tables "
    "are for other software."
)
SHARE = ("share_pct", "low_pct", "high_pct")
NEED_ROLL = (*SHARE, "not_reached")
INTERVAL = "share with its 95 % interval, from and to"
DASH = "not shown, or nothing to say"


def _table(frame: pd.DataFrame, columns: Sequence[str], caption: str, say: Say) -> str:
    return html_table(frame, columns, caption, {name: say(HEADS.get(name, name)) for name in columns})


def found_bars(frame: pd.DataFrame, say: Say = str) -> str:
    """Return the children whom each rule finds as a drawing; the table beside it has the numbers."""
    known = frame.dropna(subset="children")
    rows = [Bar(say(row.title), int(row.children), shown(int(row.children))) for row in known.itertuples()]
    return bars(rows, say("Children found by each rule"), say("Children found by each rule in the same data."))


def _rules(rules: Iterable[Rule], used: dict[str, Any], say: Say) -> str:
    """Return the texts of the rules, each made from the rule itself, with the parameters that were used."""
    texts = [(threshold.title, threshold.rule.brief(say)) for threshold in THRESHOLDS]
    texts += [(rule.title, rule.text(say)) for rule in rules]
    items = "".join(f"<li><strong>{escape(say(title))}.</strong> {escape(text)}</li>" for title, text in texts)
    common = listed([parameter.text(used[parameter.name], say) for parameter in PARAMETERS if parameter.name in used])
    return f"<ul>{items}</ul><p>{escape(say('Every count of days rests on these:'))}</p>{common}"


REGISTER_ALONE = (
    "The files hold a register of absences over ten days, and no day of an absence: what it says stands below."
)


def _is_register_alone(results: Results) -> bool:
    """Return whether nothing was read but the 10-day register: no rule on days can find anyone then."""
    return results.register is not None and not results.has_roll and not results.behind_days[0]


def _lead(results: Results, under: int, say: Say) -> str:
    """Return the first sentence: how many children the main rule finds, or in words why no number is given."""
    if _is_register_alone(results):
        return f"<p><strong>{escape(say(REGISTER_ALONE))}</strong></p>"
    main = results.thresholds.set_index("rule").loc[MAIN]
    found, total = main["children"], results.overview.get("children on roll")
    if pd.isna(found):
        text = say("the number of children is not shown. It is under {under}, or would give such a number away.")
    elif total is not None:
        text = say("{found} of {total} children on roll.")
    elif results.has_roll:
        text = say("{found} children. How many are on roll is not shown.")
    else:
        text = say("{found} children. How many are on roll is not known: a share needs enrolment.")
    numbers = {"found": "" if pd.isna(found) else shown(int(found)), "under": under}
    line = text.format(**numbers, total="" if total is None else shown(int(total)))
    rest = escape(say("What other rules find in the same data stands below."))
    return f"<p><strong>{escape(say(main['title']))}: {line}</strong> {rest}</p>"


def _overview(results: Results, caption: str, say: Say) -> str:
    """Return what was read as a table; what nobody knows has no row, and is said beside it."""
    known = {name: value for name, value in results.overview.items() if value is not None or name in results.left_out}
    columns = [say("What was read"), say("Number")]
    rows = pd.DataFrame({columns[0]: list(map(say, known)), columns[1]: pd.Series(list(known.values()), dtype=object)})
    return _table(rows, columns, caption, say)


def _found(results: Results, say: Say) -> list[str]:
    """Return the part on what each rule finds; a column that only a roll could fill is left out, and that is said."""
    table = results.thresholds.astype(dict.fromkeys((*COUNTS, *SHARE), object))
    table["title"] = table["title"].map(say)
    for name in (*COUNTS, *SHARE):
        needed = [name in row or (name in SHARE and "share_pct" in row) for row in table["note"]]
        why = table["note"].str.partition(":")[0].map(say)
        table[name] = table[name].where(~pd.Series(needed, index=table.index), why)
    columns = ["title", "children", *SHARE, "certain", "undetermined", "not_reached"]
    kept = [name for name in columns if results.has_roll or name not in NEED_ROLL]
    interval = f"; {say(INTERVAL)}" if results.has_roll else ""
    caption = f"{say('Children by rule')}{interval}. {say('Undetermined: days that nobody recorded would decide.')}"
    lacking = [] if results.has_roll else [f"<p>{escape(say(NO_ROLL))}</p>"]
    return [
        f"<h2>{escape(say('How many children each rule finds'))}</h2>",
        found_bars(results.thresholds, say),
        _table(table, kept, caption, say),
        *lacking,
    ]


def _groups(results: Results, say: Say) -> list[str]:
    """Return the tables by place and by group, or why there are none."""
    title = say(next(rule.title for rule in THRESHOLDS if rule.key == MAIN))
    parts = []
    for name, group in results.groups.items():
        by = f"{title}, {say(f'by {name}')}"
        caption = f"{say(f'Children, each in the {name} of its first spell on roll')}; {say(INTERVAL)}"
        shown_group = group.assign(**{name: group[name].astype("string").map(say)}) if name in CODED else group
        parts.append(section(by, _table(shown_group, [name, "on_roll", "children", *SHARE], caption, say)))
    if not results.has_roll:
        parts.append(section(f"{title}, {say('by school')}", f"<p>{escape(say(NO_GROUPS))}</p>"))
    if results.no_schools:
        parts.append(section(f"{title}, {say('by school')}", f"<p>{escape(in_words(results.no_schools, say))}</p>"))
    return parts


def html_page(results: Results, facts: dict[str, Any], language: str = "en") -> str:
    """Return the page of a report in a language.

    ``facts`` has ``title``, ``made`` (date), ``files``, ``unread``, ``assumptions``, ``notes``, ``lost`` (texts in that
    language), ``set_aside`` (a frame of counts), ``hidden`` (counts not shown), ``under``, ``reading`` (parameters) and
    ``is_synthetic``.
    """
    say = said(language)
    parts = [banner("child, school or day", say)] if facts["is_synthetic"] else []
    parts.append(_lead(results, facts["under"], say))
    if facts["lost"]:
        lost = ", ".join(facts["lost"])
        text = say("Lost with the rows that were set aside: {lost}. No number of this page has them.")
        parts.append(
            f"<p><strong>{escape(text.format(lost=lost))}</strong> {escape(say('Why stands at the end.'))}</p>"
        )
    if facts["hidden"]:
        text = say("The sign – stands for a number that is under {under}, or that would give such a number away.")
        parts.append(f"<p class='note'>{escape(text.format(under=facts['under']))}</p>")
    files = say("Files read on {made}: {files}").format(made=facts["made"], files=", ".join(facts["files"]))
    has_days = not _is_register_alone(results)
    parts.append(_overview(results, files, say) if has_days else f"<p class='note'>{escape(files)}</p>")
    for title, name in (("What was not read", "unread"), ("What had to be assumed", "assumptions")):
        if facts[name]:
            parts.append(section(say(title), listed(facts[name])))
    if has_days:
        parts += [*_found(results, say), *_moves(results, say), *_lengths(results, say), *_groups(results, say)]
    parts += _register(results, say)
    parts.append(section(say("What was set aside"), _set_aside(facts["set_aside"], facts["lost"], facts["under"], say)))
    if facts["notes"]:
        parts.append(section(say("How the files were read"), listed(facts["notes"])))
    rules = [HALF, *([intervals.WILSON] if results.has_roll or results.register is not None else [])]
    if results.register is not None:
        rules += [register.VALID, register.NON_RETURN, intervals.KITAGAWA]
    used = results.parameters | facts["reading"]
    parts.append(section(say("The rules, and who set what"), _rules(rules, used, say)))
    hidden = say("{hidden} counts are not shown.") if facts["hidden"] else say("No count had to be left out.")
    texts = [
        say("Counts, and shares of them. No row of a child, no name, no identifier of a child."),
        hidden.format(hidden=facts["hidden"]),
        SMALL_CELLS.text(say, under=facts["under"]),
        *([SMALL_DIFFERENCES.brief(say, under=facts["under"])] if facts["under"] else []),
        say(OPEN),
    ]
    contains = "".join(f"<p>{escape(text)}</p>" for text in (" ".join(texts), say(HERE)))
    parts.append(section(say("What this page contains"), contains))
    page = document(facts["title"], parts, language=language)
    return with_commas(page.replace(DASH, escape(say(DASH))), language)


def _moves(results: Results, say: Say) -> list[str]:
    """Return the part on children whom one rule finds and another does not."""
    titles = dict(zip(results.thresholds["rule"], map(say, results.thresholds["title"])))
    moves = results.moves.assign(one=results.moves["one"].map(titles), other=results.moves["other"].map(titles))
    heads = {
        "one": "One rule",
        "other": "Another rule",
        "both": "Found by both",
        "only_one": "Only by the one",
        "only_other": "Only by the other",
    }
    moves = moves.rename(columns={name: say(head) for name, head in heads.items()})
    return [
        f"<h2>{escape(say('Which children move from rule to rule'))}</h2>",
        _table(moves, list(moves.columns), say("Children found by two rules"), say),
    ]


def _lengths(results: Results, say: Say) -> list[str]:
    """Return the part on how long absences last."""
    lengths = results.lengths
    bands = [
        say("{low} or more").format(low=low) if pd.isna(high) else f"{low}" if low == high else f"{low}–{high}"
        for low, high in zip(lengths["from_days"], lengths["to_days"])
    ]
    table = pd.DataFrame({say("School days in a row"): bands, say("Episodes"): lengths["episodes"]})
    return [
        f"<h2>{escape(say('How long absences last'))}</h2>",
        _table(table, list(table.columns), say("Episodes of absence, excused or not, by length"), say),
    ]


def _register(results: Results, say: Say) -> list[str]:
    """Return the part on the register of long absences, nothing where there is none."""
    if results.register is None:
        return []
    counts = ["registered", "returned_mainstream", "returned_elsewhere", "returned", "out", *SHARE]
    shares = say("share not returned, with its 95 % interval, from and to")
    parts = [
        f"<h2>{escape(say('The register of long absences'))}</h2>",
        _table(results.register, ["school_year", *counts], f"{say('Children')}; {shares}", say),
    ]
    for name, table in results.register_by.items():
        rows = table.assign(**{name: table[name].astype("string").map(say)}) if name in CODED else table
        caption = f"{say(f'By {name} and school year')}; {shares}"
        parts.append(_table(rows, [name, "school_year", *counts], caption, say))
    table = results.decomposition
    if table is None and len(results.register) >= 2:
        text = say("Parts of the change between years are not shown: they would give away counts left out.")
        parts.append(f"<p>{escape(text)}</p>")
    if table is not None:
        caption = say("Where the change of the share not returned comes from, {before} to {after}")
        caption = caption.format(before=table["before"].iloc[0], after=table["after"].iloc[0])
        table = table.assign(group=table["group"].map(lambda group: say(group) if group == "total" else group))
        parts.append(_table(table, list(PARTS), caption, say))
        text = say("Split by the average weights of both years; by those of one year the other part may be larger.")
        parts.append(f"<p>{escape(text)}</p>")
    return parts


def _set_aside(table: pd.DataFrame, lost: Sequence[str], under: int, say: Say) -> str:
    """Return which rows and cells were set aside, a line a cause, and what was lost with them."""
    if table.empty:
        return f"<p>{escape(say('Nothing.'))}</p>"
    columns = {"file": "File", "column": "Column", "rule": "What is wrong", "left_out": "Left out", "at_least": "Times"}
    heads = {name: say(head) for name, head in columns.items()}
    words = say("Lost with them: {lost}.") if lost else say("No child, no absence and no other row was lost.")
    times = [_times(number, under, say) for number in table["at_least"]]
    rows = table.assign(left_out=table["left_out"].map(say), at_least=times).rename(columns=heads)
    text = escape(words.format(lost=", ".join(lost)))
    return f"<p>{text}</p>" + _table(rows, list(heads.values()), say("What was set aside, and why"), say)


def _times(number: Any, under: int, say: Say) -> str | int | None:
    """Return how often something was set aside, in words where it is rounded; None where it is not told."""
    if pd.isna(number):
        return None
    if not under:
        return int(number)
    return say("{low} or more").format(low=number) if number else say("fewer than {under}").format(under=under)
