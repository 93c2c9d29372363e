"""The command ``evidence attendance``: a report, synthetic files to try it on, rules over tables, and two forms."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.attendance.analysis import STEPS
from evidence.attendance.days import COUNTING, PARAMETERS
from evidence.attendance.language import LANGUAGES, said
from evidence.attendance.one_table import JOBS, apply, apply_indicator, write, write_text
from evidence.attendance.suppression import SMALL_CELLS
from evidence.toolkit.commands import Progress, guarded, own_folder
from evidence.toolkit.engines import NEEDS, Engine, engine
from evidence.toolkit.faults import told
from evidence.toolkit.messages import Say, in_words

if TYPE_CHECKING:
    from evidence.attendance.reading.folder import Tables

PROTECT = "It holds rows of children: keep it where they are protected."
LISTED = "The list of what was set aside is {path}. It is no part of the report: do not publish it."
MADE = "The report is in {path}. It was made on this computer; nothing was sent anywhere."
NOTHING_LOST = "No child, no absence and no other row was lost with it."
INFINITE = float("inf")
BOUNDS = {"counts_from": (0.01, 1), "sessions": (1, 24)}
BY = ("files", "sheets")
CHOICES = {
    "unrecorded": ("skipped", "present", "absent"),
    "transfers": ("continue", "end"),
    "years": ("apart", "together"),
    "empty": ("marked", "unknown", "present"),
}


@contextmanager
def _duckdb(memory: str = "") -> Iterator[Engine]:
    """Give DuckDB with a folder of its own to spill into, which is gone afterwards: it may hold rows of children."""
    with own_folder("evidence-attendance") as folder:
        made = engine("duckdb", memory=memory, temporary=str(folder))
        try:
            yield made
        finally:
            made.session.close()


def _report(arguments: argparse.Namespace) -> int:
    """Make a report of a folder. Returns the exit code."""
    from evidence.attendance.reading.folder import files_of
    from evidence.attendance.report import list_beside, make_report

    source, to = Path(arguments.folder), Path(arguments.to)
    progress = Progress(len(files_of(source)) + len(STEPS) + 1)
    rules: Engine | None = None if arguments.engine == "duckdb" else engine(arguments.engine)
    parameters = {one.name: getattr(arguments, one.name) for one in COUNTING}
    try:
        with _duckdb(arguments.memory) as reading:
            tables = make_report(
                source,
                to,
                rules,
                reading,
                arguments.set_aside,
                dict(arguments.codes),
                arguments.sessions,
                arguments.under,
                arguments.title,
                progress,
                arguments.empty,
                arguments.school,
                arguments.school_from,
                arguments.language,
                **parameters,
            )
    finally:
        progress.end()
    say = said(arguments.language)
    print(*_told(tables, say), sep="\n")
    if tables.faults:
        print(say(LISTED).format(path=list_beside(to)))
    print(say(MADE).format(path=to / "index.html"))
    return 0


def _told(tables: Tables, say: Say) -> list[str]:
    """Return how a folder was read, in the words of a language: what is lost, what is assumed, what else to know."""
    lines = [*_left_out(tables, say), *(in_words(line, say) for line in tables.unread)]
    parts = ((say("Not in the report:"), lines), (say("Assumed:"), tables.assumptions), (say("Read:"), tables.notes))
    return [line for head, some in parts if some for line in (head, *(f"- {in_words(one, say)}" for one in some))]


def _left_out(tables: Tables, say: Say) -> list[str]:
    """Return what was set aside, a line a cause, and what was lost with it."""
    if not tables.faults:
        return []
    lost = ", ".join(loss.said(say) for loss in tables.lost)
    last = say("Lost with it: {lost}.").format(lost=lost) if lost else say(NOTHING_LOST)
    return [*(say("set aside: {what}").format(what=line) for line in told(tables.faults, say)), last]


def _demo(arguments: argparse.Namespace) -> int:
    """Write synthetic files and make a report of them. Returns the exit code."""
    from evidence.attendance.demo import write_demo

    folder = Path(arguments.to)
    if folder.exists() and any(folder.iterdir()) and not (folder / "SYNTHETIC.md").is_file():
        print(f"{folder} holds other files; give another place: --to FOLDER", file=sys.stderr)
        return 1
    write_demo(folder, arguments.pupils)
    print(f"Synthetic files of {arguments.pupils} invented children are in {folder}")
    options = [str(folder), "--to", str(folder / "report"), "--title", "Attendance: a synthetic district"]
    return run(["report", *options])


def _rules(arguments: argparse.Namespace) -> int:
    """Print the text of every rule. Returns the exit code."""
    from evidence.attendance.rulebook import INDICATORS, RULEBOOK

    for text in [*(rule.text() for rule in RULEBOOK), *(one.text for one in INDICATORS)]:
        print(f"- {text}")
    return 0


def _names(arguments: argparse.Namespace) -> int:
    """Print what files, columns and values may be called. Returns the exit code."""
    from evidence.attendance.reading.words import page

    print(page(), end="")
    return 0


def _sheet(arguments: argparse.Namespace) -> int:
    """Write an empty monitoring sheet, to print. Returns the exit code."""
    from evidence.attendance.early_warning import sheet_page

    write_text(sheet_page(""), Path(arguments.to))
    print(f"The sheet is in {arguments.to}")
    return 0


def _assess(arguments: argparse.Namespace) -> int:
    """Write the empty form of the self-assessment, or the gaps that its answers leave. Returns the exit code."""
    import pandas as pd

    from evidence.attendance.protocol import form, gaps
    from evidence.attendance.reading.files import one_text

    path = Path(arguments.form)
    if not path.exists():
        write({"": form()}, path)
        print(f"The form is in {path}: answer each question with yes, partly, no or unknown, and run this again")
        return 0
    with own_folder("evidence-attendance") as folder:
        text = one_text(path, folder, lambda row: len({"key", "answer"} & set(row)))
        if text is None:
            print(f"{path}: save the form as CSV or XLSX", file=sys.stderr)
            return 1
        options = {"dtype": "string", "keep_default_na": False, "encoding": "utf-8-sig"}
        rows = pd.read_csv(text.path, sep=text.separator, skiprows=text.skipped, **options)
    if absent := {"key", "answer"} - set(rows.columns):
        print(f"{path}: has no column {', '.join(sorted(absent))}; delete it to get a new form", file=sys.stderr)
        return 1
    try:
        found = gaps({key: answer.strip().lower() for key, answer in zip(rows["key"], rows["answer"])})
    except ValueError as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 1
    for row in found.itertuples():
        numbers = ", ".join(map(str, row.recommendations))
        print(f"- {row.question} {row.answer} ({row.where}; recommendations {numbers})")
    print(
        f"{len(found)} of {len(rows)} questions are not answered with yes. The study gives no score, and neither do we."
    )
    return 0


def _children(arguments: argparse.Namespace) -> int:
    """Write the children whom the rules find. Returns the exit code."""
    from evidence.attendance.listing import children, write_children
    from evidence.attendance.reading.folder import files_of, read_folder

    source = Path(arguments.folder)
    progress = Progress(len(files_of(source)) + 2)
    parameters = {one.name: getattr(arguments, one.name) for one in COUNTING}
    try:
        with _duckdb() as reading:
            codes = dict(arguments.codes)
            given = (arguments.set_aside, codes, arguments.sessions, progress, arguments.empty)
            tables = read_folder(source, reading, *given, arguments.school, arguments.school_from)
            found = children(tables, arguments.rule, progress, **parameters)
    finally:
        progress.end()
    path = write_children(found, Path(arguments.to))
    say = said(arguments.language)
    print(*_told(tables, say), sep="\n")
    print(say("{number} children are in {path}. {protect}").format(number=len(found), path=path, protect=say(PROTECT)))
    return 0


def _apply(arguments: argparse.Namespace) -> int:
    """Apply a rule to tables and write what comes out. Returns the exit code."""
    paths = apply(arguments.job, list(map(Path, arguments.files)), Path(arguments.to))
    print(f"The result is in {', '.join(map(str, paths))}. {PROTECT}")
    return 0


def _indicator(arguments: argparse.Namespace) -> int:
    """Compute an indicator from a table of counts. Returns the exit code."""
    from evidence.attendance.indicators import BY_KEY

    if not arguments.file:
        for key, one in BY_KEY.items():
            print(f"{key}: columns {', '.join(one.counts)}. {one.text}")
        return 0
    paths = apply_indicator(arguments.key, Path(arguments.file), arguments.by, Path(arguments.to))
    print(f"The result is in {paths[0]}")
    return 0


def _code(text: str) -> tuple[str, str]:
    """Return a code of a school and what it means, from ``CODE=meaning``."""
    code, separator, meaning = text.partition("=")
    if not (code and separator and meaning):
        raise argparse.ArgumentTypeError("write CODE=present, CODE=excused or CODE=unexcused")
    return code, meaning


def _settled(top: argparse.ArgumentParser, options: Sequence[str]) -> argparse.Namespace:
    """Return the options as they are meant: a folder that stands behind codes is the folder, and no code."""
    arguments = top.parse_args(options)
    if not hasattr(arguments, "codes"):
        return arguments
    words = [word for word in arguments.codes if "=" not in word]
    if arguments.folder is None and len(words) == 1:
        arguments.folder, words = words[0], []
    if words or arguments.folder is None:
        said = f"--codes {' '.join(words)}: write CODE=present, CODE=excused or CODE=unexcused" if words else ""
        top.error(said or "which folder? write evidence attendance report FOLDER")
    try:
        arguments.codes = [_code(word) for word in arguments.codes if "=" in word]
    except argparse.ArgumentTypeError as error:
        top.error(f"--codes: {error}")
    return arguments


def _number(kind: type, least: float, most: float) -> Callable[[str], float]:
    """Return how the text of an option becomes a number between bounds."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = None
        if value is None or not least <= value <= most:
            upper = f" and at most {most:g}" if most < INFINITE else ""
            raise argparse.ArgumentTypeError(f"{text}: write a number of at least {least:g}{upper}")
        return value

    return read


def _memory(text: str) -> str:
    """Return an amount of memory as DuckDB reads it."""
    if text and not re.fullmatch(r"[0-9]+(\.[0-9]+)? *[KMGT]i?B", text, re.IGNORECASE):
        raise argparse.ArgumentTypeError(f"{text}: write an amount such as 1GB")
    return text


def _add_reading(one: argparse.ArgumentParser) -> None:
    """Add the options of reading a folder; each option of a rule is one of its parameters, with its text."""
    one.add_argument("folder", nargs="?", help="folder with absences or a register, and calendar, recorded, enrolment")
    one.add_argument("--set-aside", action="store_true", help="go on without what has faults, and list it")
    one.add_argument(
        "--codes", nargs="+", action="extend", default=[], metavar="CODE=MEANING", help="codes of your own"
    )
    one.add_argument("--school", default="", metavar="NAME", help="school of files in which nothing names it")
    one.add_argument(
        "--school-from", default="", choices=BY, help="take the school of such files from the names of files or sheets"
    )
    one.add_argument("--language", default="en", choices=list(LANGUAGES), help="language of page and messages (en)")
    for parameter in PARAMETERS:
        kind = _number(type(parameter.default), *BOUNDS[parameter.name]) if parameter.name in BOUNDS else str
        choices = CHOICES.get(parameter.name)
        name = f"--{parameter.name.replace('_', '-')}"
        text = parameter.text().replace("%", "%%")
        one.add_argument(name, type=kind, default=parameter.default, choices=choices, help=text)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command."""
    top = argparse.ArgumentParser(prog="evidence attendance", description=__doc__)
    commands = top.add_subparsers(required=True)
    one = commands.add_parser("report", help="a folder of files to a page, tidy tables and a data package")
    one.add_argument("--to", default="attendance-report", help="where the report goes (attendance-report)")
    _add_reading(one)
    under = SMALL_CELLS.parameters[0]
    one.add_argument("--under", type=_number(int, 0, INFINITE), default=under.default, help=under.text())
    one.add_argument("--title", default="", help="title of the page")
    one.add_argument("--engine", default="duckdb", choices=list(NEEDS), help="engine that runs the rules (duckdb)")
    one.add_argument(
        "--memory", type=_memory, default="", help="memory that DuckDB may use, such as 1GB; beyond it, disk"
    )
    one.set_defaults(run=_report)
    one = commands.add_parser("demo", help="write synthetic files, and a report of them")
    one.add_argument("--to", default="attendance-demo", help="folder of the files (attendance-demo)")
    one.add_argument("--pupils", type=_number(int, 20, INFINITE), default=2400, help="invented children (2400)")
    one.set_defaults(run=_demo)
    one = commands.add_parser("children", help="the children whom the rules find, for those who look after them")
    one.add_argument("--to", default="children.csv", help="file to write, with rows of children (children.csv)")
    one.add_argument("--rule", default="", help="one rule by its key (see thresholds.csv of a report)")
    _add_reading(one)
    one.set_defaults(run=_children)
    for job, rule in JOBS.items():
        one = commands.add_parser(job, help=rule.about)
        one.add_argument("files", nargs="+", metavar="FILE")
        one.add_argument("--to", default=f"{job}.csv", help=f"file to write ({job}.csv)")
        one.set_defaults(run=_apply, job=job)
    one = commands.add_parser("indicator", help="an indicator from a table of counts; without a file, all of them")
    one.add_argument("key", nargs="?", default="")
    one.add_argument("file", nargs="?", default="")
    one.add_argument("--by", nargs="+", default=[], metavar="COLUMN", help="columns to break it down by")
    one.add_argument("--to", default="indicator.csv", help="file to write (indicator.csv)")
    one.set_defaults(run=_indicator)
    one = commands.add_parser("rules", help="print every rule, its place and who set its parameters")
    one.set_defaults(run=_rules)
    one = commands.add_parser("names", help="print what files, columns and values may be called, in three languages")
    one.set_defaults(run=_names)
    one = commands.add_parser("sheet", help="write an empty monitoring sheet of early warning, to print")
    one.add_argument("--to", default="monitoring-sheet.html", help="file to write (monitoring-sheet.html)")
    one.set_defaults(run=_sheet)
    one = commands.add_parser("assess", help="the self-assessment: write its form, or list the gaps")
    one.add_argument("form", nargs="?", default="assessment.csv", help="the form (assessment.csv)")
    one.set_defaults(run=_assess)
    return top


def run(options: Sequence[str]) -> int:
    """Run the command with its options. Returns the exit code; bad input gives its faults, never a traceback."""
    arguments = _settled(parser(), options)
    say = said(getattr(arguments, "language", "en"))
    return guarded(lambda: arguments.run(arguments), getattr(arguments, "set_aside", None) is False, say)
