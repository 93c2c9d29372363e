"""A small repository with tables, for tests that compare with git."""

from __future__ import annotations

import subprocess
from pathlib import Path

BOOLEANS = ("is_source_term", "is_new")  # columns that are true or false


def small_definition(data: Path) -> None:
    """Write a ``fields.toml`` for the tables of a folder: all columns text but those of :data:`BOOLEANS`.

    A definition needs the table of sources: an empty one is added if there is none.
    """
    if not (data / "sources.csv").exists():
        (data / "sources.csv").write_text("id\n", encoding="utf-8")
    parts = ['[package]\nname = "small"\ntitle = "Small"\nabout = "For tests."\n']
    for path in sorted(data.glob("*.csv")):
        header = path.read_text(encoding="utf-8").partition("\n")[0].split(",")
        parts.append(f'[tables.{path.stem}]\ntitle = "T"\nabout = "A row."\n[tables.{path.stem}.columns]')
        kinds = {name: 'type = "boolean", ' if name in BOOLEANS else "" for name in header}
        parts += [f'{name} = {{{kind}about = "C."}}' for name, kind in kinds.items()]
    (data / "fields.toml").write_text("\n".join(parts) + "\n", encoding="utf-8")


def commit(root: Path) -> None:
    """Make a folder a repository and commit all it holds."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "core.autocrlf=false"]
    for command in (["init", "--quiet"], ["add", "--all"], [*who, "commit", "--quiet", "--message", "Begin"]):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)
