"""The rooms of the package: which module stands where, and who imports whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd

from evidence.data.schema import ROOT

PACKAGE = ROOT / "evidence"

# What each room may import of the package beside itself; the command line stands above all of them. The toolkits know
# nothing of the book.
MAY_IMPORT: dict[str, set[str]] = {
    "toolkit": set(),
    "attendance": {"toolkit"},
    "listening": {"toolkit"},
    "data": set(),
    "figures": {"data"},
    "exhibits": {"data", "figures"},
    "parts": {"data", "figures", "exhibits", "attendance", "listening", "toolkit"},
    "book": {"data", "figures", "exhibits"},
    "checks": {"data", "figures"},
    "site": {"data", "figures", "exhibits", "checks", "book"},
    "live": {"data", "checks", "site"},
    "authoring": {"data", "figures", "checks"},
    "cli": {
        "data",
        "figures",
        "exhibits",
        "parts",
        "book",
        "checks",
        "site",
        "authoring",
        "live",
        "toolkit",
        "attendance",
        "listening",
    },
}


def modules(package: Path = PACKAGE) -> list[Path]:
    """Return every module of the package."""
    return sorted(package.rglob("*.py"))


def room_of(path: Path, package: Path = PACKAGE) -> str:
    """Return the room a module stands in: the folder below the package, or the module itself."""
    return path.relative_to(package).parts[0].removesuffix(".py")


def imported(path: Path) -> list[str]:
    """Return the room of every import a module makes of the package, one item an import."""
    rooms: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "evidence":
            rooms += [alias.name for alias in node.names if alias.name != "__version__"]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evidence."):
            rooms.append(node.module.split(".")[1] if node.module else "")
        elif isinstance(node, ast.Import):
            rooms += [alias.name.split(".")[1] for alias in node.names if alias.name.startswith("evidence.")]
    return rooms


def rooms(package: Path = PACKAGE) -> pd.DataFrame:
    """Return the rooms as they are, one row each, from what imports nothing to what imports most.

    Columns: ``Room``, ``What it does`` (its docstring), ``Modules`` and ``Lines`` (numbers), ``Imports`` (rooms).
    """
    found = []
    for name, allowed in MAY_IMPORT.items():
        inside = [path for path in modules(package) if room_of(path, package) == name]
        first = next((path for path in inside if path.name == "__init__.py"), inside[0])
        does = (ast.get_docstring(ast.parse(first.read_text(encoding="utf-8"))) or "").split("\n")[0]
        used = {room for path in inside for room in imported(path)} - {name}
        lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in inside)
        found.append((name, does, len(inside), lines, ", ".join(room for room in MAY_IMPORT if room in used & allowed)))
    return pd.DataFrame(found, columns=["Room", "What it does", "Modules", "Lines", "Imports"])


def steps(frame: pd.DataFrame) -> dict[str, int]:
    """Return how high each room stands, 0 at the bottom: as high as the rooms that import it allow.

    A room that none imports stands one step above what it imports.
    """
    imports = {row.Room: list(filter(None, row.Imports.split(", "))) for row in frame.itertuples()}

    def above(room: str) -> int:
        return 1 + max((above(other) for other in imports[room]), default=-1)

    def step(room: str) -> int:
        importers = [other for other, used in imports.items() if room in used]
        return min(map(step, importers)) - 1 if importers else above(room)

    return {room: step(room) for room in imports}


def direct(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Return (room, room it imports) without the pairs that another path of imports already says."""
    imports = {row.Room: set(filter(None, row.Imports.split(", "))) for row in frame.itertuples()}

    def reached(room: str) -> set[str]:
        return imports[room] | {far for near in imports[room] for far in reached(near)}

    return [
        (room, other)
        for room, others in imports.items()
        for other in sorted(others)
        if not any(other in reached(near) for near in others - {other})
    ]
