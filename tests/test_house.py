"""The repository keeps its own rules: style, rooms, sizes, workflow."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "evidence").rglob("*.py"))
MAX_LINES = 350

# What each room may import of the package; a room not listed may import everything.
MAY_IMPORT = {
    "rules": set(),
    "store": {"rules"},
    "bibliography": {"store"},
    "provenance": {"store"},
    "theme": set(),
    "formulas": set(),
    "relations": {"store"},
    "calculations": {"store", "provenance"},
    "derivations": {"calculations", "formulas"},
    "child_protection": {"calculations", "derivations", "formulas", "provenance", "store"},
    "out_of_school": {"calculations", "formulas", "provenance", "store"},
    "maps": {"store", "theme"},
    "charts": {"theme", "maps"},
    "exhibits": {"store", "theme", "provenance"},
    "prose": {"store"},
    "book": {
        "calculations",
        "charts",
        "child_protection",
        "derivations",
        "exhibits",
        "maps",
        "out_of_school",
        "provenance",
        "store",
    }
    | {"theme"},
    "verify": {"bibliography", "calculations", "derivations", "provenance", "store"},
}


def imported_rooms(path: Path) -> set[str]:
    """Return the modules of the package that a module imports."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "evidence":
            rooms |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evidence."):
            rooms.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("evidence.")}
    return rooms


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room):
    paths = [*(ROOT / "evidence").glob(f"{room}.py"), *(ROOT / "evidence").glob(f"{room}/*.py")]
    assert paths
    assert set().union(*map(imported_rooms, paths)) <= MAY_IMPORT[room] | {room}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_says_what_it_does(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MAX_LINES
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_functions_have_docstrings(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith(("_", "visit", "depart"))
    ]
    assert not [node.name for node in public if not ast.get_docstring(node)]


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_code_is_clean(command):
    run = subprocess.run([sys.executable, "-m", "ruff", *command, str(ROOT)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_workflow_is_valid():
    files = [str(path) for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *files]
    run = subprocess.run(command, capture_output=True, text=True)
    assert files and run.returncode == 0, run.stdout


def test_quick_checks_pass():
    run = subprocess.run([sys.executable, "-m", "evidence", "check"], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout
