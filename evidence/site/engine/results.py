"""Results of chapters, kept on disk: each is valid while the cells, the helper code and the data it read are.

What a chapter read is named as it is noted: a file of ``data/`` (``facts.csv``), one row of it (``facts.csv#id``), or
a module of its part (``evidence/parts/…``); other files, folders and variables are named by :mod:`reads`. A row is
looked at only when its file has changed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import sysconfig
from functools import cache
from pathlib import Path

import nbformat

from evidence.data import store
from evidence.data.schema import DATA, FIELDS, ROOT
from evidence.exhibits.exhibit import MIME
from evidence.site.engine import files, reads
from evidence.site.engine.reads import file_digest

# Changes of these rooms cannot change what a chapter shows; chapters note the modules of parts that they import.
NOT_FOR_CHAPTERS = ("site", "checks", "authoring", "live", "cli.py", "__main__.py", "parts")
PARTS = "evidence/parts/"


@cache
def installed() -> str:
    """Return a digest of the interpreter and of every installed package with its version."""
    metadata = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return hashlib.sha256("\0".join([sys.version, *metadata]).encode()).hexdigest()


@cache
def code_digest() -> str:
    """Return a digest of the helper code chapters can import, of the packages installed and of the lock."""
    digest = hashlib.sha256(installed().encode())
    package = ROOT / "evidence"
    code = [*package.rglob("*.py"), *package.glob("listening/lexicon/*.csv")]  # a toolkit's books of words are code too
    for path in [*sorted(code), ROOT / "requirements.txt", DATA / FIELDS]:
        inside = path.relative_to(package).parts if path.is_relative_to(package) else path.parts
        if (inside[0] not in NOT_FOR_CHAPTERS or inside[-1] in RUN_BY) and path.is_file():
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def modules_read() -> list[str]:
    """Return the modules of parts that this process has imported, as names of what a chapter reads."""
    paths = [module.__file__ for name, module in sys.modules.items() if name.startswith("evidence.parts.")]
    return sorted(Path(path).relative_to(ROOT).as_posix() for path in paths if path)


def _file_digest(name: str) -> str:
    """Return the digest of what is named and no row: a file, a folder, a variable."""
    if name.startswith(reads.KINDS):
        return reads.digest(name)
    return file_digest((ROOT if name.startswith(PARTS) else DATA) / name)


def _row_digest(file: str, key: str) -> str:
    """Return the digest of a row of a table, its page included, "" if it is gone."""
    for name, resource in store.schema().items():
        if resource["path"] == file and key in store.rows(name):
            return hashlib.sha256(repr(store.rows(name)[key]).encode()).hexdigest()
    return ""


def _table_digest(file: str) -> str:
    """Return the digest of the files that the rows of a table are made from."""
    return _file_digest(file) + _file_digest(store.schema()["pages"]["path"])


def _parts(name: str) -> tuple[str, str, str]:
    """Return the file of a name, "#" if it is that of a row, and the key of the row."""
    return (name, "", "") if name.startswith(reads.KINDS) else name.partition("#")


def digests_of(names: list[str]) -> dict[str, str]:
    """Return the digest now of each thing read; that of a row holds those of its files before its own."""
    split = {name: _parts(name) for name in names}
    tables = {file: _table_digest(file) for file in {file for file, mark, _ in split.values() if mark}}
    found = {}
    for name, (file, mark, key) in split.items():
        found[name] = f"{tables[file]} {_row_digest(file, key)}" if mark else _file_digest(file)
    return found


def is_current(digests: dict[str, str]) -> bool:
    """Return whether everything read is as it was when its digest was taken."""
    tables: dict[str, str] = {}
    for name, digest in digests.items():
        file, mark, key = _parts(name)
        if not mark:
            if digest != _file_digest(file):
                return False
            continue
        if file not in tables:
            tables[file] = _table_digest(file)
        of_files, _, row = digest.partition(" ")
        if of_files != tables[file] and row != _row_digest(file, key):
            return False
    return True


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
        return result if is_current(result["reads"]) else None

    def put(self, key: str, result: dict) -> dict:
        """Keep the result of a chapter and return it as kept; a half-written file is never left.

        Raises ValueError for the result of a chapter that failed: none is ever kept.
        """
        if result["failure"]:
            raise ValueError(f"a failed result is not kept: {result['failure'][1]}")
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = result | {"reads": digests_of(result["reads"])}
        files.put(self._path(key), json.dumps(kept).encode())
        return json.loads(json.dumps(kept))

    def keep_only(self, keys: set[str]) -> None:
        """Remove every file of the folder but the results with these keys."""
        files.keep_only(self.folder, {f"{key}.json" for key in keys})
