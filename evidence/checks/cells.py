"""Cells of chapters select and show: short, plain, without reshaping and without typed numbers."""

from __future__ import annotations

import ast
import re

from evidence.checks import markdown
from evidence.checks.chapters import readable
from evidence.checks.prose import RULE, quantities
from evidence.data.rules import Problem
from evidence.data.schema import ROOT

MAX_LINES = 8  # house: lines of a cell
MAX_WIDTH = 100  # house: characters of a line of a cell
KEY = re.compile(r"[\w#/.-]*[a-z_][\w#/.-]*", re.ASCII)  # an id, a key, the name of a table
RESHAPING = {"agg", "aggregate", "apply", "assign", "combine", "concat", "crosstab", "drop", "drop_duplicates"}
RESHAPING |= {"dropna", "explode", "fillna", "groupby", "insert", "join", "map", "mask", "melt", "merge", "pivot"}
RESHAPING |= {"pivot_table", "query", "rename", "replace", "reset_index", "set_index", "sort_values", "stack"}
RESHAPING |= {"transform", "unstack", "where", "DataFrame", "Series"}
FIGURES = {"fact", "compute", "calc_reads"}  # what a cell would name a figure by
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
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        found.append((len(lines), None, "a cell ends in what it shows"))
    return found


def problems() -> list[Problem]:
    """Return what cells of chapters do that they must not, each with its line in the chapter."""
    return [
        Problem(str(path.relative_to(ROOT)), cell.line + line - 1, None, value, rule)
        for path in readable()
        for cell in markdown.of_page(path).cells
        for line, value, rule in faults(cell.code)
    ]
