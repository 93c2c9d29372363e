"""Exhibits on pages: escaping, links, downloads, drawings beside each other."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

from evidence.exhibits import picture
from evidence.site import drawings, figures
from evidence.site.records.roles import FINDER
from tests.site.small import PAYLOAD

FACTS = "# Facts\n\n```{register} calc\n```\n"
PAGE = "# Page\n\nIt was {calc}`register-non-return-2012`.\n\n```{planted}\n```\n"


def app_of(objects: dict | None = None, base: str = ""):
    """Return as much of a Sphinx application as figures ask for."""
    return SimpleNamespace(
        config=SimpleNamespace(
            html_baseurl=base, html_title="The book", version="1.2", author="Nobody", copyright="2026", root_doc="index"
        ),
        env=SimpleNamespace(
            titles={"page": nodes.title("", "Page")},
            get_domain=lambda name: SimpleNamespace(data={"objects": objects or {}}),
        ),
        srcdir="/nowhere",
        builder=SimpleNamespace(
            handle_page=lambda name, given, template: None,
            get_relative_uri=lambda here, there: f"../{there}.html",
            get_target_uri=lambda name: f"{name}.html",
        ),
    )


class Tags(HTMLParser):
    """Collects the tags of a page, without what is only their text."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags(html: str, name: str) -> list[dict]:
    reader = Tags()
    reader.feed(html)
    return [given for tag, given in reader.found if tag == name]


# --- tables


def test_no_cell_head_or_title_of_a_table_becomes_markup():
    html = figures.table_html(PAYLOAD, app_of(), "page")
    assert not tags(html, "script") and not tags(html, "b") and not tags(html, "i")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Region &lt;b&gt;" in html
    assert tags(html, "div")[0]["aria-label"] == f"Table: {PAYLOAD['title']}"


def test_a_cell_leads_to_its_record_where_that_is_listed_and_is_text_elsewhere():
    objects = {("fact", "register-out-2012"): ("facts", 'fact-"register"', "Title")}
    html = figures.table_html(PAYLOAD, app_of(objects), "page")
    assert tags(html, "a") == [{"href": '../facts.html#fact-"register"'}]
    assert ">188 &lt;i&gt;</a>" in html and "<td>none</td>" in html


def test_a_cell_with_several_parts_has_a_link_for_each_that_leads_somewhere():
    objects = {("fact", "a"): ("facts", "fact-a", "Title")}
    parts = [{"text": "<1>", "to": "fact:a"}, {"text": "2", "to": "fact:none"}, {"text": "3"}]
    payload = PAYLOAD | {"rows": [["x", "1", "2", {"text": "<1>, 2, 3", "parts": parts, "between": ", "}]]}
    html = figures.table_html(payload, app_of(objects), "page")
    assert tags(html, "a") == [{"href": "../facts.html#fact-a"}]
    assert "&lt;1&gt;</a>, 2, 3</td>" in html


def test_a_cell_leads_to_a_page_by_its_name_in_the_menu_and_to_the_finder():
    cells = [{"text": "far", "to": "chapter:far"}, {"text": 7, "to": "finder:theme=law&kind=action"}]
    payload = PAYLOAD | {"rows": [["x", "1", *cells], ["y", "1", {"text": "gone", "to": "chapter:gone"}, "–"]]}
    app = app_of()
    app.env.found_docs = {"far", FINDER}
    app.config.external_site_map = {"far": SimpleNamespace(title="Far & away")}
    html = figures.table_html(payload, app, "page")
    assert [given["href"] for given in tags(html, "a")] == ["../far.html", f"../{FINDER}.html?theme=law&kind=action"]
    assert ">Far &amp; away</a>" in html and ">gone</td>" in html


def test_a_table_has_heads_of_columns_and_rows_and_marks_numbers():
    html = figures.table_html(PAYLOAD, app_of(), "page")
    assert [given["scope"] for given in tags(html, "th")] == ["col"] * 4 + ["row"] * 2
    assert html.count('class="n"') == 4 and html.count("class=n") == 2
    assert {"tabindex": "0", "role": "region"}.items() <= tags(html, "div")[0].items()


@pytest.mark.parametrize(("rows", "is_long"), [(11, False), (12, True)])
def test_a_long_table_can_be_filtered(rows, is_long):
    payload = PAYLOAD | {"rows": [PAYLOAD["rows"][0]] * rows}
    assert ("data-filter" in tags(figures.table_html(payload, app_of(), "page"), "table")[0]) == is_long


def test_a_grid_that_is_read_as_a_whole_has_no_filter():
    payload = PAYLOAD | {"rows": [PAYLOAD["rows"][0]] * 30, "is_grid": True}
    assert "data-filter" not in tags(figures.table_html(payload, app_of(), "page"), "table")[0]


@pytest.mark.parametrize(("rows", "is_clipped"), [(15, False), (16, True)])
def test_only_a_table_of_many_rows_is_clipped(rows, is_clipped):
    payload = PAYLOAD | {"rows": [PAYLOAD["rows"][0]] * rows}
    assert ("long" in tags(figures.table_html(payload, app_of(), "page"), "div")[0]["class"]) == is_clipped


def test_noughts_of_a_table_are_quiet():
    payload = PAYLOAD | {"rows": [["A", "0", "0.0", "10"]]}
    cells = tags(figures.table_html(payload, app_of(), "page"), "td")
    assert [cell.get("class") for cell in cells] == ["n zero", "n zero", None]


# --- downloads and citation


def test_the_citation_names_title_book_version_and_source():
    payload = PAYLOAD | {"docname": "page", "title": "Most had returned"}
    assert figures.citation(payload, app_of()) == (
        "Nobody (2026). Most had returned. In: The book, version 1.2. "
        "Source: Out-of-school study (2013), p. 22 & <small>."
    )


def test_the_citation_has_the_address_of_a_published_book():
    cited = figures.citation(PAYLOAD | {"docname": "page"}, app_of(base="https://example.org/"))
    assert " https://example.org/page.html#exhibit-planted " in cited


# --- on a page


@pytest.fixture
def page(small_book):
    book = small_book({"calculations.md": FACTS, "page.md": PAGE}, html_title="The <book>")
    assert "on no register page" not in book.warnings
    return book


def test_the_title_of_an_exhibit_shows_its_numbers_as_links_to_their_records(page):
    title = re.search(r"<figcaption>(.*?)</figcaption>", page.page("page"), re.DOTALL)[1]
    number, permalink = tags(title, "a")
    assert re.fullmatch(r"calculations(-\d+)?\.html#calc-register-non-return-2012", number["href"])
    assert number["class"].split()[0] == "record"
    assert '<span class="number calc">21.0%</span>' in title
    assert permalink == {"class": "headerlink", "href": "#exhibit-planted", "aria-label": "Link to this exhibit"}
    assert "&amp; more &lt;b&gt;had not&lt;/b&gt; returned" in title and not tags(title, "b")


def test_a_number_in_a_title_is_a_use_of_its_own(page):
    uses = page.domain.data["uses"]["page"]
    assert [anchor for _, key, anchor in uses if key == "register-non-return-2012"] == [
        "use-calc-register-non-return-2012",
        "use-calc-register-non-return-2012-2",
    ]
    assert page.page("page").count('id="use-calc-register-non-return-2012-2"') == 1


def test_nothing_of_an_exhibit_becomes_markup(page):
    html = page.page("page")
    figure = re.search(r"<figure.*?</figure>", html, re.DOTALL)[0]
    assert not [name for name in ("script", "b", "i", "all", "their", "book", "small") if tags(figure, name)]
    assert (
        PAYLOAD["alt"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;") in figure
    )


def test_the_files_of_an_exhibit_have_its_title_as_text(page):
    text = (page.output / "exhibits" / "planted.json").read_text(encoding="utf-8")
    assert '"title": "In 2012, 21.0% & more <b>had not</b> returned"' in text
    assert "{calc}" not in text


def test_the_plain_form_of_an_exhibit_has_its_title_with_numbers_once(small_book):
    app = small_book({"calculations.md": FACTS, "page.md": PAGE}).app
    doctree = app.env.get_doctree("page")
    (figure,) = doctree.findall(figures.ExhibitNode)
    figures.PlainForm(doctree).run()
    assert [node.astext() for node in figure.children][0] == PAYLOAD["title"]
    assert sum(node.astext() == PAYLOAD["title"] for node in figure.children) == 1


# --- drawings

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" viewBox="0 0 10 10"><defs><clipPath id="clip1"></clipPath>'
    '<linearGradient id="gradient_0"></linearGradient></defs><g clip-path="url(#clip1)" fill="url(#gradient_0)">'
    '<use href="#clip1"/><path fill="#fff" d="M0,0"/><text>url(#other) clip1</text></g></svg>'
)


def test_drawings_on_one_page_share_no_ids():
    wide, narrow = (drawings.inline_svg(DRAWING, f"chart-{form}") for form in ("wide", "narrow"))
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (wide, narrow)]
    assert ids[0] == {"chart-wide-clip1", "chart-wide-gradient_0"}
    assert not ids[0] & ids[1]


def test_the_two_forms_of_a_chart_share_no_ids(tmp_path, monkeypatch):
    drawings = SimpleNamespace(get=lambda spec: DRAWING)
    monkeypatch.setattr(figures, "drawings_of", lambda app: drawings)
    app = app_of()
    app.outdir = tmp_path
    html = figures.exhibit_html(PAYLOAD | {"chart": {"wide": {}, "narrow": {}}}, "Title", app, "page")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == 5 and len(set(ids)) == 5
    assert {path.name for path in (tmp_path / "exhibits").iterdir()} == {
        f"planted.{suffix}" for suffix in ("bib", "csv", "json", "ris", "svg")
    }


def test_what_a_drawing_refers_to_is_its_own():
    svg = drawings.inline_svg(DRAWING, "chart-wide")
    assert re.findall(r"(?:url\(|href=\")#([\w-]+)", svg) == [
        "chart-wide-clip1",
        "chart-wide-gradient_0",
        "chart-wide-clip1",
        "other",
    ]


def test_colours_and_words_of_a_drawing_stay():
    svg = drawings.inline_svg(DRAWING, "chart-wide")
    assert 'fill="#fff"' in svg and "<text>url(#other) clip1</text>" in svg
    assert svg.startswith('<svg aria-hidden="true" focusable="false" viewBox=')


# --- pictures and tools


def picture_of(**texts) -> str:
    given = {"title": "A title & more", "about": ["What <it> shows.", "Source: a book."], "made_by": "engine 1"}
    return picture.whole(DRAWING, **given | texts)


def test_a_picture_says_what_it_is_when_it_stands_alone():
    svg = picture_of()
    root = ElementTree.fromstring(svg)
    said = [node.text for node in root.iter() if node.tag.endswith("text")]
    assert said == ["A title & more", "url(#other) clip1", "What <it> shows.", "Source: a book."]
    assert "engine 1" in svg and root.find("{*}title").text == "A title & more"


def test_a_picture_is_high_enough_for_all_its_lines():
    def height(svg: str) -> float:
        return float(ElementTree.fromstring(svg).get("height"))

    longer = picture_of(title="A long title " * 20, about=["words " * 100])
    last = max(float(y) for y in re.findall(r'<text x="20" y="([\d.]+)"', longer))
    assert height(longer) > last > height(picture_of())


def test_a_drawing_without_its_measures_is_refused():
    with pytest.raises(ValueError, match="viewBox"):
        picture.whole("<svg><path/></svg>", "", [], "")


def test_a_picture_that_changes_loses_its_png(tmp_path):
    drawing, image = tmp_path / "a.svg", tmp_path / "a.png"
    figures.write_picture(drawing, "one")
    image.write_bytes(b"of one")
    figures.write_picture(drawing, "one")
    assert image.is_file()
    figures.write_picture(drawing, "two")
    assert not image.exists() and drawing.read_text() == "two"


def test_the_address_of_a_published_book_stands_in_its_pictures(tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "drawings_of", lambda app: SimpleNamespace(get=lambda spec: DRAWING))
    app = app_of(base="https://example.org/")
    app.outdir = tmp_path
    figures.exhibit_html(PAYLOAD | {"chart": {"wide": {}, "narrow": {}}}, "Title", app, "page")
    svg = (tmp_path / "exhibits" / "planted.svg").read_text()
    assert "https://example.org/page.html#exhibit-planted" in svg and "Out-of-school study (2013), p. 22" in svg


def test_code_is_one_of_the_tools_of_an_exhibit(page):
    app, code = app_of(), "<details class=code>CODE</details>"
    app.outdir = page.output
    html = figures.exhibit_html(PAYLOAD, "Title", app, "page", code)
    assert code in html[html.index('class="tools"') :]


def test_the_folded_code_of_a_cell_moves_into_the_exhibit_it_makes(small_book):
    app = small_book({"calculations.md": FACTS, "page.md": PAGE}).app
    doctree = app.env.get_doctree("page")
    (figure,) = doctree.findall(figures.ExhibitNode)
    code = HideCodeCellNode(prompt_show="", prompt_hide="")
    figure.parent.insert(figure.parent.index(figure), code)
    figures.CodeAmongTools(doctree).run()
    assert code.parent is figure and figure[1] is code


def test_a_drawing_on_a_page_has_nothing_that_draws_nothing():
    mark = '<path d="M0,0h9v9Z" fill="#123"/>'
    svg = (
        f'<svg><g fill="none"><g><path d="" display="none"/>{mark}<g transform="translate(0,0)"></g></g></g><g/></svg>'
    )
    assert drawings.slim(svg) == f'<svg><g fill="none">{mark}</g><g/></svg>'


def test_a_text_has_an_element_for_each_line_below_its_first_and_none_where_it_says_nothing():
    two = '<text x="1"><tspan>one</tspan><tspan x="0" dy="9">two</tspan></text>'
    svg = f'<svg><g pointer-events="none">{two}<text x="1"></text></g></svg>'
    assert drawings.slim(svg) == '<svg><text x="1">one<tspan x="0" dy="9">two</tspan></text></svg>'


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("M136.84,174.9L136.6,175.4L138.5,180.1Z", "m136.8,174.9l-.2,.5l1.9,4.7z"),
        ("M1,1L2,1L2,2ZM10,1L9.5,1", "m1,1l1,0l0,1zm9,0l-.5,0"),  # after "z" a step begins where the outline began
        ("M0.04,0h668.123v388h-668Z", "M0,0h668.1v388h-668Z"),
    ],
)
def test_an_outline_is_drawn_by_steps_between_points_rounded_one_by_one(path, steps):
    assert drawings.shorter(path) == steps


def test_an_exhibit_has_a_page_of_its_own_and_files_to_cite_it(page):
    alone = page.page("exhibits/planted")
    assert tags(alone, "a")[-1]["href"] == "../page.html#exhibit-planted" and "<figure" in alone
    entry = (page.output / "exhibits" / "planted.bib").read_text(encoding="utf-8")
    assert entry.startswith("@misc{planted,\n  author = {{") and r"21.0\% \& more" in entry
    lines = (page.output / "exhibits" / "planted.ris").read_bytes().decode().split("\r\n")
    assert lines[0] == "TY  - DATA" and "TI  - In 2012, 21.0% & more <b>had not</b> returned" in lines
    assert [line for line in lines if line.startswith("T2  - ")] and lines[-2] == "ER  - "


def test_a_chapter_shows_the_first_rows_of_a_very_long_table_and_its_own_page_shows_all(monkeypatch, small_book):
    rows = [[f"Place {at}", "1", "2", "x"] for at in range(200)]
    monkeypatch.setattr("tests.site.small.PAYLOAD", PAYLOAD | {"rows": rows})
    book = small_book({"calculations.md": FACTS, "page.md": PAGE})
    assert len(tags(book.page("page"), "tr")) == 1 + figures.MOST_CELLS // 4
    assert "The first 105 of 200 rows" in book.page("page") and 'href="exhibits/planted.html"' in book.page("page")
    assert len(tags(book.page("exhibits/planted"), "tr")) == 201
