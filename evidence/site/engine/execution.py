"""Gives each chapter its outputs: runs it in a fork, or takes the kept result while nothing it rests on has changed.

A stock build starts a kernel per chapter and spends nine tenths of its time on starting, importing and stopping it.
Here the build process imports the libraries once and forks (:mod:`forks`): the child runs one chapter in an IPython
shell of its own, so chapters share no state. Results are kept by content (:mod:`results`).
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from myst_nb.core.execute import NotebookClientBase
from myst_nb.core.read import create_nb_reader
from sphinx.util import logging

from evidence.site.engine import drawing, forks
from evidence.site.engine.results import Results, cells_digest, charts_of, is_current
from evidence.site.engine.runner import Failure

LOGGER = logging.getLogger(__name__)
CHANGING = Failure(0, "nothing that lasts: the data change while the book is built")


def reads_of(env) -> dict[str, dict[str, str]]:
    """Return what each chapter read (data, modules of its part), with digests, as the environment keeps it."""
    if not hasattr(env, "evidence_reads"):
        env.evidence_reads = {}
    return env.evidence_reads


def kept_of(env) -> dict[str, tuple[str, list[str]]]:
    """Return the key of the result and the names of the drawings that each chapter uses."""
    if not hasattr(env, "evidence_kept"):
        env.evidence_kept = {}
    return env.evidence_kept


def failures_of(app) -> dict[str, Failure]:
    """Return the failures of the chapters that failed in this build, by the digest of their cells."""
    if not hasattr(app, "evidence_failures"):
        app.evidence_failures = {}
    return app.evidence_failures


def runs_of(app) -> forks.Runs:
    """Return the chapters of this build that are on their way through forks."""
    if not hasattr(app, "evidence_runs"):
        app.evidence_runs = forks.Runs({}, app.config.evidence_timeout, app.evidence_inputs)
    return app.evidence_runs


def results_of(app) -> Results:
    """Return the results kept beside the doctrees of a build."""
    return Results(Path(app.doctreedir).parent / ".executed")


def read_notebook(app, docname: str) -> nbformat.NotebookNode | None:
    """Return a chapter as a notebook, or None for a page without cells to run."""
    path = app.env.doc2path(docname)
    text = Path(path).read_text(encoding="utf-8")
    reader = create_nb_reader(path, app.env.myst_config, app.env.mystnb_config, text)
    return reader.read(text) if reader else None


def is_run(notebook: nbformat.NotebookNode) -> bool:
    """Return whether a chapter is run: one may say itself that it is not (``execution_mode: off``)."""
    mode = notebook.metadata.get("mystnb", {}).get("execution_mode")
    return mode is not False and mode != "off"  # YAML reads off as false


def keep(app, found: dict[str, dict]) -> None:
    """Keep the results of chapters that ran through and begin their drawings; note what failed."""
    for key, result in found.items():
        if result["failure"]:
            failures_of(app)[key] = result["failure"]
            continue
        for spec in charts_of(result):
            drawing.drawings_of(app).begin(spec)
        results_of(app).put(key, result)


def begin_outdated(app, env, docnames: list[str]) -> None:
    """Before pages are read: begin to run the chapters without a valid result (``env-before-read-docs``).

    They run while other pages are read, so pages without cells are read first.
    """
    results, todo, with_cells = results_of(app), {}, set()
    for docname in docnames:
        notebook = read_notebook(app, docname)
        if notebook is None or not is_run(notebook):
            continue
        with_cells.add(docname)
        folder = Path(env.doc2path(docname)).parent
        key = cells_digest(notebook, folder)
        if key not in todo and results.get(key) is None:
            todo[key] = (notebook, folder)
    docnames.sort(key=lambda docname: docname in with_cells)
    app.evidence_runs = forks.Runs(todo, app.config.evidence_timeout, app.evidence_inputs)
    if todo:
        LOGGER.info("runs %d chapter(s)", len(todo))


def go_on(app, docname: str, source: list[str]) -> None:
    """Take in the results that have come while a page was read (``source-read``)."""
    keep(app, runs_of(app).poll())


def finish_run(app, key: str, chapter: tuple[nbformat.NotebookNode, Path]) -> None:
    """Wait for the result of a chapter; run it now if it is not on its way: the data changed since it was run."""
    runs = runs_of(app)
    if not runs.is_pending(key):
        runs.waiting.append((key, chapter))
    while runs.is_pending(key):
        keep(app, runs.wait())


def line_in_file(path: Path, source: str, line: int) -> int | None:
    """Return the line of a page on which a line of one of its cells stands, None if the cell is not found."""
    text = "\n" + path.read_text(encoding="utf-8")
    place = text.find(f"\n{source.rstrip()}\n") if source.strip() else -1
    return text[: place + 1].count("\n") + line - 1 if place >= 0 else None


class ForkedClient(NotebookClientBase):
    """Gives myst-nb the outputs of a chapter that has been run in a fork; a chapter that failed has none."""

    def start_client(self):
        self.notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
        app, env = self.app, self.app.env
        key = cells_digest(self.notebook, self.path.parent)
        if key not in failures_of(app) and (result := results_of(app).get(key)) is None:
            finish_run(app, key, (self.notebook, self.path.parent))
            result = results_of(app).get(key)
        if key in failures_of(app) or result is None:
            failure = failures_of(app).get(key, CHANGING)
            line = line_in_file(self.path, self.notebook.cells[failure.cell].source, failure.line)
            location = env.docname, line or self.cell_line(failure.cell)
            LOGGER.warning("cell %d raised %s", failure.cell, failure.error, location=location)
            app.evidence_failed_pages = getattr(app, "evidence_failed_pages", set()) | {env.docname}
            return
        reads_of(env)[env.docname] = result["reads"]
        drawings = drawing.drawings_of(app)
        kept_of(env)[env.docname] = key, [drawings.begin(spec) for spec in charts_of(result)]
        for cell, (count, outputs) in zip(self.notebook.cells, result["cells"]):
            if cell.cell_type == "code":
                cell.execution_count = count
                cell.outputs = [nbformat.from_dict(output) for output in outputs]


def client_factory(app):
    """Return the function that myst-nb calls to get the outputs of a chapter."""

    def create_client(notebook, source, nb_config, logger, read_fmt=None):
        if nb_config.execution_mode == "off":
            return NotebookClientBase(notebook, Path(source), nb_config, logger)
        client = ForkedClient(notebook, Path(source), nb_config, logger)
        client.app = app
        return client

    return create_client


def forget(app, env, docname: str) -> None:
    """Drop what a page read and used when it is read anew or gone (``env-purge-doc``)."""
    reads_of(env).pop(docname, None)
    kept_of(env).pop(docname, None)


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return chapters that read something which has changed since (``env-get-outdated``)."""
    return [docname for docname, reads in reads_of(env).items() if docname in env.found_docs and not is_current(reads)]


def drop_unused(app, exception) -> None:
    """After a whole build remove the results and drawings that no page uses any more (``build-finished``)."""
    if exception or app._warncount:
        return
    used = kept_of(app.env).values()
    results_of(app).keep_only({key for key, _ in used})
    drawing.drawings_of(app).keep_only({name for _, names in used for name in names})


def setup(app) -> None:
    """Connect the running of chapters to the build."""
    app.connect("env-get-outdated", outdated)
    app.connect("env-purge-doc", forget)
    app.connect("env-before-read-docs", begin_outdated)
    app.connect("source-read", go_on)
    app.connect("build-finished", lambda app, exception: runs_of(app).end())
    app.connect("build-finished", drop_unused, priority=800)
