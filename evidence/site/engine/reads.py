"""What a chapter reads beside the tables: any file, any folder it lists, any variable of the environment, any module.

Whether a file is there, and how long, is noted too where a chapter asks. What it reads while somebody writes it is no
reading (:meth:`Watch.changed`): the digest that is kept would be that of the new text, and the output of the old one.
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

FILE, FOLDER, THERE, VARIABLE = "file:", "folder:", "there:", "variable:"
KINDS = (FILE, FOLDER, THERE, VARIABLE)  # how the name of what is no table, row or module of a part begins
SYSTEM = ("/proc", "/sys", "/dev")
PACKAGE = f"{ROOT / 'evidence'}{os.sep}"
MADE = f"{ROOT / '_build'}{os.sep}"
STANDARD = f"{os.path.dirname(os.__file__)}{os.sep}"  # the library through which code asks for a variable or a file
INSTALLED = ("site-packages", "dist-packages")  # folders in it that are no part of it


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


def presence(path: Path) -> str:
    """Return whether a path is that of a folder or of a file, and its bytes; "" if there is nothing."""
    if path.is_dir():
        return "folder"
    return f"file of {path.stat().st_size}" if path.exists() else ""


def digest(name: str) -> str:
    """Return the digest now of what a chapter read: of a file, folder or variable, or of whether something is there."""
    kind, _, rest = name.partition(":")
    if f"{kind}:" == VARIABLE:
        return variable_digest(rest)
    of_path = {FILE: file_digest, FOLDER: folder_digest, THERE: presence}
    return of_path[f"{kind}:"](ROOT / rest)


def _named(path: str) -> str:
    """Return a path as it is noted: below the repository if it is there, so that a moved copy finds it."""
    return os.path.relpath(path, ROOT) if path.startswith(f"{ROOT}{os.sep}") or path == str(ROOT) else path


class Watch:
    """Notes what this process reads from now on, until it ends: an audit hook cannot be taken away."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.first: dict[str, str] = {}  # digests of files and folders as they were opened
        self.is_looking = False
        self.modules = set(sys.modules)
        prefixes = {sys.prefix, sys.base_prefix, tempfile.gettempdir(), *SYSTEM}
        prefixes |= {os.path.realpath(prefix) for prefix in prefixes}
        self.left_out = tuple(f"{prefix}{os.sep}" for prefix in prefixes)
        sys.addaudithook(self._hook)
        os.environ.__class__ = os.environb.__class__ = _noting(self.seen)
        self._note_asking()

    def own_modules(self) -> list[str]:
        """Return the modules outside of the package that were imported from the repository since."""
        paths = [getattr(sys.modules[name], "__file__", None) or "" for name in set(sys.modules) - self.modules]
        own = [path for path in paths if path.startswith(f"{ROOT}{os.sep}")]
        return [FILE + _named(path) for path in own if not path.startswith((PACKAGE, sys.prefix))]

    def read(self) -> set[str]:
        """Return the names of all that was read; beside its own modules, others may come that bear their names."""
        own = set(self.own_modules())
        return self.seen | own | {FOLDER + os.path.dirname(name.removeprefix(FILE)) for name in own}

    def changed(self) -> list[str]:
        """Return the names of the files and folders that are others now than when they were opened."""
        self.is_looking = True
        return sorted(name for name, before in self.first.items() if digest(name) != before)

    def _note_asking(self) -> None:
        """Note the paths of which a cell or a module of the repository asks whether something is there."""
        ask = os.stat

        def stat(path, *given, **named):
            if not self.is_looking and isinstance(path, str | bytes | os.PathLike) and _is_asked_by_chapter():
                full = os.path.abspath(os.fsdecode(path))
                if self._counts(full) and not f"{full}{os.sep}".startswith(f"{DATA}{os.sep}"):
                    self.seen.add(THERE + _named(full))
            return ask(path, *given, **named)

        os.stat = stat

    def _note(self, name: str) -> None:
        """Note a file or a folder with its digest, the first time."""
        self.seen.add(name)
        if name not in self.first:
            self.is_looking = True
            self.first[name] = digest(name)
            self.is_looking = False

    def _hook(self, event: str, arguments: tuple) -> None:
        if self.is_looking:
            return
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            if _module(sys._getframe(1)) != "shutil" or arguments[1]:  # else a name in a folder that it removes
                self._opened(os.path.abspath(os.fsdecode(arguments[0])))
        elif event in ("os.listdir", "os.scandir") and isinstance(arguments[0], str | os.PathLike | None):
            path = os.path.abspath(os.fspath(arguments[0] or "."))
            if self._counts(path) and not _module(sys._getframe(1)).startswith("importlib"):
                self._note(FOLDER + _named(path))

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
            self._note(FILE + _named(path))


def _module(frame) -> str:
    return frame.f_globals.get("__name__") or ""


def _is_of_chapter(file: str) -> bool:
    """Return whether a file of code is a cell or a module of the repository."""
    return file.startswith(CELL) or (file.startswith(f"{ROOT}{os.sep}") and not file.startswith(sys.prefix))


def _is_asked_by_chapter() -> bool:
    """Return whether a cell or a module of the repository asks, by itself or through the standard library."""
    frame = sys._getframe(2)
    while frame.f_back and _is_standard(frame.f_code.co_filename):
        frame = frame.f_back
    return _is_of_chapter(frame.f_code.co_filename)


def _is_standard(file: str) -> bool:
    """Return whether a file of code belongs to the standard library."""
    inside = file.startswith(STANDARD) and file.removeprefix(STANDARD).partition(os.sep)[0] not in INSTALLED
    return inside or file.startswith("<frozen ")


def _noting(seen: set[str]) -> type:
    """Return the class of an environment that notes the variables which cells and modules ask for, not libraries."""

    class Noting(os._Environ):
        def __getitem__(self, key):
            if _is_asked_by_chapter():
                seen.add(f"{VARIABLE}{os.fsdecode(key)}")
            return super().__getitem__(key)

    return Noting
