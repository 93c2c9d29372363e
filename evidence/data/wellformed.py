"""What ``fields.toml`` may hold, part by part: of which type each property is, and which patterns are safe.

A definition of another form is refused with the place of each fault, before anything is read with it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from typing import Any

Form = Callable[[Any], str | None]  # what is wrong with a value, or None


def _of(kind: type, called: str) -> Form:
    return lambda value: None if isinstance(value, kind) else f"has to be {called}"


def _whole(value: Any) -> str | None:
    return None if isinstance(value, int) and not isinstance(value, bool) else "has to be a whole number"


def _number(value: Any) -> str | None:
    is_one = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return None if is_one else "has to be a number"


def _one_of(*allowed: Any) -> Form:
    called = " or ".join(str(one).lower() if isinstance(one, bool) else repr(one) for one in allowed)
    return lambda value: (
        None if any(type(value) is type(one) and value == one for one in allowed) else f"has to be {called}"
    )


def _texts(value: Any) -> str | None:
    """Return what is wrong with a list of texts."""
    is_list = isinstance(value, list) and value and all(isinstance(item, str) and item for item in value)
    return None if is_list else "has to be a list of texts"


def _labels(value: Any) -> str | None:
    """Return what is wrong with a vocabulary: labels by code."""
    is_one = isinstance(value, dict) and value and all(isinstance(label, str) for label in value.values())
    return None if is_one else "has to give each code a label"


def _vocabulary(value: Any) -> str | None:
    """Return what is wrong with the codes of a column: the name of a vocabulary, codes with labels, or codes."""
    if isinstance(value, str) and value or _labels(value) is None or _texts(value) is None:
        return None
    return "has to be the name of a vocabulary, codes with labels, or a list of codes"


def _reference(value: Any) -> str | None:
    is_one = isinstance(value, str) and re.fullmatch(r"\w+\.\w+", value)
    return None if is_one else "has to be table.column"


def pattern_fault(pattern: Any) -> str | None:
    """Return why a pattern is none, or why trying it may never end; None for one that is safe.

    A repeated group may be split in many ways where it begins with what one of its own repeated parts takes as well:
    ``([a-z]+)*``. It is safe where it begins with a mark that nothing in it takes: ``(-[a-z]+)*``.
    """
    if not isinstance(pattern, str) or not pattern:
        return "has to be a regular expression"
    try:
        re.compile(pattern)
    except re.error as error:
        return f"is no regular expression: {error}"
    if re.fullmatch(r"\.[*+]\??", pattern):
        return "takes any text; leave it out, or say what may stand there"
    if re.search(r"\([^()]*\([^)]*\)[^()]*\)[*+{]", pattern):
        return "repeats a group within a repeated group, so that trying it may never end; write it without"
    for inside in re.findall(r"\((?:\?:)?([^()]*)\)(?:[*+]|\{\d*,)", pattern):
        parts = re.findall(r"(\[[^\]]*\]|\\.|[^*+])(?:[*+]|\{\d*,)", inside)
        first = re.match(r"(?:\\(\W)|([^\[\]\\.()|]))(?![*+?{])", inside)
        splits = any(not first or re.fullmatch(part, first[1] or first[2]) for part in parts)
        ways = [re.match(r"\[[^\]]*\]|\\.|.", way) for way in inside.split("|")]
        starts = [way[0] for way in ways if way]
        overlap = len(starts) > 1 and any(
            sum(bool(re.fullmatch(start, sign)) for start in starts) > 1 for sign in string.printable
        )
        if splits or overlap:
            return (
                "repeats a group that can be split in many ways, so that trying it may never end; begin it with a mark"
            )
    return None


OF_PACKAGE = ("name", "title", "about")
OF_FILES = ("title", "about", "path", "format", "mediatype", "from", "licence")
TEXT, YES_OR_NO = _of(str, "a text"), _of(bool, "true or false")
TABLE: dict[str, Form] = {
    "title": TEXT,
    "about": TEXT,
    "reports": YES_OR_NO,
    "judges": YES_OR_NO,
    "printed": YES_OR_NO,
    "relates": YES_OR_NO,
    "longest": _whole,
    "spans": lambda value: None if value == "all" else _whole(value),
    "codes": _one_of(True, False, "all used"),
    "record": _of(dict, "a table of properties"),
    "links": _of(dict, "a table of properties"),
    "columns": _of(dict, "a table of columns"),
}
RECORD: dict[str, Form] = dict.fromkeys(("kind", "name", "head", "text"), TEXT) | {
    "weight": _number,
    "lines": YES_OR_NO,
}
COLUMN: dict[str, Form] = {
    **dict.fromkeys(("type", "about", "inverse", "label", "lang"), TEXT),
    **dict.fromkeys(("required", "list", "quotes", "quotes_anywhere", "sentence", "dates", "fold"), YES_OR_NO),
    **dict.fromkeys(("minimum", "maximum"), _number),
    "minLength": _whole,
    "pattern": pattern_fault,
    "categories": _vocabulary,
    "references": _reference,
    "only": _texts,
    "card": _one_of(False, "first"),
    "within": TEXT,
}


def _wrong(where: str, part: Any, forms: dict[str, Form]) -> Iterator[tuple[str, str]]:
    """Yield (place, rule) of the properties of one part whose values are of another form; unknown ones are let be."""
    if not isinstance(part, dict):
        yield where, "has to be a table of properties"
        return
    for name, value in part.items():
        if name in forms and (rule := forms[name](value)):
            yield f"{where}.{name}", f"{rule}, and is {value!r}"


def _columns(where: str, columns: Any) -> Iterator[tuple[str, str]]:
    """Yield (place, rule) of what is wrong with the columns of a table; the word ``shared`` stands for one."""
    for name, column in columns.items() if isinstance(columns, dict) else ():
        if column != "shared":
            yield from _wrong(f"{where}.{name}", column, COLUMN)


def missing(package: dict) -> Iterator[tuple[str, str]]:
    """Yield (place, rule) of the properties that a package and its other files lack."""
    wanted: dict[str, tuple[str, ...]] = {"package": OF_PACKAGE} if "package" in package else {}
    given = {"package": package.get("package", {})}
    for name, file in package.get("files", {}).items():
        wanted[f"files.{name}"], given[f"files.{name}"] = OF_FILES, file
    for where, names in wanted.items():
        yield from ((f"{where}.{name}", "is missing") for name in names if name not in given[where])


def faults(package: dict) -> Iterator[tuple[str, str]]:
    """Yield (place, rule) of every property of a definition that is of another form than it has to be."""
    if not isinstance(package.get("tables"), dict) or not package["tables"]:
        yield "tables", "is missing, or no table of properties"
    for part in ("package", "shared", "categories", "weights", "files"):
        if not isinstance(package.get(part, {}), dict):
            yield part, "has to be a table of properties"
            return
    if "package" in package:
        yield from _wrong("package", package["package"], dict.fromkeys(OF_PACKAGE, TEXT))
    yield from _columns("shared", package.get("shared", {}))
    for name, labels in package.get("categories", {}).items():
        if rule := _labels(labels):
            yield f"categories.{name}", rule
    yield from _wrong("weights", package.get("weights", {}), dict.fromkeys(package.get("weights", {}), _number))
    for name, file in package.get("files", {}).items():
        yield from _wrong(f"files.{name}", file, dict.fromkeys(OF_FILES, TEXT))
    tables = package.get("tables", {})
    for name, table in tables.items() if isinstance(tables, dict) else ():
        yield from _wrong(name, table, TABLE)
        if isinstance(table, dict):
            yield from _wrong(f"{name}.record", table.get("record", {}), RECORD)
            yield from _columns(name, table.get("columns"))
