"""The command ``evidence attendance``: a report, synthetic files to try it on, rules over tables, and two forms."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.attendance.analysis import STEPS
from evidence.attendance.days import COUNTING
from evidence.attendance.language import LANGUAGES, said
from evidence.attendance.one_table import JOBS, answers, apply, apply_indicator, write, write_text
from evidence.attendance.options import (
    INFINITE,
    MISTAKES,
    add_language,
    add_reading,
    how_read,
    memory_of,
    number,
    settled,
)
from evidence.attendance.suppression import SMALL_CELLS
from evidence.toolkit.commands import Progress, guarded, own_folder
from evidence.toolkit.engines import NEEDS, Engine, engine
from evidence.toolkit.faults import BadInput, Fault, told
from evidence.toolkit.messages import Message, Say, in_words
from evidence.toolkit.options import Parser, language_of
from evidence.toolkit.reports import OTHER_FILES

if TYPE_CHECKING:
    from evidence.attendance.reading.folder import Tables

PROTECT = "It holds rows of children: keep it where they are protected."
LISTED = "The list of what was set aside is {path}. It is no part of the report: do not publish it."
MADE = "The report is in {path}. It was made on this computer; nothing was sent anywhere."
NOTHING_LOST = "No child, no absence and no other row was lost with it."
GIVEN = "Synthetic files of {number} invented children are in {folder}"
WRITTEN, OF_CHILDREN, SHEET = "The result is in {path}", "The result is in {path}. {protect}", "The sheet is in {path}"
FORM = "The form is in {path}: answer each question with yes, partly, no or unknown, and run this again"
GAP = "- {question} {answer} ({where}; recommendations {numbers})"
ANSWERED = {"unknown": "not known"}  # the word that is typed is that of an option too, and stays
GAPS = "{count} of {all} questions are not answered with yes. The study gives no score, and neither do we."


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
    progress = Progress(len(files_of(source)) + len(STEPS) + 1, said(arguments.language))
    rules: Engine | None = None if arguments.engine == "duckdb" else engine(arguments.engine)
    parameters = {one.name: getattr(arguments, one.name) for one in COUNTING}
    try:
        with _duckdb(arguments.memory) as reading:
            tables = make_report(
                source,
                to,
                how_read(arguments),
                rules,
                reading,
                under=arguments.under,
                title=arguments.title,
                tell=progress,
                language=arguments.language,
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

    folder, say = Path(arguments.to), said(arguments.language)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not (folder / "SYNTHETIC.md").is_file():
        raise BadInput([Fault(str(folder), None, "", "", Message.of(OTHER_FILES))])
    write_demo(folder, arguments.pupils)
    print(say(GIVEN).format(number=arguments.pupils, folder=folder))
    title = say("Attendance: a synthetic district")
    return run(["report", str(folder), "--to", str(folder / "report"), "--title", title, *_same_language(arguments)])


def _same_language(arguments: argparse.Namespace) -> list[str]:
    """Return the options by which another command speaks the same language."""
    return ["--language", arguments.language]


def _rules(arguments: argparse.Namespace) -> int:
    """Print the text of every rule. Returns the exit code."""
    from evidence.attendance.rulebook import INDICATORS, RULEBOOK

    say = said(arguments.language)
    for text in [rule.text(say) for rule in RULEBOOK] + [indicator.text(say) for indicator in INDICATORS]:
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

    write_text(sheet_page("", arguments.language, said(arguments.language)), Path(arguments.to))
    print(said(arguments.language)(SHEET).format(path=arguments.to))
    return 0


def _assess(arguments: argparse.Namespace) -> int:
    """Write the empty form of the self-assessment, or the gaps that its answers leave. Returns the exit code."""
    from evidence.attendance.protocol import form, gaps

    path, say = Path(arguments.form), said(arguments.language)
    if not path.exists() and not path.is_symlink():
        write({"": form(say)}, path)
        print(say(FORM).format(path=path))
        return 0
    given = answers(path)
    found = gaps(given)
    for row in found.itertuples():
        numbers = ", ".join(map(str, row.recommendations))
        parts = {
            "question": say(row.question),
            "answer": say(ANSWERED.get(row.answer, row.answer)),
            "where": say(row.where),
            "numbers": numbers,
        }
        print(say(GAP).format(**parts))
    print(say(GAPS).format(count=len(found), all=len(given)))
    return 0


def _children(arguments: argparse.Namespace) -> int:
    """Write the children whom the rules find. Returns the exit code."""
    from evidence.attendance.listing import children, write_children
    from evidence.attendance.reading.folder import files_of, read_folder

    source = Path(arguments.folder)
    progress = Progress(len(files_of(source)) + 2, said(arguments.language))
    parameters = {one.name: getattr(arguments, one.name) for one in COUNTING}
    try:
        with _duckdb() as reading:
            tables = read_folder(source, reading, tell=progress, **how_read(arguments)._asdict())
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
    say = said(arguments.language)
    print(say(OF_CHILDREN).format(path=", ".join(map(str, paths)), protect=say(PROTECT)))
    return 0


def _indicator(arguments: argparse.Namespace) -> int:
    """Compute an indicator from a table of counts. Returns the exit code."""
    from evidence.attendance.indicators import BY_KEY

    if not arguments.file and arguments.key in ("", *BY_KEY):
        for key, one in BY_KEY.items():
            if arguments.key in ("", key):
                print(f"{key}: {', '.join(one.counts)}. {one.text(said(arguments.language))}")
        return 0
    paths = apply_indicator(arguments.key, Path(arguments.file), arguments.by, Path(arguments.to))
    print(said(arguments.language)(WRITTEN).format(path=paths[0]))
    return 0


def parser(say: Say = str) -> Parser:
    """Return the parser of the command, which tells mistakes in the words that ``say`` gives."""
    top = Parser(prog="evidence attendance", description=__doc__, say=say, templates=MISTAKES)
    commands = top.add_subparsers(required=True)
    one = commands.add_parser("report", help="a folder of files to a page, tidy tables and a data package")
    one.add_argument("--to", default="attendance-report", help="where the report goes (attendance-report)")
    add_reading(one)
    under = SMALL_CELLS.parameters[0]
    one.add_argument("--under", type=number(int, 0, INFINITE), default=under.default, help=under.text())
    one.add_argument("--title", default="", help="title of the page")
    one.add_argument("--engine", default="duckdb", choices=list(NEEDS), help="engine that runs the rules (duckdb)")
    one.add_argument(
        "--memory", type=memory_of, default="", help="memory that DuckDB may use, such as 1GB; beyond it, disk"
    )
    one.set_defaults(run=_report, command="report")
    one = commands.add_parser("demo", help="write synthetic files, and a report of them")
    one.add_argument("--to", default="attendance-demo", help="folder of the files (attendance-demo)")
    one.add_argument("--pupils", type=number(int, 20, INFINITE), default=2400, help="invented children (2400)")
    one.set_defaults(run=_demo)
    one = commands.add_parser("children", help="the children whom the rules find, for those who look after them")
    one.add_argument("--to", default="children.csv", help="file to write, with rows of children (children.csv)")
    one.add_argument("--rule", default="", help="one rule by its key (see thresholds.csv of a report)")
    add_reading(one)
    one.set_defaults(run=_children, command="children")
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
    for one in commands.choices.values():
        add_language(one)
    return top


def run(options: Sequence[str]) -> int:
    """Run the command with its options. Returns the exit code; bad input gives its faults, never a traceback."""
    say = said(language_of(options, list(LANGUAGES)))
    top = parser(say)
    arguments = settled(top, options)
    return guarded(lambda: arguments.run(arguments), getattr(arguments, "set_aside", None) is False, say)
