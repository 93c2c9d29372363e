"""The command ``evidence listening``: a report, synthetic exports to try it on, a sample for people, lint, a key."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evidence.listening.extras import needed
from evidence.listening.pseudonyms import read_key, write_key
from evidence.listening.reading.posts import ZONE, Settings
from evidence.listening.suppression import UNDER
from evidence.toolkit.commands import Progress, guarded
from evidence.toolkit.faults import BadInput, Fault, told

LEAST_POSTS = 300  # of the demo: the coders label some of them


def _settings(arguments: argparse.Namespace) -> Settings:
    """Return what reading needs. Raises :class:`BadInput` for a key inside the folder, or a zone that is none."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(arguments.zone)
    except (OSError, ValueError, KeyError):
        raise BadInput([Fault("--zone", None, "", arguments.zone, "is not a zone, such as Asia/Almaty")]) from None
    key = Path(arguments.key)
    if key.resolve().is_relative_to(Path(arguments.folder).resolve()) and "synthetic" not in key.name:
        rule = "lies inside the folder of the exports; keep the key apart from what it protects"
        raise BadInput([Fault(str(key), None, "", "", rule)])
    day_first = not arguments.month_first
    return Settings(read_key(key), zone=arguments.zone, encoding=arguments.encoding, day_first=day_first)


def _report(arguments: argparse.Namespace) -> int:
    """Make a report of a folder. Returns the exit code."""
    from evidence.listening.reading.folder import files_of
    from evidence.listening.report import make_report
    from evidence.listening.results import PARAMETERS, STEPS

    source, to = Path(arguments.folder), Path(arguments.to)
    progress = Progress(len(files_of(source)) + len(STEPS) + 1)
    chosen: dict[str, Any] = {one.name: getattr(arguments, one.name) for one in PARAMETERS}
    try:
        corpus = make_report(
            source,
            to,
            _settings(arguments),
            arguments.set_aside,
            arguments.under,
            arguments.title,
            progress,
            Path(arguments.keep) if arguments.keep else None,
            **chosen,
        )
    finally:
        progress.end()
    for line in told(corpus.faults):
        print(f"set aside: {line}")
    passed = int(corpus.wordless["rows"].sum())
    read = f"{len(corpus.everything)} rows read, {len(corpus.faults)} set aside, {passed} without words"
    print(f"{to / 'index.html'}: {read}. It was made on this machine; nothing was sent anywhere.")
    return 0


def _demo(arguments: argparse.Namespace) -> int:
    """Write synthetic exports and a report of them. Returns the exit code."""
    from evidence.listening.demo import KEY, write_demo
    from evidence.listening.report import make_report

    for module in ("lark", "pymorphy3", "ijson"):
        needed(module)
    folder = Path(arguments.to)
    if arguments.posts < LEAST_POSTS:
        raise BadInput([Fault("--posts", None, "", str(arguments.posts), f"is less than {LEAST_POSTS}")])
    if folder.exists() and any(folder.iterdir()) and not (folder / "SYNTHETIC.md").exists():
        raise BadInput([Fault(str(folder), None, "", "", "holds something else; give another place: --to FOLDER")])
    files = write_demo(folder, arguments.posts, arguments.posts * 3 // 10)
    to = folder / "report-synthetic"
    make_report(folder, to, Settings(KEY), title="Listening: synthetic data")
    print(f"{folder}: {len(files)} files, all synthetic; their report: {to / 'index.html'}")
    return 0


def _sample(arguments: argparse.Namespace) -> int:
    """Write a sample of posts for one person to label. Returns the exit code."""
    from evidence.listening.sampling import drawn
    from evidence.listening.validation import write_sample

    some = drawn(
        Path(arguments.folder),
        _settings(arguments),
        arguments.about,
        arguments.each,
        arguments.seed,
        arguments.set_aside,
    )
    write_sample(Path(arguments.sheet), some, arguments.about)
    print(
        f"{arguments.sheet}: {len(some)} posts. It holds texts: keep it inside the team, and delete it when done.\n"
        "Write a coder and 1 (yes) or 0 (no) in each row; put all sheets below each other into labels.csv of the folder"
    )
    return 0


def _lint(arguments: argparse.Namespace) -> int:
    """Lint tables of queries. Returns the exit code: 1 if something is wrong."""
    from evidence.listening.queries.table import read_queries

    faults: list[Fault] = []
    for name in arguments.files:
        try:
            queries, doubts = read_queries(Path(name))
        except BadInput as error:
            faults += error.faults
            continue
        for doubt in doubts:
            print(f"doubtful: {doubt}")
        print(f"{name}: {len(queries)} queries can be run")
    if faults:
        raise BadInput(faults)
    return 0


def _rules(arguments: argparse.Namespace) -> int:
    """Print every rule. Returns the exit code."""
    from evidence.listening.rulebook import RULEBOOK

    for rule in RULEBOOK:
        print(f"{rule.title}: {rule.text()}\n")
    return 0


def _names(arguments: argparse.Namespace) -> int:
    """Print the names by which columns of other tools' tables are known. Returns the exit code."""
    from evidence.listening.reading.heads import ACCEPTED, accepted

    for part in ACCEPTED:
        print(f"{part}: {accepted(part) or 'only by mapping.toml'}\n")
    return 0


def _key(arguments: argparse.Namespace) -> int:
    """Write a new key. Returns the exit code."""
    write_key(Path(arguments.file))
    print(f"wrote {arguments.file}: keep it, and keep it secret; pseudonyms join across imports only with it")
    return 0


def _reading(one: argparse.ArgumentParser) -> None:
    """Add the options of what reads a folder."""
    one.add_argument("folder", help="folder with public/ and organisations/")
    one.add_argument("--key", required=True, help="the team's key; make one with: evidence listening key FILE")
    one.add_argument("--set-aside", action="store_true", help="go on without the rows that have faults, and count them")
    one.add_argument("--zone", default=ZONE.default, help=ZONE.text().replace("%", "%%"))
    one.add_argument("--encoding", default="", help="of files that are neither UTF-8 nor UTF-16 (kz1048)")
    one.add_argument("--month-first", action="store_true", help="05/06/2022 is the sixth of May")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command; each option of a rule is one of its parameters, with its text."""
    from evidence.listening.results import PARAMETERS
    from evidence.listening.validation import EACH, SEED, TOPIC

    top = argparse.ArgumentParser(prog="evidence listening", description=__doc__)
    commands = top.add_subparsers(required=True)
    one = commands.add_parser("report", help="a folder of exports to a page, tidy tables and a data package")
    _reading(one)
    keep = "folder for what was read, masked, until the report is done: a run that was broken off goes on from there"
    one.add_argument("--keep", default="", help=keep)
    one.add_argument("--to", default="listening-report", help="where the report goes (listening-report)")
    for parameter in (*PARAMETERS, UNDER):
        name, text = f"--{parameter.name.replace('_', '-')}", parameter.text().replace("%", "%%")
        choices = parameter.choices or None
        one.add_argument(name, type=type(parameter.default), default=parameter.default, choices=choices, help=text)
    one.add_argument("--title", default="", help="title of the page")
    one.set_defaults(run=_report)
    one = commands.add_parser("demo", help="write synthetic exports, and a report of them")
    one.add_argument("--to", default="listening-demo", help="folder of the files (listening-demo)")
    one.add_argument("--posts", type=int, default=3000, help="invented posts of the public (3000)")
    one.set_defaults(run=_demo)
    one = commands.add_parser("sample", help="draw posts for people to label, to measure the queries")
    _reading(one)
    one.add_argument("--sheet", default="sample.csv", help="file to write (sample.csv)")
    one.add_argument("--about", default=TOPIC, help="what is asked: topic, or a code such as barriers/violence")
    for parameter in (EACH, SEED):
        one.add_argument(f"--{parameter.name}", type=int, default=parameter.default, help=parameter.text())
    one.set_defaults(run=_sample)
    one = commands.add_parser("lint", help="say what is wrong or doubtful in tables of queries")
    one.add_argument("files", nargs="+", help="tables with code, title, language, query")
    one.set_defaults(run=_lint)
    one = commands.add_parser("rules", help="print every rule, its place and who set its parameters")
    one.set_defaults(run=_rules)
    one = commands.add_parser("names", help="what columns may be called in tables of other tools")
    one.set_defaults(run=_names)
    one = commands.add_parser("key", help="write a key for pseudonyms")
    one.add_argument("file", help="file to write; never inside a folder that is shared")
    one.set_defaults(run=_key)
    return top


def run(options: Sequence[str]) -> int:
    """Run the command with its options. Returns the exit code; bad input gives its faults, never a traceback."""
    arguments = parser().parse_args(options)
    return guarded(lambda: arguments.run(arguments), getattr(arguments, "set_aside", None) is False)
