"""``{evidence-map}``: theme by document as a table whose cells open their records in the finder.

The table stands without script. With it, the reader chooses what stands across and filters; the script counts the
finder's own records and writes the same cells (``theme/script/map``).
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from evidence.data import store
from evidence.exhibits.exhibit import exhibit
from evidence.figures import evidence_map
from evidence.figures.evidence_map import GAP, KINDS, LOST, Cell, Line
from evidence.site import figures
from evidence.site.records.domain import domain_of, table_digest
from evidence.site.records.roles import FINDER

FORM = "evidence-map"
TABLES = ("themes", "sources", "facts", "indicator_themes", "findings", "synthesis", "recommendations", "evidence_gaps")
EMPTY = {"silent": "nothing", "unanswered": "asked, not found", "lost": "lost in our copy"}
MARKS = {"unanswered": "?", "lost": "lost "}  # before the number of open questions and of losses in a cell
ONE_OF = {"unanswered": ("question asked and not answered", "questions asked and not answered")}
ONE_OF["lost"] = ("item lost in our copy", "items lost in our copy")


def asked_for(finder: str, line: Line, document: str, kinds: str, **more: str) -> str:
    """Return the address of the finder with what a cell counts."""
    given = {"kind": kinds, **more, "theme": ",".join(line.themes), "document": document}
    return f"{finder}?{urlencode(given, safe=',')}"


def gaps_html(finder: str, line: Line, document: str, given: Cell) -> str:
    """Return the links of a cell to its open questions and to what is lost."""
    codes = [code for code in store.labels("evidence_gaps", "empty") if code != LOST]
    found = ""
    for name, count, which in (("unanswered", given.asked, ",".join(codes)), ("lost", given.lost, LOST)):
        if count:
            href = escape(asked_for(finder, line, document, GAP, empty=which))
            mark = f"{MARKS[name]}{count}"
            words = f"{mark}: {evidence_map.some(count, *ONE_OF[name])}"
            found += f' <a class="{name}" href="{href}" aria-label="{words}">{mark}</a>'
    return found


def number_html(finder: str, line: Line, document: str, given: Cell) -> str:
    """Return a cell of the small map: its number as a link, darker for more; or why it has none."""
    if not given.total:
        return f'<td class="{given.empty}">{EMPTY[given.empty]}</td>'
    href = escape(asked_for(finder, line, document, ",".join(KINDS)))
    words = f"{given.total:,}: {evidence_map.in_words(given)}"
    css = f"shade-{evidence_map.shade(given.total)}"
    return f'<td class="{css}"><a href="{href}" aria-label="{words}">{given.total:,}</a></td>'


def cell_html(finder: str, line: Line, document: str, given: Cell) -> str:
    """Return a cell: its number as a link, typical confidence, a mark for kinds of evidence, links to its gaps."""
    tail = gaps_html(finder, line, document, given)
    if not given.total:
        return f'<td class="{given.empty}">{EMPTY[given.empty]}{tail}</td>'
    shown = EMPTY[given.empty] if given.empty else given.typical
    css = given.empty or f"shade-{evidence_map.shade(given.total)} kinds-{given.evidence}"
    href = escape(asked_for(finder, line, document, ",".join(KINDS)))
    words = f"{given.total:,}{f' {shown}' if shown else ''}: {evidence_map.in_words(given)}"
    text = f"{given.total:,}{f' <small>{shown}</small>' if shown else ''}"
    return f'<td class="{css}"><a href="{href}" aria-label="{words}">{text}</a>{tail}</td>'


def line_html(finder: str, line: Line, found: dict[tuple[str, str], Cell], written=cell_html) -> str:
    """Return a line of the table: its name, then a cell for each document, as ``written`` writes one."""
    nothing = evidence_map.cell([])
    cells = "".join(
        written(finder, line, document, found.get((line.code, document), nothing)) for document in store.rows("sources")
    )
    css = ' class="subject"' if line.is_subject else ""
    return f'<tr{css} data-themes="{",".join(line.themes)}"><th scope="row">{escape(line.name)}</th>{cells}</tr>\n'


def table_html(payload: dict, app, docname: str) -> str:
    """Return the map as a table in a focusable scroll area; the whole one has what its script needs."""
    finder = relative_uri(app.builder.get_target_uri(docname), app.builder.get_target_uri(FINDER))
    shown = [line for line in evidence_map.lines() if line.is_subject or not payload["is_small"]]
    found = evidence_map.cells()
    written = number_html if payload["is_small"] else cell_html
    body = "".join(line_html(finder, line, found, written) for line in shown)
    heads = "".join(
        f'<th scope="col" data-code="{key}">{escape(name)}</th>' for key, name in store.names("sources").items()
    )
    label = escape(payload["title"])
    periods = " ".join(f"{first}-{last}" for first, last in evidence_map.periods())
    shades = " ".join(map(str, evidence_map.shades()))
    script = f' data-finder="{finder}" data-periods="{periods}" data-shades="{shades}"'
    return (
        f'<div class="map{" small" if payload["is_small"] else ""}"{"" if payload["is_small"] else script}>'
        f'<div class="across" tabindex="0" role="region" aria-label="Table: {label}">'
        f"<table><caption>{label}</caption><thead><tr>"
        f'<th scope="col">Theme</th>{heads}</tr></thead><tbody>\n{body}</tbody></table></div></div>'
    )


def rows() -> tuple[list[str], list[list[str]]]:
    """Return the map as readers of other formats see it: heads and rows of texts."""
    found = evidence_map.cells()
    texts = [
        [
            line.name,
            *(str(found[line.code, key].total) if (line.code, key) in found else EMPTY["silent"] for key in keys),
        ]
        for keys in [list(store.rows("sources"))]
        for line in evidence_map.lines()
    ]
    return ["Theme", *store.names("sources").values()], texts


class EvidenceMap(SphinxDirective):
    """``{evidence-map} id`` shows the evidence map as the exhibit with this id; ``:small:`` its subjects only."""

    required_arguments = 1
    option_spec = {"small": directives.flag}

    def run(self):
        domain = domain_of(self.env)
        for table in TABLES:
            domain.rest_on(self.env.docname, table_digest(table), ("table", table))
        heads, texts = rows()
        payload = exhibit(self.arguments[0], evidence_map.frame()).payload
        payload |= {"columns": heads, "rows": texts, "numeric": [False, *(True for _ in heads[1:])]}
        payload |= {"form": FORM, "css": FORM, "is_whole": True, "is_small": "small" in self.options}
        return figures.exhibit_nodes(self.env, payload)


def setup(app) -> None:
    """Add the directive and the form of its table."""
    figures.FORMS[FORM] = table_html
    app.add_directive(FORM, EvidenceMap)
