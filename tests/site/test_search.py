"""The search index: what it finds, under which names, in which order."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from docutils import nodes

from evidence.data import store
from evidence.figures.cards import card, kind_names
from evidence.site import search
from evidence.site.search import Record

HIGH = {"question": 12, "chapter": 6, "key message": 6, "exhibit": 3, "discrepancy": 2, "term": 2}
LOW = {"prohibition": 0.5}
LOW |= {"step of a child’s journey": 0.3, "table row": 0.2}


def app_of(objects: dict, sections: dict | None = None):
    """Return as much of a Sphinx application as the index asks for."""
    domain = SimpleNamespace(data={"objects": objects})
    env = SimpleNamespace(get_domain=lambda name: domain, evidence_sections=sections or {})
    return SimpleNamespace(env=env, builder=SimpleNamespace(get_target_uri=lambda name: f"{name}.html"))


def record(title: str, kind: str) -> Record:
    return Record(title, f"{title}.html", kind, "text", "en")


# --- order


@pytest.mark.parametrize(("kind", "weight"), (HIGH | LOW).items())
def test_a_kind_weighs_what_the_definition_says(kind, weight):
    assert search.weights()[kind] == weight


def test_every_other_kind_of_record_weighs_one():
    names = {name.lower() for name in kind_names().values()}
    assert {search.weights()[name] for name in names - set(HIGH) - set(LOW)} == {1}
    assert set(search.weights()) == names | {"chapter", "exhibit", "table row"}


def test_what_answers_a_question_comes_first_and_equals_stay_as_they_are():
    given = [record("a", "table row"), record("b", "fact"), record("c", "chapter"), record("d", "finding")]
    given += [record("e", "key message"), record("f", "fact"), record("g", "exhibit")]
    assert "".join(found.title for found in search.in_order(given)) == "cegbdfa"


def test_a_record_for_pagefind_has_its_weight_kind_and_link_and_no_markup_of_its_own():
    text = "</p><script>alert(1)</script>"
    found = Record('<b>"Title"</b>', 'page.html#a"b', "key message", text, "ru")
    html = search.page_of(found)
    seen = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.setdefault(tag, dict(attrs))

    Reader().feed(html)
    assert not {"script", "b"} & set(seen)
    assert seen["html"]["lang"] == "ru" and seen["body"]["data-pagefind-weight"] == "6.0"
    assert seen["p"]["data-pagefind-filter"] == "kind:key message"
    assert seen["p"]["data-pagefind-meta"] == 'link:page.html#a"b'


# --- records


def test_a_record_is_found_by_its_title_and_by_what_its_card_says():
    objects = {("fact", "register-out-2012"): ("facts", "fact-register-out-2012", "Children: 188")}
    (found,) = search.domain_records(app_of(objects))
    assert found[:3] == ("Children: 188", "facts.html#fact-register-out-2012", "fact")
    assert "minors absent over 10 days" in found.text
    assert found.language == "en"


def test_pages_of_documents_are_no_results():
    objects = {("page", "antonowicz2013oosc:22"): ("index", "page-22", "p. 22")}
    assert search.domain_records(app_of(objects)) == []


def test_an_exhibit_is_found_by_its_title():
    objects = {("exhibit", "x"): ("page", "exhibit-x", "Most had returned")}
    assert search.domain_records(app_of(objects)) == [
        Record("Most had returned", "page.html#exhibit-x", "exhibit", "Most had returned", "en")
    ]


def test_records_come_in_an_order_that_does_not_hang_on_how_they_were_read():
    keys = [("fact", "register-out-2012"), ("calc", "register-non-return-2012"), ("fact", "register-out-2011")]
    objects = {key: ("facts", "-".join(key), "Title") for key in keys}
    turned = dict(reversed(objects.items()))
    assert search.domain_records(app_of(objects)) == search.domain_records(app_of(turned))


def test_a_row_of_a_table_is_found_by_its_place_in_three_languages_and_by_its_cells():
    text = search.row_text("antonowicz2013oosc_regions", "akmola")
    assert text.startswith("Akmola, Акмолинская область, Ақмола облысы. ")
    assert "registered 2010 11: 94" in text and "out of school 2011 12: 14" in text
    assert "antonowicz2013oosc" not in text


def test_a_row_is_found_in_russian_under_the_name_of_its_place():
    key = ("row", "antonowicz2013oosc_regions#akmola")
    (found,) = search.translated_records(app_of({key: ("tables", "exhibit-regions", "Regions: akmola")}))
    assert found.title == "Акмолинская область: Regions: akmola"
    assert (found.kind, found.language) == ("table row", "ru")


def test_a_term_is_found_in_russian_under_both_its_names():
    row = next(row for row in store.rows("glossary").values() if row.term_ru)
    (found,) = search.translated_records(app_of({("term", row.id): ("glossary", f"term-{row.id}", row.term)}))
    assert found.title == f"{row.term} ({row.term_ru})"
    assert row.term_kk in found.text and found.language == "ru"


def test_a_term_without_other_names_is_not_found_twice():
    row = next(row for row in store.rows("glossary").values() if not row.term_ru and not row.term_kk)
    assert search.translated_records(app_of({("term", row.id): ("glossary", "x", row.term)})) == []


# --- chapters


def section(name: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", name), *children, ids=[name.lower()])


def test_a_section_is_found_by_its_own_words_and_not_by_those_of_the_sections_in_it():
    inner = section("Inner", nodes.paragraph("", "inner words"))
    doctree = section("Outer", nodes.paragraph("", "outer  words\n here"), inner)
    document = nodes.container("", doctree)
    assert search.sections_of(document) == [
        ("Outer", "outer", "outer words here"),
        ("Inner", "inner", "inner words"),
    ]


def test_code_is_not_found():
    assert (
        search.words_of(nodes.container("", nodes.literal_block("", "import x"), nodes.paragraph("", "words")))
        == "words"
    )


def test_sections_of_chapters_are_records():
    sections = {"b": [("Two", "two", "text b")], "a": [("One", "one", "text a")]}
    found = search.section_records(app_of({}, sections))
    assert found == [
        Record("One", "a.html#one", "chapter", "text a", "en"),
        Record("Two", "b.html#two", "chapter", "text b", "en"),
    ]


def test_the_index_for_folders_is_one_script_with_every_record(tmp_path):
    app = app_of({("fact", "register-out-2012"): ("facts", "anchor", card("fact", "register-out-2012").head)})
    app.outdir = app.doctreedir = tmp_path
    content = search.Index(app).content
    listing = json.loads(content.removeprefix("window.evidenceIndex=").removesuffix(";\n"))
    assert [(row[1], row[2]) for row in listing if row[2] == "fact"] == [("facts.html#anchor", "fact")]
