"""Discrepancies: whether each stated disagreement is still there.

``expect`` is an expression that is true while the disagreement stands, so that it fails as soon as either side
is edited.
"""

from __future__ import annotations

import ast
from pathlib import Path

from simpleeval import EvalWithCompoundTypes, FunctionNotDefined, InvalidExpression

from evidence.checks.expect import bound, bound_without_texts, functions
from evidence.data import store
from evidence.data.rules import Problem, nearest

# What an expression that cannot be tried raises.
FAULTS = (InvalidExpression, TypeError, ValueError, ArithmeticError, LookupError, SyntaxError)


def needs_text(expect: str) -> bool:
    """Return whether an expression can only be tried where the source texts are."""
    return "says(" in expect


def holds(expect: str, source: str, texts: dict[str, Path] | None = None) -> bool:
    """Return whether a stated disagreement is (still) there.

    Raises InvalidExpression, UnknownId, KeyError or TypeError for an expression that cannot be tried.
    """
    return bool(EvalWithCompoundTypes(functions=bound(source, texts or {})).eval(expect))


def reason(error: Exception) -> str:
    """Return why an expression cannot be tried; of a function that does not exist, which there are."""
    if isinstance(error, FunctionNotDefined):
        name = str(getattr(error, "func_name", ""))
        near = nearest(name, functions()) or f"; there are {', '.join(functions())}"
        return f"there is no function {name!r}{near}"
    return str(error)


def fault_without_texts(expect: str, source: str) -> str:
    """Return why an expression could not be tried if the texts were here, "" for one that can.

    Every call is tried by itself, because "and" and "or" may pass over one.
    """
    known = bound_without_texts(source)
    try:
        calls = [node for node in ast.walk(ast.parse(expect, mode="eval")) if isinstance(node, ast.Call)]
        for text in [*map(ast.unparse, calls), expect]:
            EvalWithCompoundTypes(functions=known).eval(text)
    except FAULTS as error:
        return f"cannot be tried: {reason(error)}"
    return ""


def values_in(expect: str, source: str, texts: dict[str, Path] | None = None) -> str:
    """Return what each call of an expression comes to, for who has to mend it: ``fact("a") is 12.2, fact("b") is 9``.

    A call that cannot be tried says why; an expression that is no expression has no calls.
    """
    try:
        calls = [node for node in ast.walk(ast.parse(expect, mode="eval")) if isinstance(node, ast.Call)]
    except SyntaxError:
        return ""
    callable_there, found = bound(source, texts or {}), []
    for call in calls:
        text = ast.unparse(call)
        try:
            value = EvalWithCompoundTypes(functions=callable_there).eval(text)
            shown = f"{value:.15g}" if isinstance(value, float) else repr(value)
        except FAULTS as error:
            shown = f"not to be had ({error})"
        found.append(f"{text} is {shown}")
    return ", ".join(dict.fromkeys(found))


def _fault(expect: str, source: str, texts: dict[str, Path] | None) -> str:
    """Return why an expression does not state a disagreement that is there, "" for one that does."""
    try:
        if holds(expect, source, texts):
            return ""
        values = values_in(expect, source, texts)
        return f"is false: {values}; one side was edited, or expect is mistyped: look at both places"
    except FAULTS as error:
        return f"cannot be tried: {reason(error)}"


def discrepancy_problems(texts: dict[str, Path] | None = None) -> list[Problem]:
    """Return the discrepancies that no longer hold, or cannot be tried.

    Of those that need ``texts`` which are not here, only whether they could be tried is known.
    """
    resource = store.schema()["discrepancies"]
    problems = []
    for number, row in store.numbered("discrepancies"):
        if needs_text(row.expect) and not {row.left_source, row.right_source} <= (texts or {}).keys():
            rule = fault_without_texts(row.expect, row.left_source)
        else:
            rule = _fault(row.expect, row.left_source, texts)
        if rule:
            problems.append(Problem(resource["path"], number, "expect", row.expect, f"{row.id}: {rule}"))
    return problems
