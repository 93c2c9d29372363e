"""Who speaks: who makes the book, as of when, how to cite a page of it, and where to report an error."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import format
from evidence.site import changed
from evidence.site.safety import web_address

NOT_THEIRS = "It is not a publication of UNICEF or of the authors of the documents."
NOWHERE = "Please tell the person or office that gave you this copy."
ABOUT = "chapters/reference/about"


def author(app) -> str:
    """Return who makes the book."""
    return str(app.config.author)


def evidence_change(app) -> changed.Change | None:
    """Return when the evidence was last changed, None where git does not say."""
    return changed.of_evidence(Path(app.srcdir))


def page_change(app, pagename: str) -> changed.Change | None:
    """Return when the text of a page was last changed, None where git does not say or the page has no text."""
    if pagename not in app.env.found_docs:
        return None
    return changed.of_page(Path(app.srcdir), Path(app.env.doc2path(pagename, base=False)).as_posix())


def year(app) -> str:
    """Return the year of the book: that of its last change, or the one of its copyright."""
    change = evidence_change(app)
    return change.day[:4] if change else str(app.config.copyright)[:4]


def address(app, pagename: str, anchor: str = "") -> str:
    """Return the public address of a page or of a place on it, "" where the book has none."""
    base = web_address(app, "html_baseurl")
    if not base:
        return ""
    is_front = pagename == app.config.root_doc
    uri = "" if is_front and not anchor else app.builder.get_target_uri(pagename)
    return f"{base}/{uri}" + (f"#{anchor}" if anchor else "")


def edition(app) -> str:
    """Return version and date of the book, as a citation names them."""
    change = evidence_change(app)
    return f"version {app.config.version}" + (f" of {changed.day_in_words(change.day)}" if change else "")


def citation(app, title: str, pagename: str, anchor: str = "") -> str:
    """Return how to cite the book (its front page), a page, an exhibit or a record: author, year, title, edition."""
    book = str(app.config.html_title)
    end = "" if title.endswith(("?", "!", ".")) else "."
    titled = f"{title}{end} In: {book}" if title != book else book
    where = address(app, pagename, anchor)
    return f"{author(app)} ({year(app)}). {titled}, {edition(app)}." + (f" {where}" if where else "")


def report_address(app, what: str, where: str | None = None) -> str:
    """Return the address at which an error is reported, with what is wrong filled in; "" where the book has none.

    With ``where``, the place on the web ("" for none), what to write is filled in too: a page has room for it once.
    """
    repository = web_address(app, "evidence_repository")
    if not repository:
        return ""
    title = f"{repository}/issues/new?title={quote(f'Error: {what}')}"
    if where is None:
        return title
    body = f"In the book: {where or what}\nWhat it says:\nWhat the document says, and on which page:\n"
    return f"{title}&body={quote(body)}"


def report_html(app, pagename: str) -> str:
    """Return the words of the footer that say where an error of a page is reported (HTML)."""
    link = report_address(app, f"page {pagename}", address(app, pagename))
    return f'<a href="{escape(link)}">Report an error on this page</a>' if link else f"Found an error? {NOWHERE}"


def dates(app, pagename: str) -> str:
    """Return when evidence and page were changed, as a sentence; "" where git does not say."""
    evidence, page = evidence_change(app), page_change(app, pagename)
    said = [f"Evidence last changed {changed.in_words(evidence)}"] if evidence else []
    said += [f"text of this page {changed.in_words(page)}"] if page else []
    return f"{'; '.join(said)}." if said else ""


# --- on the front page ---------------------------------------------------------------------


class WhoSpeaks(nodes.General, nodes.Element):
    """A place for who makes the book; filled when a page is written, because dates change without its text."""


class WhoSpeaksDirective(SphinxDirective):
    """``{who-speaks}`` says who makes the book, that it is nobody else's, as of when, and where to report an error."""

    def run(self):
        return [WhoSpeaks()]


def resolve(app, doctree, docname) -> None:
    """Fill in who makes the book (``doctree-resolved``)."""
    for place in list(doctree.findall(WhoSpeaks)):
        text = f"Made by {format.lowered(author(app))}. {NOT_THEIRS}"
        evidence = evidence_change(app)
        edited = f"Version {app.config.version}"
        edited += f", evidence last changed {changed.in_words(evidence)}." if evidence else "."
        link = report_address(app, "the book", "")
        report = nodes.reference("", "Report an error", refuri=link) if link else nodes.Text(f"An error? {NOWHERE}")
        lines = [nodes.paragraph("", text), nodes.paragraph("", "", nodes.Text(f"{edited} "), report)]
        place.replace_self(nodes.container("", *lines, classes=["who-speaks"]))


def setup(app) -> None:
    """Add the directive."""
    app.add_node(WhoSpeaks)
    app.add_directive("who-speaks", WhoSpeaksDirective)
    app.connect("doctree-resolved", resolve, priority=480)
