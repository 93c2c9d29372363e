"""Results of chapters, kept on disk: each is valid while the cells, the helper code and the data it read are."""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path

import nbformat

from evidence.data.schema import DATA, FIELDS, ROOT
from evidence.exhibits.exhibit import MIME

NOT_FOR_CHAPTERS = ("site", "checks", "cli.py")  # changes of these rooms cannot change what a chapter shows


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, or "" if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@cache
def code_digest() -> str:
    """Return a digest of the helper code chapters can import, of the interpreter and of the lock."""
    digest = hashlib.sha256(sys.version.encode())
    package = ROOT / "evidence"
    for path in [*sorted(package.rglob("*.py")), ROOT / "requirements.txt", DATA / FIELDS]:
        inside = path.relative_to(package).parts if path.is_relative_to(package) else path.parts
        if (inside[0] not in NOT_FOR_CHAPTERS or inside[-1] in RUN_BY) and path.is_file():
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


RUN_BY = ("runner.py", "shell.py")  # of the room of the site, what runs chapters


def cells_digest(notebook: nbformat.NotebookNode, folder: Path) -> str:
    """Return a digest of the code cells of a notebook and their tags, of where it runs and of the helper code."""
    cells = [(cell.source, cell.metadata.get("tags", [])) for cell in notebook.cells if cell.cell_type == "code"]
    text = json.dumps([cells, str(folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder), code_digest()])
    return hashlib.sha256(text.encode()).hexdigest()


def charts_of(result: dict) -> list[dict]:
    """Return the Vega-Lite specs of the exhibits among the outputs of a result."""
    payloads = [
        output["data"][MIME] for _, outputs in result["cells"] for output in outputs if MIME in output.get("data", {})
    ]
    return [spec for payload in payloads for spec in payload.get("chart", {}).values()]


class Results:
    """The results kept in a folder, by the digest of what was run."""

    def __init__(self, folder: Path):
        self.folder = folder

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def get(self, key: str) -> dict | None:
        """Return a result that is still valid, or None."""
        try:
            result = json.loads(self._path(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        current = {name: file_digest(DATA / name) for name in result["reads"]}
        return result if current == result["reads"] else None

    def put(self, key: str, result: dict) -> dict:
        """Keep the result of a chapter and return it as kept; a half-written file is never left.

        Raises ValueError for the result of a chapter that failed: none is ever kept.
        """
        if result["failure"]:
            raise ValueError(f"a failed result is not kept: {result['failure'][1]}")
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = result | {"reads": {name: file_digest(DATA / name) for name in result["reads"]}}
        temporary = self._path(key).with_suffix(".tmp")
        temporary.write_text(json.dumps(kept), encoding="utf-8")
        temporary.replace(self._path(key))
        return json.loads(json.dumps(kept))

    def keep_only(self, keys: set[str]) -> None:
        """Remove every file of the folder but the results with these keys."""
        keep_only(self.folder, {f"{key}.json" for key in keys})


def keep_only(folder: Path, names: set[str]) -> None:
    """Remove every file of a folder that has none of these names."""
    for path in folder.glob("*") if folder.is_dir() else ():
        if path.name not in names:
            path.unlink()
