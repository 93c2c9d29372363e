"""A folder of files as the tables of the data model, checked against each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.attendance.days import EMPTY, SESSIONS
from evidence.attendance.reading import notes as note
from evidence.attendance.reading.alike import split
from evidence.attendance.reading.assumptions import (
    CUT_QUARTERS,
    EMPTY_CELLS,
    EVERY_DAY,
    EVERY_SESSION,
    NO_CALENDAR,
    NO_ENROLMENT,
    NO_QUARTERS,
    ONLY_ABSENCES,
    ROLL_OF_REGISTER,
    TWO_REGISTERS,
)
from evidence.attendance.reading.cells import quoted
from evidence.attendance.reading.codes import unknown_codes
from evidence.attendance.reading.crossing import compared, in_two_registers
from evidence.attendance.reading.files import Naming, files_of, passed_over, read_file
from evidence.attendance.reading.forms import EXCUSED, PRESENT, TABLES, UNEXCUSED
from evidence.attendance.reading.losses import Loss, lost
from evidence.attendance.reading.tables import Source
from evidence.attendance.reading.unknown import unknown_cells, where_empty_is_present
from evidence.attendance.reading.words import names_of, nearest, plain, shown, words
from evidence.attendance.register import as_school_year, problems
from evidence.toolkit.commands import own_folder
from evidence.toolkit.engines import Engine
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message

GIVEN, OF_REGISTER, UNKNOWN = "given", "register", "unknown"
ALIKE_IN = ("absences", "calendar", "recorded", "enrolment")
COUNTED = ("absences", "register", "ten_day_register")  # one of these a folder must have
NOTHING_COUNTED = "has no row of a child that can be counted"
NO_CODES = "write CODE=present, CODE=excused or CODE=unexcused"
ALL_ASIDE = "every absence would be set aside, and a report would find nobody"
NO_NAME = "has no file whose name begins with one of {names}"
NO_ABSENCES = (
    "SELECT ''::VARCHAR AS child, ''::VARCHAR AS school, 0::BIGINT AS day, 0::BIGINT AS unexcused, 1.0::DOUBLE "
    "AS share, ''::VARCHAR AS session, ''::VARCHAR AS file, 0::BIGINT AS row WHERE false"
)


Read = dict[str, list[Source]]  # the files of each table


@dataclass
class Tables:
    """The tables of the data model in DuckDB, what was set aside, what is assumed, and how files were read.

    ``absences`` has ``child``, ``school``, ``day``, ``unexcused``, ``share``, ``session``; ``calendar``, ``recorded``
    and ``enrolment`` as :mod:`evidence.attendance.days` takes them; ``ten_day`` is the register of long absences or
    None; ``unknown`` has the cells of single children that nobody filled in, None without any. ``roll`` says where
    spells on roll come from: given, register, or unknown, and then ``enrolment`` has only spans from first to last
    absence. ``knows_days`` says whether any file has the school days on which nobody was absent, ``lost`` what was
    lost with the rows set aside; ``unread`` and ``notes`` are lines on what of the files is not in the tables, and on
    how the rest was read.
    """

    engine: Engine
    absences: Any = None
    calendar: Any = None
    recorded: Any = None
    enrolment: Any = None
    unknown: Any = None
    ten_day: pd.DataFrame | None = None
    faults: list[Fault] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    unread: list[Message] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    roll: str = GIVEN
    knows_days: bool = True
    lost: list[Loss] = field(default_factory=list)

    @property
    def has_roll(self) -> bool:
        """Return whether it is known which children were on roll."""
        return self.roll != UNKNOWN


def read_folder(
    folder: Path,
    engine: Engine,
    set_aside: bool = False,
    codes: dict[str, str] | None = None,
    sessions: int = SESSIONS.default,
    tell: Callable[[str], None] = lambda _: None,
    empty: str = EMPTY.default,
    school: str = "",
    school_from: str = "",
) -> Tables:
    """Return the tables of a folder.

    ``codes`` gives the meaning (present, excused, unexcused) of a school's own codes, ``sessions`` how many a day has,
    ``empty`` what an empty cell of a register means (marked, unknown, present), ``school`` the school of files in
    which nothing names it, ``school_from`` whether the names of files or of sheets do (files, sheets); ``tell`` hears
    which file is read. Raises :class:`BadInput` with every fault of every file; with ``set_aside`` only where nothing
    could be read, and rows with faults are left out and listed.
    """
    session, codes = engine.session, codes or {}
    wrong = [f"{code}={meaning}" for code, meaning in codes.items() if meaning not in (PRESENT, EXCUSED, UNEXCUSED)]
    if wrong:
        raise BadInput([Fault("--codes", None, "", ", ".join(wrong), Message.of(NO_CODES))])
    with own_folder("evidence-attendance") as temporary:
        read, faults, notes = _read_files(folder, session, temporary, codes, tell, Naming(school, school_from))
    as_text = _as_text(session, read)
    stacked = {name: _stacked(session, name, parts, as_text) for name, parts in read.items()}
    tables = _tables(engine, stacked, sessions, empty)
    faulty = {fault.file for fault in faults if not fault.is_cell}
    broken = {name for name, parts in read.items() if faulty & {source.name for source in parts}}
    crossed, said = compared(session, read, broken, set_aside)
    entries, wrong_entries = _entries(stacked.get("ten_day_register"), read.get("ten_day_register", []))
    tables.ten_day = entries
    tables.faults = [*faults, *crossed, *wrong_entries]
    lines = note.grouped([*notes, *said])
    tables.unread, tables.notes = lines[note.LOST], lines[note.READ]
    part, whole, _ = _share(stacked.get("register"), sessions)
    unknown = unknown_cells(session, "register" in stacked, whole, part)
    twice = [TWO_REGISTERS] if tables.roll == OF_REGISTER and in_two_registers(session) else []
    empty_cells = [EMPTY_CELLS] if unknown else []
    tables.assumptions += [*twice, *empty_cells, *split(session, ALIKE_IN), *lines[note.ASSUMED]]
    for name in ("absences", "calendar", "recorded", "enrolment", *(["unknown"] if unknown else [])):
        setattr(tables, name, session.table(name))
    every = [*tables.unread, *lines[note.ASSUMED], *tables.notes]
    if tables.faults and not set_aside:
        raise BadInput(tables.faults, [*every, *unknown_codes(session, read)])
    if tables.ten_day is None and not any(len(session.table(name).limit(1)) for name in ("absences", "enrolment")):
        nothing = Fault(str(folder), None, "", "", Message.of(NOTHING_COUNTED))
        raise BadInput([*tables.faults, nothing], every)
    if len(session.table("absences_read").limit(1)) and not len(session.table("absences").limit(1)):
        nothing = Fault(str(folder), None, "", "", Message.of(ALL_ASIDE))
        raise BadInput([*tables.faults, nothing], [*every, *unknown_codes(session, read)])
    left = 0 if tables.ten_day is None else len(tables.ten_day)
    tables.lost = lost(session, read, tables.roll, tables.faults, left) if tables.faults else []
    every_source = [source for parts in read.values() for source in parts]
    tables.files = [path.name for path in files_of(folder) if any(_is_of(one, path) for one in every_source)]
    return tables


def _is_of(source: Source, path: Path) -> bool:
    """Return whether a source is a file, or a sheet of it."""
    file = source.name.parts["file"] if isinstance(source.name, Message) else source.name
    return file == path.name


def _read_files(
    folder: Path, session: Any, temporary: Path, codes: dict[str, str], tell: Callable[[str], None], naming: Naming
) -> tuple[Read, list[Fault], list[note.Note]]:
    """Return the views of every file by table, the faults of rows, and notes.

    Raises :class:`BadInput`, with the faults of rows too, where a file cannot be read at all or no absences are there.
    """
    read: Read = {}
    faults: list[Fault] = []
    paths = files_of(folder)
    notes = passed_over(folder)
    fatal: list[Fault] = []
    lower = {code.lower(): meaning for code, meaning in codes.items()}
    for path in paths:
        tell(path.name)
        try:
            found = read_file(session, path, temporary, lower, naming)
        except BadInput as error:
            fatal += error.faults
            notes += error.notes
            continue
        if found is None:
            notes.append(note.Note(note.OTHER_NAME, path.name, _meant(path.stem)))
            continue
        for form, source in found.sources:
            read.setdefault(form.table, []).append(source)
        faults += found.faults
        fatal += found.fatal
        notes += found.notes
    if not set(COUNTED) & set(read) and not fatal:
        names = "; ".join(f"{table} ({shown(words()['files'][table])})" for table in COUNTED)
        fatal.append(Fault(str(folder), None, "", "", Message.of(NO_NAME, names=names)))
    if fatal:
        lines = [*note.in_order(notes), *unknown_codes(session, read)]
        raise BadInput([*fatal, *faults], lines, can_set_aside=False)
    return read, faults, notes


def _meant(stem: str) -> str:
    """Return which name the name of a file may be a slip for, as a question; "" for none."""
    names = {plain(name): name for table in TABLES for name in names_of("files", table)}
    near = next(filter(None, (nearest(part, names) for part in re.split(r"[-_ .0-9]+", stem) if part)), "")
    return Message.of("is it {near}?", near=near) if near else ""


def _entries(rows: Any, sources: list[Source]) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Return the entries of the register of long absences without those the validator refuses, and why."""
    if rows is None:
        return None, []
    entries = rows.df()
    for name in ("birth_date", "first_day", "return_day"):
        if name in entries:
            days = pd.to_timedelta(entries[name].astype("Float64"), unit="D")
            entries[name] = (pd.Timestamp("1970-01-01") + days).dt.strftime("%Y-%m-%d")
    places = {source.name: source.name for source in sources}
    where = [(places[file], int(row)) for file, row in zip(entries.pop("file"), entries.pop("row"))]
    found = problems(entries)
    entries["school_year"] = entries["school_year"].map(as_school_year)
    bad = {fault.row - 2 for fault in found if fault.row}
    faults = [fault._replace(file=where[fault.row - 2][0], row=where[fault.row - 2][1]) for fault in found if fault.row]
    return entries.drop(index=sorted(bad)).reset_index(drop=True), faults


def _stacked(session: Any, name: str, parts: list, as_text: set[str]) -> Any:
    """Return the rows of all files of one table, as a view; identifiers are texts where any file has them as such."""
    replaced = ", ".join(f"{column}::VARCHAR AS {column}" for column in sorted(as_text))
    union = " UNION ALL BY NAME ".join(
        f"SELECT * {_replacing(replaced, session, source.view)} FROM {source.view}" for source in parts
    )
    session.execute(f"CREATE OR REPLACE VIEW {quoted('all_' + name)} AS {union}")
    return session.table(f"all_{name}")


def _replacing(replaced: str, session: Any, view: str) -> str:
    """Return the part of a query that casts identifiers, those that a view has."""
    has = {name for name, *_ in session.execute(f"DESCRIBE {view}").fetchall()}
    kept = [part for part in replaced.split(", ") if part and part.rpartition(" ")[2] in has]
    return f"REPLACE ({', '.join(kept)})" if kept else ""


def _as_text(session: Any, read: dict[str, list]) -> set[str]:
    """Return the identifiers that are of different types in different files."""
    kinds: dict[str, set[str]] = {"child": set(), "school": set()}
    for source in (source for parts in read.values() for source in parts):
        for name, kind, *_ in session.execute(f"DESCRIBE {source.view}").fetchall():
            if name in kinds:
                kinds[name].add(kind)
    return {name for name, some in kinds.items() if len(some) > 1}


def _has(table: Any, column: str) -> bool:
    return table is not None and column in table.columns


def _share(table: Any, sessions: int) -> tuple[str, str, str]:
    """Return SQL for the session of a row, the part of a day that one session is, and the share of the day of a row."""
    part = "coalesce(session, 'day')" if _has(table, "session") else "'day'"
    whole = f"CASE WHEN {part} = 'day' THEN 1.0 ELSE 1.0 / {int(sessions)} END"
    return part, whole, f"coalesce(share, {whole})" if _has(table, "share") else whole


def _tables(engine: Engine, read: dict[str, Any], sessions: int, empty: str) -> Tables:
    """Return the tables of the data model from what was read, with what had to be assumed; rows not yet compared."""
    session, assumed = engine.session, []
    parts, seen = [], ["SELECT school, day FROM all_recorded"] if "recorded" in read else []
    for name in ("absences", "register"):
        if name in read:
            part, _, share = _share(read[name], sessions)
            parts.append(
                f"SELECT child, school, day, (status = '{UNEXCUSED}')::BIGINT AS unexcused, {share} AS share, "
                f"{part} AS session, file, row FROM all_{name} WHERE status IN ('{EXCUSED}', '{UNEXCUSED}')"
            )
            known = "status IS NOT NULL" if name == "register" else f"status = '{PRESENT}'"
            seen.append(f"SELECT school, day FROM all_{name} WHERE {known}")
    if "register" in read:
        assumed += where_empty_is_present(session, empty)
        if "calendar" in read:  # it says which of the days without any sign were school days
            seen.append(
                "SELECT school, day FROM all_register SEMI JOIN present_if_empty USING (school) "
                "SEMI JOIN all_calendar USING (school, day)"
            )
    make = "CREATE OR REPLACE TABLE"
    session.execute(f"{make} absences_read AS {' UNION ALL '.join(parts or [NO_ABSENCES])}")
    seen.append("SELECT school, day FROM absences_read")
    session.execute(f"{make} recorded AS {' UNION '.join(seen)}")
    if "calendar" in read:
        unknown = _quarters_unknown(session) if _has(read["calendar"], "quarter") else 0
        assumed += [Message.of(NO_QUARTERS, count=unknown)] if unknown else []
        has_quarters = _has(read["calendar"], "quarter") and not unknown
        quarter = ", min(quarter)::BIGINT AS quarter" if has_quarters else ""
        session.execute(f"{make} calendar AS SELECT school, day{quarter} FROM all_calendar GROUP BY school, day")
        assumed += [] if has_quarters or unknown else [CUT_QUARTERS]
    else:
        assumed += [NO_CALENDAR if {"register", "recorded"} & set(read) else ONLY_ABSENCES, CUT_QUARTERS]
        session.execute(f"{make} calendar AS SELECT school, day FROM recorded")
    if "register" not in read and "recorded" not in read:
        assumed.append(EVERY_DAY)
        session.execute(f"{make} recorded AS SELECT school, day FROM calendar UNION SELECT school, day FROM recorded")
    several = "SELECT count(DISTINCT session) FROM absences_read WHERE session <> 'day'"
    if sessions == 1 and session.execute(several).fetchall()[0][0] > 1:
        assumed.append(EVERY_SESSION)
    roll = _roll(session, read)
    assumed += {GIVEN: [], OF_REGISTER: [ROLL_OF_REGISTER], UNKNOWN: [NO_ENROLMENT]}[roll]
    knows_days = bool({"calendar", "register", "recorded"} & set(read))
    return Tables(engine, assumptions=assumed, roll=roll, knows_days=knows_days)


def _quarters_unknown(session: Any) -> int:
    """Return how many school days of the calendar have no quarter."""
    query = "SELECT count(*) FROM (SELECT 1 FROM all_calendar GROUP BY school, day HAVING min(quarter) IS NULL)"
    return session.execute(query).fetchall()[0][0]


def _roll(session: Any, read: dict[str, Any]) -> str:
    """Make ``enrolment_read``, and return where its spells come from.

    A register that has present children or empty cells too lists everyone on roll; one with absences only, or a list
    of absences, does not. Their spans from first to last absence only say at which schools a child was absent.
    """
    make = "CREATE OR REPLACE TABLE enrolment_read AS"
    if "enrolment" in read:
        session.execute(f"{make} SELECT * FROM all_enrolment")
        if not _has(read["enrolment"], "end"):
            session.execute('ALTER TABLE enrolment_read ADD COLUMN "end" BIGINT')
        return GIVEN
    present = f"FROM all_register WHERE status = '{PRESENT}' OR status IS NULL LIMIT 1"
    lists = "register" in read and bool(session.execute(present).fetchall())
    span = "child, school, min(day) AS start, max(day) AS \"end\", '' AS file, 0::BIGINT AS row"
    session.execute(f"{make} SELECT {span} FROM {'all_register' if lists else 'absences_read'} GROUP BY child, school")
    return OF_REGISTER if lists else UNKNOWN
