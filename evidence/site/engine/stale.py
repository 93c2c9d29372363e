"""What makes kept pages wrong, and what becomes of them.

Pages are read anew when their own file has changed, all of them when the bibliography or a table that names things
has. Pages and exhibits
of a chapter that is gone go too. What a build that failed or was stopped has done is done again (:mod:`unsettled`).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from pathlib import Path

from sphinx.errors import ExtensionError

from evidence.checks.chapters import pages
from evidence.data import own_limits, store
from evidence.data.schema import DATA
from evidence.site.engine import unsettled
from evidence.site.engine.reads import file_digest
from evidence.site.records.domain import domain_of

INDEXED = ".indexed"  # stands while the search index is that of the pages
CHECKED = ".checked"  # holds the digest of the data that were last checked without a problem
NOT_PAGES = ("_static", "data", "exhibits")  # folders of the site with pages that are none of the book's
PICTURES = {".svg", ".png"}  # files of an exhibit that only a chart has
OF_EXHIBIT = (".csv", ".json", ".bib", ".ris", ".html")  # files that every exhibit has
CHART = "chart"  # the form of an exhibit that is drawn
EVERYWHERE = ("sources", "pages", own_limits.TABLE)  # tables that no page names and any may rest on
GENERATED = {"search", "genindex", "404"}  # pages without a source


def place(app) -> Path:
    """Return the folder that holds what a build keeps for the next."""
    return Path(app.doctreedir).parent


def take_over(app) -> None:
    """Before anything is read: refuse a second build at once, and go back to the last build that was in order.

    Results of chapters and drawings stay, they are kept by content. Raises ExtensionError.
    """
    place(app).mkdir(parents=True, exist_ok=True)
    app.evidence_lock = (place(app) / ".lock").open("w")
    try:
        fcntl.flock(app.evidence_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise ExtensionError(f"another build is writing to {place(app)}: wait for it, or stop it") from None
    if unsettled.go_back(app):  # that build was stopped, perhaps between the two indexes
        (Path(app.outdir) / "search" / "first.js").unlink(missing_ok=True)
        (place(app) / INDEXED).unlink(missing_ok=True)


def let_go(app, exception) -> None:
    """Let the next build begin (``build-finished``)."""
    app.evidence_lock.close()


# --- data that have been checked -----------------------------------------------------------


def data_digest(app) -> str:
    """Return a digest of every file of ``data/``, of every page's file and of the code that checks them."""
    digest = hashlib.sha256(app.config.evidence_code.encode())
    for path in [*sorted(path for path in DATA.rglob("*") if path.is_file()), *pages(Path(app.srcdir))]:
        digest.update(os.fsencode(path) + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_checked(app) -> bool:
    """Return whether the data and pages have been checked as they are, without a problem."""
    mark = place(app) / CHECKED
    return mark.is_file() and mark.read_text() == data_digest(app)


def note_checked(app) -> None:
    """Note that the data and pages have been checked, without a problem."""
    (place(app) / CHECKED).write_text(data_digest(app))


# --- pages to read or write anew -----------------------------------------------------------


def names_digest(app) -> str:
    """Return a digest of what pages rest on without saying so: names of things, works cited, our limits."""
    tables = [name for name, resource in store.schema().items() if resource["codes"] or name in EVERYWHERE]
    files = [DATA / store.schema()[name]["path"] for name in sorted(tables)]
    files += [Path(app.srcdir) / name for name in app.config.bibtex_bibfiles]
    return hashlib.sha256("".join(map(file_digest, files)).encode()).hexdigest()


def outdated(app, env, added, changed, removed) -> list[str]:
    """Return the pages whose file is another than was read, all of them if a naming table is (``env-get-outdated``)."""
    names, before = names_digest(app), getattr(env, "evidence_names", None)
    env.evidence_names = names
    if before not in (None, names):
        return sorted(env.found_docs)
    files = getattr(env, "evidence_files", {})
    known = [name for name in files if name in env.found_docs]
    return [name for name in known if files[name] != file_digest(Path(env.doc2path(name)))]


def note_file(app, docname: str, source: list[str]) -> None:
    """Note the file of a page as it is read (``source-read``)."""
    if not hasattr(app.env, "evidence_files"):
        app.env.evidence_files = {}
    app.env.evidence_files[docname] = file_digest(Path(app.env.doc2path(docname)))


def forget(app, env, docname: str) -> None:
    """Drop the note on a page that is gone (``env-purge-doc``)."""
    getattr(env, "evidence_files", {}).pop(docname, None)


def with_another_menu(app, env) -> list[str]:
    """Return every page when a title or the order of the book has changed: each has the menu (``env-updated``)."""
    titles = sorted((name, title.astext()) for name, title in env.titles.items())
    site_map = getattr(app.config, "external_site_map", None)
    text = repr((titles, site_map.as_json() if site_map else None))
    digest, before = hashlib.sha256(text.encode()).hexdigest(), getattr(env, "evidence_menu", None)
    env.evidence_menu = digest
    return [] if before in (None, digest) else sorted(env.found_docs)


def forget_index(app, env, docnames: list[str]) -> None:
    """Drop the mark of the index where a page is read or gone: it is that of other pages (``env-before-read-docs``)."""
    if docnames or app.evidence_removed:
        (place(app) / INDEXED).unlink(missing_ok=True)


def note_removed(app, env, added, changed, removed) -> list[str]:
    """Note the pages that are gone (``env-get-outdated``)."""
    app.evidence_removed = removed
    return []


def has_index(app) -> bool:
    """Return whether the search index on disk is that of the pages."""
    return (place(app) / INDEXED).is_file() and (Path(app.outdir) / "search" / "first.js").is_file()


def note_index(app) -> None:
    """Note that the search index is that of the pages."""
    (place(app) / INDEXED).touch()


# --- what is gone --------------------------------------------------------------------------


def gone(app) -> list[Path]:
    """Return the files of the site that belong to no page and no exhibit of the book any more."""
    site = Path(app.outdir)
    known = {app.builder.get_target_uri(name) for name in env_pages(app.env)}
    exhibits = {key for kind, key in domain_of(app.env).data["objects"] if kind == "exhibit"}
    found = [
        path
        for path in site.rglob("*.html")
        if path.relative_to(site).parts[0] not in NOT_PAGES and path.relative_to(site).as_posix() not in known
    ]
    charts = {key for _, key, form in _shown(app) if form == CHART}
    for path in (site / "exhibits").glob("*"):
        if path.stem not in exhibits or (path.suffix in PICTURES and path.stem not in charts):
            found.append(path)
    return found + [
        path for path in (site / "_sources").rglob("*") if path.is_file() and not app.config.html_copy_source
    ]


def env_pages(env) -> set[str]:
    """Return the names of the pages of a book, those without a source too."""
    parts = [page for pages in domain_of(env).data["parts"].values() for page in pages]
    return env.found_docs | GENERATED | set(parts)


def _shown(app) -> list[tuple[str, str, str]]:
    """Return (page, exhibit, form) of every exhibit that a page shows; no date of a file says what form it has."""
    shown = domain_of(app.env).data["exhibits"].items()
    return [(docname, key, about["form"]) for docname, found in shown for key, about in found.items()]


def without_files(app, env) -> list[str]:
    """Return the pages of which a file of an exhibit is not there, so that they are written anew (``env-updated``)."""
    if app.builder.name != "html":
        return []
    folder = Path(app.outdir) / "exhibits"
    there = {path.name for path in folder.glob("*")}
    needs = {form: (*OF_EXHIBIT, ".svg") if form == CHART else OF_EXHIBIT for form in (CHART, "table")}
    return sorted({name for name, key, form in _shown(app) if not {f"{key}{end}" for end in needs[form]} <= there})


def remove_gone(app, exception) -> None:
    """Remove pages and exhibits that are gone, and pages of chapters that failed (``build-finished``)."""
    if exception or app.builder.name != "html":
        return
    site = Path(app.outdir)
    for name in getattr(app, "evidence_failed_pages", ()):
        (site / app.builder.get_target_uri(name)).unlink(missing_ok=True)
    if not app._warncount:
        for path in gone(app):
            path.unlink()


def setup(app) -> None:
    """Connect to the build; :func:`take_over` has to come before the environment is loaded."""
    take_over(app)
    app.connect("env-get-outdated", outdated)
    app.connect("env-get-outdated", note_removed)
    app.connect("env-before-read-docs", forget_index)
    app.connect("source-read", note_file)
    app.connect("env-purge-doc", forget)
    app.connect("env-updated", with_another_menu)
    app.connect("env-updated", without_files)
    app.connect("build-finished", remove_gone, priority=800)
    app.connect("build-finished", let_go, priority=1000)
