"""``evidence new``: the kinds of things authors add, their options, and what a command prints."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from evidence.authoring import calculations, chapters, discrepancies, documents, exhibits, facts, findings, messages
from evidence.authoring.asking import Ask, Desk, asked, completed, described, option
from evidence.authoring.cells import CHARTS
from evidence.authoring.rereading import as_read
from evidence.authoring.rows import proposed_id
from evidence.authoring.writing import Draft, put_in_place, refused, row_number, texts_of
from evidence.checks.texts import TEXTS, pinned_texts, texts_folder
from evidence.data import format, store
from evidence.data.rules import DataError, Problem, nearest
from evidence.data.schema import ROOT

SOURCES = ("sources", "FOLDER", f"folder of the texts of the documents; {TEXTS.name}/ if it is there")


class Kind(NamedTuple):
    """A thing that authors add: what it is, its table, what comes first, an example, further options, its maker."""

    about: str
    table: str
    first: tuple[str, str] | None
    example: str
    more: tuple[tuple[str, str, str], ...]
    make: Callable[[dict[str, str], Desk], Draft]
    without: tuple[str, ...] = ()


KINDS = {
    "document": Kind(
        "its row, entry, pages and registers, from its text",
        "sources",
        ("id", "its key, as in nobody2026schools: names, year, word"),
        'nobody2026schools --text report.txt --title "Schools" --author "Nobody, N." --year 2026 …',
        documents.OPTIONS,
        documents.new_document,
        ("n_lines", "sha256"),
    ),
    "fact": Kind(
        "one figure that one place of one document prints",
        "facts",
        None,
        '--source nobody2026schools --as-reported "12.2%" --unit percent --indicator absent --evidence-type survey',
        (
            SOURCES,
            ("new_indicator", "NAME", "name of a quantity that no fact has measured yet; writes its row too"),
            ("indicator_note", "TEXT", "what to know when comparing it"),
            ("indicator_themes", "IDS", "themes of that quantity, for the evidence map; none for the country at large"),
        ),
        facts.new_fact,
    ),
    "finding": Kind(
        "what a document asserts, in one sentence of ours",
        "findings",
        None,
        '--source nobody2026schools --lines 12-14 --statement "Heads rarely report absence." --stance weakness',
        (SOURCES,),
        findings.new_finding,
    ),
    "message": Kind(
        "what a chapter says first, with its judgement",
        "synthesis",
        None,
        '--page education/register --kind statistic --statement "…" --data-label "…" --data-quality "…" --facts a',
        (),
        messages.new_message,
    ),
    "discrepancy": Kind(
        "two places that cannot both be right",
        "discrepancies",
        None,
        """--kind arithmetic --left-source KEY --left-lines 3 --right-lines 9 --expect 'fact("a") != fact("b")' …""",
        (SOURCES,),
        discrepancies.new_discrepancy,
    ),
    "calculation": Kind(
        "a figure we derive from printed ones",
        "calculations",
        None,
        '--label "Share absent" --formula share_pct --inputs part=absent,whole=pupils --unit percent --digits 1',
        (
            ("by_hand", "ARITHMETIC", 'with the printed numbers, as in "12 / 98 * 100"'),
            ("worked_value", "NUMBER", "what that gave you, rounded as shown"),
            ("by_hand_lines", "LINES", "lines you read them in; the first ones of the inputs unless given"),
        ),
        calculations.new_calculation,
    ),
    "exhibit": Kind(
        "a chart or table of a chapter",
        "exhibits",
        ("id", "its id, [a-z0-9-]+"),
        'absence --chapter education/register --chart bars --facts a,b,c --title "…" --alt "…" --unit "% of pupils" …',
        (
            ("chapter", "PAGE", "chapter that shows it, as in education/register"),
            ("chart", "CHART", "; ".join(f"{name}: {about}" for name, (_, about) in CHARTS.items())),
            ("facts", "IDS", "figures it shows, row by row: facts, and calculations as calc:id"),
            (
                "labels",
                "TEXTS",
                "our label for each row, separated by ; (read from the facts if something tells them apart)",
            ),
            ("parts", "TEXTS", "columns of a chart that has several: each row gives that many figures"),
            ("rows", "TEXT", "what heads the labels"),
            ("head", "TEXT", "what heads the figures; the unit unless given"),
            ("table", "NAME", "a whole table instead of facts"),
            ("columns", "NAMES", "of that table; all unless given"),
            ("after", "HEADING", 'below which it stands; before "What the evidence cannot say" unless given'),
        ),
        exhibits.new_exhibit,
        ("tables",),
    ),
    "chapter": Kind(
        "a page with the sections of the house, and its line in the menu",
        "",
        ("path", "PART/NAME, as in education/my-topic"),
        'education/absence --title "Who is absent" --description "Who is absent from school, and why, as of 2026."',
        (("title", "TEXT", "title, in sentence case"), ("description", "TEXT", "what search engines show: a sentence")),
        chapters.new_chapter,
    ),
}


def row_kind(table: str) -> Kind:
    """Return the kind of a row of any table; raises :class:`DataError` with the nearest if there is no such table."""
    tables = store.schema()
    if table not in tables:
        rule = f"is no table{nearest(table, tables) or '; there are ' + ', '.join(tables)}"
        raise DataError([Problem("TABLE", None, None, table, rule)])
    about = f"of the table {table} ({tables[table]['title']})"

    def new_row(given: dict[str, str], desk: Desk) -> Draft:
        row = completed(table, given, desk)
        words = next((row[name] for name in ("name", "title", "term", "statement") if row.get(name)), "")
        row["id"] = given.get("id") or proposed_id(store.rows(table), words or " ".join([*row.values()][:3]))
        notes = [facts.where(row["source"], row["lines"])] if tables[table]["reports"] else []
        return Draft([(table, row)], notes=notes, next="make check")

    return Kind(about, table, None, f"{table} --{list(store.fields_of(tables[table]))[1]} …", (), new_row)


def listing() -> str:
    """Return every kind with a line of what it is."""
    lines = [f"  {name:<12} {kind.about}" for name, kind in KINDS.items()]
    lines.append(f"  {'row TABLE':<12} a row of any other table")
    return "\n".join(
        ["evidence new KIND …", *lines, "What is missing is asked for; `evidence new KIND --help` has an example."]
    )


def parser_of(name: str, kind: Kind) -> argparse.ArgumentParser:
    """Return the parser of a kind, with an option for every column of its table."""
    parser = argparse.ArgumentParser(
        prog=f"evidence new {name}",
        description=f"A new {name}: {kind.about}.",
        epilog=f"example: evidence new {name} {kind.example}",
        formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=24, width=100),
    )
    if kind.first:
        parser.add_argument(kind.first[0], nargs="?", help=kind.first[1])
    taken = {kind.first[0] if kind.first else "", *kind.without, *(column for column, _, _ in kind.more)}
    for column, metavar, about in kind.more:
        parser.add_argument(option(column), dest=column, metavar=metavar, help=about.replace("%", "%%"))
    for column in store.fields(kind.table) if kind.table else ():
        if column not in taken:
            about = "proposed from the row unless given" if column == "id" else described(kind.table, column)
            parser.add_argument(option(column), dest=column, metavar="…", help=about.replace("%", "%%"))
    return parser


def written(draft: Draft, texts: dict[str, str]) -> list[str]:
    """Return what a command has written, for its author: each row with its cells, each file."""
    lines = []
    for table, row in draft.rows:
        name = f"data/{store.schema()[table]['path']}"
        lines.append(f"{name}, row {row_number(texts[name], row['id'])}: {row['id']}")
        lines += [f"  {column}: {value}" for column, value in row.items() if value and column != "id"]
    return [*lines, *(f"wrote {name}" for name in draft.files), *draft.notes]


def given_by(name: str, kind: Kind, arguments: list[str], ask: Ask | None) -> tuple[dict[str, str], Desk]:
    """Return the cells that arguments give, and what the command works with.

    Raises :class:`DataError` without the name of what is new, where nobody can be asked.
    """
    found = vars(parser_of(name, kind).parse_args(arguments))
    given = {column: value for column, value in found.items() if value is not None}
    if kind.first and not given.get(kind.first[0]):
        column, about = kind.first
        if ask is None:
            raise DataError([Problem(column.upper(), None, None, None, f"is missing. It comes first: {about}")])
        given[column] = ask(f"{format.capitalised(about)}.\n{column}: ").strip()
    folder = texts_folder(given.pop("sources", None))
    return given, Desk(ask, pinned_texts(folder)[0] if folder else {})


def accepted(kind: Kind, given: dict[str, str], desk: Desk, root: Path) -> tuple[Draft, dict[str, str], list[Problem]]:
    """Return a draft that nothing stands against, the texts of its files, and what is left to do.

    On a terminal what is refused is asked again, and all other answers stay. Raises :class:`DataError` otherwise.
    """
    draft = kind.make(given, desk)
    while True:
        texts = texts_of(as_read(draft, desk.texts | draft.texts), root)
        against, left = refused(draft, texts, root)
        if not against:
            return draft, texts, left
        answers = draft.rows[-1][1] if draft.rows else {}
        again = {problem.column for problem in against if problem.column and problem.column in answers} - {"id"}
        if desk.ask is None or not again or len(again) < len({problem.column for problem in against}):
            raise DataError(against)
        print("\n".join(map(str, against)))
        kept = {column: value for column, value in answers.items() if column not in again}
        draft = kind.make(kept | asked_again(kind, again, desk), desk)


def asked_again(kind: Kind, columns: set[str], desk: Desk) -> dict[str, str]:
    """Return new answers for the columns of a row that were refused."""
    order = [column for column in store.fields(kind.table) if column in columns] if kind.table else []
    assert desk.ask is not None  # only asked on a terminal
    return {column: asked(desk.ask, str(kind.table), column, False) for column in order}


def run(arguments: list[str], ask: Ask | None = None, root: Path = ROOT) -> int:
    """Write what ``evidence new`` is asked for, all of it or nothing. Returns the exit code.

    Without a kind, names the kinds.
    """
    name, *rest = arguments or [""]
    if name not in KINDS and not (name == "row" and rest):
        print(listing())
        return 0 if name in ("", "-h", "--help", "--list") else 1
    try:
        kind = row_kind(rest.pop(0)) if name == "row" else KINDS[name]
        draft, texts, left = accepted(kind, *given_by(name, kind, rest, ask), root)
    except DataError as error:
        print(f"{error}\nNothing was written.", file=sys.stderr)
        return 1
    put_in_place(texts, root)
    print("\n".join([*written(draft, texts), f"next: {draft.next}"]))
    for problem in left:
        print(f"still to do: {problem}")
    return 0


def on_terminal() -> Ask | None:
    """Return how to ask the person at the terminal, None if there is none.

    What is returned raises KeyboardInterrupt when the person ends the input.
    """

    def ask(question: str) -> str:
        try:
            return input(question)
        except EOFError:  # who ends the input has had enough
            raise KeyboardInterrupt from None

    return ask if sys.stdin.isatty() and sys.stdout.isatty() else None
