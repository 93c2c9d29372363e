"""What a report is made of: small tables, computed from the tables of a folder on the engine asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from evidence.attendance import counts as count
from evidence.attendance import days as day_rules
from evidence.attendance import kinds as kind
from evidence.attendance.explorer import STATES, found, states
from evidence.attendance.frames import Frames, frames_of, one_row
from evidence.attendance.intervals import decomposed
from evidence.attendance.reading.folder import Tables
from evidence.attendance.register import counted, shares
from evidence.attendance.rules import Rule
from evidence.attendance.thresholds import HALF, THRESHOLDS, Threshold, episodes, missed_share, reached
from evidence.toolkit.engines import Engine
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message

MAIN = "over_10"  # the rule of the register: the one that is broken down by groups
MAIN_RULE = next(rule for rule in THRESHOLDS if rule.key == MAIN)
PAIRS = (("from_10", "over_10"), ("over_10", "run_over_10"), ("days_15", "calendar_15"))
REGISTER_BY = ("region", "area")
PLACES = ("region", "district", "area", "school")
GROUPS = (*PLACES, "sex", "grade")
MOST_SCHOOLS = 500  # more are no table that anyone reads, and leaving out small counts takes minutes; ours
TOO_MANY = (
    "There are {count} schools. A table by school is made of at most {most}: run the report on the files of one "
    "district."
)
NEEDS = "needs enrolment"
NEEDS_DAYS = "needs a calendar"
ABSENT_NEEDS = "needs enrolment: a day that nobody recorded is then missed by everyone on roll"
STEPS = (  # what the bar of the command names
    "counting days",
    "holding rules against days",
    "asking what unrecorded days would change",
    "asking for half of the period",
    "counting episodes",
    "counting by group",
    "counting the register",
)
KEYS = [rule.key for rule in THRESHOLDS]
UNSURE = ("present", "absent")  # of days nobody recorded: what finds least, and most
UNKNOWN_DAYS = "days recorded for others and not for single children"
COUNTS = ("children", "certain", "undetermined", "not_reached")


@dataclass
class Results:
    """The small tables of a report, none of them with a row of a child.

    ``register_by`` has the register by region and, where it is known, by area; ``behind_days`` is how many children
    have any day absent, any without and any with a reason: the sums of days are theirs. ``behind_lengths`` has how many
    ``children`` have episodes of the same bands, whose bits their ``code`` has. ``kinds`` says which groups of
    children lie in which (:mod:`evidence.attendance.kinds`); ``has_roll`` whether it is known who was on roll: without,
    what needs it is missing.
    ``no_schools`` says why there is no table by school, "" where there is one; ``left_out`` are names of the overview
    whose numbers may not be published.
    """

    overview: dict[str, int | None]
    thresholds: pd.DataFrame
    moves: pd.DataFrame
    lengths: pd.DataFrame
    groups: dict[str, pd.DataFrame] = field(default_factory=dict)
    register: pd.DataFrame | None = None
    register_by: dict[str, pd.DataFrame] = field(default_factory=dict)
    decomposition: pd.DataFrame | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    behind_days: tuple[int, ...] = ()
    behind_lengths: pd.DataFrame | None = None
    kinds: pd.DataFrame | None = None
    has_roll: bool = True
    no_schools: str = ""
    left_out: tuple[str, ...] = ()


def analysed(
    tables: Tables, engine: Engine | None = None, tell: Callable[[str], None] = lambda _: None, **parameters: Any
) -> Results:
    """Return the results of a folder's tables.

    ``parameters`` are those of :data:`evidence.attendance.days.COUNTING`; ``tell`` hears each step of ``STEPS``.
    """
    chosen = choices(tables, **parameters)
    frames = frames_of(tables, engine)
    engine = frames.engine
    tell(STEPS[0])
    placed = frames.placed(**chosen)
    tell(STEPS[1])
    table = engine.checkpoint(reached(placed), "reached")
    children = one_row(engine, count.on_roll(frames.enrolment))["children"] if tables.has_roll else None
    days = _days(frames, chosen)
    tell(STEPS[2])
    least, most = (_reached_if(frames, chosen, unrecorded) for unrecorded in UNSURE)
    known = one_row(engine, count.by_state(states(least, most), KEYS))
    tell(STEPS[3])
    asked = [chosen["unrecorded"], *UNSURE]
    can_ask = tables.has_roll and tables.knows_days
    half = {one: _missing_much(frames, chosen | {"unrecorded": one}) for one in dict.fromkeys(asked if can_ask else ())}
    tell(STEPS[4])
    runs = engine.collect(count.lengths(episodes(placed)))
    absent = one_row(engine, count.absences_of_all(table))
    sizes = {unrecorded: one_row(engine, count.number_of(rows))["rows"] for unrecorded, rows in half.items()}
    as_chosen, at_least, at_most = (sizes.get(unrecorded) for unrecorded in asked)
    is_open = not tables.has_roll and days["unrecorded"] > 0
    rows = [
        *_thresholds(one_row(engine, found(table)), known, children, is_open),
        _row(HALF, as_chosen, at_least, at_most, children, NEEDS_DAYS if tables.has_roll else NEEDS),
    ]
    results = Results(
        _overview(children, days, absent),
        pd.DataFrame(rows).astype(dict.fromkeys(COUNTS, "Int64") | {"share_pct": "Float64"}),
        _moves(engine, table),
        count.by_length(runs),
        parameters=chosen if tables.has_roll else {name: chosen[name] for name in chosen if name != "transfers"},
        behind_lengths=runs[["code", "children"]].astype("int64"),
        behind_days=(absent["children"], absent["without"], absent["with_reason"]),
        has_roll=tables.has_roll,
    )
    tell(STEPS[5])
    names = _names(results, frames, set(tables.enrolment.columns)) if tables.has_roll else []
    entries = None if tables.ten_day is None else _placed_entries(tables.ten_day)
    results.kinds = _kinds(frames, names, (table, least, most), [half[one] for one in asked] if half else [], entries)
    results.groups = {name: _sorted(kind.by(results.kinds, [name], MAIN), name) for name in names}
    tell(STEPS[6])
    if entries is not None:
        _register(results, entries)
    return results


def _days(frames: Frames, chosen: dict[str, Any]) -> dict[str, int]:
    """Return the schools and their school days in numbers, and those of single children that nobody filled in."""
    days = one_row(frames.engine, count.days_of(frames.days(chosen["unrecorded"])))
    if frames.unknown is None:
        return days
    return days | one_row(frames.engine, count.number_of(frames.gaps("skipped", chosen["counts_from"])))


def _reached_if(frames: Frames, chosen: dict[str, Any], unrecorded: str) -> Any:
    """Return what :func:`reached` does where days that nobody recorded are taken in one way."""
    placed = frames.placed(**(chosen | {"unrecorded": unrecorded}))
    return frames.engine.checkpoint(reached(placed), f"reached_{unrecorded}")


def _moves(engine: Engine, table: Any) -> pd.DataFrame:
    """Return how the children of two rules overlap: ``one`` and ``other`` (keys), then :func:`counts.overlap`."""
    rows = [{"one": one, "other": other} | one_row(engine, count.overlap(table, one, other)) for one, other in PAIRS]
    return pd.DataFrame(rows)


def choices(tables: Tables, **parameters: Any) -> dict[str, Any]:
    """Return the parameters that rules run with: those given, else their defaults.

    Where nobody knows who was on roll, runs end at a change of school, and a day that nobody recorded cannot count as
    missed by those on roll: raises :class:`BadInput` where that is asked for.
    """
    chosen = {one.name: one.default for one in day_rules.COUNTING} | parameters
    if tables.has_roll:
        return chosen
    if chosen["unrecorded"] == "absent":
        raise BadInput([Fault("--unrecorded", None, "", "absent", Message.of(ABSENT_NEEDS))])
    return chosen | {"transfers": "end"}


def _names(results: Results, frames: Frames, has: set[str]) -> list[str]:
    """Return the columns of the enrolment by which children are grouped, of those that it ``has``.

    Where there are too many schools for a table the results say so.
    """
    schools = one_row(frames.engine, count.schools_on_roll(frames.enrolment))["schools"]
    if schools > MOST_SCHOOLS:
        has = has - {"school"}
        results.no_schools = Message.of(TOO_MANY, count=schools, most=MOST_SCHOOLS)
    return [name for name in GROUPS if name in has]


def _placed_entries(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the register of long absences with a word where a place is not given."""
    return rows.assign(
        **{name: rows[name].astype("string").fillna("not given") for name in REGISTER_BY if name in rows}
    )


def _kinds(
    frames: Frames, names: list[str], reached_: Sequence[Any], half: Sequence[Any], register: pd.DataFrame | None
) -> pd.DataFrame:
    """Return the kinds of children: ``names`` of the first spell, ``code`` (see ``MARKS``) and ``children``.

    ``reached_`` and ``half`` are those found, and those found at least and at most. ``entries`` are those that a child
    has in the ``register``; ``is_known`` is False of children of the register who are nowhere else.
    """
    children = kind.first_spells(frames.enrolment, names)
    parts = [(reached_[0], {"child": kind.MARKS.index(kind.ABSENT)})]
    parts += [(rows, kind.tests_of(state)) for state, rows in zip(kind.STATES, reached_)]
    parts += [(rows, {"child": kind.MARKS.index((state, HALF.key))}) for state, rows in zip(kind.STATES, half)]
    for rows, tests in parts:
        children = kind.marked(children, rows, tests, names)
    if register is None or register.empty:
        return frames.engine.collect(kind.alike(children, names)).assign(entries="", is_known=True)
    entries = kind.entries_of(register, [name for name in REGISTER_BY if name in register])
    children = kind.with_entries(children, frames.engine.frame(entries), names)
    return kind.completed(frames.engine.collect(kind.alike(children, [*names, "entries"])), entries)


def _overview(children: int | None, days: dict[str, int], absences: dict[str, int]) -> dict[str, int | None]:
    """Return what was read, in words and numbers; missing is the number on roll where nobody knows it."""
    return {
        "children on roll": children,
        "schools": days["schools"],
        "school days of all schools": days["school_days"],
        "of them recorded by nobody": days["unrecorded"],
        **({UNKNOWN_DAYS: days["rows"]} if "rows" in days else {}),
        "children absent on any day": absences["children"],
        "days absent": absences["absent"],
        "of them without a valid reason": absences["unexcused"],
    }


def _thresholds(
    counts: dict[str, int], known: dict[str, int], children: int | None, is_open: bool
) -> list[dict[str, Any]]:
    """Return what each rule finds, as :func:`_row` gives it.

    ``is_open`` says that there are days nobody recorded and that nobody knows who was on roll then.
    """
    rows = []
    for rule in THRESHOLDS:
        certain, open_ = (known[f"{rule.key} {state}"] for state in STATES[:2])
        rows.append(_row(rule, counts[rule.key], certain, None if is_open else certain + open_, children))
    return rows


def _row(
    rule: Threshold | Rule,
    found: int | None,
    least: int | None,
    most: int | None,
    children: int | None,
    lacking: str = NEEDS,
) -> dict[str, Any]:
    """Return the row of a rule that finds so many children, at least and at most so many; missing is what nobody knows.

    It has ``rule``, ``title``, ``children``, ``share_pct`` (of those on roll), how many are ``certain``,
    ``undetermined`` and ``not_reached`` where some days were recorded by nobody, and in ``note`` what is ``lacking``.
    """
    row = {
        "rule": rule.key,
        "title": rule.title,
        "children": found,
        "share_pct": 100 * found / children if found is not None and children else None,
        "certain": least,
        "undetermined": None if least is None or most is None else most - least,
        "not_reached": None if children is None or most is None else children - most,
    }
    needs = [name for name, value in row.items() if value is None and not (name == "share_pct" and children == 0)]
    return row | {"note": f"{lacking}: {', '.join(needs)}" if needs else ""}


def _missing_much(frames: Frames, chosen: dict[str, Any]) -> Any:
    """Return the children who missed half of the school days from the first to the last of the calendar."""
    days, engine = frames.days(chosen["unrecorded"]), frames.engine
    period = one_row(engine, count.span(days))
    span = (period["first"], period["last"])
    gaps = frames.gaps(chosen["unrecorded"], chosen["counts_from"])
    rows = missed_share(frames.placed(**chosen), days, frames.enrolment, *span, unknown=gaps)
    return engine.checkpoint(count.missing_much(rows), f"half_{chosen['unrecorded']}")


def _sorted(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table in the order of a column, numbers by their value and what is not given last."""
    order = sorted(table[name], key=lambda one: (one == "not given", int(one) if one.isdigit() else 0, one))
    return table.set_index(name).loc[order].reset_index()


def _register(results: Results, rows: pd.DataFrame) -> None:
    """Put the tables of the register of long absences into the results."""
    results.register = shares(counted(rows, ["school_year"]))
    names = [name for name in REGISTER_BY if name in rows]
    results.register_by = {name: shares(counted(rows, ["school_year", name])) for name in names}
    years = list(results.register["school_year"])
    if len(years) >= 2:
        table = results.register_by["region"]
        year = [
            {row.region: (int(row.out), int(row.registered)) for row in table[table["school_year"] == one].itertuples()}
            for one in years[-2:]
        ]
        results.decomposition = decomposed(*year).assign(before=years[-2], after=years[-1])
