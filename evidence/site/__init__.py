"""The Sphinx extension that makes a Jupyter Book of this repository the evidence synthesis.

Chapters run in forks (``engine``), numbers in sentences become links with cards and records fill registers
(``records``), exhibits become :mod:`figures`, and pages get their frame (:mod:`pages`) and :mod:`search`.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path

import myst_nb.sphinx_
import pybtex.plugin
import sphinxcontrib.bibtex.bibfile
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinxcontrib.bibtex.domain import BibtexDomain, get_docnames

from evidence import __version__
from evidence.checks.chapters import encoding_problems
from evidence.data import store
from evidence.data.rules import Problem
from evidence.data.schema import DATA, FIELDS, ROOT
from evidence.data.where import other_copy
from evidence.site import (
    assets,
    changed,
    contents,
    downloads,
    figures,
    front,
    headings,
    imprint,
    pages,
    public,
    rooms,
    safety,
)
from evidence.site.engine import drawing, execution, forks, publishing, sealed, stale, steady, unsettled
from evidence.site.engine.reads import file_digest
from evidence.site.engine.results import installed
from evidence.site.handbook import builders, uses, vocabulary
from evidence.site.records import (
    accounts,
    answers,
    asked,
    certificate,
    cited,
    data_dictionary,
    documents,
    domain,
    evidence_map,
    finder,
    folds,
    gallery,
    key_messages,
    paged,
    printed_tables,
    registers,
    roles,
    source_index,
    subjects,
    theories,
    who_acts,
)
from evidence.site.search import index

ENGINE = (publishing, stale, steady, unsettled, execution, drawing, sealed)
HANDBOOK = (builders, uses, vocabulary)
WRITERS = 2  # speed: processes that write pages, as many as small machines have cores
RECORDS = (
    domain,
    paged,
    roles,
    registers,
    folds,
    source_index,
    key_messages,
    accounts,
    answers,
    asked,
    cited,
    who_acts,
    printed_tables,
    data_dictionary,
    documents,
    finder,
    gallery,
    certificate,
    evidence_map,
    theories,
    subjects,
)

__all__ = ["setup"]


def site_digest() -> str:
    """Return a digest of the package, of the definition of the data and of what is installed: what every page rests on.

    Chapters note which modules of parts they import; the tools of authors make no page.
    """
    digest = hashlib.sha256(installed().encode())
    package = Path(__file__).resolve().parents[1]
    paths = [*package.rglob("*.py"), *package.rglob("*.html"), *package.parent.glob("requirements.txt"), DATA / FIELDS]
    apart = [package / name for name in ("parts", "authoring", "live")]
    for path in sorted(path for path in paths if not any(path.is_relative_to(room) for room in apart)):
        digest.update(f"{path.relative_to(package.parent)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def locked_versions() -> dict[str, str]:
    """Return the version of each package that ``requirements.in`` names exactly, by name."""
    text = (ROOT / "requirements.in").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)(?!\.?\*)", text, flags=re.MULTILINE))


def check_versions(app) -> None:
    """Refuse other versions of packages whose private parts are used (``builder-inited``); raises ExtensionError."""
    installed = {name: version(name) for name in locked_versions()}
    other = [
        f"{name} {installed[name]}, not {wanted}"
        for name, wanted in locked_versions().items()
        if installed[name] != wanted
    ]
    if other:
        raise ExtensionError(f"private parts of packages are used in other versions: {'; '.join(other)}; run 'make'")


def check_copy(app) -> None:
    """Refuse to build another copy of the repository with this one's package and data; raises ExtensionError."""
    if reason := other_copy(Path(app.srcdir)):
        raise ExtensionError(reason)


class BadData(ExtensionError):
    """Data or pages that cannot be built from; ``problems`` holds every one."""

    def __init__(self, message: str, problems: list[Problem]):
        super().__init__(message)
        self.problems = problems


def check_data(app) -> None:
    """Refuse to build on bad data or on pages saved wrongly: raises BadData with every problem at once."""
    if stale.is_checked(app):
        return
    problems = {"data/": store.check(), "the files of pages": encoding_problems(Path(app.srcdir))}
    found = [
        f"{len(some)} problem(s) in {where}:\n" + "\n".join(map(str, some)) for where, some in problems.items() if some
    ]
    if found:
        raise BadData("\n".join(found), [problem for some in problems.values() for problem in some])
    stale.note_checked(app)


def replace_search(app) -> None:
    """Leave out Sphinx's own index: the page ``search.html`` uses the book's (:mod:`search`)."""
    if app.builder.format == "html":
        app.builder.search = False


class Citations(BibtexDomain):
    """The domain of citations, which formats the entries again only when they, or what is cited, have changed."""

    def env_updated(self):
        refs = sorted((ref.docname, str(ref.targets)) for ref in self.citation_refs)
        order = list(get_docnames(self.env))
        text = repr((self.bibdata.bibfiles, refs, order, sorted(map(repr, self.bibliographies))))
        digest = hashlib.sha256(text.encode()).hexdigest()
        if self.data.get("evidence") != (digest, len(self.citations)):
            super().env_updated()
        self.data["evidence"] = digest, len(self.citations)
        return []


def write_in_parallel(app, env) -> None:
    """Have pages written by two processes, whatever command builds the book (``env-updated``).

    Reading stays in one: chapters are run before, in forks. Nobody writes a page when the build has been killed.
    """
    app.parallel = WRITERS
    os.register_at_fork(after_in_child=forks.die_with_parent)


def read_bibliography_by_content() -> None:
    """Have the bibliography read anew when its file is another, whatever its date."""
    sphinxcontrib.bibtex.bibfile.get_mtime = file_digest  # type: ignore[assignment]  # held only for being the same


def remember_bibliography_styles() -> None:
    """Look up each bibliography plug-in once, not once per entry: it scans every installed package."""
    pybtex.plugin._load_entry_point = cache(pybtex.plugin._load_entry_point)


def setup(app) -> dict:
    """Connect the parts; see each module."""
    check_copy(app)
    app.add_config_value("evidence_code", site_digest(), "env")
    app.add_config_value("evidence_repository", "", "html")
    app.add_config_value("evidence_description", "", "html")
    app.add_config_value("evidence_menu", {}, "html")
    app.add_config_value("evidence_search", True, "")
    app.add_config_value("evidence_timeout", forks.TIMEOUT_S, "")
    app.add_config_value("comments_config", {}, "")  # set by Jupyter Book for an extension not used here
    remember_bibliography_styles()
    read_bibliography_by_content()
    app.connect("config-inited", lambda app, config: setattr(config, "version", __version__))
    app.connect("builder-inited", check_versions)
    app.connect("builder-inited", check_data)
    app.connect("builder-inited", replace_search)
    app.connect("env-updated", write_in_parallel)
    app.add_domain(Citations, override=True)
    app.connect("html-collect-pages", lambda app: [("search", {"title": "Search"}, "search.html")])
    myst_nb.sphinx_.create_client = execution.client_factory(app)
    for part in (
        *ENGINE,
        assets,
        changed,
        safety,
        *RECORDS,
        figures,
        front,
        headings,
        imprint,
        rooms,
        contents,
        public,
        downloads,
        *HANDBOOK,
    ):
        part.setup(app)
    app.add_node(nodes.citation, override=True, html=(pages.visit_citation, pages.depart_citation))
    app.connect("html-page-context", pages.add_parts)
    index.setup(app)
    return {"version": "1", "env_version": 1, "parallel_read_safe": False, "parallel_write_safe": True}
