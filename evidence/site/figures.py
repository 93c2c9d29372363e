"""Exhibits on pages: static drawing, table, downloads, citation; plain table in other formats."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from docutils import nodes
from myst_nb.core.render import MimeRenderPlugin
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from evidence.data.export import LICENCE, csv_text, exhibit_sheet, json_text
from evidence.data.store import names
from evidence.exhibits import picture, vega
from evidence.exhibits.exhibit import MIME
from evidence.exhibits.text import as_text, caption, cell_text, source_line
from evidence.figures.facets import years
from evidence.site import citing, imprint, pages
from evidence.site.drawings import inline_svg
from evidence.site.engine.drawing import draw_pictures, drawings_of
from evidence.site.exhibit_tools import FOLDER, citation, cite, downloads, explorer, folded
from evidence.site.records.domain import domain_of
from evidence.site.records.roles import record_link, sentence

LOGGER = logging.getLogger(__name__)
LONG_TABLE = 12  # layout: rows from which a table is worth filtering
WHOLE_TABLE = 15  # layout: rows up to which a table is shown whole at once
ZEROS = {"0", "0.0", "0%"}  # cells that say nothing was found: they stay quiet
MOST_CELLS = 420  # layout: of a table on the page of a chapter
EMBED = "embed.html"  # template of the page of one exhibit
MOST_PLACES = 8  # layout: that a line of sources names before they are folded: about two lines of a laptop
ABOUT = ("id", "title", "alt", "unit", "base", "period", "calculated", "note", "places")  # of an exhibit in its JSON
TEXT_COLUMN = 24  # layout: characters of a column in the text format
FORMS: dict[str, Callable[..., str]] = {}  # tables of a form of their own, by the name a payload gives ("form")


class ExhibitNode(nodes.General, nodes.Element):
    """An exhibit; its children are its title, and in text and LaTeX its plain form."""

    def astext(self) -> str:
        """Return the words of the exhibit, for the search index."""
        return as_text(self["payload"])


class ExhibitRenderer(MimeRenderPlugin):
    """Turns an exhibit among a cell's outputs into a node (entry point of myst-nb)."""

    mime_priority_overrides = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        if inline or data.mime_type != MIME:
            return None
        return exhibit_nodes(renderer.renderer.sphinx_env, data.content)


def exhibit_nodes(env, payload: dict) -> list[nodes.Element]:
    """Return the nodes of an exhibit and note where it stands."""
    anchor = f"exhibit-{payload['id']}"
    domain_of(env).note("exhibit", payload["id"], env.docname, anchor, payload["title"])
    domain_of(env).show_exhibit(env.docname, payload["id"], about_exhibit(payload))
    title = nodes.inline("", "", *sentence(env, payload["heading"]), classes=["title"])
    return [ExhibitNode("", title, payload=payload, ids=[anchor], docname=env.docname)]


def about_exhibit(payload: dict) -> dict:
    """Return what the list of exhibits says of one."""
    return {
        "form": "chart" if "chart" in payload else "table",
        "documents": list(dict.fromkeys(place["source"] for place in payload["places"])),
        "years": years(str(payload["period"])),
        "about": caption(payload),
        "places": [f"{names('sources')[place['source']]}, {place['label']}" for place in payload["places"]],
    }


class PlainForm(SphinxPostTransform):
    """Gives exhibits their plain form where there are no figures."""

    default_priority = 200
    formats = ("text", "latex", "man", "texinfo")

    def run(self, **_) -> None:
        for figure in list(self.document.findall(ExhibitNode)):
            payload = figure["payload"]
            title = figure.pop(0)
            figure += nodes.paragraph("", "", nodes.strong("", "", *title.children))
            figure += nodes.paragraph("", payload["alt"])
            figure += plain_table(payload["columns"], [[cell_text(cell) for cell in row] for row in payload["rows"]])
            figure += nodes.paragraph("", f"{caption(payload)} {source_line(payload)}")


class CodeAmongTools(SphinxPostTransform):
    """Moves the folded code of a cell into the exhibit it makes: code is one of the tools of an exhibit."""

    default_priority = 205  # when myst-nb has folded it
    formats = ("html",)

    def run(self, **_) -> None:
        for code in list(self.document.findall(HideCodeCellNode)):
            figure = next(iter(code.parent.findall(ExhibitNode)), None)
            if figure is not None and len(figure) == 1:
                code.parent.remove(code)
                figure += code


def plain_table(columns: list[str], rows: list[list[str]]) -> nodes.table:
    """Return a table of texts for formats without figures, its columns equally wide."""
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=TEXT_COLUMN) for _ in columns]
    for part, content in ((nodes.thead, [columns]), (nodes.tbody, rows)):
        entries = [[nodes.entry("", nodes.paragraph("", value)) for value in values] for values in content]
        group += part("", *(nodes.row("", *cells) for cells in entries))
    table = nodes.table()
    table += group
    return table


# --- HTML ----------------------------------------------------------------------------------


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _cell_text(cell, app, docname: str) -> str:
    """Return the words of a cell, as a link where it leads somewhere; a page is called what the menu calls it."""
    text = escape(cell_text(cell))
    if not (isinstance(cell, dict) and "to" in cell):
        return text
    kind, _, key = cell["to"].partition(":")
    link = record_link(app, docname, kind, key)
    if link and kind == "chapter":
        text = escape(pages.name_of(app, key))
    return f'<a href="{escape(link)}">{text}</a>' if link else text


def _cell(cell, numeric: bool, header: bool, app, docname: str) -> str:
    if isinstance(cell, dict) and "parts" in cell:
        text = escape(cell["between"]).join(_cell_text(part, app, docname) for part in cell["parts"])
    else:
        text = _cell_text(cell, app, docname)
    tag = 'th scope="row"' if header else "td"
    names = ["n"] * numeric + ["zero"] * (text in ZEROS)
    names += [cell["class"]] if isinstance(cell, dict) and "class" in cell else []
    names += ["place"] if isinstance(cell, dict) and cell.get("to", "").startswith("page:") else []
    css = f' class="{" ".join(names)}"' if names else ""
    return f"<{tag}{css}>{text}</{tag.split()[0]}>"


def table_html(payload: dict, app, docname: str) -> str:
    """Return the data of an exhibit as an accessible table in a focusable scroll area."""
    label = escape(payload["title"])
    head = "".join(
        f'<th scope="col"{" class=n" if numeric else ""}>{escape(name)}</th>'
        for name, numeric in zip(payload["columns"], payload["numeric"])
    )
    anchors = payload.get("anchors") or [""] * len(payload["rows"])
    body = "".join(
        (f'<tr id="{escape(anchor)}">' if anchor else "<tr>")
        + "".join(
            _cell(cell, numeric, position == 0, app, docname)
            for position, (cell, numeric) in enumerate(zip(row, payload["numeric"]))
        )
        + "</tr>\n"
        for anchor, row in zip(anchors, payload["rows"])
    )
    filterable = " data-filter" if len(payload["rows"]) >= LONG_TABLE and not payload.get("is_grid") else ""
    size = "scroll long" if len(payload["rows"]) > WHOLE_TABLE else "scroll"
    return (
        f'<div class="{size}" tabindex="0" role="region" aria-label="Table: {label}">'
        f"<table{filterable}><caption>{label}</caption><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>"
    )


def _sources_html(payload: dict, app, docname: str) -> str:
    items: dict[str, list[str]] = {}
    for place in payload["places"]:
        link = record_link(app, docname, "page", f"{place['source']}:{place['page']}")
        label = escape(place["label"])
        items.setdefault(place["source"], []).append(f'<a href="{escape(link)}">{label}</a>' if link else label)
    return (
        "; ".join(f"{escape(names('sources')[source])}: {'; '.join(labels)}" for source, labels in items.items())
        or "this book"
    )


def _from_html(payload: dict, app, docname: str) -> str:
    """Return the line of sources of an exhibit; many open under their number."""
    found, count = _sources_html(payload, app, docname), len(payload["places"])
    if count <= MOST_PLACES:
        return f'<p class="from">Source: {found}.</p>'
    return f'<details class="from"><summary>Sources ({count})</summary><p>{found}.</p></details>'


def write_picture(drawing: Path, svg: str) -> None:
    """Write the picture of a chart; a PNG of another one goes, and is drawn when all pages are written."""
    if not drawing.is_file() or drawing.read_text(encoding="utf-8") != svg:
        drawing.with_suffix(".png").unlink(missing_ok=True)
    _write(drawing, svg)


def _chart_html(payload: dict, folder: Path, app, docname: str) -> str:
    """Return the drawings of a chart for screens and phones, and write its pictures; "" if it cannot be drawn."""
    key = payload["id"]
    try:
        forms = payload.get("svg") or {form: drawings_of(app).get(spec) for form, spec in payload["chart"].items()}
    except ValueError as error:
        LOGGER.warning("exhibit %r cannot be drawn: %s", key, error, location=docname)
        return ""
    about = [caption(payload), citation(payload, app), f"{LICENCE}."]
    write_picture(folder / f"{key}.svg", picture.whole(forms["wide"], payload["title"], about, vega.engine_version()))
    if "svg" in payload:  # a drawing of links, which readers move in
        said = f'<p class="visually-hidden">{escape(payload["alt"])}</p>'
        return (
            f'{said}<div class="chart graph" role="group" aria-label="{escape(payload["title"])}">{forms["wide"]}</div>'
        )
    drawings = "".join(
        f'<div class="form {form}">{inline_svg(svg, f"{key}-{form}")}</div>' for form, svg in forms.items()
    )
    return f'<div class="chart" role="img" aria-label="{escape(payload["alt"])}">{drawings}</div>'


def exhibit_html(payload: dict, heading: str, app, docname: str, code: str = "") -> str:
    """Return the figure of an exhibit under its heading (HTML), and write its files and its page of its own.

    Files are CSV, JSON, SVG and PNG, and how to cite it; the page is for a frame on another site, and has all rows of a
    table of which its page has room for the first. ``code`` is the folded code of the cell that makes it (HTML).
    """
    key, payload = payload["id"], payload | {"docname": docname}
    folder = Path(app.outdir) / FOLDER
    sheet = exhibit_sheet(payload)
    about = {name: payload[name] for name in ABOUT} | {"citation": citation(payload, app), "licence": LICENCE}
    _write(folder / f"{key}.csv", csv_text(sheet))
    _write(folder / f"{key}.json", json_text(sheet, about))
    place = (payload["title"], docname, f"exhibit-{key}", source_line(payload))
    _write(folder / f"{key}.bib", citing.bibtex(app, key, *place))
    _write(folder / f"{key}.ris", citing.ris(app, *place))
    drawing = ""
    if "chart" in payload and not (drawing := _chart_html(payload, folder, app, docname)):
        return ""
    own = f"{FOLDER}/{key}"
    page = app.builder.get_relative_uri(own, docname)
    around = drawing.replace('href="#', f'href="{page}#') if "svg" in payload else drawing
    alone = _figure_html(payload, escape(payload["title"]), around, app, own, is_whole=True)
    where = record_link(app, own, "exhibit", key)
    title = f"{payload['title']} ({app.env.titles[docname].astext()})"  # two pages may call theirs the same
    app.builder.handle_page(own, {"title": title, "body": alone, "place": where}, EMBED)
    return _figure_html(payload, heading, drawing, app, docname, code)


def _figure_html(payload: dict, heading: str, drawing: str, app, pagename: str, code: str = "", is_whole=False) -> str:
    """Return the figure of an exhibit as it stands on a page; ``drawing`` is empty for a table."""
    key = payload["id"]
    prefix = relative_uri(app.builder.get_target_uri(pagename), f"{FOLDER}/{key}")
    rows = len(payload["rows"]) if is_whole or payload.get("is_whole") else rows_for_page(payload)
    form = FORMS.get(payload.get("form", ""), table_html)
    table = form(payload | {"rows": payload["rows"][:rows]}, app, pagename)
    if rows < len(payload["rows"]):
        rest = f"The first {rows} of {len(payload['rows'])} rows; "
        table += f'<p class="rest">{rest}<a href="{prefix}.html">all rows on a page of their own</a></p>'
    tools = downloads("Data", prefix, ["csv", "json"])
    if drawing:
        body = drawing
        tools = folded("data", "Table", table) + tools + downloads("Image", prefix, ["svg", "png"])
    else:
        body = f'<p class="visually-hidden">{escape(payload["alt"])}</p>{table}'
    if "explored" in payload and not is_whole:
        body += explorer(payload["explored"])
    tools += folded("cite", "Cite and embed", cite(payload, prefix, app)) + code
    kinds = ["exhibit", "chart-exhibit" if drawing else "table-exhibit", payload.get("css", "")]
    link = f'<a class="headerlink" href="#exhibit-{key}" aria-label="Link to this exhibit">#</a>'
    return (
        f'<figure class="{" ".join(filter(None, kinds))}" id="exhibit-{key}" '
        f'data-at="{escape(imprint.address(app, f"{FOLDER}/{key}") or f"{FOLDER}/{key}.html")}">'
        f"<figcaption>{heading} {link}</figcaption>{body}"
        f'<p class="about">{escape(caption(payload))}</p>{_from_html(payload, app, pagename)}'
        f'<div class="tools" role="group" aria-label="Tools of this exhibit">{tools}</div>'
        "</figure>\n"
    )


def rows_for_page(payload: dict) -> int:
    """Return how many rows of a table a chapter has room for: all, or so many that the page stays light."""
    columns, most = len(payload["columns"]), payload.get("most_cells", MOST_CELLS)
    return len(payload["rows"]) if len(payload["rows"]) * columns <= most else most // columns


def written(translator, node) -> str:
    """Return what a translator writes for a node, without adding it to the page."""
    page, translator.body = translator.body, []
    node.walkabout(translator)
    found, translator.body = "".join(translator.body), page
    return found


def visit_html(translator, node) -> None:
    """Write the figure; the plain form is for other formats."""
    heading = written(translator, node[0])
    code = "".join(written(translator, child) for child in node[1:])
    translator.body.append(exhibit_html(node["payload"], heading, translator.builder.app, node["docname"], code))
    raise nodes.SkipNode


def pass_through(translator, node) -> None:
    """Write the plain form."""


def visit_code(translator, node) -> None:
    """Open the code or the outputs of a cell, folded, with a summary that says what it holds."""
    is_output = {"above-output", "below-input"} & set(node["classes"])
    summary = "Output" if is_output else "Code"
    translator.body.append(f'<details class="tool code"><summary>{summary}</summary><div class="opened">\n')


def depart_code(translator, node) -> None:
    """Close the code of a cell."""
    translator.body.append("</div></details>\n")


def finish(app, exception) -> None:
    """Draw the PNG of every picture that has none (``build-finished``)."""
    if not exception and app.builder.format == "html":
        draw_pictures(Path(app.outdir) / FOLDER)


def setup(app) -> None:
    """Add the nodes with their form for each format."""
    app.add_node(HideCodeCellNode, override=True, html=(visit_code, depart_code))
    app.add_post_transform(PlainForm)
    app.add_post_transform(CodeAmongTools)
    app.connect("build-finished", finish)
    plain = (pass_through, pass_through)
    app.add_node(ExhibitNode, html=(visit_html, None), latex=plain, text=plain, man=plain, texinfo=plain)
