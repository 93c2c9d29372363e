"""What every page of the book carries: menu, metadata, cards of its numbers."""

from __future__ import annotations

import re
from html import escape

from docutils import nodes
from sphinx.util.matching import patfilter
from sphinx_external_toc.api import GlobItem

from evidence.data import format
from evidence.figures.cards import NUMBERS, Card, details, kind_names, noted
from evidence.site import front, head, languages, public
from evidence.site.assets import asset_version, first_script
from evidence.site.policy import policy
from evidence.site.records import paged
from evidence.site.records.roles import cards_on_page, record_link
from evidence.site.safety import web_address
from evidence.site.unbroken import unbroken

BRACKET = re.compile(r'<span class="fn-bracket">(.)</span>')  # around labels of the bibliography: no element needed
SHORTEST = 40  # layout: characters that a first paragraph has at least to say what a page is about
DESCRIPTION_LENGTH = 160  # layout: characters of a description that search engines show
FIRST_HEADING = re.compile(r"<ul>\s*<li><a[^>]*>.*?</a>\s*<ul>(.*)</ul>\s*</li>\s*</ul>$", re.DOTALL)
LOWEST_LIST = re.compile(r"<ul>(?:(?!</?ul>).)*</ul>", re.DOTALL)
MOST_BELOW = 12  # layout: headings below another that the menu shows
KIND_OF_FOLDER = {"sources": "source", "reference": "reference", "subjects": "topic"}


# --- menu ----------------------------------------------------------------------------------


def _listed(app, tree) -> list[str]:
    """Return the pages of a branch of ``_toc.yml`` in their order; ``glob`` stands for those not named before it."""
    found: list[str] = []
    for item in tree.items:
        if isinstance(item, GlobItem):
            found += [name for name in patfilter(sorted(app.env.found_docs), item) if name not in found]
        elif str(item) in app.env.found_docs:  # one that is not there is said when contents are read
            found.append(str(item))
    return found


def pages_below(app, docname: str) -> list[str]:
    """Return the pages that stand right below a page in ``_toc.yml``, in their order."""
    site_map = app.config.external_site_map
    trees = site_map[docname].subtrees if docname in site_map else []
    return [child for tree in trees for child in _listed(app, tree)]


def name_of(app, docname: str) -> str:
    """Return what the menu calls a page: its ``title`` in ``_toc.yml``, or its own."""
    site_map = app.config.external_site_map
    short = site_map[docname].title if docname in site_map else None
    return short or app.env.titles[docname].astext()


def _items(app) -> list[tuple[str, list]]:
    """Return the menu as (caption, entries); an entry is (page, its ``title`` in ``_toc.yml`` or its own, entries)."""

    def entry(docname: str) -> tuple:
        return docname, name_of(app, docname), [entry(child) for child in pages_below(app, docname)]

    trees = app.config.external_site_map.root.subtrees
    return [(tree.caption or "", [entry(name) for name in _listed(app, tree)]) for tree in trees]


def _list(entries: list, current: str, app, here: str) -> str:
    lines = []
    for docname, title, children in entries:
        mark = ' aria-current="page"' if docname == current else ""
        uri = escape(app.builder.get_relative_uri(current, docname))
        inner = here if mark else ""
        if children and _holds((docname, title, children), current):
            inner += f"<ul>{_list(children, current, app, here)}</ul>"
        lines.append(f'<li><a href="{uri}"{mark}>{escape(title)}</a>{inner}</li>')
    return "".join(lines)


def _holds(entry: tuple, current: str) -> bool:
    return entry[0] == current or any(_holds(child, current) for child in entry[2])


def headings(toc: str) -> str:
    """Return the headings of a page as a list of links, without its title (``toc`` is Sphinx's list); "" for one.

    A long list below a heading, as of the pages of a document, would push the rest of the book out of sight.
    """
    short = LOWEST_LIST.sub(lambda some: "" if some[0].count("<li>") > MOST_BELOW else some[0], toc.strip())
    found = FIRST_HEADING.match(short)
    return f'<ul class="here">{found[1]}</ul>' if found else ""


def main_menu(app, pagename: str) -> str:
    """Return the links of the header: those of the setting ``evidence_menu`` whose page is in the book."""
    links = []
    for label, targets in app.config.evidence_menu.items():
        for target in targets.split():
            docname, _, anchor = target.partition("#")
            if docname not in app.env.titles:
                continue
            uri = app.builder.get_relative_uri(pagename, docname) + (f"#{anchor}" if anchor else "")
            mark = ' aria-current="page"' if docname == pagename and not anchor else ""
            links.append(f'<a href="{escape(uri)}"{mark}>{escape(label)}</a>')
            break
    return "".join(links)


def menu(app, pagename: str, toc: str = "") -> str:
    """Return the book's menu, the headings of the page (``toc``) below its entry.

    Branches away from the page stay closed, so pages stay small.
    """
    if not hasattr(app, "evidence_menu"):
        app.evidence_menu = _items(app)
    document = paged.document_of(app, pagename)
    current = document if document in app.env.titles else app.config.root_doc
    return "".join(
        (f"<p>{escape(caption)}</p>" if caption else "") + f"<ul>{_list(entries, current, app, headings(toc))}</ul>"
        for caption, entries in app.evidence_menu
    )


# --- cards ---------------------------------------------------------------------------------


def card_html(item: Card, link: str, app, pagename: str) -> str:
    """Return the card of a record as the template its popover is made from.

    It says value, sentence and source; what a reader needs less often is folded. Its head leads to the full record.
    """
    value = f'<p class="value">{escape(item.text)}</p>' if item.kind in NUMBERS else ""
    first, rest = details(item)
    places = []
    for place in item.places:
        uri = record_link(app, pagename, "page", f"{place.source}:{place.page}")
        label = escape(format.place(place))
        places.append(f'<a href="{escape(uri)}">{label}</a>' if uri else label)
    source = f'<p class="source">{"; ".join(places)}</p>' if places else ""
    key = link.rpartition("#")[2]
    folded = _pairs([*rest, *noted(item), ("Record", item.id)])
    return (
        f'<template data-record="{escape(key)}"><div class="{item.kind}">'
        f'<p class="kind">{escape(kind_names()[item.kind])}</p>{value}'
        f'<h2 id="card-title"><a href="{escape(link)}">{escape(item.head)}</a></h2>{_pairs(first)}{source}'
        f"<details><summary>Record details</summary>{folded}</details></div></template>\n"
    )


def _pairs(pairs: list[tuple[str, str]]) -> str:
    shown = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in pairs)
    return f"<dl>{shown}</dl>" if shown else ""


def cards(app, pagename: str, body: str) -> str:
    """Return the cards of the records that a page (its ``body``, HTML) names and leads to."""
    document = paged.document_of(app, pagename)
    if document not in app.env.titles:
        return ""
    used = [(item, link) for item, link in cards_on_page(app, document) if f'#{link.rpartition("#")[2]}"' in body]
    return "".join(card_html(item, link, app, pagename) for item, link in used)


# --- metadata ------------------------------------------------------------------------------


def description(app, pagename: str, doctree) -> str:
    """Return what a page is about: its ``description`` metadata, or its first paragraph."""
    given = app.env.metadata.get(paged.document_of(app, pagename), {}).get("description")
    if given:
        return str(given)
    if doctree is None:
        return app.config.evidence_description
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) > SHORTEST:
            return text if len(text) <= DESCRIPTION_LENGTH else text[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return app.config.evidence_description


def plain_title(app, pagename: str, given: str) -> str:
    """Return the title of a page as text: its heading, or the one ``given`` for a page that is no document."""
    title = app.env.titles[pagename].astext() if pagename in app.env.titles else given
    return " ".join(title.split())


def titled(app, pagename: str, given: str) -> str:
    """Return what a browser calls a page: its title and the book's, as text that still has to be escaped."""
    book = app.config.html_title
    return book if pagename == app.config.root_doc else f"{plain_title(app, pagename, given)} · {book}"


def brand(title: str) -> tuple[str, str]:
    """Return the name of the book and what follows its first comma: "Children in Kazakhstan", "the evidence"."""
    name, _, rest = title.partition(", ")
    return name, rest


def page_kind(pagename: str) -> str:
    """Return the kind of a page, as the search filters it."""
    folder = pagename.split("/")[1] if pagename.count("/") > 1 else ""
    return KIND_OF_FOLDER.get(folder, "chapter")


class PageParts:
    """What the layout asks for, for one page."""

    def __init__(self, app, pagename: str, title: str, doctree, body: str = ""):
        self._body = body
        self._app, self._pagename, self._doctree, self._title = app, pagename, doctree, title
        self.titled = titled(app, pagename, title)
        self.assets, self.first_script, self.policy = asset_version(), first_script(), policy()
        self.repository = web_address(app, "evidence_repository")
        self.brand = brand(app.config.html_title)

    @property
    def has_own_box(self) -> bool:
        """Whether the page has a large box of the search, so that its header needs none."""
        return self._pagename == "search" or 'id="q"' in self._body

    def search_box(self, action: str) -> str:
        return front.search_box(action)

    @property
    def main_menu(self) -> str:
        return self._placed(main_menu(self._app, self._pagename))

    def menu(self, pagename: str, toc: str = "") -> str:
        return unbroken(self._placed(menu(self._app, pagename, toc)))

    def _placed(self, links: str) -> str:
        """Return links of this page; those of the page for addresses that lead nowhere begin at the root."""
        return public.from_root(self._app, links) if self._pagename == public.LOST else links

    def cards(self, pagename: str) -> str:
        return languages.marked(unbroken(cards(self._app, pagename, self._body)))

    def footer(self, pagename: str) -> str:
        return unbroken(head.footer(self._app, pagename, plain_title(self._app, pagename, self._title)))

    def page_kind(self, pagename: str) -> str:
        return page_kind(pagename)

    def metadata(self, pagename: str) -> str:
        return head.metadata(self._app, pagename, self.titled, description(self._app, pagename, self._doctree))


def visit_citation(translator, node) -> None:
    """Open an entry of the bibliography, without the roles of docutils that browsers have dropped."""
    first, *others = map(escape, node["ids"])
    anchors = "".join(f'<span id="{key}"></span>' for key in others)
    translator.body.append(f'<div class="citation" id="{first}">{anchors}')


def depart_citation(translator, node) -> None:
    """Close an entry of the bibliography."""
    translator.body.append("</div>\n")


def add_parts(app, pagename, templatename, context, doctree) -> None:
    """Give the layout the parts of a page (``html-page-context``).

    Ranges stay on one line, and words in Cyrillic get their language.
    """
    context["body"] = languages.marked(unbroken(BRACKET.sub(r"\1", context.get("body") or "")))
    for link in filter(None, (context.get("prev"), context.get("next"), *context.get("parents", ()))):
        link["title"] = unbroken(link["title"])
    if pagename == public.LOST:
        context["pathto"] = public.path_from_root(app, context["pathto"])
    context["evidence"] = PageParts(app, pagename, context.get("title", ""), doctree, context["body"])
