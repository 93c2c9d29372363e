"""What every page carries: menu, title, description, metadata, cards."""

from __future__ import annotations

import html
import json
import re
from types import SimpleNamespace

import pytest
from docutils import nodes

from evidence.figures.cards import card
from evidence.site import head, pages

TREE = {  # page: (title, pages below it)
    "index": ("Front", []),
    "chapters/a/one": ("One & <b>", ["chapters/a/inside"]),
    "chapters/a/inside": ("Inside", []),
    "chapters/b/two": ("Two", ["chapters/b/below"]),
    "chapters/b/below": ("Below", []),
}
HOSTILE = "</title></script><script>alert(1)</script>\" & 'x'"


def app_of(title: str = "The book", base: str = "", description: str = ""):
    """Return as much of a Sphinx application as the parts of a page ask for."""

    def subtree(caption: str, items: list[str]):
        return SimpleNamespace(caption=caption, items=items)

    class SiteMap(dict):
        root = SimpleNamespace(subtrees=[subtree("", ["chapters/a/one"]), subtree("Part <B>", ["chapters/b/two"])])

    entries = {name: SimpleNamespace(title=None, subtrees=[subtree("", below)]) for name, (_, below) in TREE.items()}
    site_map = SiteMap(entries)
    titles = {name: nodes.title("", text) for name, (text, _) in TREE.items()}
    config = SimpleNamespace(
        external_site_map=site_map,
        root_doc="index",
        html_title=title,
        html_baseurl=base,
        version="1.2",
        author="Nobody",
        copyright="2026",
        evidence_description="What the book is.",
        evidence_menu={"One": "gone chapters/a/one", "Gone": "gone", "Two <b>": "chapters/b/two#part"},
    )
    metadata = {"chapters/a/one": {"description": description}} if description else {}
    domain = SimpleNamespace(
        data={"uses": {}, "objects": {}, "listed": {}, "lists": {}},
        document_of=lambda page: page,
        page_of=lambda page, anchor: page,
    )
    env = SimpleNamespace(
        get_domain=lambda name: domain,
        titles=titles,
        metadata=metadata,
        found_docs=set(titles),
        doc2path=lambda name, base: f"{name}.md",
    )
    builder = SimpleNamespace(
        get_relative_uri=lambda here, there: f"{there}.html", get_target_uri=lambda name: f"{name}.html"
    )
    return SimpleNamespace(config=config, env=env, builder=builder, srcdir="/nowhere")


# --- menu


def entries(text: str) -> list[str]:
    return re.findall(r'href="([^"]+)\.html"', text)


def test_the_menu_opens_only_the_branch_of_its_page():
    assert entries(pages.menu(app_of(), "chapters/a/one")) == ["chapters/a/one", "chapters/a/inside", "chapters/b/two"]
    assert entries(pages.menu(app_of(), "chapters/b/below")) == ["chapters/a/one", "chapters/b/two", "chapters/b/below"]
    assert entries(pages.menu(app_of(), "index")) == ["chapters/a/one", "chapters/b/two"]


def test_the_menu_marks_the_page_and_no_other():
    menu = pages.menu(app_of(), "chapters/b/below")
    assert menu.count("aria-current") == 1
    assert '<a href="chapters/b/below.html" aria-current="page">Below</a>' in menu


def test_a_page_that_is_no_document_has_the_menu_of_the_front():
    assert entries(pages.menu(app_of(), "search")) == entries(pages.menu(app_of(), "index"))


def test_the_menu_has_the_short_name_that_the_contents_give_a_page():
    app = app_of()
    app.config.external_site_map["chapters/b/two"].title = "Short & <sweet>"
    menu = pages.menu(app, "chapters/b/below")
    assert ">Short &amp; &lt;sweet&gt;</a>" in menu and ">Two</a>" not in menu and ">Below</a>" in menu


def test_titles_and_captions_in_the_menu_are_text():
    menu = pages.menu(app_of(), "index")
    assert "One &amp; &lt;b&gt;</a>" in menu and "<p>Part &lt;B&gt;</p>" in menu


TOC = '<ul><li><a href="#">Two</a><ul><li><a href="#first">First</a></li></ul></li></ul>'


def test_the_headings_of_a_page_stand_below_its_entry():
    menu = pages.menu(app_of(), "chapters/b/two", TOC)
    after = menu.split('aria-current="page">Two</a>')[1]
    assert after.startswith('<ul class="here"><li><a href="#first">First</a></li></ul><ul><li>')
    assert menu.count("#first") == 1


def test_a_page_without_headings_has_none():
    assert pages.headings('<ul><li><a href="#">Two</a></li></ul>') == pages.headings("") == ""


@pytest.mark.parametrize(("count", "is_shown"), [(pages.MOST_BELOW, True), (pages.MOST_BELOW + 1, False)])
def test_a_long_list_below_a_heading_is_left_out_of_the_menu(count, is_shown):
    below = "".join(f'<li><a href="#p{number}">Page {number}</a></li>\n' for number in range(count))
    toc = f'<ul>\n<li><a href="#">Two</a><ul>\n<li><a href="#all">All of it</a><ul>\n{below}</ul>\n</li></ul></li></ul>'
    shown = pages.headings(toc)
    assert "#all" in shown and ("#p1" in shown) is is_shown


def test_the_main_menu_has_the_first_page_there_is_and_leaves_out_what_is_not():
    menu = pages.main_menu(app_of(), "chapters/a/one")
    assert menu == (
        '<a href="chapters/a/one.html" aria-current="page">One</a><a href="chapters/b/two.html#part">Two &lt;b&gt;</a>'
    )


@pytest.mark.parametrize(("title", "parts"), [("The book", ("The book", "")), ("A, b, c", ("A", "b, c"))])
def test_the_name_of_the_book_ends_at_its_first_comma(title, parts):
    assert pages.brand(title) == parts


# --- title


def test_a_page_is_called_by_its_title_and_the_book():
    assert pages.titled(app_of(), "chapters/b/two", "ignored") == "Two · The book"
    assert pages.titled(app_of(), "search", "Search") == "Search · The book"
    assert pages.titled(app_of(), "index", "Front") == "The book"


def test_the_title_of_a_page_is_the_text_of_its_heading_not_its_html():
    assert pages.titled(app_of(), "chapters/a/one", "One &amp; &lt;b&gt;") == "One & <b> · The book"


def test_a_heading_with_entities_stays_text_in_every_place_of_the_head():
    """The theme's own layout, with a heading that would end the title and start a script."""
    from jinja2 import Environment, FileSystemLoader

    from evidence.site.assets import THEME

    app = app_of(title="The <book>")
    app.env.titles["chapters/b/two"] = nodes.title("", HOSTILE)
    app.config.evidence_repository = 'https://example.org/"><script>'
    parts = SimpleNamespace(
        titled=pages.titled(app, "chapters/b/two", ""),
        metadata=lambda name: head.metadata(app, name, pages.titled(app, name, ""), "About"),
        menu=lambda name, toc: pages.menu(app, name, toc),
        brand=pages.brand("The <book>"),
        main_menu=pages.main_menu(app, "chapters/b/two"),
        cards=lambda name: "",
        page_kind=pages.page_kind,
        footer=lambda name: head.footer(app, name, HOSTILE),
    )
    context = {
        "evidence": parts,
        "pagename": "chapters/b/two",
        "docstitle": "The <book>",
        "root_doc": "index",
        "toc": "",
    }
    template = Environment(loader=FileSystemLoader(THEME)).get_template("layout.html")
    text = template.render(**context, pathto=lambda name, resource=0: name)
    assert re.findall(r"<script>alert|<book>|\"><script>", text) == []
    assert html.unescape(re.search(r"<title>(.*?)</title>", text)[1]) == f"{HOSTILE} · The <book>"


# --- description and metadata


def paragraphs(*texts: str) -> nodes.container:
    return nodes.container("", *(nodes.paragraph("", text) for text in texts))


LONG = "A sentence of some length that says what the page is about, in words that go on and on. " * 3


def test_the_description_of_a_page_is_the_one_it_gives():
    assert pages.description(app_of(description="Given"), "chapters/a/one", paragraphs(LONG)) == "Given"


def test_else_it_is_its_first_paragraph_that_says_something_cut_at_a_word():
    about = pages.description(app_of(), "chapters/a/one", paragraphs("Short.", LONG, "Another " * 20))
    assert about.endswith("…") and len(about) <= pages.DESCRIPTION_LENGTH
    assert LONG.startswith(about[:-1]) and LONG[len(about) - 1] == " "


def test_a_paragraph_that_fits_is_not_cut():
    text = "A paragraph that is long enough to say something."
    assert pages.description(app_of(), "chapters/a/one", paragraphs(text)) == text


@pytest.mark.parametrize("doctree", [None, paragraphs("Short.")])
def test_a_page_without_words_is_described_as_the_book(doctree):
    assert pages.description(app_of(), "search", doctree) == "What the book is."


def described(text: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1])


def test_the_front_is_a_data_set_and_other_pages_are_articles():
    assert described(head.metadata(app_of(), "index", "The book", "About"))["@type"] == "Dataset"
    assert described(head.metadata(app_of(), "chapters/b/two", "Two", "About"))["@type"] == "Article"


@pytest.mark.parametrize("page", ["index", head.DATA_PAGE])
def test_a_data_set_names_its_creator_licence_and_files(site, page):
    data = described(head.metadata(app_of(base="https://example.org/b/"), page, "The book", "About " * 10))
    assert data["@type"] == "Dataset" and data["creator"]["name"] and data["license"].startswith("https://")
    base = "https://example.org/b/"
    for item in data["distribution"]:
        assert item["@type"] == "DataDownload" and "/" in item["encodingFormat"]
        assert (site / item["contentUrl"].removeprefix(base)).is_file(), item["contentUrl"]
    assert {"text/csv", "application/json", "application/zip"} == {it["encodingFormat"] for it in data["distribution"]}


def test_a_published_book_has_addresses_and_one_that_is_not_has_none():
    text = head.metadata(app_of(base="https://example.org/b/"), "chapters/b/two", "Two", "About")
    address = "https://example.org/b/chapters/b/two.html"
    assert f'<link rel="canonical" href="{address}">' in text and f'property="og:url" content="{address}"' in text
    assert described(text)["url"] == address
    assert "canonical" not in head.metadata(app_of(), "chapters/b/two", "Two", "About")


def test_no_text_of_the_metadata_becomes_markup():
    text = head.metadata(app_of(title=HOSTILE), "chapters/b/two", HOSTILE, HOSTILE)
    assert text.count("<script") == 1 and text.count("</script>") == 1
    assert described(text)["name"] == described(text)["isPartOf"] == HOSTILE
    contents = re.findall(r'content="([^"]*)"', text)
    assert [html.unescape(content) for content in contents].count(HOSTILE) == 4


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("index", "chapter"),
        ("chapters/education/register", "chapter"),
        ("chapters/sources/methods", "source"),
        ("chapters/reference/facts", "reference"),
        ("chapters/subjects/bullying", "topic"),
    ],
)
def test_a_page_is_of_the_kind_of_its_folder(page, kind):
    assert pages.page_kind(page) == kind


# --- cards


def test_no_text_of_a_card_becomes_markup():
    hostile = "<script>alert(1)</script>"
    item = card("fact", "register-out-2012")._replace(head=hostile, text=hostile, pairs=[(hostile, hostile)], places=[])
    text = pages.card_html(item, 'facts.html#fact-"x"', app_of(), "index")
    assert "<script>" not in text and text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4
    assert 'data-record="fact-&quot;x&quot;"' in text


def test_the_card_of_a_number_shows_value_sentence_and_source_first(monkeypatch):
    monkeypatch.setattr(pages, "record_link", lambda app, page, kind, key: f"study.html#{key}")
    text = pages.card_html(card("fact", "register-out-2012"), "facts.html#fact-register-out-2012", app_of(), "index")
    shown, folded = text.split("<summary>Record details</summary>")
    assert '<p class="value">188</p>' in shown
    assert '<h2 id="card-title"><a href="facts.html#fact-register-out-2012">' in shown, "its head leads to the record"
    assert '<a href="study.html#antonowicz2013oosc:22">Out-of-school study (2013), p. 22, Table 3</a>' in shown
    assert "<dt>As of</dt>" in shown and "<dt>Unit</dt>" in folded
    assert "register-out-2012" not in shown.replace("fact-register-out-2012", "") and "register-out-2012" in folded


def test_the_card_of_a_calculation_shows_its_formula_and_inputs_at_once():
    item = card("calc", "register-non-return-2012")._replace(places=[])
    shown = pages.card_html(item, "calculations.html#calc-x", app_of(), "index").split("Record details")[0]
    assert "<dt>Formula</dt>" in shown and "<dt>Input: " in shown


def test_the_card_of_what_is_no_number_has_no_value():
    item = card("risk-point", "rp-3-exclusion")._replace(places=[])
    text = pages.card_html(item, "points.html#risk-point-rp-3-exclusion", app_of(), "index")
    assert "School exclusion" in text and 'class="value"' not in text
