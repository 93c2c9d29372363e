"""Runs chapters: each notebook in a fork of the warm build process, results kept by content.

A stock build starts a kernel per chapter and spends nine tenths of its time on starting,
importing and stopping it. Here the build process imports the libraries once and forks: the
child runs one chapter in an IPython shell of its own and returns its outputs, so chapters
share no state. A result is reused only while the chapter's cells, the helper code and every
data file the chapter opened are unchanged; each result lists the files it read.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import sys
import time
import traceback
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import nbformat
from myst_nb.core.execute import NotebookClientBase
from myst_nb.core.read import create_nb_reader
from sphinx.util import logging

from evidence.store import DATA, ROOT

LOGGER = logging.getLogger(__name__)
TIMEOUT_S = 120
WORKERS = 2
NOT_FOR_CHAPTERS = ("site", "attendance", "listening", "cli.py", "verify.py", "prose.py")


class ChapterFailed(Exception):
    """A cell raised; the message names file, line, cell and error."""


# --- what a result depends on ------------------------------------------------------------


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, or "" if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@cache
def code_digest() -> str:
    """Return a digest of the helper code chapters can import, of the interpreter and of the lock."""
    digest = hashlib.sha256(sys.version.encode())
    package = Path(__file__).resolve().parents[1]
    for path in [*sorted(package.rglob("*.py")), ROOT / "requirements.txt", DATA / "datapackage.json"]:
        inside = path.relative_to(package).parts if path.is_relative_to(package) else path.parts
        if inside[0] not in NOT_FOR_CHAPTERS and path.is_file():
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def cells_digest(notebook: nbformat.NotebookNode, folder: Path) -> str:
    """Return a digest of the code cells of a notebook, of where it runs and of the helper code."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    text = json.dumps([cells, str(folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder), code_digest()])
    return hashlib.sha256(text.encode()).hexdigest()


# --- running one notebook in this process --------------------------------------------------


class _Stream(io.TextIOBase):
    """A stdout or stderr that appends to the outputs of the running cell, as a kernel does."""

    def __init__(self, name: str, outputs: list):
        self.name_, self.outputs = name, outputs

    def write(self, text: str) -> int:
        last = self.outputs[-1] if self.outputs else None
        if last and last.output_type == "stream" and last.name == self.name_:
            last.text += text
        elif text:
            self.outputs.append(nbformat.v4.new_output("stream", name=self.name_, text=text))
        return len(text)


def _shell(outputs: list):
    """Return a fresh IPython shell whose displays go to ``outputs``."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, **_):
            outputs.append(nbformat.v4.new_output("display_data", data=data, metadata=metadata or {}))

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            outputs.append(
                nbformat.v4.new_output(
                    "execute_result", data=format_dict, metadata=md_dict or {}, execution_count=self.prompt_count
                )
            )

    InteractiveShell.clear_instance()
    InteractiveShell.display_pub_class.default_value = Publisher
    InteractiveShell.displayhook_class.default_value = Hook
    InteractiveShell.history_manager_class = None
    shell = InteractiveShell.instance(colors="nocolor")
    shell.display_pub = Publisher(shell=shell, parent=shell)
    return shell


def run_cells(notebook: nbformat.NotebookNode, folder: Path) -> tuple[int, str] | None:
    """Run the code cells of a notebook in this process, filling in their outputs.

    Returns None, or (index of the cell, traceback) for the first cell that raised.
    """
    outputs: list = []
    os.chdir(folder)
    shell = _shell(outputs)
    stdout, stderr = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
    try:
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            outputs.clear()
            result = shell.run_cell(cell.source, store_history=True)
            cell.execution_count = result.execution_count or shell.execution_count
            cell.outputs = [nbformat.from_dict(output) for output in outputs]
            error = result.error_before_exec or result.error_in_exec
            if error is not None and "raises-exception" not in cell.metadata.get("tags", []):
                return index, "".join(traceback.format_exception_only(error)).strip()
    finally:
        sys.stdout, sys.stderr = stdout, stderr
    return None


# --- in a fork -----------------------------------------------------------------------------


def _watch_reads(seen: set[str]) -> None:
    """Record every file opened below ``data/`` from now on."""
    root = f"{DATA}{os.sep}"

    def hook(event, arguments):
        if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
            path = os.path.abspath(os.fspath(arguments[0]))
            if path.startswith(root):
                seen.add(path[len(root) :])

    sys.addaudithook(hook)


def _child(pipe, text: str, folder: str) -> None:
    """Run a notebook (as JSON) and send back (outputs by cell, counts, files read, failure)."""
    signal.alarm(TIMEOUT_S)
    seen: set[str] = set()
    _watch_reads(seen)
    notebook = nbformat.reads(text, as_version=4)
    failure = run_cells(notebook, Path(folder))
    cells = [(cell.get("execution_count"), cell.get("outputs", [])) for cell in notebook.cells]
    pipe.send((cells, sorted(seen), failure))
    pipe.close()


def _warm() -> None:
    """Import what chapters import, so that forks need not."""
    import altair  # noqa: F401
    import IPython.core.interactiveshell  # noqa: F401
    import pandas  # noqa: F401

    import evidence.book  # noqa: F401


class Job:
    """One notebook on its way through a fork."""

    def __init__(self, notebook: nbformat.NotebookNode, folder: Path):
        self.notebook, self.folder, self.started = notebook, folder, time.monotonic()
        receiver, sender = get_context("fork").Pipe(duplex=False)
        self.pipe = receiver
        self.process = get_context("fork").Process(target=_child, args=(sender, nbformat.writes(notebook), str(folder)))
        self.process.start()
        sender.close()

    def finish(self) -> dict:
        """Wait for the fork and return its result: cells, files read, failure, seconds."""
        try:
            cells, reads, failure = self.pipe.recv()
        except EOFError:
            cells, reads = [], []
            failure = (0, f"the chapter did not finish (it ran longer than {TIMEOUT_S} s, or its process died)")
        self.process.join()
        return {"cells": cells, "reads": reads, "failure": failure, "seconds": time.monotonic() - self.started}


def run(notebooks: list[tuple[nbformat.NotebookNode, Path]]) -> list[dict]:
    """Run notebooks, ``WORKERS`` at a time; return their results in order."""
    _warm()
    jobs: list[Job] = []
    results: list[dict] = []
    for position, (notebook, folder) in enumerate(notebooks):
        jobs.append(Job(notebook, folder))
        if position >= WORKERS - 1:
            results.append(jobs[len(results)].finish())
    results += [job.finish() for job in jobs[len(results) :]]
    return results


# --- keeping results -----------------------------------------------------------------------


class Results:
    """Results of chapters on disk, each valid while the cells, the code and the data it read are."""

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

    def put(self, key: str, result: dict) -> None:
        """Keep the result of a chapter that ran through; a half-written file is never left."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = result | {"reads": {name: file_digest(DATA / name) for name in result["reads"]}}
        temporary = self._path(key).with_suffix(".tmp")
        temporary.write_text(json.dumps(kept), encoding="utf-8")
        temporary.replace(self._path(key))


def results_of(app) -> Results:
    """Return the results kept beside the doctrees of a build."""
    return Results(Path(app.doctreedir).parent / ".executed")


def read_notebook(app, docname: str) -> nbformat.NotebookNode | None:
    """Return a chapter as a notebook, or None for a page without cells to run."""
    path = app.env.doc2path(docname)
    text = Path(path).read_text(encoding="utf-8")
    reader = create_nb_reader(path, app.env.myst_config, app.env.mystnb_config, text)
    return reader.read(text) if reader else None


def run_outdated(app, env, docnames: list[str]) -> None:
    """Before pages are read: run the chapters without a valid result, in parallel.

    Connected to ``env-before-read-docs``.
    """
    results, todo = results_of(app), {}
    for docname in docnames:
        notebook = read_notebook(app, docname)
        if notebook is None:
            continue
        folder = Path(env.doc2path(docname)).parent
        key = cells_digest(notebook, folder)
        if key not in todo and results.get(key) is None:
            todo[key] = (notebook, folder)
    env.evidence_failures = {}
    for key, result in zip(todo, run(list(todo.values())) if todo else []):
        if result["failure"]:
            env.evidence_failures[key] = result["failure"]
        else:
            results.put(key, result)
    if todo:
        LOGGER.info("ran %d chapter(s)", len(todo))


class ForkedClient(NotebookClientBase):
    """Gives myst-nb the outputs of a chapter that has been run in a fork."""

    def start_client(self):
        self.notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "python"}
        app = self.app
        key = cells_digest(self.notebook, self.path.parent)
        failure = getattr(app.env, "evidence_failures", {}).get(key)
        if failure is not None:
            index, error = failure
            line = self.cell_line(index)
            LOGGER.warning("cell %d raised %s", index, error, location=(app.env.docname, line))
            return
        result = results_of(app).get(key)
        if result is None:
            result = run([(self.notebook, self.path.parent)])[0]
            results_of(app).put(key, result)
        for cell, (count, outputs) in zip(self.notebook.cells, result["cells"]):
            if cell.cell_type == "code":
                cell.execution_count = count
                cell.outputs = [nbformat.from_dict(output) for output in outputs]


def client_factory(app):
    """Return the function that myst-nb calls to get the outputs of a chapter."""

    def create_client(notebook, source, nb_config, logger, read_fmt=None):
        client = ForkedClient(notebook, Path(source), nb_config, logger)
        client.app = app
        return client

    return create_client


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return chapters whose result is no longer valid: data or helper code has changed.

    Connected to ``env-get-outdated``.
    """
    results = results_of(app)
    stale = []
    for docname in set(env.found_docs) - set(added) - set(changed):
        notebook = read_notebook(app, docname)
        if notebook is not None and any(cell.cell_type == "code" for cell in notebook.cells):
            if results.get(cells_digest(notebook, Path(env.doc2path(docname)).parent)) is None:
                stale.append(docname)
    return stale
