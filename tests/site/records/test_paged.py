"""Long lists over several pages: where they are cut, what each page repeats, where its links lead."""

from __future__ import annotations

import re
from types import SimpleNamespace

from docutils import nodes

from evidence.figures.cards import ids
from evidence.site.records import page_names, paged
from tests.site.records.test_registers import listed

BOOK = {
    "register.md": "# Register\n\nWhat it holds.\n\n```{register} risk-factor\n```\n",
    "page.md": "# Page\n\nAs in {risk-factor}`%s` and {risk-factor}`%s`.\n",
}
HTML = '<section id="s"><h1>T</h1><p>Intro</p><!--list--><div class="a"><b id="x">1</b><!--cut--><b id="y">2</b>'
HTML += '</div><section id="t"><h2>Next<a class="headerlink" href="#t">#</a></h2>'
HTML += '<div id="z"><img src="i"><!--cut--><i>3</i> <a href="#x">x</a></div>'
HTML += "</section></section>"


def test_each_page_is_whole_and_repeats_what_stands_before_the_list():
    pages = paged.split(HTML)
    assert len(pages) == 3 and all(page.startswith('<section id="s"><h1>T</h1><p>Intro</p>') for page in pages)
    assert [re.findall(r">(\d)<", page) for page in pages] == [["1"], ["2"], ["3"]]
    assert all(paged.open_tags(page) == [] and page.count("<section") == page.count("</section>") for page in pages)
    assert "<h2>Next</h2>" in pages[2] and "headerlink" not in pages[2], "a section that goes on keeps its heading"
    assert 'id="z"' in pages[1] and 'id="z"' not in pages[2], "an element that goes on keeps its id once"


def section(name: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", name), *children, ids=[name.lower()])


def test_a_heading_goes_with_its_first_item_and_stands_on_its_page(monkeypatch):
    items = [nodes.paragraph("", str(at)) for at in range(3)]
    narrow = section("C", paged.Cut(""), items[1], paged.Cut(""), items[2])
    page = nodes.document(None, None)
    page += section("T", section("A", paged.Cut("", start=True), items[0]), section("B", narrow))
    stood = []
    domain = SimpleNamespace(stand=lambda *given: stood.append(given))
    monkeypatch.setattr(paged, "domain_of", lambda env: domain)
    paged.lead_items(SimpleNamespace(env=SimpleNamespace(docname="page")), page)
    order = [
        "|" if isinstance(node, paged.Cut) else node.astext()
        for node in page.findall(lambda n: True)
        if isinstance(node, paged.Cut | nodes.Text)
    ]
    assert order == ["T", "|", "A", "0", "|", "B", "C", "1", "|", "2"]
    assert stood == [("page", "page-2", ["c", "b"])]


def test_the_line_under_a_title_names_the_narrowest_sections_that_are_few():
    questions = "<h2>Services</h2><h3>Question 3.1 Reach</h3><h3>Question 3.2 Fit &amp; form</h3>"
    assert page_names.sections_named(questions) == "Question 3.1 Reach; 3.2 Fit &amp; form"
    many = "".join(f"<h3>Card {letter}</h3>" for letter in "abcdefg")
    assert page_names.sections_named(f"<h2>Help</h2>{many}<h2>Law</h2>") == "Help; Law"
    assert page_names.sections_named(many) == "from Card a to Card g"
    assert page_names.sections_named("<h2>What should be done</h2><h2>What is known</h2>").count("What") == 2
    facts = "".join(f"<h2><strong>{at}%</strong> Share {at}</h2>" for at in "1234567")
    assert page_names.sections_named(facts) == "from Share 1 to Share 7", "the figure of a fact is no part of its name"
    assert page_names.sections_named("<p>none</p>") == page_names.sections_named(f"<h3>{'a sentence ' * 9}</h3>") == ""


def test_a_link_leads_to_the_page_that_has_its_place():
    pages = paged.linked(paged.split(HTML), ["a.html", "a-2.html", "a-3.html"])
    assert 'href="a.html#x"' in pages[2]


def test_a_page_of_many_leads_to_the_first_the_last_and_those_near():
    links = paged.turning(50, [f"{at}.html" for at in range(1, 101)], "above")
    assert re.findall(r">(\d+)<", links) == ["1", *map(str, range(40, 61)), "100"] and links.count("…") == 2
    few = paged.turning(2, ["a", "b", "c"], "above")
    assert re.findall(r">(\d+)<", few) == ["1", "2", "3"] and "…" not in few


def test_a_list_that_fits_is_one_page():
    html = HTML.replace(paged.CUT, "")
    assert paged.split(html) == [html.replace(paged.START, "")]


def test_a_long_register_goes_over_pages_and_links_find_their_record(small_book, monkeypatch):
    monkeypatch.setattr(paged, "MOST_ELEMENTS", 300)
    first, last = ids("risk-factor")[0], ids("risk-factor")[-1]
    pages = BOOK | {"page.md": BOOK["page.md"] % (first, last)}
    book = small_book(pages)
    names = [
        "register",
        *sorted((path.stem for path in book.output.glob("register-*.html")), key=lambda name: int(name.split("-")[1])),
    ]
    assert len(names) > 3
    assert [key for name in names for key in listed(book.page(name), "risk-factor")] == ids("risk-factor")
    assert f'href="register.html#risk-factor-{first}"' in book.page("page")
    assert f'href="{names[-1]}.html#risk-factor-{last}"' in book.page("page")
    assert "What it holds." in book.page(names[-1]) and f"Page {len(names)} of {len(names)}" in book.page(names[-1])
    chain = ["index", *names, "page"]
    for at, name in enumerate(names, start=1):
        assert turns(book.page(name)) == {"prev": f"{chain[at - 1]}.html", "next": f"{chain[at + 1]}.html"}
    assert turns(book.page("page")) == {"prev": f"{names[-1]}.html"}
    assert book.warnings == ""


def turns(page: str) -> dict[str, str]:
    """Return where "previous" and "next" of a page lead."""
    return dict(re.findall(r'<link rel="(prev|next)" title="[^"]*" href="([^"]*)"', page))


def test_a_page_after_a_list_is_written_anew_where_the_list_has_more_pages(monkeypatch):
    class Env:
        evidence_last_pages = {"list": 2}

        def collect_relations(self):
            return {"list": [None, None, "after"], "after": [None, "list", "end"], "end": [None, "after", None]}

    monkeypatch.setattr(paged, "last_pages", lambda env: {"list": 3})
    env = Env()
    assert paged.followers(None, env) == ["after"] and paged.followers(None, env) == []
