"""What a chapter reads beside the tables: any file, any folder it lists, any variable of the environment, any module.

A chapter is watched while it runs in its fork. Not noted is what cannot differ between two builds of one state: the
interpreter with its packages (their versions are in the key) and the chapter's own temporary files.
A file that a library opens without Python (such as DuckDB) and what a command after ``!`` reads are not seen.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path

from evidence.data.schema import DATA, FIELDS, ROOT
from evidence.site.engine.runner import CELL

FILE, FOLDER, VARIABLE = "file:", "folder:", "variable:"
KINDS = (FILE, FOLDER, VARIABLE)  # how the name of what is no table, row or module of a part begins
SYSTEM = ("/proc", "/sys", "/dev")
PACKAGE = f"{ROOT / 'evidence'}{os.sep}"
MADE = f"{ROOT / '_build'}{os.sep}"
ASKING = ("os", "collections.abc")  # modules through which code asks for a variable


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, or "" if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def folder_digest(path: Path) -> str:
    """Return a digest of the names in a folder, or "" if there is none."""
    names = sorted(name for name in os.listdir(path) if name != "__pycache__") if path.is_dir() else None
    return "" if names is None else hashlib.sha256("\0".join(names).encode()).hexdigest()


def variable_digest(name: str) -> str:
    """Return a digest of a variable of the environment, or "" if there is none."""
    value = os.environ.get(name)
    return "" if value is None else hashlib.sha256(value.encode(errors="surrogateescape")).hexdigest()


def digest(name: str) -> str:
    """Return the digest now of a file, folder or variable that a chapter read."""
    kind, _, rest = name.partition(":")
    if f"{kind}:" == VARIABLE:
        return variable_digest(rest)
    return (file_digest if f"{kind}:" == FILE else folder_digest)(ROOT / rest)


def _named(path: str) -> str:
    """Return a path as it is noted: below the repository if it is there, so that a moved copy finds it."""
    return os.path.relpath(path, ROOT) if path.startswith(f"{ROOT}{os.sep}") or path == str(ROOT) else path


class Watch:
    """Notes what this process reads from now on, until it ends: an audit hook cannot be taken away."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.modules = set(sys.modules)
        prefixes = {sys.prefix, sys.base_prefix, tempfile.gettempdir(), *SYSTEM}
        prefixes |= {os.path.realpath(prefix) for prefix in prefixes}
        self.left_out = tuple(f"{prefix}{os.sep}" for prefix in prefixes)
        sys.addaudithook(self._hook)
        os.environ.__class__ = _noting(self.seen)

    def own_modules(self) -> list[str]:
        """Return the modules outside of the package that were imported from the repository since."""
        paths = [getattr(sys.modules[name], "__file__", None) or "" for name in set(sys.modules) - self.modules]
        own = [path for path in paths if path.startswith(f"{ROOT}{os.sep}")]
        return [FILE + _named(path) for path in own if not path.startswith((PACKAGE, sys.prefix))]

    def read(self) -> set[str]:
        """Return the names of all that was read."""
        return self.seen | set(self.own_modules())

    def _hook(self, event: str, arguments: tuple) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            if _module(sys._getframe(1)) != "shutil" or arguments[1]:  # else a name in a folder that it removes
                self._opened(os.path.abspath(os.fsdecode(arguments[0])))
        elif event in ("os.listdir", "os.scandir") and isinstance(arguments[0], str | os.PathLike | None):
            path = os.path.abspath(os.fspath(arguments[0] or "."))
            if self._counts(path) and not _module(sys._getframe(1)).startswith("importlib"):
                self.seen.add(FOLDER + _named(path))

    def _counts(self, path: str) -> bool:
        if path.startswith(f"{ROOT}{os.sep}"):  # wherever that is, perhaps below an interpreter
            is_code = path.startswith(PACKAGE) and path.endswith((".py", ".pyc"))
            return not is_code and not path.startswith((MADE, f"{sys.prefix}{os.sep}"))
        return not f"{path}{os.sep}".startswith(self.left_out)

    def _opened(self, path: str) -> None:
        data = f"{DATA}{os.sep}"
        if path.startswith(data):
            if path != os.path.join(DATA, FIELDS):  # the definition counts as code
                self.seen.add(path[len(data) :])
        elif self._counts(path) and not path.endswith(".pyc"):  # of a module its source counts
            self.seen.add(FILE + _named(path))


def _module(frame) -> str:
    return frame.f_globals.get("__name__") or ""


def _is_of_chapter(file: str) -> bool:
    """Return whether a file of code is a cell or a module of the repository."""
    return file.startswith(CELL) or (file.startswith(f"{ROOT}{os.sep}") and not file.startswith(sys.prefix))


def _noting(seen: set[str]) -> type:
    """Return the class of an environment that notes the variables which cells and modules ask for, not libraries."""

    class Noting(os._Environ):
        def __getitem__(self, key):
            frame = sys._getframe(1)
            while frame.f_back and _module(frame) in ASKING:
                frame = frame.f_back
            if _is_of_chapter(frame.f_code.co_filename):
                seen.add(f"{VARIABLE}{key}")
            return super().__getitem__(key)

    return Noting
