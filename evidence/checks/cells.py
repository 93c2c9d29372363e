"""Cells of chapters select and show: short, plain, without reshaping and without typed numbers."""

from __future__ import annotations

import ast
import re

from evidence.checks import markdown
from evidence.checks.chapters import named, readable
from evidence.checks.prose import RULE, quantities
from evidence.data.rules import Problem, nearest
from evidence.data.schema import ROOT

MAX_LINES = 8  # house: lines of a cell
MAX_WIDTH = 100  # house: characters of a line of a cell
KEY = re.compile(r"[\w#/.-]*[a-z_][\w#/.-]*", re.ASCII)  # an id, a key, the name of a table
RESHAPING = {"agg", "aggregate", "apply", "assign", "combine", "concat", "crosstab", "drop", "drop_duplicates"}
RESHAPING |= {"dropna", "explode", "fillna", "groupby", "insert", "join", "map", "mask", "melt", "merge", "pivot"}
RESHAPING |= {"pivot_table", "query", "rename", "replace", "reset_index", "set_index", "sort_values", "stack"}
RESHAPING |= {"transform", "unstack", "where", "DataFrame", "Series"}
FIGURES = {"fact", "compute", "calc_reads"}  # what a cell would name a figure by
TAGS = ("hide-input", "hide-output", "hide-cell")  # fold what is read second; other tags leave out or let fail
OPTIONS = ("tags",)
LANGUAGE = "ipython3"
IMPORTED = ("evidence.book", "evidence.parts")
# What reads or writes beside the data, hides code, or prints past the exhibits.
REACHING = {
    "open",
    "exec",
    "eval",
    "compile",
    "input",
    "print",
    "display",
    "getattr",
    "setattr",
    "globals",
    "__import__",
}
CLOCK = {"now", "today", "utcnow", "localtime", "gmtime", "time_ns", "perf_counter", "monotonic", "uuid4", "urandom"}
WRITING = {"save", "write_text", "write_bytes", "to_csv", "to_excel", "to_html", "to_json", "to_parquet", "to_pickle"}
MOVE = "move it into the chapter's module in evidence/parts/"


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _texts(tree: ast.AST) -> list[tuple[int, str]]:
    """Return (line, text) of the strings of a cell that readers may see: not ids, not subscripts."""
    hidden = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) in ("exhibit", "printed") and node.args
    }
    hidden |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.Subscript) for part in ast.walk(node.slice)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in hidden
        and not KEY.fullmatch(node.value)
    ]


def _written(tree: ast.AST) -> list[tuple[int, str]]:
    """Return (line, number) of the numbers that a cell writes into a text: ``f"{57}"``, ``"%d" % 57``, ``str(57)``."""
    parts: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            parts.append(node.value)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
            parts.append(node.right)
        elif isinstance(node, ast.Call) and _called(node) in ("str", "repr", "format"):
            parts += node.args
    return [
        (inner.lineno, str(inner.value))
        for part in parts
        for inner in ast.walk(part)
        if isinstance(inner, ast.Constant)
        and isinstance(inner.value, (int, float))
        and not isinstance(inner.value, bool)
    ]


def _reaches(tree: ast.AST) -> list[tuple[int, str, str]]:
    """Return (line, value, rule) of what a cell imports beside the book, and calls to read, write or print."""
    beside = "a cell imports the book and its chapter's module only"
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name, beside) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith(IMPORTED):
            found.append((node.lineno, node.module or ".", beside))
        elif isinstance(node, ast.Call) and _called(node) in REACHING | WRITING:
            rule = "a cell reads data by the book, writes nothing and shows an exhibit"
            found.append((node.lineno, _called(node), rule))
    return found


def _asks_the_clock(tree: ast.AST) -> list[tuple[int, str, str]]:
    """Return (line, value, rule) of calls that answer something else each time."""
    rule = "asks what is another thing at each build; give the date, or a seed, as data"
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [(node.lineno, _called(node), rule) for node in calls if _called(node) in CLOCK]


def _is_exhibit(node: ast.stmt) -> bool:
    """Return whether a statement shows an exhibit."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _called(node.value) == "exhibit"


def option_faults(cell: markdown.Cell) -> list[tuple[int, str | None, str]]:
    """Return (line in the chapter, value, rule) of what the head of a cell says that the book does not know."""
    found: list[tuple[int, str | None, str]] = []
    if cell.language != LANGUAGE:
        found.append((cell.line, cell.language or None, f"a cell begins with ```{{code-cell}} {LANGUAGE}"))
    for name, value in cell.options.items():
        if name not in OPTIONS:
            found.append(
                (cell.line, name, f"is no option of a cell; there is {', '.join(OPTIONS)}{nearest(name, OPTIONS)}")
            )
            continue
        given = re.fullmatch(r"\[(.*)\]", value)
        if given is None:
            found.append((cell.line, value, "tags stand in square brackets: [hide-input]"))
            continue
        for tag in filter(None, map(str.strip, given[1].split(","))):
            if tag not in TAGS:
                rule = f"is no tag of the book; there are {', '.join(TAGS)}{nearest(tag, TAGS)}"
                found.append((cell.line, tag, rule))
    return found


def _straight(error: SyntaxError) -> str:
    """Return what to do about quotes that a word processor has bent."""
    return "; use straight quotes" if set(error.text or "") & set("“”‘’„«»") else ""


def faults(code: str) -> list[tuple[int, str | None, str]]:
    """Return (line, value, rule) of what a cell must not do; lines count from 1."""
    lines = code.rstrip("\n").split("\n")
    found: list[tuple[int, str | None, str]] = []
    if len(lines) > MAX_LINES:
        found.append((1, None, f"a cell of {len(lines)} lines; at most {MAX_LINES}: {MOVE}"))
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_WIDTH:
            found.append((number, None, f"a line of {len(line)} characters in a cell; at most {MAX_WIDTH}"))
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        return [*found, (error.lineno or 1, (error.text or "").strip(), f"is no Python: {error.msg}{_straight(error)}")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in RESHAPING:
            found.append((node.lineno, _called(node), f"a cell selects and shows, it does not reshape: {MOVE}"))
        if isinstance(node, ast.Call) and _called(node) in FIGURES:
            found.append((node.lineno, _called(node), f"a cell names no figure: {MOVE}, or into exhibit_rows.csv"))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Compare):
            found.append((node.lineno, None, f"a cell does not choose rows by their values: {MOVE}"))
    found += [(line, value, RULE) for line, text in _texts(tree) for _, value in quantities(text)]
    found += [(line, value, RULE) for line, value in _written(tree)]
    found += _reaches(tree) + _asks_the_clock(tree)
    if not tree.body or not _is_exhibit(tree.body[-1]):
        rule = 'a cell ends in what it shows: exhibit("its-id", ...)'
        found.append((tree.body[-1].lineno if tree.body else len(lines), None, rule))
    return found


def module_problems() -> list[Problem]:
    """Return the calls in modules of chapters that answer something else each time; of broken code that is said."""
    found = []
    for path in sorted((ROOT / "evidence" / "parts").rglob("*.py")):
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except SyntaxError:
            continue
        found += [Problem(named(path), line, None, value, rule) for line, value, rule in _asks_the_clock(tree)]
    return found


def problems() -> list[Problem]:
    """Return what cells of chapters do that they must not, each with its line in the chapter."""
    return [
        Problem(str(path.relative_to(ROOT)), line, None, value, rule)
        for path in readable()
        for cell in markdown.of_page(path).cells
        for line, value, rule in (
            *option_faults(cell),
            *((cell.line + line - 1, value, rule) for line, value, rule in faults(cell.code)),
        )
    ]
