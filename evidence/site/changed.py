"""When the evidence and each page were last changed, as git says: one look at the history for all files.

A date is that of the commit, so that a build of one commit is the same whenever and wherever it is made. Where git
cannot say (no checkout, a history cut short, a file not committed), nothing is said instead of a wrong date. A file
that differs from its commit has no date yet: it was "changed since", which only an author at work gets to see.
"""

from __future__ import annotations

import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

EVIDENCE = ("data", "chapters", "references.bib", "index.md")  # what a reader of the book reads or counts


class Change(NamedTuple):
    """The day of the last commit of a file, and whether the file has been changed since."""

    day: str
    is_open: bool = False


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git answers in the folder of a checkout, None where it cannot or there is none."""
    if not (folder / ".git").exists():
        return None
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def history(folder: Path) -> dict[str, str]:
    """Return the day of the last commit of every file of the evidence, by its path below a folder."""
    if (_git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix") or "").split("\n")[:2] != ["false", ""]:
        return {}
    log = _git(folder, "log", "--format=%x00%cs", "--name-only", "--no-renames", "--", *EVIDENCE) or ""
    found: dict[str, str] = {}
    for commit in filter(None, log.split("\0")):
        day, *files = filter(None, commit.split("\n"))
        for file in files:
            found.setdefault(file, day)
    return found


def open_files(folder: Path) -> set[str]:
    """Return the files of the evidence that differ from the last commit."""
    status = _git(folder, "status", "--porcelain", "-z", "--no-renames", "--", *EVIDENCE) or ""
    return {entry[3:] for entry in status.split("\0") if entry}


@cache
def changes(folder: Path) -> dict[str, Change]:
    """Return when each file of the evidence was last changed, by its path below the folder of a book."""
    changed = open_files(folder)
    return {file: Change(day, file in changed) for file, day in history(folder).items() if (folder / file).is_file()}


def last(found: dict[str, Change]) -> Change | None:
    """Return the last of changes: open if any file is, None of none."""
    if not found:
        return None
    return Change(max(change.day for change in found.values()), any(change.is_open for change in found.values()))


def of_page(folder: Path, file: str) -> Change | None:
    """Return when the text of a page was last changed, None where git does not say."""
    return changes(folder).get(file)


def of_evidence(folder: Path) -> Change | None:
    """Return when data, chapters and bibliography were last changed, None where git does not say."""
    return last(changes(folder))


def day_in_words(day: str) -> str:
    """Return a day as readers write it: ``26 November 2026``."""
    given = date.fromisoformat(day)
    return f"{given.day} {given:%B} {given.year}"


def in_words(change: Change) -> str:
    """Return a change in words: ``26 November 2026``, or ``since 26 November 2026 (not published yet)``."""
    said = day_in_words(change.day)
    return f"since {said} (not published yet)" if change.is_open else said


# --- pages that show other dates than before -----------------------------------------------


def rewritten(app, env) -> list[str]:
    """Return the pages to write anew because a date on them is another (``env-updated``)."""
    folder = Path(app.srcdir)
    now = {name: of_page(folder, Path(env.doc2path(name, base=False)).as_posix()) for name in env.found_docs}
    now[""] = of_evidence(folder)
    before = getattr(env, "evidence_changes", None)
    env.evidence_changes = now
    if before is None:
        return []
    if before.get("") != now[""]:
        return sorted(env.found_docs)
    return sorted(name for name in env.found_docs if before.get(name) != now[name])


def forget(app) -> None:
    """Ask git again in each build (``builder-inited``)."""
    changes.cache_clear()


def setup(app) -> None:
    """Connect to the build."""
    app.connect("builder-inited", forget)
    app.connect("env-updated", rewritten)
