"""Files of others that lie in the repository: each is, byte for byte, the one that the list beside this module names.

The list is as ``sha256sum`` writes it, paths from the root, so that ``sha256sum --check`` reads it too. Whoever renews
a file writes its line anew.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from evidence.data.rules import Problem, nearest
from evidence.data.schema import ROOT

LIST = "evidence/checks/vendored.sha256"
FOLDERS = ("data/geometry", "evidence/exhibits/fonts", "evidence/site/theme/static/vendor", "tests/vendor")
LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


def _files(root: Path) -> set[str]:
    """Return the files of others by their paths from the root."""
    return {
        path.relative_to(root).as_posix() for name in FOLDERS for path in (root / name).rglob("*") if path.is_file()
    }


def problems(root: Path = ROOT) -> list[Problem]:
    """Return the files of others that have changed, come or gone without their line; a copy may lack a whole folder."""
    path, there = root / LIST, _files(root)
    if not path.is_file():
        rule = f"is missing; `sha256sum` of the files of {', '.join(FOLDERS)} makes it"
        return [Problem(LIST, None, None, None, rule)] if there else []
    found, listed = [], set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match = LINE.fullmatch(line)
        if not match:
            rule = "is no line of a list: a SHA-256, two spaces, the path of a file from the root"
            found.append(Problem(LIST, number, None, line[:60], rule))
            continue
        digest, name = match.groups()
        listed.add(name)
        if name in there and hashlib.sha256((root / name).read_bytes()).hexdigest() != digest:
            rule = (
                f"is not the file of {LIST}, line {number}; put that one back, or renew it with its line and its README"
            )
            found.append(Problem(name, None, None, None, rule))
        elif name not in there and (root / name).parent.is_dir():
            found.append(Problem(LIST, number, None, name, f"is not there; put it back{nearest(name, there)}"))
    for name in sorted(there - listed):
        found.append(Problem(name, None, None, None, f"has no line in {LIST}; add it, or take the file out"))
    return found
