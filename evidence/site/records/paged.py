"""Long lists on several pages: none grows beyond what a phone loads at ease, and each reads without script.

A directive that lists many things adds them to the :class:`Pager` of its document, which says on which page of the site
each stands: the first has the name of the document, the others end with their number. Marks in the written page say
where to cut; every page repeats what stands before the list.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from docutils import nodes

from evidence.site.engine.sealed import Sealed
from evidence.site.records.domain import EvidenceDomain, domain_of
from evidence.site.records.page_names import part_line
from evidence.site.tags import Tag, follow, pieces

MOST_ELEMENTS = 1900  # layout: of the list of a page: with menu, frame and what others add it stays below 3,000
MOST_CHARACTERS = 60_000  # layout: of its text and addresses
MORE_IN_ROW, CELL = 2, 12  # layout: elements of a row of a table beside its cells, and characters of a cell, about
CARD = 900  # layout: characters of the card that a number in a sentence brings with it, about
NEAR = 10  # layout: pages before and after that a page of a list leads to
START, CUT = "<!--list-->", "<!--cut-->"
MARK = re.compile(f"{START}|{CUT}")
ID = re.compile(r'\sid="([^"]*)"')
LOCAL = re.compile(r'href="#([^"]+)"')
HEADING = re.compile(r"</h1>")
SECTION_HEADING = re.compile(r"\s*(<h[2-6][^<>]*>.*?</h[2-6]>)", re.DOTALL)
PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
CLOSING = "</section>"


class Cut(nodes.General, nodes.Element):
    """A place before an item of a list: ``start`` before the first, else one at which a new page begins."""


def parts_of(node: nodes.Element) -> list[nodes.Element]:
    """Return a node and all elements in it, those of sealed lists too, in no order."""
    found: list[nodes.Element] = []
    waiting: list[nodes.Node] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, nodes.Element):
            found.append(part)
            waiting += part.children
            if isinstance(part, Sealed):
                waiting.append(part["content"])
    return found


def weight(node: nodes.Element) -> tuple[int, int]:
    """Return how many elements a node has, and how many characters of text and addresses, about."""
    found = parts_of(node)
    cells = sum(_cells(part["payload"]) for part in found if "payload" in part)
    addresses = sum(len(str(part.get(name, ""))) for part in found for name in ("refuri", "key"))
    cards = sum(part.tagname == "RecordReference" and not part.get("plain") for part in found)
    return len(found) + cells, CELL * cells + CARD * cards + len(node.astext()) + addresses


def _cells(table: dict) -> int:
    """Return how many elements the rows of a table have."""
    return len(table["rows"]) * (len(table["columns"]) + MORE_IN_ROW)


def fits(*parts: nodes.Element) -> bool:
    """Return whether the parts of an item have room on one page."""
    elements, characters = map(sum, zip(*map(weight, parts)))
    return elements <= MOST_ELEMENTS and characters <= MOST_CHARACTERS


class Pager:
    """The pages of one document, filled as it is read."""

    def __init__(self, docname: str, domain: EvidenceDomain):
        self.domain, self.docname, self.number, self.elements, self.characters = domain, docname, 1, 0, 0
        self.is_empty = True

    @property
    def page(self) -> str:
        """Return the name of the page that is being filled."""
        return page_name(self.docname, self.number)

    def marks(self, node: nodes.Element) -> list[nodes.Node]:
        """Return the mark that an item needs before it, if any, and turn the page where the item finds no room."""
        return self._marks(*weight(node))

    def _marks(self, elements: int, characters: int) -> list[nodes.Node]:
        if self.is_empty:
            self.is_empty = False
            return [Cut("", start=True)]
        is_full = self.elements + elements > MOST_ELEMENTS or self.characters + characters > MOST_CHARACTERS
        if not is_full or not self.elements:
            return []
        self.number, self.elements, self.characters = self.number + 1, 0, 0
        return [Cut("")]

    def add(self, node: nodes.Element) -> list[nodes.Node]:
        """Return an item with the mark before it, if it needs one; then :attr:`page` is where it stands."""
        elements, characters = weight(node)
        marks = self._marks(elements, characters)
        self.elements += elements
        self.characters += characters
        if self.number > 1:
            self.domain.stand(self.docname, self.page, [name for part in parts_of(node) for name in part["ids"]])
        return [*marks, node]


def page_name(docname: str, number: int) -> str:
    """Return what a page of a document is called."""
    return docname if number == 1 else f"{docname}-{number}"


def pager_of(env) -> Pager:
    """Return the pager of the document that is being read."""
    return env.temp_data.setdefault("evidence_pager", Pager(env.docname, domain_of(env)))


def opened_by(cut: Cut) -> list[nodes.section]:
    """Return the sections whose headings a mark follows at once, the narrowest first; never the page itself."""
    found: list[nodes.section] = []
    node: nodes.Node = cut
    while isinstance(section := node.parent, nodes.section) and isinstance(section.parent, nodes.section):
        if not all(isinstance(before, nodes.title) for before in section[: section.index(node)]):
            break
        found.append(section)
        node = section
    return found


def lead_items(app, doctree: nodes.document) -> None:
    """Let a heading stand on the page of its first item: the mark goes before the heading (``doctree-read``)."""
    number = 1
    for cut in list(doctree.findall(Cut)):
        number += not cut.get("start")
        sections = opened_by(cut)
        if not sections:
            continue
        cut.parent.remove(cut)
        widest = sections[-1]
        widest.parent.insert(widest.parent.index(widest), cut)
        if number > 1:
            names = [name for section in sections for name in section["ids"]]
            domain_of(app.env).stand(app.env.docname, page_name(app.env.docname, number), names)


# --- writing -------------------------------------------------------------------------------


def open_tags(html: str, before: list[Tag] | None = None) -> list[Tag]:
    """Return the tag of each element that is open at the end of a piece of HTML; ``before`` were at its start."""
    found = list(before or [])
    for tag in pieces(html)[1]:
        follow(tag, found)
    return found


def closed(tags: list[Tag]) -> str:
    """Return what closes elements."""
    return "".join(f"</{tag.name}>" for tag in reversed(tags))


def heading_of(tag: str, html: str) -> str:
    """Return the heading that follows the last such tag, without its permanent link; "" if none does."""
    found = SECTION_HEADING.match(html, html.rfind(tag) + len(tag))
    return PERMALINK.sub("", found[1]) if found else ""


def reopened(tags: list[Tag], html: str) -> str:
    """Return what opens elements of ``html`` again: sections with their headings, all without their ids."""
    headings = [heading_of(tag.written, html) if tag.name == "section" else "" for tag in tags]
    return "".join(ID.sub("", tag.written) + heading for tag, heading in zip(tags, headings))


def split(html: str) -> list[str]:
    """Return the pages of a written document: each with what stands before the list, its elements closed."""
    start = html.find(START)
    if CUT not in html[start:]:
        return [MARK.sub("", html)]
    head, first = html[:start], open_tags(html[:start])
    pieces = html[start:].replace(START, "").split(CUT)
    pages: list[str] = []
    so_far, now = head, first
    for piece in pieces:
        kept = next((at for at, pair in enumerate(zip(first, now)) if pair[0] != pair[1]), min(len(first), len(now)))
        page = head + closed(first[kept:]) + reopened(now[kept:], so_far) + piece if pages else head + piece
        so_far, now = so_far + piece, open_tags(piece, now)
        pages.append(page + (closed(now) if piece is not pieces[-1] else ""))
    return pages


def homes_of(pages: list[str], names: list[str]) -> dict[str, str]:
    """Return the file of the first page that has each place, by its anchor; ``names`` are the files of the pages."""
    homes: dict[str, str] = {}
    for page, name in zip(pages, names):
        for anchor in ID.findall(page):
            homes.setdefault(anchor, name)
    return homes


def linked(pages: list[str], names: list[str]) -> list[str]:
    """Return pages whose links within the document lead to the page that has the place; ``names`` are their files."""
    homes = homes_of(pages, names)
    return [relinked(page, homes) for page in pages]


def relinked(html: str, homes: dict[str, str]) -> str:
    """Return HTML whose links to places elsewhere in the document name the file that has them."""
    own = set(ID.findall(html))

    def link(match) -> str:
        anchor = match[1]
        return match[0] if anchor in own or anchor not in homes else f'href="{homes[anchor]}#{anchor}"'

    return LOCAL.sub(link, html)


def turning(number: int, names: list[str], where: str) -> str:
    """Return the links from a page of a list to first, last and near ones; ``where`` tells the two of a page apart."""
    shown = [at for at in range(1, len(names) + 1) if at in (1, len(names)) or abs(at - number) <= NEAR]
    links = []
    for before, at in zip([0, *shown], shown):
        gap = "… " if at - before > 1 else ""
        mark = " aria-current=page" if at == number else ""
        links.append(f'{gap}<a href="{escape(names[at - 1])}"{mark}>{at}</a>')
    return f'<nav class="pages" aria-label="Pages of this list, {where}"><span>Page</span> {" ".join(links)}</nav>'


def with_turning(page: str, head: int, number: int, names: list[str], line: str) -> str:
    """Return a page with links to the others before and after its list, and under its title what it holds."""
    above, below = turning(number, names, "above"), turning(number, names, "below")
    before, after = page[:head], page[head:]
    before = HEADING.sub(lambda found: f'{found[0]}\n<p class="part">{line}</p>', before, count=1)
    at = after.rfind(CLOSING)
    at = len(after) if at < 0 else at
    return f"{before}{above}{after[:at]}{below}{after[at:]}"


def write_pages(app, pagename: str, templatename, context: dict, doctree) -> None:
    """Leave in a page what stands on its first page, and write the others (``html-page-context``)."""
    lead_back(app, pagename, context)
    html = context.get("body") or ""
    if START not in html:
        return
    pages = split(html)
    names = [Path(app.builder.get_target_uri(page_name(pagename, at + 1))).name for at in range(len(pages))]
    if len(pages) > 1:
        head = html.find(START)
        lines = [part_line(page, head, at, len(pages)) for at, page in enumerate(pages, start=1)]
        pages = [
            with_turning(page, head, at, names, line)
            for at, (page, line) in enumerate(zip(linked(pages, names), lines), start=1)
        ]
        homes = homes_of(pages, names)
        own = ({"link": name, "title": line} for name, line in zip(names, lines))
        steps = [context.get("prev"), *own, context.get("next")]
        kept = {key: context.get(key) for key in ("parents", "title", "meta", "metatags", "display_toc")}
        for at, page in enumerate(pages[1:], start=2):
            title = f"{context.get('title', '')}, page {at}"
            turned = {"prev": steps[at - 1], "next": steps[at + 1]}
            toc = relinked(context.get("toc", ""), _away(homes, page))
            app.builder.handle_page(page_name(pagename, at), kept | turned | {"title": title, "body": page, "toc": toc})
        context["toc"] = relinked(context.get("toc", ""), _away(homes, pages[0]))
        context["next"] = steps[2]
    context["body"] = pages[0]


def last_pages(env) -> dict[str, int]:
    """Return how many pages the list of each document has that goes over several."""
    parts = domain_of(env).data["parts"]
    return {docname: len(pages) for docname, pages in sorted(parts.items()) if len(pages) > 1}


def lead_back(app, pagename: str, context: dict) -> None:
    """Let "previous" lead to the last page of a list that goes before a page, not to its first."""
    if not context.get("prev") or pagename not in app.builder.relations:
        return
    before = app.builder.relations[pagename][1]
    total = getattr(app.env, "evidence_last_pages", {}).get(before, 1)
    if total > 1:
        link = app.builder.get_relative_uri(pagename, page_name(before, total))
        context["prev"] = context["prev"] | {"link": link, "title": f"{context['prev']['title']}, page {total}"}


def followers(app, env) -> list[str]:
    """Return the pages to write anew because a list that goes before them has more pages or fewer (``env-updated``)."""
    before, now = getattr(env, "evidence_last_pages", None), last_pages(env)
    env.evidence_last_pages = now
    if before is None:
        return []
    changed = {docname for docname in before | now if before.get(docname) != now.get(docname)}
    return sorted(page for page, (_, previous, _) in env.collect_relations().items() if previous in changed)


def _away(homes: dict[str, str], page: str) -> dict[str, str]:
    """Return the homes of places that a page has not itself."""
    own = set(ID.findall(page))
    return {anchor: name for anchor, name in homes.items() if anchor not in own}


def document_of(app, pagename: str) -> str:
    """Return the document a page of the site belongs to: itself, or the one whose list it continues."""
    return domain_of(app.env).document_of(pagename)


def visit_cut(translator, node) -> None:
    """Write the mark."""
    translator.body.append(START if node.get("start") else CUT)
    raise nodes.SkipNode


def skip(translator, node) -> None:
    """Write nothing: only HTML has several pages."""
    raise nodes.SkipNode


def setup(app) -> None:
    """Add the mark; pages are cut before any part of the layout looks at them."""
    app.connect("doctree-read", lead_items)
    app.connect("html-page-context", write_pages, priority=400)
    app.connect("env-updated", followers)
    app.add_node(Cut, html=(visit_cut, None), latex=(skip, None), text=(skip, None))
