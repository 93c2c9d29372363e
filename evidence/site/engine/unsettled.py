"""A build that failed or was stopped settles nothing: the next one starts from the last that was in order.

A warning is said when its page is read or written, and may rest on what other pages said before: of two pages with the
same label the second is warned of, and read alone it would not be. So nothing that a failed build has learnt is kept.
What Sphinx knew before it is put aside, what it reads and writes is noted, and the next build reads and writes all of
that again, beside what has changed. A warning is then repeated until its cause is mended; other pages stay as they are.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME

BEGUN = ".begun"  # stands while a build runs, and until one is in order
STOPPED, FAILED = "", "failed"  # what it holds
READ, WRITTEN = ".read", ".written-"  # files that name pages; what is read belongs to every format
LAST = "last-in-order.pickle"  # the environment before the first build that was not


def _place(app) -> Path:
    return Path(app.doctreedir).parent


def _environment(app) -> Path:
    return Path(app.doctreedir) / ENV_PICKLE_FILENAME


def _notes(app, act: str) -> Path:
    """Return the file that names the pages which were read, or written in this format, since a build was in order."""
    return _place(app) / (READ if act == "read" else f"{WRITTEN}{app.builder.name}")


def go_back(app) -> bool:
    """Before the environment is loaded: put that of the last build in order in its place, or none if there is none.

    Returns whether the last build was stopped before its end.
    """
    mark, last = _place(app) / BEGUN, Path(app.doctreedir) / LAST
    if not mark.exists():
        return False
    if last.exists():
        last.replace(_environment(app))
    else:
        _environment(app).unlink(missing_ok=True)
    return mark.read_text(encoding="utf-8") == STOPPED


def begin(app) -> None:
    """Mark a build as begun and put the environment aside, once it is loaded (``builder-inited``)."""
    (_place(app) / BEGUN).write_text(STOPPED, encoding="utf-8")
    if _environment(app).exists():
        _environment(app).replace(Path(app.doctreedir) / LAST)
    app.evidence_touched, app.evidence_notes = {}, {}
    for act in ("read", "written"):
        notes = _notes(app, act)
        app.evidence_touched[act] = set(notes.read_text(encoding="utf-8").split("\n")) if notes.exists() else set()
        app.evidence_notes[act] = notes.open("a", encoding="utf-8", buffering=1)


def to_read(app, env, added, changed, removed) -> list[str]:
    """Return the pages that were read in vain (``env-get-outdated``)."""
    return sorted(app.evidence_touched["read"])


def note_read(app, env, docnames: list[str]) -> None:
    """Note the pages that are about to be read (``env-before-read-docs``)."""
    for docname in docnames:
        app.evidence_notes["read"].write(f"{docname}\n")


def to_write(app, env) -> list[str]:
    """Return the pages that were written in vain (``env-updated``)."""
    return sorted(app.evidence_touched["written"] & env.found_docs)


def note_written(app, doctree, docname: str) -> None:
    """Note a page that is about to be written (``doctree-resolved``)."""
    app.evidence_notes["written"].write(f"{docname}\n")


def settle(app, exception) -> None:
    """Take note that a build has ended, in order or not (``build-finished``)."""
    for notes in app.evidence_notes.values():
        notes.close()
    if exception or app._warncount:
        (_place(app) / BEGUN).write_text(FAILED, encoding="utf-8")
        return
    last = Path(app.doctreedir) / LAST
    if not _environment(app).exists() and last.exists():  # nothing was read
        last.replace(_environment(app))
    (_place(app) / BEGUN).unlink(missing_ok=True)
    last.unlink(missing_ok=True)
    for act in app.evidence_notes:
        _notes(app, act).unlink(missing_ok=True)


def setup(app) -> None:
    """Connect to the build; :func:`go_back` comes before the environment is loaded."""
    app.connect("builder-inited", begin, priority=900)
    app.connect("env-get-outdated", to_read)
    app.connect("env-before-read-docs", note_read)
    app.connect("env-updated", to_write)
    app.connect("doctree-resolved", note_written)
    app.connect("build-finished", settle, priority=950)
