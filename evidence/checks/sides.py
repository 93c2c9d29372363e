"""Whether what a discrepancy expects is about its two sides, and could turn out false at all.

An ``expect`` guards a disagreement only if it reads both places that disagree, and only if other values there would
make it false. The second is found by trying: what it reads is exchanged for other values until the expression is false.
"""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from simpleeval import EvalWithCompoundTypes

from evidence.checks.discrepancies import FAULTS
from evidence.checks.expect import FIELDS, bound
from evidence.data import store
from evidence.data.rules import Problem
from evidence.data.store import UnknownId
from evidence.figures import calculations

OF_FACTS = {"fact", "high", "printed", "flags", *FIELDS}  # functions whose argument is the id of a fact
OF_CELLS = {"cell", "entry"}
OF_TABLES = {"count", "total", "largest"}
MOST_TRIALS = 3000  # speed: combinations of other values
FAR = 1e9  # form: a number beyond any that a document prints
PURE = {"round": round, "abs": abs}


class Passage(NamedTuple):
    """Lines of a document."""

    source: str
    first: int
    last: int

    def meets(self, other: Passage) -> bool:
        """Return whether two passages share a line."""
        return self.source == other.source and self.first <= other.last and other.first <= self.last


def _passage(source: str, lines: str) -> Passage:
    return Passage(source, *store.line_range(lines))


def sides(row) -> dict[str, Passage]:
    """Return the passages of the two sides of a discrepancy, by the column that gives their lines."""
    return {f"{side}_lines": _passage(getattr(row, f"{side}_source"), getattr(row, f"{side}_lines")) for side in SIDES}


SIDES = ("left", "right")


def _calls(expect: str) -> list[ast.Call]:
    """Return what an expression reads: every call of a function that reads data or a text."""
    tree = ast.parse(expect, mode="eval")
    reading = OF_FACTS | OF_CELLS | OF_TABLES | {"says"}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in reading
    ]


def read_by(calls: list[ast.Call], document: str) -> Iterator[Passage]:
    """Yield the passages that calls read: lines they name, and those of the facts and cells they name."""
    for call in calls:
        name, given = getattr(call.func, "id", ""), [str(getattr(part, "value", "")) for part in call.args]
        if name == "says":
            yield _passage(given[2] if len(given) > 2 else document, given[0])
            continue
        if name in OF_TABLES:
            continue
        row = store.row("facts", given[0]) if name in OF_FACTS else calculations.cell_row(given[0])
        for column in ("lines", "table_lines"):
            if getattr(row, column, ""):
                yield _passage(row.source, getattr(row, column))


def unread_sides(row) -> list[str]:
    """Return the columns of the sides that an expectation does not read; one that counts rows of a table reads both."""
    calls = _calls(row.expect)
    if any(getattr(call.func, "id", "") in OF_TABLES for call in calls):
        return []
    read = list(read_by(calls, row.left_source))
    return [column for column, side in sides(row).items() if not any(side.meets(passage) for passage in read)]


# --- whether it can be false ---------------------------------------------------------------


class _Named(ast.NodeTransformer):
    """Puts a name in the place of everything an expression reads."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}  # by call as written

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Return the name of a call that reads, any other call as it is."""
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in PURE:
            return node
        return ast.Name(self.names.setdefault(ast.unparse(node), f"read_{len(self.names)}"), ast.Load())


def _value(call: str, known: dict) -> Any:
    """Return what a call gives; True for words looked for in a text that is not here."""
    if call.startswith("says("):
        return True
    return EvalWithCompoundTypes(functions=known).eval(call)


def _others(value: Any, seen: list[Any]) -> list[Any]:
    """Return other values of the kind of one that is read: those at the ends of its kind, and those seen beside it."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, str):
        return ["", *(other for other in seen if isinstance(other, str))]
    numbers = [other for other in seen if isinstance(other, int | float) and not isinstance(other, bool)]
    found = [0, FAR, value + 1, max(value - 1, 0), *(other for other in numbers if math.isfinite(other) and other >= 0)]
    return list(dict.fromkeys(int(other) if isinstance(value, int) else other for other in found))


def _parts(tree: ast.AST, values: dict[str, Any]) -> list[Any]:
    """Return the values of the parts of an expression, constants too."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and not isinstance(node, ast.Name):
            try:
                found.append(_eval(node, values))
            except FAULTS:
                continue
    return [value for value in found if not isinstance(value, bool)]


def _eval(node: ast.AST, values: dict[str, Any]) -> Any:
    """Return the value of a part of an expression under given values of what it reads."""
    return EvalWithCompoundTypes(names=values, functions=PURE).eval("", previously_parsed=node)


def _trials(tree: ast.AST, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield other values of what is read: one changed, then one to what stands beside it, then many at once."""
    for name, value in values.items():
        yield from (values | {name: other} for other in _others(value, []))
    seen = [*values.values(), *_parts(tree, values)]
    candidates = {name: [value, *_others(value, seen)] for name, value in values.items()}
    for name, others in candidates.items():
        yield from (values | {name: other} for other in others)
    for together in itertools.islice(itertools.product(*candidates.values()), MOST_TRIALS):
        yield dict(zip(candidates, together))


def can_be_false(expect: str) -> bool:
    """Return whether other values of what an expression reads would make it false.

    Raises what an expression that cannot be tried raises.
    """
    known, named = bound("", {}), _Named()
    tree = named.visit(ast.parse(expect, mode="eval").body)
    values = {name: _value(call, known) for call, name in named.names.items()}
    for trial in _trials(tree, values):
        try:
            if not _eval(tree, trial):
                return True
        except FAULTS:
            continue
    return False


def _rules(row) -> Iterator[tuple[str, str]]:
    """Yield (column, rule) of what is wrong with an expectation that can be tried."""
    for column in unread_sides(row):
        yield column, f"expect reads nothing on these lines; name what stands there, or give its lines: {row.expect}"
    if not can_be_false(row.expect):
        yield "expect", "cannot be false, whatever the two sides say; compare what they say"


def problems() -> list[Problem]:
    """Return the discrepancies whose expectation leaves a side unread, or holds whatever the documents say."""
    path, found = store.schema()["discrepancies"]["path"], []
    for number, row in store.numbered("discrepancies"):
        try:
            found += [
                Problem(path, number, column, str(getattr(row, column)), f"{row.id}: {rule}")
                for column, rule in _rules(row)
            ]
        except (*FAULTS, UnknownId, AttributeError):
            continue  # that it cannot be tried is said beside it
    return found
