"""What a page says of itself to machines, and in its footer to people: who speaks, as of when, how to cite it."""

from __future__ import annotations

import json
from html import escape

from evidence.data import format, store
from evidence.site import citing, downloads, imprint, public
from evidence.site.imprint import ABOUT
from evidence.site.records import paged
from evidence.site.records.domain import domain_of
from evidence.site.safety import web_address

HOW = "To cite one record of this page, open it and choose “Cite”, or add its id, which stands under “Record details”."
LESS_THAN = "\\u003c"  # as JSON in a script element has to write it
FILE = f'<p>For reference managers: <a href="{public.CITATION}" download>{public.CITATION}</a></p>'
DATA_PAGE = "chapters/reference/data-dictionary"  # describes the data set
FINDERS = {"finder", "gallery"}  # lists in which records are found that stand elsewhere
NO_RECORDS = {"exhibit", "page", "row"}  # kinds of things listed on pages that have no card
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def described(app, pagename: str, titled: str, about: str) -> dict:
    """Return what a page is, in the terms of schema.org; address and dates where they are known."""
    evidence, page = imprint.evidence_change(app), imprint.page_change(app, pagename)
    is_front = pagename == app.config.root_doc
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "name": titled,
        "description": about,
        "author": {"@type": "Organization", "name": imprint.author(app)},
        "license": LICENCE,
        "isPartOf": app.config.html_title,
        "version": app.config.version,
        "copyrightYear": imprint.year(app),
    }
    if is_front or pagename == DATA_PAGE:
        data |= downloads.dataset(app)
    change = evidence if is_front else page
    if change and not change.is_open:
        data["dateModified"] = change.day
    if where := imprint.address(app, pagename):
        data["url"] = where
    return data


def has_records(app, pagename: str) -> bool:
    """Return whether a page lists records, or finds them."""
    known, document = domain_of(app.env).data, paged.document_of(app, pagename)
    kinds = {kind for kind, _ in known["listed"].get(document, ())}
    makers = {key[0] for key in known["lists"].get(document, ())}
    return bool(kinds - NO_RECORDS or makers & FINDERS)


def metadata(app, pagename: str, titled: str, about: str) -> str:
    """Return description, author, canonical address, Open Graph and JSON-LD of a page."""
    data = described(app, pagename, titled, about)
    base = web_address(app, "html_baseurl")
    tags = [
        f'<meta name="description" content="{escape(about)}">',
        f'<meta name="author" content="{escape(imprint.author(app))}">',
        f'<meta property="og:title" content="{escape(titled)}">',
        f'<meta property="og:description" content="{escape(about)}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:site_name" content="{escape(app.config.html_title)}">',
    ]
    if base and pagename != public.LOST:
        address, picture = escape(data["url"]), escape(f"{base}/{public.PICTURE}")
        width, height = public.PICTURE_SIZE
        tags += [
            f'<link rel="canonical" href="{address}">',
            f'<meta property="og:url" content="{address}">',
            f'<meta property="og:image" content="{picture}">',
            f'<meta property="og:image:width" content="{width}"><meta property="og:image:height" content="{height}">',
            f'<meta property="og:image:alt" content="{escape(app.config.html_title)}">',
            '<meta name="twitter:card" content="summary_large_image">',
        ]
    linked = json.dumps(data, ensure_ascii=False).replace("<", LESS_THAN)
    tags.append(f'<script type="application/ld+json">{linked}</script>')
    if has_records(app, pagename):
        tags.append(f'<meta name="evidence-citation" content="{escape(citing.for_scripts(app))}">')
    return "\n".join(tags)


def span() -> str:
    """Return the years the documents date from: "2013", or "2013 to 2023"."""
    years = store.load("sources")["year"]
    return str(years.min()) if years.min() == years.max() else f"{years.min()} to {years.max()}"


def footer(app, pagename: str, title: str) -> str:
    """Return the footer of a page: who speaks, as of when, how to cite it, where to report an error, the licences."""
    about = app.builder.get_relative_uri(pagename, ABOUT) if pagename != ABOUT else ""
    repository = web_address(app, "evidence_repository")
    code = f', <a href="{escape(repository)}">code</a> MIT' if repository else ", code MIT"
    is_front = pagename == app.config.root_doc
    cited = imprint.citation(app, str(app.config.html_title) if is_front else title, pagename)
    author = imprint.author(app)
    lines = [
        f"<strong>{escape(app.config.html_title)}</strong> is made by {escape(format.lowered(author))}. "
        f"{escape(imprint.NOT_THEIRS)} Its documents date from {span()}: read every figure as of its year.",
        f"Version {escape(app.config.version)}. {escape(imprint.dates(app, pagename))} "
        f"{imprint.report_html(app, pagename)}",
        f'Text and data <a rel="license" href="{escape(about)}#licences">CC BY 4.0</a>{code}; '
        "the documents remain their publishers’.",
    ]
    paragraphs = "\n".join(f"<p>{line}</p>" for line in lines)
    if pagename not in app.env.found_docs:
        return paragraphs
    how = f"<p>{HOW}</p>" if has_records(app, pagename) else ""
    return (
        f"{paragraphs}\n<details class=cite><summary>Cite this {'book' if is_front else 'page'}</summary>"
        f"<p>{escape(cited)}</p>{how}{FILE if is_front else ''}</details>"
    )
