"""Runs chapters: each notebook in a fork of the warm build process, results kept by content.

A stock build starts a kernel per chapter and spends nine tenths of its time on starting,
importing and stopping it. Here the build process imports the libraries once and forks: the
child runs one chapter in an IPython shell of its own and returns its outputs, so chapters
share no state. A result is reused only while the chapter's cells, the helper code and every
data file the chapter opened are unchanged; each result lists the files it read.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import nbformat
from myst_nb.core.execute import NotebookClientBase
from myst_nb.core.read import create_nb_reader
from sphinx.util import logging

from evidence.data import store
from evidence.data.schema import DATA, FIELDS, ROOT
from evidence.exhibits.exhibit import MIME
from evidence.site.engine import drawing
from evidence.site.engine.runner import run_cells

LOGGER = logging.getLogger(__name__)
TIMEOUT_S = 120
WORKERS = 2
NOT_FOR_CHAPTERS = ("site", "checks", "cli.py")  # changes of these rooms cannot change what a chapter shows


KEPT = ("evidence.data.store", "evidence.data.schema")  # what they keep is noted at each call, or is the definition


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
    package = ROOT / "evidence"
    for path in [*sorted(package.rglob("*.py")), ROOT / "requirements.txt", DATA / FIELDS]:
        inside = path.relative_to(package).parts if path.is_relative_to(package) else path.parts
        if inside[0] not in NOT_FOR_CHAPTERS and path.is_file():
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def cells_digest(notebook: nbformat.NotebookNode, folder: Path) -> str:
    """Return a digest of the code cells of a notebook, of where it runs and of the helper code."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    text = json.dumps([cells, str(folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder), code_digest()])
    return hashlib.sha256(text.encode()).hexdigest()


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


def _forget_derived() -> None:
    """Drop what helper code keeps of the data, tables aside: a chapter must be seen to ask for them."""
    for name, module in list(sys.modules.items()):
        if name.startswith("evidence.") and name not in KEPT:
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
    store.READ.clear()


def _child(pipe, text: str, folder: str) -> None:
    """Run a notebook (as JSON) and send back (outputs by cell, counts, files read, failure)."""
    signal.alarm(TIMEOUT_S)
    _forget_derived()
    seen: set[str] = set()
    _watch_reads(seen)
    notebook = nbformat.reads(text, as_version=4)
    failure = run_cells(notebook, Path(folder))
    cells = [(cell.get("execution_count"), cell.get("outputs", [])) for cell in notebook.cells]
    pipe.send((cells, sorted(seen | store.READ), failure))
    pipe.close()
    os._exit(0)  # there is nothing to tear down; it would cost as much as the chapter


WARM_UP = """
from evidence.book import *
frame = pd.DataFrame({"a": ["x", "y"], "b": ["x", "y"], "c": [1.0, 2.0]})
frame.pivot(index="a", columns="b", values="c").to_string()
x = alt.X("a:N", title=None, axis=alt.Axis(labelAngle=0), sort=["x", "y"])
alt.Chart(frame).mark_bar().encode(x=x, y=alt.Y("c:Q", scale=alt.Scale(zero=True)), color=alt.Color("b:N")).to_json()
"""


@cache
def warm() -> None:
    """Import and do once what chapters do, so that forks need not; reads no data."""
    folder = os.getcwd()
    failure = run_cells(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(WARM_UP)]), Path(folder))
    if failure:
        raise ChapterFailed(failure[1])
    gc.freeze()  # forks then share the memory of what is loaded


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


def run(notebooks: list[tuple[nbformat.NotebookNode, Path]]) -> Iterator[dict]:
    """Run notebooks, ``WORKERS`` at a time; give their results in order, as they come."""
    warm()
    store.preload()
    jobs: deque[Job] = deque()
    for notebook, folder in notebooks:
        jobs.append(Job(notebook, folder))
        if len(jobs) == WORKERS:
            yield jobs.popleft().finish()
    while jobs:
        yield jobs.popleft().finish()


def charts_of(result: dict) -> list[dict]:
    """Return the Vega-Lite specs of the exhibits among the outputs of a result."""
    payloads = [
        output["data"][MIME] for _, outputs in result["cells"] for output in outputs if MIME in output.get("data", {})
    ]
    return [spec for payload in payloads for spec in payload.get("chart", {}).values()]


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


def reads_of(env) -> dict[str, dict[str, str]]:
    """Return the data files each chapter opened, with their digests, as the environment keeps them."""
    if not hasattr(env, "evidence_reads"):
        env.evidence_reads = {}
    return env.evidence_reads


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
        for spec in charts_of(result):
            drawing.drawings_of(app).begin(spec)
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
            result = next(run([(self.notebook, self.path.parent)]))
            results_of(app).put(key, result)
            result = results_of(app).get(key)
        reads_of(app.env)[app.env.docname] = result["reads"]
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


def forget(app, env, docname: str) -> None:
    """Drop what a page read when it is read anew or gone (``env-purge-doc``)."""
    reads_of(env).pop(docname, None)


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return chapters that opened a data file which has changed since (``env-get-outdated``)."""
    digests = {name: file_digest(DATA / name) for reads in reads_of(env).values() for name in reads}
    return [
        docname
        for docname, reads in reads_of(env).items()
        if docname in env.found_docs and any(digests[name] != digest for name, digest in reads.items())
    ]
