"""Roles in sentences: what they print, where they lead, what they refuse."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from docutils import nodes

from evidence.data.records import Place
from evidence.data.store import UnknownId
from evidence.site.records.domain import EvidenceDomain
from evidence.site.records.roles import RecordReference, cards_on_page, place_node, reference, sentence

REGISTER = "# Points\n\n```{register} risk-point\n```\n"


@pytest.fixture
def env():
    env = SimpleNamespace(domaindata={}, docname="page")
    env.domain = EvidenceDomain(env)
    env.get_domain = lambda name: env.domain
    return env


# --- nodes


def test_a_record_reads_as_its_value_and_its_use_is_noted(env):
    node = reference(env, "fact", "register-out-2012")
    assert node.astext() == "188"
    assert node["ids"] == ["use-fact-register-out-2012"]
    assert env.domain.users() == {("fact", "register-out-2012"): {"page": "use-fact-register-out-2012"}}
    assert ("fact", "register-out-2012") in env.domain.data["digests"]["page"]


def test_a_record_reads_as_the_words_it_is_given(env):
    assert reference(env, "fact", "register-out-2012", "fewer than two hundred").astext() == "fewer than two hundred"


def test_an_unknown_record_notes_no_use(env):
    with pytest.raises(UnknownId):
        reference(env, "fact", "no-such-fact")
    assert env.domain.users() == {}


def test_a_sentence_of_data_becomes_words_and_links(env):
    found = sentence(env, "Of {fact}`register-registered-2012`, {calc}`a fifth <register-non-return-2012>` had not.")
    assert "".join(node.astext() for node in found) == "Of 894, a fifth had not."
    assert [(node["kind"], node["key"]) for node in found if isinstance(node, RecordReference)] == [
        ("fact", "register-registered-2012"),
        ("calc", "register-non-return-2012"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[words](javascript:alert(1))",
        "![](https://example.org/x.png)",
        "*a* **b** `c` <b>d</b> &lt;i&gt; \\",
    ],
)
def test_all_else_in_a_sentence_of_data_is_the_text_it_is(env, text):
    (found,) = sentence(env, text)
    assert isinstance(found, nodes.Text) and found.astext() == text
    before, number, after = sentence(env, f"{text} {{fact}}`register-out-2012` {text}")
    assert isinstance(before, nodes.Text) and before.astext() == f"{text} "
    assert isinstance(after, nodes.Text) and after.astext() == f" {text}"
    assert number.astext() == "188"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{fact}`no-such-fact`", "no fact has the id 'no-such-fact'"),
        ("{raw}`x`", "no kind of record has the id 'raw'"),
        ("{eval-rst}`x`", "no kind of record has the id 'eval-rst'"),
    ],
)
def test_a_role_of_data_that_names_no_record_is_refused(env, text, message):
    with pytest.raises(UnknownId, match=message):
        sentence(env, text)


def test_a_place_reads_with_document_page_and_locator():
    node = place_node(Place("antonowicz2013oosc", "22", "inferred", "Table 3"))
    assert node.astext() == "Out-of-school study (2013), p. 22, Table 3"
    assert (node["source_key"], node["page"]) == ("antonowicz2013oosc", "22")


# --- pages


def test_a_number_leads_to_its_card_and_its_card_is_on_the_page(small_book):
    book = small_book({"points.md": REGISTER, "page.md": "# Page\n\nAs in {risk-point}`rp-3-exclusion`.\n"})
    link = re.search(r'<a class="record[^>]*>.*?</a>', book.page("page"))[0]
    assert 'href="points.html#risk-point-rp-3-exclusion"' in link
    assert '<span class="number risk-point">School exclusion</span>' in link
    assert 'id="use-risk-point-rp-3-exclusion"' in link
    assert [(item.id, link) for item, link in cards_on_page(book.app, "page")] == [
        ("rp-3-exclusion", "points.html#risk-point-rp-3-exclusion")
    ]


def test_a_number_may_stand_in_a_heading(small_book):
    page = "# Page\n\n## On {risk-point}`rp-3-exclusion`\n\nWords.\n"
    book = small_book({"points.md": REGISTER, "page.md": page})
    assert book.warnings == ""
    assert re.search(r'<h2>On <a class="record', book.page("page"))
    assert re.search(r'<a class="reference internal" href="#on-[^"]*">On School exclusion</a>', book.page("page"))


def test_words_of_our_own_stand_in_place_of_the_value(small_book):
    page = "# Page\n\nAs in {risk-point}`being shut out <rp-3-exclusion>`.\n"
    book = small_book({"points.md": REGISTER, "page.md": page})
    assert '<span class="number risk-point">being shut out</span>' in book.page("page")


def test_an_unknown_record_is_refused_with_file_line_and_the_nearest_id(small_book):
    book = small_book({"points.md": REGISTER, "page.md": "# Page\n\nAs in {risk-point}`rp-3-exclusoin`.\n"})
    assert "page.md:3: WARNING: no risk point has the id 'rp-3-exclusoin'; did you mean rp-3-exclusion" in book.warnings


def test_a_record_that_no_register_lists_is_refused(small_book):
    book = small_book({"page.md": "# Page\n\nOf {fact}`register-registered-2012` children.\n"})
    assert "page.md:3: WARNING: fact 'register-registered-2012' is on no register page" in book.warnings
    assert re.search(r'<p>Of <span class="number fact"[^>]*>894</span> children', book.page("page"))
