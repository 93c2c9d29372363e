"""What the tools beside the book are told: tests, linters, types, notebooks, and the commands that a package installs.

A test that is left out, or a rule that is switched off, passes without a word. Whoever means it changes the guard here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from evidence.data.rules import Problem, decode
from evidence.data.schema import ROOT

PROJECT, NOTEBOOKS = "pyproject.toml", "jupytext.toml"
GUARDS: dict[str, dict[str, Any]] = {
    PROJECT: {
        "tool.pytest.ini_options.testpaths": ["tests"],
        "tool.pytest.ini_options.addopts": "-q --strict-markers",
        "tool.ruff.extend-exclude": ["tests/notebooks"],
        "tool.ruff.lint.select": ["E", "F", "I", "UP", "B", "SIM", "RET", "C4"],
        "tool.ruff.lint.ignore": ["B905", "SIM102", "SIM108", "SIM905"],
        "tool.ruff.lint.per-file-ignores": None,
        "tool.mypy.packages": ["evidence"],
        "tool.mypy.check_untyped_defs": True,
        "tool.mypy.ignore_errors": None,
        "tool.mypy.exclude": None,
    },
    NOTEBOOKS: {
        "formats": "md:myst",
        "notebook_metadata_filter": "file_format,-all",
        "root_level_metadata_filter": "-description",
        "cell_metadata_filter": "tags,-all",
    },
}
KEYS = {  # parts of a project, of which a misspelt one is read by nothing
    "build-system",
    "project",
    "tool",
}
OF_PROJECT = {"name", "dynamic", "version", "description", "requires-python", "license", "optional-dependencies"}
OF_PROJECT |= {"scripts", "entry-points", "dependencies", "readme", "authors", "urls", "keywords", "classifiers"}


def _value(settings: dict, path: str) -> Any:
    """Return a setting by its path, None if it is not there."""
    found: Any = settings
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _read(name: str) -> tuple[str, dict, list[Problem]]:
    """Return a file of TOML as text, what it says, and what is wrong with it; nothing for one that is not there."""
    path = ROOT / name
    if not path.is_file():
        return "", {}, []
    text, wrong = decode(path.read_bytes(), name)
    try:
        return text, tomllib.loads(text), wrong
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        rule = f"is no TOML: {error}"
        return text, {}, [*wrong, Problem(name, int(line[1]) if line else None, None, None, rule)]


def _line_of(text: str, key: str) -> int | None:
    """Return the line on which a key stands."""
    wanted = re.compile(rf"\s*\"?{re.escape(key)}\"?\s*=")
    return next((number for number, line in enumerate(text.split("\n"), start=1) if wanted.match(line)), None)


def _loosened(name: str, settings: dict) -> Iterator[tuple[str, str]]:
    """Yield (key, rule) of the guards that a file switches off."""
    for path, wanted in GUARDS[name].items():
        if _value(settings, path) != wanted:
            has = "has to be left out" if wanted is None else f"has to be {wanted!r}"
            yield (
                path.rpartition(".")[2],
                f"{has}, or tests and rules are passed over; if it is meant, change {__name__}",
            )


def _commands(settings: dict) -> Iterator[tuple[str, str]]:
    """Yield (name, module:object) of every command and entry point that the package installs."""
    yield from (_value(settings, "project.scripts") or {}).items()
    for group in (_value(settings, "project.entry-points") or {}).values():
        yield from group.items()


def _missing(settings: dict) -> Iterator[tuple[str, str]]:
    """Yield (name, rule) of the commands and entry points behind which nothing stands."""
    for name, target in _commands(settings):
        module, _, attribute = target.partition(":")
        file = ROOT.joinpath(*module.split(".")).with_suffix(".py")
        source = file.read_text(encoding="utf-8") if module.startswith("evidence.") and file.is_file() else ""
        if not re.search(rf"(?m)^(?:def|class) {re.escape(attribute)}\b", source):
            yield name, f"leads to {target}, and there is no such function or class"


def problems() -> list[Problem]:
    """Return what is wrong with the files that tell tests, linters, types and notebooks what to do."""
    found: list[Problem] = []
    for name in GUARDS:
        text, settings, wrong = _read(name)
        found += wrong
        if not settings:
            continue
        faults = list(_loosened(name, settings))
        if name == PROJECT:
            faults += _missing(settings)
            unknown = (settings.keys() - KEYS) | (settings.get("project", {}).keys() - OF_PROJECT)
            faults += [(key, "is no part of a project; nothing reads it") for key in sorted(unknown)]
        if name == NOTEBOOKS:
            unknown = settings.keys() - GUARDS[name].keys()
            faults += [(key, "is read by nothing that the book needs; take it out") for key in sorted(unknown)]
        found += [Problem(name, _line_of(text, key), None, key, rule) for key, rule in faults]
    return found
