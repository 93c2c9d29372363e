"""What is wrong, as the worker sends it and pages show it: plain values, so that nothing else has to be importable."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "_config.yml"
ONCE = ("_toc.yml", SETTINGS, "references.bib")  # files of which a check says all that a build says
YAML_PLACE = re.compile(r'\s*in "([^"]+)", line (\d+)')
RAISED = re.compile(r"cell \d+ raised ")  # how the build begins to say what a cell raised
NO_PYTHON = "is no Python"  # how a check begins to say so
INSTALLED = ("site-packages", "dist-packages")


class Note(NamedTuple):
    """One thing wrong with one place of one file, as a :class:`~evidence.data.rules.Problem`, and the whole as text."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str
    text: str


def note_of(problem) -> Note:
    """Return a problem as a note."""
    file, row, column, value, rule = problem
    return Note(file, row, column, value, rule, str(problem))


def note(file: str, row: int | None, rule: str) -> Note:
    """Return a note on a line of a file, on a file, or on none ("")."""
    place = f"{file}, line {row}" if row else file
    return Note(file, row, None, None, rule, f"{place}: {rule}" if place else rule)


def relative(path: str) -> str:
    """Return a path as seen from the folder of the book, if it is in it."""
    found = Path(path)
    return found.relative_to(ROOT).as_posix() if found.is_absolute() and found.is_relative_to(ROOT) else path


def _own_frame(error: BaseException) -> tuple[str, int | None]:
    """Return file and line of the book's own code that an error comes from, ("", None) if there is none."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(ROOT) and not set(INSTALLED) & set(path.parts):
            return relative(frame.filename), frame.lineno
    return "", None


def _place_in(error: BaseException) -> Note | None:
    """Return the note of an error that names a place in a file of an author, None if it names none."""
    mark = getattr(error, "problem_mark", None)  # of YAML; only the settings are read from a text
    if mark is not None:
        said = " ".join(filter(None, (getattr(error, "context", ""), getattr(error, "problem", ""))))
        file = SETTINGS if mark.name.startswith("<") else relative(mark.name)
        return note(file, mark.line + 1, f"is no YAML: {said}")
    if place := YAML_PLACE.search(str(error)):  # the contents, whose reader keeps the text alone
        said = " ".join(str(error)[: place.start()].split())
        return note(relative(place[1]), int(place[2]), f"is no YAML: {said}")
    if isinstance(error, SyntaxError) and error.filename:
        shown = f": {error.text.strip()}" if error.text else ""
        return note(relative(error.filename), error.lineno, f"is no Python: {error.msg}{shown}")
    path, line = getattr(error, "filename", None), getattr(error, "lineno", None)  # of BibTeX
    return note(relative(str(path)), line, f"cannot be read: {error}") if path and line else None


def notes_of_error(error: BaseException, doing: str = "") -> list[Note]:
    """Return what an error says, with the file and line that have to be mended; no traceback.

    ``doing`` is what was being done, for errors that name no file of an author.
    """
    error = getattr(error, "orig_exc", None) or error  # what Sphinx wraps
    if problems := getattr(error, "problems", None):  # of data
        return [note_of(problem) for problem in problems]
    if found := _place_in(error):
        return [found]
    said = str(error).strip() or "no message"
    kind = "" if type(error).__module__.startswith("sphinx") else f"{type(error).__name__}: "
    file, row = _own_frame(error) if kind else ("", None)
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("evidence"):
        said += "; `make` installs what requirements.txt names"
    return [note(file, row, f"{doing}{kind}{said}")]


def page_of(file: str) -> str:
    """Return the page that a file is the source of, "" if it is none."""
    is_page = file.endswith(".md") and (file == "index.md" or file.startswith("chapters/"))
    return file.removesuffix(".md") if is_page else ""


def _is_raised(checked: Note, built: Note) -> bool:
    """Return whether what a cell raised is what a check says: of the same name, or that it is no Python."""
    if checked.rule.startswith(NO_PYTHON):
        return "SyntaxError" in built.rule
    name = (checked.value or "").rpartition(".")[2]
    return bool(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", built.rule))


def is_said(built: Note, checked: list[Note]) -> bool:
    """Return whether a check has said what a build says: of the same line, or in the same words.

    What a cell raises may be quite another thing than what a check says of its line: only what it names is the same.
    """

    def says(one: Note) -> bool:
        if one.file != built.file:
            return one.text in built.rule
        if one.file in ONCE or one.rule in built.rule:
            return True
        is_same_line = one.row is not None and one.row == built.row
        return is_same_line and (not RAISED.match(built.rule) or _is_raised(one, built))

    return any(map(says, checked))


def together(checked: list[Note], built: list[Note]) -> list[Note]:
    """Return the notes of checks and of a build, each thing once, in the words of the check."""
    own = [one for one in built if not is_said(one, checked)]
    return list(dict.fromkeys([*checked, *own]))
