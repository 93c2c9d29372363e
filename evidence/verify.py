"""Holds the data against the source texts and against itself.

``expect`` of a discrepancy is an expression that is true while the disagreement stands, so
that it fails as soon as either side is edited. ``verify`` checks each row against the lines
it cites. Texts are compared by hash first: nothing is checked against another text.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import cache
from pathlib import Path

from simpleeval import EvalWithCompoundTypes, InvalidExpression

import evidence.derivations  # noqa: F401  (declares the calculations)
from evidence import bibliography, store
from evidence.calculations import CALCULATIONS, cell, cell_row
from evidence.provenance import UnknownId, fact, facts
from evidence.store import DATA, ROOT, Problem, line_range

RUN = 8  # words: a longer identical run with a source is a copied sentence
WORD = re.compile(r"[a-zа-яёәғқңөұүһі0-9]+")
NAME_COLUMNS = {
    "name",
    "title",
    "aliases",
    "name_ru",
    "name_kk",
    "term",
    "source_terms",
    "expect",
    "locator",
    "addressee",
    "bodies",
    "holder",
    "instruments",
    "legal_basis",
    "before",
    "after",
}
OURS = {"indicators.csv", "themes.csv", "groups.csv"}  # their names are our words
NAMED = ("bodies", "instruments", "systems")  # tables whose names may be quoted anywhere
LONG_NAME = 4  # words; a shorter name would hide too much of a sentence


# --- the texts -----------------------------------------------------------------------------


@cache
def text_lines(path: Path) -> list[str]:
    """Return the lines of a source text."""
    return path.read_text(encoding="utf-8").split("\n")


def passage(path: Path, lines: str) -> str:
    """Return a range of lines of a text as running text: hyphenation undone, spaces folded, lower case."""
    first, last = line_range(lines)
    text = "\n".join(line.strip() for line in text_lines(path)[first - 1 : last])
    text = re.sub(r"-\n+(?=[a-z])", "", text)
    return " ".join(text.split()).lower()


def pinned_texts(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Return the texts whose hash is the pinned one, and what is wrong with the others."""
    found, problems = {}, []
    for row in store.load("sources").itertuples():
        path = folder / f"{row.id}.txt"
        if not path.is_file():
            problems.append(
                Problem(path.name, None, None, None, f"is not in {folder}; nothing of {row.id} was checked")
            )
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != row.sha256:
            rule = f"has another hash than the pinned {row.sha256}; nothing was checked against this text"
            problems.append(Problem(path.name, None, None, digest, rule))
            continue
        found[row.id] = path
    return found, problems


# --- discrepancies -------------------------------------------------------------------------


def _matching(table: str, filters: tuple[str, ...]):
    frame = store.load(table)
    for condition in filters:
        column, wanted = re.split(r"!?=", condition, maxsplit=1)
        equal = frame[column].astype(str) == wanted
        frame = frame[~equal if "!=" in condition else equal]
    return frame


def _number(key: str, column: str = "value") -> float:
    value = getattr(fact(key), column)
    if value != value:
        raise ValueError(f"{key} has no {column}")
    return float(value)


def _entry(reference: str) -> str:
    """Return the text in a cell ``table#row/column`` of any table."""
    row, column = cell_row(reference), reference.rpartition("/")[2]
    return str(row._asdict()[column])


def _functions(source: str, texts: dict[str, Path]) -> dict:
    """Return what an ``expect`` expression may call; ``says`` reads ``source`` unless it names another document."""
    functions = {
        "fact": _number,
        "high": lambda key: _number(key, "value_high"),
        "printed": lambda key: fact(key).as_reported,
        "flags": lambda key: ";".join(fact(key).flags),
        "cell": cell,
        "entry": _entry,
        "count": lambda table, *filters: len(_matching(table, filters)),
        "total": lambda table, column, *filters: float(_matching(table, filters)[column].sum()),
        "largest": lambda table, column, *filters: float(_matching(table, filters)[column].max()),
        "round": round,
        "abs": abs,
    }
    for name in ("period", "base", "age", "locator", "unit", "qualifier", "measured_by", "note"):
        functions[name] = lambda key, name=name: getattr(fact(key), name)
    if texts:
        functions["says"] = lambda lines, phrase, key=source: phrase.lower() in passage(texts[key], lines)
    return functions


def needs_text(expect: str) -> bool:
    """Return whether an expression can only be tried where the source texts are."""
    return "says(" in expect


def holds(expect: str, source: str, texts: dict[str, Path] | None = None) -> bool:
    """Return whether a stated disagreement is (still) there.

    Raises InvalidExpression, UnknownId, KeyError or TypeError for an expression that cannot be tried.
    """
    return bool(EvalWithCompoundTypes(functions=_functions(source, texts or {})).eval(expect))


def discrepancy_problems(texts: dict[str, Path] | None = None) -> list[Problem]:
    """Return the discrepancies that no longer hold, or cannot be tried.

    Without ``texts`` those that need them are left out.
    """
    resource = store.schema()["discrepancies"]
    problems = []
    for number, row in enumerate(store.load("discrepancies").itertuples(), start=2):
        if needs_text(row.expect) and not {row.left_source, row.right_source} <= (texts or {}).keys():
            continue
        try:
            held = holds(row.expect, row.left_source, texts)
            rule = "" if held else "no longer holds: one side has changed; look again"
        except (
            InvalidExpression,
            UnknownId,
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            SyntaxError,
        ) as error:
            rule = f"cannot be tried ({error})"
        if rule:
            problems.append(Problem(resource["path"], number, "expect", row.expect, f"{row.id}: {rule}"))
    return problems


# --- rows against the lines they cite ------------------------------------------------------


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def _numbers(text: str) -> list[float]:
    return [float(figure.replace(",", "")) for figure in _digits(text)]


def _figure_problems(texts: dict[str, Path]) -> list[Problem]:
    problems = []
    for number, item in enumerate(facts().values(), start=2):
        if item.source not in texts:
            continue
        there = passage(texts[item.source], item.lines)
        standing = there if "footnote_mark_glued" in item.flags else _digits(there)
        missing = [figure for figure in _digits(item.as_reported) if figure not in standing]
        if missing:
            rule = f"{item.id}: the figure {', '.join(missing)} does not stand in lines {item.lines}"
            problems.append(Problem("facts.csv", number, "as_reported", item.as_reported, rule))
        elif not _digits(item.as_reported) and item.as_reported.lower() not in there:
            rule = f"{item.id}: these words do not stand in lines {item.lines}"
            if "in_words" not in item.flags:
                problems.append(Problem("facts.csv", number, "as_reported", item.as_reported, rule))
    return problems


def _cell_problems() -> list[Problem]:
    problems = []
    for number, item in enumerate(facts().values(), start=2):
        if item.cell:
            try:
                value = cell(item.cell)
            except UnknownId as error:
                problems.append(Problem("facts.csv", number, "cell", item.cell, str(error)))
                continue
            if value != item.value:
                problems.append(
                    Problem("facts.csv", number, "cell", item.cell, f"holds {value:g}, the fact {item.value:g}")
                )
    return problems


def _table_problems(texts: dict[str, Path]) -> list[Problem]:
    """Check that the numbers of a printed table stand in the lines of its rows.

    A row that has its lines for itself holds all their numbers in their order; rows that share
    lines (a printed row in several cells) hold some of them, none more often than it is printed.
    """
    problems = []
    for name, resource in store.schema().items():
        frame = store.load(name) if resource["path"].startswith("tables/") else None
        counts = [column for column, field in store.fields(resource).items() if field["type"] in ("integer", "number")]
        if frame is None or not counts:
            continue
        frame = frame[frame["source"].isin(texts)]
        for (source, lines), rows in frame.groupby(["source", "lines"]):
            first, last = line_range(lines)
            text = "\n".join(text_lines(texts[source])[first - 1 : last])
            readings = [_numbers(text), _numbers(re.sub(r"(?<=\d) (?=\d{3}\b)", "", text))]  # 3 765 383 is one number
            ours = rows[counts].astype(float).to_numpy().ravel()
            ours = [float(value) for value in ours if value == value]
            if not any(there == ours if len(rows) == 1 else Counter(ours) <= Counter(there) for there in readings):
                rule = f"{', '.join(rows['id'])}: the numbers of line {lines} are {readings[0]}"
                problems.append(Problem(resource["path"], int(rows.index[0]) + 2, None, str(ours), rule))
    return problems


# --- copied sentences ----------------------------------------------------------------------


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return WORD.findall(text.lower())


def _runs(texts: dict[str, Path]) -> dict[tuple, str]:
    found = {}
    for key, path in texts.items():
        joined = words(re.sub(r"-\s*\n+\s*(?=[a-z])", "", path.read_text(encoding="utf-8")))
        for index in range(len(joined) - RUN + 1):
            found.setdefault(tuple(joined[index : index + RUN]), key)
    return found


def _our_texts():
    """Yield (file, row, column, text) of everything we wrote."""
    for resource in store.schema().values():
        coded = {name for name, field in store.fields(resource).items() if "references" in field or "codes" in field}
        for row in store.read(resource).rows:
            for column, value in row.items():
                is_name = column in NAME_COLUMNS and not (column == "name" and resource["path"] in OURS)
                if column and not is_name and column not in coded:
                    yield resource["path"], int(row[""]), column, value
    for path in [ROOT / "index.md", ROOT / "README.md", *sorted((ROOT / "chapters").rglob("*.md"))]:
        if path.is_file():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                yield str(path.relative_to(ROOT)), number, None, line


def copied_problems(texts: dict[str, Path]) -> list[Problem]:
    """Return every place that shares a run of ``RUN`` or more words with a source, numbers aside."""
    known = _runs(texts)
    names = [
        *bibliography.titles(),
        *(name for table in NAMED if table in store.schema() for name in store.load(table)["name"]),
    ]
    quoted = [" ".join(words(name)) for name in names if len(words(name)) >= LONG_NAME]
    problems = []
    for file, row, column, text in _our_texts():
        flat = " ".join(words(text))
        for title in quoted:
            flat = flat.replace(title, "|")
        ours = flat.split()
        for index in range(len(ours) - RUN + 1):
            run = tuple(ours[index : index + RUN])
            if run in known and sum(not word.isdigit() for word in run) > RUN // 2:
                rule = f"shares {RUN} words in a row with {known[run]}; say it in your own words"
                problems.append(Problem(file, row, column, " ".join(run), rule))
                break
    return problems


# --- all together --------------------------------------------------------------------------


def unused_problems() -> list[Problem]:
    """Return calculations, code rows and bibliography entries that nothing uses."""
    pages = [ROOT / "index.md", *sorted((ROOT / "chapters").rglob("*.md"))]
    prose = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    prose += (DATA / "synthesis.csv").read_text(encoding="utf-8")
    prose += "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "evidence").rglob("*.py"))  # derived tables
    inputs = {reference for item in CALCULATIONS.values() for reference in item.inputs.values()}
    problems = [
        Problem("evidence/derivations", None, None, key, "is used in no sentence, exhibit or other calculation")
        for key in CALCULATIONS
        if f"`{key}`" not in prose and f"calc:{key}" not in inputs and not _made_in_code(key, prose)
    ]
    used: Counter = Counter()
    for resource in store.schema().values():
        for name, field in store.fields(resource).items():
            if field.get("references", "").split(".")[0] in ("indicators", "themes", "groups"):
                for row in store.read(resource).rows:
                    used.update((field["references"].split(".")[0], item) for item in row[name].split(";"))
    problems += bibliography.problems(prose)
    for table in ("indicators", "themes", "groups"):
        resource = store.schema()[table]
        for row in store.read(resource).rows:
            if (table, row["id"]) not in used:
                problems.append(Problem(resource["path"], int(row[""]), "id", row["id"], "is used by no row"))
    return problems


def _made_in_code(key: str, prose: str) -> bool:
    """Return whether a cell puts the key together from parts: compute(f"register-non-return-{year}")."""
    patterns = re.findall(r'compute\(f"([^"]+)"\)', prose)
    return any(re.fullmatch(re.sub(r"\\\{.*?\\\}", "[a-z0-9-]+", re.escape(pattern)), key) for pattern in patterns)


def verify(folder: Path) -> tuple[list[Problem], dict[str, int]]:
    """Return every problem of the data against the texts of a folder, and what was checked."""
    texts, problems = pinned_texts(folder)
    problems += _figure_problems(texts) + _cell_problems() + _table_problems(texts)
    problems += discrepancy_problems(texts) + copied_problems(texts)
    tables = [name for name, resource in store.schema().items() if resource["path"].startswith("tables/")]
    counts = {
        "texts": len(texts),
        "facts held against their lines": sum(item.source in texts for item in facts().values()),
        "rows of printed tables": sum(len(store.load(name)) for name in tables),
        "discrepancies tried": sum(row.left_source in texts for row in store.load("discrepancies").itertuples()),
        "problems": len(problems),
    }
    return problems, counts
