"""The Sphinx extension that makes a Jupyter Book of this repository the evidence synthesis.

Chapters run in forks (``engine``), numbers in sentences become links with cards and records fill registers
(``records``), exhibits become :mod:`figures`, and pages get their frame (:mod:`pages`) and :mod:`search`.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import myst_nb.sphinx_
import pybtex.plugin
from docutils import nodes
from sphinx.errors import ExtensionError

from evidence import __version__
from evidence.data import store
from evidence.site import assets, figures, pages, rooms, safety, search
from evidence.site.engine import drawing, execution
from evidence.site.records import (
    answers,
    data_dictionary,
    documents,
    domain,
    key_messages,
    printed_tables,
    registers,
    roles,
    source_index,
    who_acts,
)

RECORDS = (
    domain,
    roles,
    registers,
    source_index,
    key_messages,
    answers,
    who_acts,
    printed_tables,
    data_dictionary,
    documents,
)

__all__ = ["setup"]


def site_digest() -> str:
    """Return a digest of the code of the package: pages are read anew when it changes."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parents[1]
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.parent.glob("requirements.txt")]):
        digest.update(f"{path.relative_to(package.parent)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def check_data(app) -> None:
    """Refuse to build on bad data: every problem at once, no traceback."""
    problems = store.check()
    if problems:
        raise ExtensionError(f"{len(problems)} problem(s) in data/:\n" + "\n".join(map(str, problems)))


def forget_failed_build(app, exception) -> None:
    """After a build with warnings have every page read anew, or the next would not say them (``build-finished``).

    Sphinx does the same by itself after an exception.
    """
    if app._warncount and not exception:
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)


def replace_search(app) -> None:
    """Leave out Sphinx's own index: the page ``search.html`` uses the book's (:mod:`search`)."""
    if app.builder.format == "html":
        app.builder.search = False


def remember_bibliography_styles() -> None:
    """Look up each bibliography plug-in once, not once per entry: it scans every installed package."""
    pybtex.plugin._load_entry_point = cache(pybtex.plugin._load_entry_point)


def setup(app) -> dict:
    """Connect the parts; see each module."""
    app.add_config_value("evidence_code", site_digest(), "env")
    app.add_config_value("evidence_repository", "", "html")
    app.add_config_value("evidence_description", "", "html")
    app.add_config_value("evidence_search", True, "")
    app.add_config_value("comments_config", {}, "")  # set by Jupyter Book for an extension not used here
    remember_bibliography_styles()
    app.connect("config-inited", lambda app, config: setattr(config, "version", __version__))
    app.connect("builder-inited", check_data)
    app.connect("builder-inited", replace_search)
    app.connect("html-collect-pages", lambda app: [("search", {"title": "Search"}, "search.html")])
    myst_nb.sphinx_.create_client = execution.client_factory(app)
    app.connect("env-get-outdated", execution.outdated)
    app.connect("env-purge-doc", execution.forget)
    app.connect("env-before-read-docs", execution.run_outdated)
    for part in (assets, safety, *RECORDS, figures, rooms):
        part.setup(app)
    app.add_node(nodes.citation, override=True, html=(pages.visit_citation, pages.depart_citation))
    app.connect("build-finished", lambda app, exception: drawing.drawings_of(app).close())
    app.connect("build-finished", forget_failed_build)
    app.connect("html-page-context", pages.add_parts)
    search.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False, "parallel_write_safe": True}
