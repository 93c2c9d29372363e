"""The ``evidence`` command: build, check and verify the book, and its authors' loop."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from evidence.data.rules import DataError
from evidence.data.schema import ROOT, write_package
from evidence.data.where import other_copy
from evidence.live.supervisor import add_options as add_live_options

NO_PROBLEM = "Data, judgements, chapters, contents and bibliography: no problem."


def build(arguments: argparse.Namespace) -> int:
    """Build the book. Returns the exit code."""
    from evidence.site.building import build_book

    return build_book(Path(arguments.folder), arguments.builder, arguments.verbose, arguments.search)


def check(arguments: argparse.Namespace) -> int:
    """Run the checks that take seconds. Returns the exit code."""
    from evidence.checks.book import problems as all_problems
    from evidence.checks.book import waiting
    from evidence.checks.readings import counts, said, total

    problems = all_problems()
    for problem in problems:
        print(problem)
    print(*filter(None, (f"{len(problems)} problem(s)." if problems else NO_PROBLEM, waiting(problems))))
    if not problems:
        print(said(total(counts())))
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


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="evidence", description=__doc__)
    commands = top.add_subparsers(required=True)
    one = commands.add_parser("build", help="build the book")
    one.add_argument("folder", nargs="?", default=str(ROOT))
    one.add_argument("--builder", default="html", choices=["html", "text", "latex"])
    one.add_argument("--verbose", action="store_true")
    one.set_defaults(run=build, search=True)
    one = commands.add_parser("check", help="schema, keys, prose and discrepancies, in seconds")
    one.set_defaults(run=check)
    one = commands.add_parser("verify", help="hold the data against the source texts")
    one.add_argument("--sources", metavar="FOLDER", help="folder of their .txt files; texts/ if it is there")
    one.set_defaults(run=verify)
    # its options are the columns of a table: they are read when it runs
    one = commands.add_parser("new", help="write a new document, fact, chapter ...", prefix_chars="\0", add_help=False)
    one.add_argument("rest", nargs=argparse.REMAINDER)
    one.set_defaults(run=new)
    one = commands.add_parser("schema", help="write data/datapackage.json from data/fields.toml")
    one.set_defaults(run=schema)
    one = commands.add_parser("read", help="rows beside the lines they cite, and the record that they have been read")
    one.add_argument("table", nargs="?", default="", metavar="TABLE", help="such as facts; all unless named")
    one.add_argument("ids", nargs="*", metavar="ID", help="rows of it; those the reader has not read unless named")
    one.add_argument("--new", action="store_true", help="rows that nobody has read")
    one.add_argument("--changed", action="store_true", help="rows that changed, or rest on what changed, since")
    one.add_argument("--reader", choices=["first", "second"], default="first", help="who reads (first)")
    one.add_argument("--yes", action="store_true", help="record that what is shown has been read, without asking")
    one.add_argument("--gone", action="store_true", help="take out the readings of rows that are gone")
    one.add_argument("--sources", metavar="FOLDER", help="folder of the texts of the documents; texts/ if it is there")
    one.set_defaults(run=read)
    one = commands.add_parser("tidy", help="put tables in order, and put back what a spreadsheet changed by itself")
    one.add_argument("tables", nargs="*", metavar="TABLE", help="such as facts or data/facts.csv; all unless named")
    what = one.add_mutually_exclusive_group()
    what.add_argument("--put-back", action="store_true", help="restore cells a spreadsheet changed from git")
    what.add_argument("--keep", action="store_true", help="accept them as they are")
    what.add_argument("--check", action="store_true", help="change nothing; exit 1 if something would change")
    one.add_argument("--against", default="HEAD", metavar="REVISION", help="version in git to compare with (HEAD)")
    one.set_defaults(run=tidy)
    one = commands.add_parser("agreement", help="how a second reader's judgements agree with those of a table")
    one.add_argument("second", metavar="FILE", help="CSV with id, the concerns, confidence, and support (yes or no)")
    one.add_argument("--table", default="review_findings", help="table judged (review_findings)")
    one.set_defaults(run=agreement)
    one = commands.add_parser(
        "attendance", help="the rules of the out-of-school study on your own files", prefix_chars="\0", add_help=False
    )
    one.add_argument("rest", nargs=argparse.REMAINDER)
    one.set_defaults(run=attendance)
    one = commands.add_parser(
        "listening", help="the social media study on your own exports", prefix_chars="\0", add_help=False
    )
    one.add_argument("rest", nargs=argparse.REMAINDER)
    one.set_defaults(run=listening)
    one = commands.add_parser("live", help="rebuild and reload on save")
    add_live_options(one)
    one.set_defaults(run=live)
    return top


def main() -> None:
    """Run the command line; bad data gives its list of problems, never a traceback."""
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
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # taking large trees apart would cost as much as a page
