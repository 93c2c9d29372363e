"""``{gallery}``: every exhibit of the book with a small picture and its files, filtered as registers are."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.data import store
from evidence.site.handbook.builders import PREFIX
from evidence.site.records.domain import domain_of, site_page
from evidence.site.records.paged import CUT, START, page_name
from evidence.site.safety import markup

KIND = "exhibit"
FORMS = {"chart": "chart", "table": "table"}
EACH = 300  # layout: exhibits on a page: at some 750 bytes each it stays below the budget of 300 kB
MADE_BY = ("gallery",)  # how a page notes that it has this list


class Gallery(nodes.General, nodes.Element):
    """A place for the list of exhibits, filled when every page has been read."""


class GalleryDirective(SphinxDirective):
    """``{gallery}`` lists every exhibit that stands on a page of the book, those of made-up numbers left out."""

    def run(self):
        domain_of(self.env).rest_on_list(self.env.docname, "", MADE_BY, ())
        place = f'<div class="finder" data-kinds="{KIND}"></div>'
        return [markup(place), Gallery("")]


def exhibits(domain) -> dict[str, dict]:
    """Return what is known of every exhibit by id, in the order of pages, with ``docname``."""
    return {
        key: about | {"docname": docname}
        for docname, found in sorted(domain.data["exhibits"].items())
        for key, about in found.items()
        if not key.startswith(PREFIX)
    }


def listing(app) -> tuple[dict, dict]:
    """Return what the two scripts of the filters hold for exhibits, as :func:`finder.listing` does for records."""
    domain, env = domain_of(app.env), app.env
    found = exhibits(domain)
    values = {key: _values(env, about) for key, about in found.items()}
    facets: list[dict] = []
    at: dict[str, list[str]] = {}
    for facet, name in (("document", "Document"), ("chapter", "Page"), ("form", "Kind"), ("year", "Year")):
        codes = {code: text for value in values.values() for code, text in value[facet].items()}
        at[facet] = list(codes)
        facets.append({"id": facet, "name": name, "codes": list(codes.items())})
    pages = sorted({domain.data["objects"][KIND, key][0] for key in found})
    rows, more = [], {}
    for key, about in found.items():
        page, anchor, title = domain.data["objects"][KIND, key]
        places = [[at[facet["id"]].index(code) for code in values[key][facet["id"]]] for facet in facets]
        brief = env.titles[about["docname"]].astext()
        picture = f"exhibits/{key}.svg" if about["form"] == "chart" else None
        rows.append([key, title, pages.index(page), anchor, brief, places, None, "", picture])
        more[key] = [[["About", about["about"]]], about["places"]]
    targets = [app.builder.get_target_uri(page) for page in pages]
    return {"name": "Exhibit", "pages": targets, "facets": facets, "rows": rows}, more


def _values(env, about: dict) -> dict[str, dict[str, str]]:
    """Return codes and labels of an exhibit by facet."""
    docname = about["docname"]
    return {
        "document": {source: store.names("sources")[source] for source in about["documents"]},
        "chapter": {Path(docname).name: env.titles[docname].astext()},
        "form": {about["form"]: FORMS[about["form"]]},
        "year": {year: year for year in about["years"]},
    }


def item(app, docname: str, key: str, about: dict) -> str:
    """Return an exhibit in the list (HTML): picture, title, page, files."""
    domain = domain_of(app.env)
    page, anchor, title = domain.data["objects"][KIND, key]
    up = "../" * docname.count("/")
    link = escape(app.builder.get_relative_uri(docname, site_page(app, page)) + f"#{anchor}")
    picture = f'<img src="{up}exhibits/{key}.svg" alt="" loading="lazy">' if about["form"] == "chart" else ""
    files = "".join(
        f'<a href="{up}exhibits/{key}.{kind}" download aria-label="{escape(title)} as {kind.upper()}">'
        f"{kind.upper()}</a> "
        for kind in ("csv", "json")
    )
    brief = escape(app.env.titles[about["docname"]].astext())
    return (
        f'<li><a href="{link}">{picture}{escape(title)}</a> <span class="brief">{brief}</span> '
        f'<span class="downloads">{files}</span></li>'
    )


def on_pages(items: list[str]) -> str:
    """Return items with the marks at which the list goes on to another page."""
    return "".join(
        f"{(START if at == 0 else CUT) if at % EACH == 0 else ''}{exhibit}" for at, exhibit in enumerate(items)
    )


def resolve(app, doctree, docname) -> None:
    """List every exhibit (``doctree-resolved``)."""
    domain = domain_of(app.env)
    for place in list(doctree.findall(Gallery)):
        items = [item(app, docname, key, about) for key, about in exhibits(domain).items()]
        for number in range(2, -(-len(items) // EACH) + 1):
            domain.stand(docname, page_name(docname, number), ())
        place.replace_self(markup(f'<ul class="gallery">{on_pages(items)}</ul>'))


def with_list(app, env) -> list[str]:
    """Return the pages that have the list: they are written whenever a page was read (``env-updated``)."""
    return [docname for docname, lists in domain_of(env).data["lists"].items() if MADE_BY in lists]


def setup(app) -> None:
    """Add the directive."""
    app.add_node(Gallery)
    app.add_directive("gallery", GalleryDirective)
    app.connect("doctree-resolved", resolve, priority=490)
    app.connect("env-updated", with_list)
