"""Cards: what the site shows of a record, with values held by hand against the documents."""

from __future__ import annotations

import re

import pytest

from evidence.data import store
from evidence.data.records import CALLS, Place
from evidence.data.review_findings import SUPPORTS, evidence_of
from evidence.data.store import UnknownId
from evidence.figures import cards
from evidence.figures.cards import card, ids, kind_names, related, rests_on

TABLE_3 = Place("antonowicz2013oosc", "22", "inferred", "Table 3")


def pairs(kind: str, key: str) -> dict[str, str]:
    return dict(card(kind, key).pairs)


# --- a fact


def test_the_card_of_a_fact_says_what_is_measured_of_whom_where_when_and_by_whom():
    shown = pairs("fact", "register-out-2012")
    assert shown["As given"] == "188"
    assert shown["Of whom"] == "minors absent over 10 days without a valid reason"
    assert (shown["Place"], shown["As of"]) == ("Kazakhstan", "15 May 2012")
    assert shown["Measured by"] == "Child Rights Protection Committee"
    assert shown["Rests on"] == "administrative data"


def test_the_card_of_a_fact_is_headed_by_its_indicator_and_reads_as_its_value():
    item = card("fact", "register-out-2012")
    assert item.head == "Children on the register not back in school by the end of the school year"
    assert item.text == "188"
    assert item.places == [TABLE_3]


def test_a_card_leaves_out_empty_cells_its_head_and_what_is_kept_off_cards():
    shown = pairs("fact", "register-out-2012")
    assert store.row("facts", "register-out-2012").sex == "" and "Sex" not in shown
    assert card("fact", "register-out-2012").head not in shown.values()
    assert not {"Value", "Lines", "Locator", "Qualifier", "Cell"} & set(shown)


def test_a_list_of_codes_reads_as_labels():
    assert pairs("fact", "annual-cyberbullying-experienced-lost")["Cautions"] == "lost in source"


# --- a calculation


def test_the_card_of_a_calculation_names_formula_inputs_and_their_places():
    item = card("calc", "register-non-return-2012")
    assert item.text == "21.0%"  # 188 of 894
    shown = dict(item.pairs)
    assert shown["Formula"] == "Share of part in whole, in per cent: part / whole × 100."
    assert shown["Input: part"].startswith("188 (") and shown["Input: whole"].startswith("894 (")
    assert "Table 3" in shown["Input: whole"]


def test_the_places_of_a_calculation_are_those_of_its_inputs_each_once():
    assert card("calc", "register-non-return-2012").places == [TABLE_3]
    assert [place.locator for place in card("calc", "register-east-share-of-fall").places] == [
        "Table 3",
        "Annex 1, Table 6",
        "Annex 1, Table 7",
    ]


# --- other kinds


def test_the_card_of_a_discrepancy_sets_both_sides_against_each_other():
    item = card("discrepancy", "214-children-9-percent")
    shown = dict(item.pairs)
    assert shown["Here"].startswith("214 children, 9%, from low-income families (Out-of-school study")
    assert shown["There"].startswith("20 of 214 (9%) from low-income families (Out-of-school study")
    assert shown["Kind"] == "print; it changes a figure; explained"
    assert len(item.places) == 2


def test_the_card_of_a_key_message_has_its_numbers_in_words_and_rests_on_every_place_behind_them():
    item = card("message", "cp-resources-count")
    detail = dict(item.pairs)["In detail"]
    assert "{" not in item.head and "18,088" in item.head
    assert "{" not in detail and "995" in detail and "1,011" in detail
    row = store.row("synthesis", "cp-resources-count")
    behind = {place for key in store.items(row.findings) for place in card("finding", key).places}
    assert behind <= set(item.places)
    assert set(card("fact", "vac-workforce-ratio").places) <= set(item.places)


@pytest.mark.parametrize("key", store.rows("review_findings"))
def test_the_first_place_of_a_judgement_is_one_that_supports_it(key):
    first = card("review-finding", key).places[0]
    supports = [item for item in evidence_of(key) if item.relation == SUPPORTS]
    assert any(first in card(item.kind, item.id).places for item in supports)


@pytest.mark.parametrize("key", store.rows("answers"))
def test_what_an_answer_rests_on_begins_with_what_was_found_not_with_what_is_asked(key):
    kinds_in_order = [kind for kind, _ in rests_on("answers", store.row("answers", key))]
    are_calls = [kind in CALLS for kind in kinds_in_order]
    assert are_calls == sorted(are_calls)


@pytest.mark.parametrize(
    ("kind", "key", "head", "text"),
    [
        ("risk-point", "rp-3-exclusion", "School exclusion", "School exclusion"),
        ("body", "agency-statistics", "Agency of Statistics of the Republic of Kazakhstan", None),
        ("term", "administrative-obstacles", "administrative obstacles", "administrative obstacles"),
        ("risk-factor", "rf-kaz-demographics-none", "demographics: no information", None),
        ("step", "case-a-01", "1. School: School did not notice the violence (Missed)", None),
    ],
)
def test_a_card_is_headed_by_what_its_record_says(kind, key, head, text):
    item = card(kind, key)
    assert item.head == head
    assert text is None or item.text == text


@pytest.mark.parametrize(("key", "reads"), [("tale-r01", "Recommendation 1"), ("annual-r01", "Lesson 1")])
def test_a_recommendation_or_lesson_reads_as_its_number(key, reads):
    item = card("recommendation", key)
    assert item.text == reads
    assert item.head.startswith(f"{reads}. ")


@pytest.mark.parametrize("kind", kind_names())
def test_every_record_has_a_card_with_a_head_and_a_text(kind):
    for key in ids(kind):
        item = card(kind, key)
        assert item.head and item.text, key
        assert not [label for label, text in item.pairs if not text.strip()], key
        assert "{" not in item.head + item.text, key


def test_an_unknown_record_is_answered_with_its_kind_and_the_nearest_ids():
    with pytest.raises(UnknownId, match=r"no fact has the id 'register-out-2021'; did you mean register-out-20"):
        card("fact", "register-out-2021")


LEAKS = re.compile(r"\b[Ll]ines? \d|\bat \d{3,4}\b(?!%)|small L at|\(inferred\)")


@pytest.mark.parametrize("kind", kind_names())
def test_no_card_shows_line_numbers_outside_its_notes(kind):
    """Notes on the extraction are folded (``fold`` in fields.toml), and what is left names pages."""
    shown = {key: text for key in ids(kind) for text in (card(kind, key).head, *dict(card(kind, key).pairs).values())}
    assert {key: text for key, text in shown.items() if LEAKS.search(text)} == {}


def test_notes_on_the_extraction_are_folded_with_lines_and_how_the_page_is_known():
    item = card("term", "annual-ai")
    assert "small L" in dict(item.folded)["Note"] and "Note" not in dict(item.pairs)
    found = dict(cards.noted(card("fact", "register-out-2012")))
    assert found["Page number"] == "inferred, not printed" and found["Lines of the supplied text"]


def test_columns_in_other_languages_are_known_by_their_label():
    assert cards.languages("term") == {"In Russian": "ru", "In Kazakh": "kk"}
    assert cards.languages("fact") == {}


# --- words


def test_lines_of_a_document_read_as_pages_where_they_are_known():
    assert cards.paged("see line 968 and Lines 968-969", "antonowicz2013oosc") == "see p. 22 and p. 22"
    assert cards.paged("at line 968; repeated at 968-969", "antonowicz2013oosc") == "on p. 22; repeated on p. 22"
    assert cards.paged("likewise lines 4153, 4155 and 1313", "antonowicz2013oosc") == "likewise p. 68 and p. 26"
    assert cards.paged("in line 1", "unicefkz2023annual") == "on an unnumbered page"
    assert cards.paged("children at 14, a share at 100% and at 33.5", "antonowicz2013oosc") == (
        "children at 14, a share at 100% and at 33.5"
    )
    assert cards.paged("a timeline 968 days long", "antonowicz2013oosc") == "a timeline 968 days long"


def test_the_text_for_the_search_has_details_and_places_but_not_the_head():
    text = cards.plain(card("fact", "register-out-2012"))
    assert "Of whom: minors absent over 10 days" in text
    assert text.endswith("Out-of-school study (2013), p. 22, Table 3")
    assert card("fact", "register-out-2012").head not in text


def test_what_a_role_stands_for_can_be_read_in_a_notebook():
    lines = repr(cards.about("register-out-2012")).split("\n")
    assert lines[0] == "Fact register-out-2012: 188"
    assert "  Of whom: minors absent over 10 days without a valid reason" in lines
    assert "  As of: 15 May 2012" in lines
    assert lines[-1] == "  Where: Out-of-school study (2013), p. 22, Table 3"
    assert "  Cautions: lost in source" in cards.about("annual-cyberbullying-experienced-lost")


def test_records_of_two_kinds_with_one_id_are_both_read():
    text = cards.about("vac-workforce-ratio")
    assert text.startswith("Fact vac-workforce-ratio: ") and "\n\nDiscrepancy vac-workforce-ratio: " in text


def test_an_id_of_no_record_is_answered_with_the_nearest():
    with pytest.raises(UnknownId, match="no record has the id 'register-out-2021'; did you mean register-out-20"):
        cards.about("register-out-2021")


# --- order and relations


def test_discrepancies_that_change_a_conclusion_come_first():
    severities = [store.row("discrepancies", key).severity for key in ids("discrepancy")]
    order = ["changes-a-conclusion", "changes-a-figure", "wording"]
    assert set(severities) == set(order)
    assert severities == sorted(severities, key=order.index)


def test_other_records_come_in_the_order_of_their_file():
    assert ids("risk-point")[:2] == ["rp-1-fail-to-start", "rp-2-withdrawal-transfer"]


def test_related_records_are_named_by_kind_under_what_relates_them():
    assert related("recommendation", "annual-r01")["Parts"] == [
        ("recommendation", "annual-r01-a"),
        ("recommendation", "annual-r01-b"),
    ]
    assert ("finding", "annual-find-ecd-limits") in related("recommendation", "annual-r01")["Rests on"]


def test_a_card_rests_on_its_own_table_on_pages_sources_and_every_table_of_codes():
    behind = cards.tables_behind("fact")
    assert {"facts", "pages", "sources", "indicators", "places"} <= behind
    assert "findings" not in behind


def test_the_card_of_a_disagreement_says_what_to_do_where_there_is_advice():
    labels = [label for label, _ in card("discrepancy", "cross-pmpc-name").pairs]
    assert labels.index("What to do") == labels.index("Our reading") + 1
    assert "What to do" not in dict(card("discrepancy", "age-36-59").pairs)


def test_a_thread_stands_in_both_documents_and_one_without_a_report_in_one():
    assert [place.source for place in card("thread", "thread-crpd").places] == [
        "antonowicz2013oosc",
        "cecchetti2021vac",
    ]
    assert [place.source for place in card("thread", "thread-oosc-r08").places] == ["antonowicz2013oosc"]


def test_a_recommendation_leads_to_what_later_documents_report_of_it_and_back():
    assert ("thread", "thread-oosc-r11") in related("recommendation", "oosc-r11")["What a later document reports"]
    assert ("recommendation", "oosc-r11") in related("thread", "thread-oosc-r11")["Recommendation"]
