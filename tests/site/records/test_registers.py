"""Registers and the index of a document: which records they list, in which order, with which links."""

from __future__ import annotations

import re

import pytest

from evidence.data import store
from evidence.figures.cards import card, ids
from evidence.site.records import registers, source_index

STUDY = "antonowicz2013oosc"
pytestmark = pytest.mark.usefixtures("on_one_page")


def listed(html: str, kind: str) -> list[str]:
    """Return the ids of the cards on a page, in order."""
    return re.findall(rf'<details class="card {kind}.*?id="{kind}-([a-z0-9-]+)"', html, re.DOTALL)


def register(small_book, *options: str) -> list[str]:
    text = "\n".join(["# Register", "", "```{register} discrepancy", *options, "```", ""])
    return listed(small_book({"register.md": text}).page("register"), "discrepancy")


# --- registers


def test_a_register_lists_every_record_once_in_its_order(small_book):
    html = small_book({"register.md": "# Register\n\n```{register} risk-point\n```\n"}).page("register")
    assert listed(html, "risk-point") == ids("risk-point")


def test_between_lists_disagreements_of_two_documents_only(small_book):
    rows = store.rows("discrepancies")
    between = [key for key in ids("discrepancy") if rows[key].left_source != rows[key].right_source]
    assert 0 < len(between) < len(rows)
    assert register(small_book, ":between:") == between


def test_source_lists_what_stands_in_one_document_only(small_book):
    rows = store.rows("discrepancies")
    inside = [key for key in ids("discrepancy") if {rows[key].left_source, rows[key].right_source} == {STUDY}]
    assert 0 < len(inside) < len(rows)
    assert register(small_book, f":source: {STUDY}") == inside


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        ("```{register} nothing\n```", "no kind of record is called 'nothing'; there are fact, finding"),
        (
            "```{register} risk-point\n:source: gurin2023\n```",
            "no document has the id 'gurin2023'; did you mean gurin20",
        ),
        ("```{register} risk-point\n:between:\n```", "the register of risk-point has no record"),
    ],
)
def test_a_register_that_would_be_empty_is_refused(small_book, directive, message):
    warnings = small_book({"register.md": f"# Register\n\n{directive}\n"}).warnings
    assert "register.md:3:" in warnings and message in warnings


def test_a_document_of_which_nothing_has_been_taken_yet_has_a_register_that_says_so(small_book):
    built = small_book({"register.md": "# Register\n\n```{register} risk-point\n:source: gurin2023tale\n```\n"})
    assert "No risk point has been taken from this document yet." in built.page("register")
    assert built.warnings == ""


def test_by_document_lists_every_record_once_in_a_section_of_its_document(small_book):
    text = "# Register\n\n```{register} discrepancy\n:by-document:\n```\n"
    html = small_book({"register.md": text}).page("register")
    rows, names = store.rows("discrepancies"), store.names("sources")
    assert sorted(listed(html, "discrepancy")) == sorted(ids("discrepancy"))
    heads = re.findall(r"<h2>(.*?)<", html)
    inside = {row.left_source for row in rows.values() if row.left_source == row.right_source}
    assert heads == ["Between documents", *(name for key, name in names.items() if key in inside)]
    study = dict(zip(heads, html.split("<h2>")[1:]))[names[STUDY]]
    assert {(rows[key].left_source, rows[key].right_source) for key in listed(study, "discrepancy")} == {(STUDY, STUDY)}


def test_a_card_in_a_register_says_on_which_page_its_record_is_used(small_book):
    page = "# Where it is used\n\nAs in {risk-point}`rp-3-exclusion`.\n"
    html = small_book({"register.md": "# Register\n\n```{register} risk-point\n```\n", "page.md": page}).page(
        "register"
    )
    used = re.search(r'id="risk-point-rp-3-exclusion".*?</div>', html, re.DOTALL)[0]
    assert 'href="page.html#use-risk-point-rp-3-exclusion">Where it is used</a>' in used
    assert html.count("used in") == 1


def test_a_few_related_records_stand_in_a_line_and_many_in_a_list_that_opens():
    records = [("risk-point", key) for key in ids("risk-point")]
    assert registers.related_node("Parts", records[:2]).astext() == "Parts: " + "; ".join(
        card(*record).head for record in records[:2]
    )
    opened = registers.related_node("Parts", records[:3])
    assert isinstance(opened, registers.Disclosure) and opened["summary"] == "Parts: 3"


def test_the_title_of_a_number_has_its_value_place_and_date():
    head = "Children on the register not back in school by the end of the school year"
    assert registers.title(card("fact", "register-out-2012")) == f"{head}: 188, 15 May 2012"
    assert registers.title(card("risk-point", "rp-3-exclusion")) == "School exclusion"


# --- the index of a document


def first_line(kind: str, key: str, source: str) -> int:
    if kind == "row":
        table, key = key.split("#")
        return store.line_range(store.row(table, key).lines)[0]
    table = source_index.kinds()[kind]
    row = store.row(table, key)
    if kind != "discrepancy":
        return store.line_range(row.lines)[0]
    sides = ((row.left_source, row.left_lines), (row.right_source, row.right_lines))
    return min(store.line_range(lines)[0] for document, lines in sides if document == source)


def test_the_records_of_a_page_stand_in_the_order_of_its_lines():
    found = source_index.records_by_page(STUDY)["22"]
    lines = [first_line(kind, key, STUDY) for kind, key in found if kind != "discrepancy"]
    assert len(lines) > 20 and lines == sorted(lines)


def test_a_page_has_the_facts_printed_on_it_and_no_others():
    found = source_index.records_by_page(STUDY)
    assert ("fact", "register-out-2012") in found["22"]
    assert [page for page, records in found.items() if ("fact", "register-out-2012") in records] == ["22"]


def test_a_page_lists_a_record_once():
    for records in source_index.records_by_page(STUDY).values():
        assert len(set(records)) == len(records)


def test_a_disagreement_inside_one_document_stands_on_both_of_its_pages():
    row = store.row("discrepancies", "214-children-9-percent")
    pages = {store.page_of(STUDY, row.left_lines)[0], store.page_of(STUDY, row.right_lines)[0]}
    found = source_index.records_by_page(STUDY)
    assert len(pages) == 2
    assert {page for page in found if ("discrepancy", row.id) in found[page]} == pages


def test_rows_of_tables_kept_whole_are_in_the_index():
    tables = source_index.printed_tables(STUDY)
    assert tables == ["antonowicz2013oosc_regions", "antonowicz2013oosc_profiles"]
    found = {record for records in source_index.records_by_page(STUDY).values() for record in records}
    assert ("row", "antonowicz2013oosc_regions#akmola") in found


def test_an_index_lists_its_pages_in_the_order_of_the_document(small_book):
    book = small_book({"index-of-study.md": f"# Index\n\n```{{source-index}} {STUDY}\n```\n"})
    shown = re.findall(r'<section class="page[^"]*" id="page-([^"]+)"', book.page("index-of-study"))
    known = [page for page, _ in store.pages_of(STUDY)]
    assert len(shown) > 20
    assert shown == [page for page in known if page in shown] + (["unknown"] if "unknown" in shown else [])


def test_each_page_of_an_index_has_a_heading_that_its_contents_can_use(small_book):
    html = small_book({"study.md": f"# Index\n\n## List\n\n```{{source-index}} {STUDY}\n```\n"}).page("study")
    shown = re.findall(r'<section class="page[^"]*" id="page-(\d+)">\s*<h3>Page (\d+)<', html)
    assert len(shown) > 20 and all(anchor == number for anchor, number in shown)
    assert 'href="#page-22">Page 22</a>' in html


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (STUDY, "we know of no public address at which its publisher offers it"),
        ("gurin2023tale", "which stands on the publisher’s page"),
        ("cecchetti2021vac", "The text prints no page numbers: we inferred each"),
    ],
)
def test_an_index_says_what_a_page_number_leads_to_and_how_it_is_known(source, words):
    said = "".join(node.astext() for node in source_index.page_numbers(source))
    assert "leads to this list, not to the document" in said and words in said


@pytest.mark.parametrize(("page", "title"), [("22", "Page 22"), ("6-10", "Pages 6–10"), ("", source_index.UNKNOWN)])
def test_a_page_is_headed_by_its_number(page, title):
    assert source_index.page_title(page) == title


def test_a_card_has_a_heading_and_folds_its_id_lines_and_how_its_page_is_known(small_book):
    html = small_book({"register.md": "# Register\n\n```{register} risk-point\n```\n"}).page("register")
    card_of = re.search(r'<h2 class="head">School exclusion.*?</details>', html, re.DOTALL)[0]
    before, _, folded = card_of.partition('<details class="details">')
    assert 'id="risk-point-rp-3-exclusion"' in before.partition("</summary>")[2], "inside, so that a link opens it"
    assert "rp-3-exclusion</" not in before
    assert "rp-3-exclusion" in folded and "Lines of the supplied text: 530" in folded
    assert "inferred" not in folded, "the list says it once"


def test_a_card_offers_to_report_an_error_where_the_book_has_a_repository(small_book):
    page = {"register.md": "# Register\n\n```{register} risk-point\n```\n"}
    html = small_book(page, evidence_repository="https://example.org/r").page("register")
    assert "https://example.org/r/issues/new?title=Error%3A%20risk-point%20rp-3-exclusion" in html


def test_a_record_in_an_index_reads_with_its_kind():
    assert source_index.line_text("risk-point", "rp-3-exclusion") == "Risk point: School exclusion"
    title = store.schema()["antonowicz2013oosc_regions"]["title"]
    assert source_index.line_text("row", "antonowicz2013oosc_regions#akmola") == f"Table row: {title}, Akmola"
