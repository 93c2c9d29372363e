"""The ``evidence`` command: build, check and verify the book, and its authors' loop."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from evidence.data.rules import DataError
from evidence.data.schema import ROOT, write_package
from evidence.data.where import other_copy
from evidence.live.supervisor import add_options as add_live_options

NO_PROBLEM = "Data, judgements, chapters, contents and bibliography: no problem."


def build(arguments: argparse.Namespace) -> int:
    """Build the book. Returns the exit code."""
    from evidence.site.building import SETTINGS, build_book

    if not (Path(arguments.folder) / SETTINGS).is_file():
        print(f"{arguments.folder}: is no folder of a book: there is no {SETTINGS}", file=sys.stderr)
        return 2
    return build_book(Path(arguments.folder), arguments.builder, arguments.verbose)


def check(arguments: argparse.Namespace) -> int:
    """Run the checks that take seconds. Returns the exit code."""
    gc.disable()  # a check is short and keeps what it reads: looking through that takes a fifth of it
    from evidence.checks.book import problems as all_problems
    from evidence.checks.book import waiting
    from evidence.checks.readings import counts, page_counts, said, said_of_pages, total

    problems = all_problems()
    for problem in problems:
        print(problem)
    print(*filter(None, (f"{len(problems)} problem(s)." if problems else NO_PROBLEM, waiting(problems))))
    if not problems:
        print(said(total(counts())), said_of_pages(total(page_counts())), sep="\n")
    return 1 if problems else 0


def verify(arguments: argparse.Namespace) -> int:
    """Hold the data against the source texts. Returns the exit code."""
    from evidence.checks.sources import verify as problems_and_counts
    from evidence.checks.texts import TEXTS, texts_folder

    folder = texts_folder(arguments.sources)
    if folder is None:
        print(
            f"Where are the texts? Link their folder here as {TEXTS.name}, or give it: --sources FOLDER",
            file=sys.stderr,
        )
        return 2
    problems, counts = problems_and_counts(folder)
    for problem in problems:
        print(problem)
    print("; ".join(f"{name}: {count}" for name, count in counts.items()))
    return 1 if problems else 0


def schema(arguments: argparse.Namespace) -> int:
    """Write ``data/datapackage.json`` from ``data/fields.toml``. Returns the exit code."""
    print(f"wrote {write_package().relative_to(ROOT)}")
    return 0


def new(arguments: argparse.Namespace) -> int:
    """Write what an author adds: a document, a fact, a chapter ... Returns the exit code."""
    from evidence.authoring.commands import on_terminal, run

    return run(arguments.rest, on_terminal())


def read(arguments: argparse.Namespace) -> int:
    """Show rows beside what they rest on, and record that they have been read. Returns the exit code."""
    from evidence.authoring.commands import on_terminal
    from evidence.authoring.rereading import CHANGED, Wanted, forget_gone, run

    if arguments.gone:
        print(f"{forget_gone()} reading(s) of rows that are gone taken out.")
        return 0
    states = (*(("new",) if arguments.new else ()), *(CHANGED if arguments.changed else ()))
    wanted = Wanted(arguments.table, tuple(arguments.ids), states, arguments.reader)
    return run(wanted, arguments.yes, arguments.sources, on_terminal())


def tidy(arguments: argparse.Namespace) -> int:
    """Put tables into their form, and put back what a spreadsheet changed. Returns the exit code."""
    from evidence.authoring.tidy import choice, tidy

    choose = choice(arguments.put_back, arguments.keep)
    return tidy(arguments.tables, choose, arguments.check, arguments.against)


def agreement(arguments: argparse.Namespace) -> int:
    """Compare a second reader's judgements with those of a table. Returns the exit code."""
    from evidence.checks.agreement import run

    return run(arguments.second, arguments.table)


def live(arguments: argparse.Namespace) -> int:
    """Rebuild and reload on save until interrupted. Returns the exit code."""
    from evidence.live.supervisor import live as run

    return run(arguments.port, arguments.timeout)


def attendance(arguments: argparse.Namespace) -> int:
    """Run the attendance toolkit. Returns the exit code."""
    from evidence.attendance.commands import run

    return run(arguments.rest)


def listening(arguments: argparse.Namespace) -> int:
    """Run the listening toolkit. Returns the exit code."""
    from evidence.listening.commands import run

    return run(arguments.rest)


def _add_build(one: argparse.ArgumentParser) -> None:
    one.add_argument("folder", nargs="?", default=str(ROOT))
    one.add_argument("--builder", default="html", choices=["html", "text", "latex"])
    one.add_argument("--verbose", action="store_true")


def _add_verify(one: argparse.ArgumentParser) -> None:
    one.add_argument("--sources", metavar="FOLDER", help="folder of their .txt files; texts/ if it is there")


def _add_read(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "table",
        nargs="?",
        default="",
        metavar="TABLE",
        help="such as facts, or a page such as education/register; all tables unless named",
    )
    one.add_argument("ids", nargs="*", metavar="ID", help="rows of it; those the reader has not read unless named")
    one.add_argument("--new", action="store_true", help="rows that nobody has read")
    one.add_argument("--changed", action="store_true", help="rows that changed, or rest on what changed, since")
    one.add_argument("--reader", choices=["first", "second"], default="first", help="who reads (first)")
    one.add_argument("--yes", action="store_true", help="record that what is shown has been read, without asking")
    one.add_argument("--gone", action="store_true", help="take out the readings of rows that are gone")
    one.add_argument("--sources", metavar="FOLDER", help="folder of the texts of the documents; texts/ if it is there")


def _add_tidy(one: argparse.ArgumentParser) -> None:
    one.add_argument("tables", nargs="*", metavar="TABLE", help="such as facts or data/facts.csv; all unless named")
    what = one.add_mutually_exclusive_group()
    what.add_argument("--put-back", action="store_true", help="restore cells a spreadsheet changed from git")
    what.add_argument("--keep", action="store_true", help="accept them as they are")
    what.add_argument("--check", action="store_true", help="change nothing; exit 1 if something would change")
    one.add_argument("--against", default="HEAD", metavar="REVISION", help="version in git to compare with (HEAD)")


def _add_agreement(one: argparse.ArgumentParser) -> None:
    one.add_argument("second", metavar="FILE", help="CSV with id, the concerns, confidence, and support (yes or no)")
    one.add_argument("--table", default="review_findings", help="table judged (review_findings)")


def _add_nothing(one: argparse.ArgumentParser) -> None:
    """Leave a command without options."""


class Command(NamedTuple):
    """A command of the command line: what runs it, its line of help, and what adds its options."""

    run: Callable[[argparse.Namespace], int]
    help: str
    add_options: Callable[[argparse.ArgumentParser], None] = _add_nothing


COMMANDS = {
    "build": Command(build, "build the book", _add_build),
    "check": Command(check, "schema, keys, prose and discrepancies, in seconds"),
    "verify": Command(verify, "hold the data against the source texts", _add_verify),
    "new": Command(new, "write a new document, fact, chapter ..."),
    "schema": Command(schema, "write data/datapackage.json from data/fields.toml"),
    "read": Command(read, "rows beside the lines they cite, and the record that they have been read", _add_read),
    "tidy": Command(tidy, "put tables in order, and put back what a spreadsheet changed by itself", _add_tidy),
    "agreement": Command(agreement, "how a second reader's judgements agree with those of a table", _add_agreement),
    "attendance": Command(attendance, "the rules of the out-of-school study on your own files"),
    "listening": Command(listening, "the social media study on your own exports"),
    "live": Command(live, "rebuild and reload on save", add_live_options),
}
OWN_OPTIONS = ("new", "attendance", "listening")  # commands that read their options themselves, when they run


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="evidence", description=__doc__)
    commands = top.add_subparsers(required=True)
    for name, command in COMMANDS.items():
        if name in OWN_OPTIONS:
            one = commands.add_parser(name, help=command.help, prefix_chars="\0", add_help=False)
            one.add_argument("rest", nargs=argparse.REMAINDER)
        else:
            one = commands.add_parser(name, help=command.help)
        command.add_options(one)
        one.set_defaults(run=command.run)
    return top


def main() -> None:
    """Run the command line; bad data and files that cannot be read or written are named, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a terminal without Cyrillic
    arguments = parser().parse_args()
    try:
        reason = other_copy(Path.cwd()) or other_copy(Path(getattr(arguments, "folder", ROOT)))
        if reason:
            print(reason, file=sys.stderr)
        code = 1 if reason else arguments.run(arguments)
    except DataError as error:
        print(error, file=sys.stderr)
        code = 1
    except SyntaxError as error:  # a module of the package that cannot be imported
        print(f"{error.filename}, line {error.lineno}: is no Python: {error.msg}", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # whoever read the list has seen enough
        os._exit(1)
    except OSError as error:
        if error.filename is None:  # of no file: a fault of ours
            raise
        print(f"{error.filename}: cannot be read or written ({error.strerror})", file=sys.stderr)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # taking large trees apart would cost as much as a page
