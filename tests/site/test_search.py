"""The index of the search: what it finds, under which names, with which titles, and how it is written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from copy import deepcopy
from types import SimpleNamespace

import pytest
from docutils import nodes

from evidence.data import store
from evidence.figures.cards import card, kind_names
from evidence.site.records.domain import EvidenceDomain
from evidence.site.search import records, result, shelves, stems, thesaurus
from evidence.site.search.records import Page
from evidence.site.search.result import Record, Wording

HIGH = {"question": 12, "document": 8, "chapter": 6, "key message": 6, "review finding": 6, "section": 2}
HIGH |= {"exhibit": 3, "page": 3, "term": 2}
LOW = {"discrepancy": 0.6, "prohibition": 0.5, "step of a child’s journey": 0.3, "table row": 0.6}


def app_of(objects: dict, pages: dict | None = None, titles: dict | None = None):
    """Return as much of a Sphinx application as the index asks for."""
    domain = EvidenceDomain.__new__(EvidenceDomain)
    domain.data = deepcopy(EvidenceDomain.initial_data) | {"objects": objects}
    names = {name: nodes.title("", text) for name, text in (titles or {}).items()}
    metadata = {name: {"description": f"About {text}."} for name, text in (titles or {}).items()}
    env = SimpleNamespace(get_domain=lambda name: domain, evidence_pages=pages or {}, titles=names, metadata=metadata)
    return SimpleNamespace(env=env, builder=SimpleNamespace(get_target_uri=lambda name: f"{name}.html"))


# --- order


@pytest.mark.parametrize(("kind", "weight"), (HIGH | LOW).items())
def test_a_kind_weighs_what_the_definition_says(kind, weight):
    assert result.weights()[kind] == weight


def test_every_other_kind_of_record_weighs_one():
    names = {name.lower() for name in kind_names().values()}
    assert {result.weights()[name] for name in names - set(HIGH) - set(LOW)} == {1}
    assert set(result.weights()) == names | {
        *("topic", "document", "chapter", "section", "page", "exhibit", "table row", "selection")
    }


def test_what_answers_a_question_comes_first():
    objects = {("fact", "register-out-2012"): ("facts", "fact-x", "A fact")}
    objects |= {("answer", "barriers-costs"): ("answers", "answer-x", "Is school free?")}
    assert [found.kind for found in records.all_records(app_of(objects))] == ["question", "fact"]


# --- records


def test_a_record_is_found_by_its_title_and_by_what_its_card_says():
    objects = {("fact", "register-out-2012"): ("facts", "fact-register-out-2012", "Children: 188")}
    (found,) = records.domain_records(app_of(objects))
    assert found[:3] == ("Children: 188", "facts.html#fact-register-out-2012", "fact")
    assert "minors absent over 10 days" in found.text
    assert found.where.startswith("Out-of-school study (2013), p. ")


def test_pages_of_documents_are_no_results():
    objects = {("page", "antonowicz2013oosc:22"): ("index", "page-22", "p. 22")}
    assert records.domain_records(app_of(objects)) == []


def test_a_question_is_one_result_in_three_languages():
    objects = {("answer", "barriers-costs"): ("answers", "answer-barriers-costs", "Is school free?")}
    (found,) = records.domain_records(app_of(objects))
    row = store.row("answers", "barriers-costs")
    assert set(found.spoken) == {Wording(row.question_ru, "ru"), Wording(row.question_kk, "kk")}
    assert found.summary.startswith(row.short[:-1])


def test_a_question_is_found_by_each_way_people_put_it():
    objects = {("answer", "barriers-costs"): ("answers", "answer-barriers-costs", "Is school free?")}
    (found,) = records.domain_records(app_of(objects))
    row = store.row("phrasings", "phrasing-barriers-costs")
    assert [text for text, language in found.asked if not language] == store.items(row.english)
    assert {language for _, language in found.asked} == {"", "ru", "kk"}


def test_every_question_has_phrasings_and_none_is_the_question_itself():
    questions = {row.id: row for row in store.rows("answers").values()}
    asked = {key: wordings for (kind, key), wordings in records.phrasings().items() if kind == "answer"}
    assert set(asked) == set(questions) and len(store.rows("phrasings")) == len(questions)
    repeated = [
        text
        for key, wordings in asked.items()
        for text, _ in wordings
        if text in (questions[key].question, questions[key].question_ru, questions[key].question_kk)
    ]
    assert not repeated


def test_a_finding_is_found_by_the_words_of_those_who_ask_for_it():
    objects = {("finding", "covid-find-pay-rise-resented"): ("findings", "finding-x", "Some minded the rise")}
    (found,) = records.domain_records(app_of(objects))
    row = store.row("record_phrasings", "asks-covid-find-pay-rise-resented")
    assert [text for text, language in found.asked if not language] == store.items(row.english)
    assert {language for _, language in found.asked} == {"", "ru", "kk"}


def test_a_row_of_ways_to_ask_names_one_record_and_no_other_row_names_it():
    kinds = records.PHRASINGS["record_phrasings"]
    named = [
        [(kind, getattr(row, kind)) for kind in kinds if getattr(row, kind)]
        for row in store.rows("record_phrasings").values()
    ]
    assert [some for some in named if len(some) != 1] == []
    assert len({some[0] for some in named}) == len(named)


def test_how_a_record_was_judged_is_not_what_it_says():
    objects = {("message", "remote-heard-missing"): ("page", "message-x", "Hardly anyone took part")}
    (found,) = records.domain_records(app_of(objects))
    assert "one parent of a child with a disability" in found.text
    assert "minor" not in found.text and "The statements are about this study itself" not in found.text


def test_an_exhibit_is_found_by_what_is_said_of_it():
    pages = {"page": Page([], {"x": "Bars of 2011. Children; as of 2011."})}
    objects = {("exhibit", "x"): ("page", "exhibit-x", "Most had returned")}
    (found,) = records.domain_records(app_of(objects, pages, {"page": "The page"}))
    assert (found.title, found.where, found.text) == ("Most had returned", "The page", pages["page"].exhibits["x"])


def test_records_come_in_an_order_that_does_not_hang_on_how_they_were_read():
    keys = [("fact", "register-out-2012"), ("calc", "register-non-return-2012"), ("fact", "register-out-2011")]
    objects = {key: ("facts", "-".join(key), "Title") for key in keys}
    turned = dict(reversed(objects.items()))
    assert records.all_records(app_of(objects)) == records.all_records(app_of(turned))


def test_a_row_of_a_table_is_found_by_its_place_in_three_languages_and_by_its_cells():
    key = ("row", "antonowicz2013oosc_regions#akmola")
    (found,) = records.domain_records(app_of({key: ("tables", "row-regions-akmola", "Akmola: Table 5")}))
    assert (found.title, found.url) == ("Akmola: Table 5", "tables.html#row-regions-akmola")
    assert found.names == "Akmola Акмолинская область Ақмола облысы"
    assert "Registered 2010-11: 94" in found.text and "antonowicz2013oosc" not in found.text


def test_titles_that_are_alike_say_where_each_stands():
    alike = [Record("Bullying", "a#1", "term", "Study, p. 1"), Record("Bullying", "a#2", "term", "Study, p. 2")]
    other = Record("Bullying", "a#3", "body", "Study, p. 1")
    told = records.told_apart([*alike, other])
    assert [found.title for found in told] == ["Bullying (Study, p. 1)", "Bullying (Study, p. 2)", "Bullying"]


def test_the_documents_and_pages_of_reference_are_results_and_chapters_by_their_sections():
    titles = {"chapters/sources/gurin2023tale": "Tale", "chapters/reference/glossary": "Glossary", "chapters/a/b": "B"}
    found = records.page_records(app_of({}, titles=titles))
    assert [(record.kind, record.title) for record in found] == [("page", "Glossary"), ("document", "Tale")]
    assert store.names("sources")["gurin2023tale"] in found[1].names and found[1].summary == "About Tale."
    assert "A Tale of Two Studies" in found[1].names and "{" not in found[1].names


# --- chapters


def section(name: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", name), *children, ids=[name.lower()])


def test_a_section_is_found_by_its_own_words_and_not_by_those_of_the_sections_in_it():
    inner = section("Inner", nodes.paragraph("", "inner words"))
    doctree = section("Outer", nodes.paragraph("", "outer  words\n here"), inner)
    document = nodes.container("", doctree)
    assert records.sections_of(document) == [
        ("Outer", "outer", "outer words here"),
        ("Inner", "inner", "inner words"),
    ]


def test_code_is_not_found():
    box = nodes.container("", nodes.literal_block("", "import x"), nodes.paragraph("", "words"))
    assert records.words_of(box) == "words"


def test_sections_of_chapters_are_results_unless_a_record_stands_there():
    sections = [("Who?", "who", "all"), ("What the evidence cannot say", "not", "limits"), ("Question 1", "q1", "x")]
    found = records.section_records(app_of({}, {"a": Page(sections, {})}), {"a.html#q1"})
    assert [(record.title, record.url, record.kind) for record in found] == [
        ("Who?", "a.html#who", "chapter"),
        ("What the evidence cannot say: Who?", "a.html#not", "section"),
    ]


def test_sections_of_a_page_that_continues_lead_to_the_page_they_stand_on():
    app = app_of({}, {"a": Page([("Who?", "who", ""), ("Item", "item", ""), ("Then", "then", "")], {})})
    app.env.get_domain("").stand("a", "a-2", ["item"])
    assert [record.url for record in records.section_records(app, set())] == [
        "a.html#who",
        "a-2.html#item",
        "a-2.html#then",
    ]


# --- words, stems and concepts

SAME_STEM = [
    ("бедность", "бедностью"),
    ("школа", "школах"),
    ("мектеп", "мектептегі"),
    ("мектеп", "мектебі"),
    ("балалар", "баласының"),
    ("мүгедектігі", "мүгедектер"),
    ("зорлық", "зорлыққа"),
    ("бармайтын", "бармау"),
    ("келмейді", "келмейтін"),
    ("police", "police"),
    ("evaluations", "evaluation"),
]


@pytest.mark.parametrize(("one", "other"), SAME_STEM)
def test_inflections_of_a_word_share_a_stem(one, other):
    assert set(stems.stems_of(thesaurus.telling(one)[0])) & set(stems.stems_of(thesaurus.telling(other)[0]))


@pytest.mark.parametrize(("word", "language"), [("детьми", "ru"), ("балаларға", "kk")])
def test_a_word_whose_language_is_known_has_the_one_stem_of_it(word, language):
    (word,) = thesaurus.telling(word)
    (stem,) = stems.stems_of(word, language)
    assert stem in stems.stems_of(word)


def test_no_word_loses_all_its_letters():
    assert stems.stems_of("s") == ("s",)


def test_police_is_no_policy():
    assert stems.stems_of("police") != stems.stems_of("policy")


def concepts_of(text: str) -> set[str]:
    return set(thesaurus.concepts_in(thesaurus.telling(text)))


@pytest.mark.parametrize("text", ["bullying", "school bullying", "буллинга", "травлю", "мектептегі зорлық", "bullied"])
def test_what_people_call_a_thing_stands_for_one_concept(text):
    assert "bullying" in concepts_of(text)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Zhambyl", "jambyl"),
        ("Жамбылской области", "jambyl"),
        ("Нур-Султан", "astana-city"),
        ("Nur-Sultan", "astana-city"),
        ("Abay Region", "east-kazakhstan"),
        ("Семей", "east-kazakhstan"),
        ("ШҚО", "east-kazakhstan"),
        ("Жетісу", "almaty-region"),
        ("Туркестанской области", "turkistan"),
        ("Қарағанды облысында", "karaganda"),
    ],
)
def test_a_place_is_found_under_every_name(name, place):
    assert f"place-{place}" in concepts_of(name)


def test_the_longest_name_counts():
    assert "meals" in concepts_of("школьное питание") and "hunger" not in concepts_of("школьное питание")


def test_an_abbreviation_and_its_words_in_other_languages_stand_for_one_concept():
    assert concepts_of("ЦАН") & concepts_of("Centre for the Adaptation of Minors") & concepts_of("CAM")


def test_every_concept_has_names_in_three_languages():
    missing = [
        row.id
        for row in store.rows("thesaurus").values()
        if not row.place and not (row.russian and row.kazakh and row.english)
    ]
    assert not missing


def test_a_subject_no_document_treats_is_known_in_three_languages_and_by_no_name_of_the_thesaurus():
    called = thesaurus.untreated()
    assert {"tuberculosis", "tuberculosis (туберкулёз)", "tuberculosis (туберкулез)"} <= set(called)
    assert ("tuberculosi",) in called["tuberculosis"]
    assert not {form for forms in called.values() for form in forms} & set(thesaurus.concepts())


def test_a_name_of_the_thesaurus_cannot_be_said_to_be_treated_nowhere(monkeypatch):
    row = next(iter(store.rows("untreated").values()))._replace(english="bullying")
    real = store.rows
    monkeypatch.setattr(store, "rows", lambda name: {row.id: row} if name == "untreated" else real(name))
    thesaurus.untreated.cache_clear()
    with pytest.raises(ValueError, match="bulli is a name of the thesaurus too"):
        thesaurus.untreated()
    thesaurus.untreated.cache_clear()


@pytest.mark.parametrize("subject", store.rows("subjects").values(), ids=store.rows("subjects"))
def test_a_topic_is_summed_up_by_its_question_and_answer_or_by_who_is_asked(subject):
    summary = records.subject_record(subject, "page.html").summary
    assert summary.count("onfidence") <= 1  # one level, or from one to another
    if subject.answer:
        assert summary.startswith(store.row("answers", subject.answer).question + " ")
    else:
        assert summary.startswith("Asked: ")


# --- shelves


RECORDS = [
    Record("Bullying at school", "page.html#a", "chapter", "", "About bullying.", "", "bullying " * 9),
    Record("Other", "page.html#b", "chapter", "", "", "", "A word on bullying, and many other words " + "so " * 40),
    Record("A fact", "facts.html#c", "fact", "Study, p. 1"),
]


def test_a_word_in_the_title_stands_for_a_record_better_than_one_in_its_text():
    first, rest = shelves.shelves(RECORDS)
    assert [record.title for record in rest.records] == ["A fact"]
    (stem,) = stems.stems_of("bullying")
    (one, high), (two, low) = first.postings[stem]
    assert (one, two) == (0, 1) and high > low


def pieces_of(shelf: shelves.Shelf) -> dict[str, dict]:
    """Return what each script of a shelf hands over, by the name of the script."""
    handed = re.compile(r"\(window\.evidenceShelves\?\?=\[\]\)\.push\((.*)\);\n")
    return {name: json.loads(handed.fullmatch(text)[1]) for name, text in shelves.scripts(shelf).items()}


def held_by(shelf: shelves.Shelf) -> dict:
    return dict(item for piece in pieces_of(shelf).values() for item in piece.items())


def decoded(coded: str) -> list[str]:
    """Return the words of a text that front coding made."""
    words = [""]
    for shared, rest in re.findall("([A-Z])([^A-Z]*)", coded):
        words.append(words[-1][: ord(shared) - ord("A")] + rest)
    return words[1:]


@pytest.mark.parametrize(
    "words", [["abroad", "abroads", "above"], ["#1", "2.5", "школ", "школьн двор"], ["z" * 30, "z" * 31], []]
)
def test_words_are_packed_by_what_they_share_with_the_one_before(words):
    coded = shelves.front_coded(words)
    assert decoded(coded) == words and len(coded) <= sum(map(len, words)) + len(words)


def test_a_shelf_is_written_as_a_script_that_holds_every_record():
    first, _ = shelves.shelves(RECORDS)
    (held,) = pieces_of(first).values()
    assert held["titles"].split("\n") == ["Bullying at school", "Other"]
    assert held["addresses"].split("\n") == ["0#a", "0#b"] and held["pages"] == ["page.html"]
    assert len(re.findall("[A-Z]", held["terms"])) == len(held["postings"].split())
    assert "forms" in held and "stop" in held


def test_the_first_shelf_names_the_scripts_of_the_second_which_hold_each_part_once():
    first, rest = shelves.shelves(RECORDS)
    pieces = pieces_of(rest)
    assert held_by(first)["later"] == list(pieces) == [piece.pop("name") for piece in pieces.values()]
    assert sorted(part for piece in pieces.values() for part in piece) == sorted(set(shelves.held_by(rest)))


def test_a_place_that_many_records_share_is_written_once():
    records = [Record(title, f"facts.html#{title}", "fact", "Study, p. 1") for title in ("a", "b")]
    held = held_by(shelves.shelves(records)[1])
    assert (held["wheres"], held["where"]) == ("Study, p.\u00a01", "0 0")


def test_what_is_asked_in_a_language_is_found_by_the_stem_of_that_language():
    record = Record("Title", "page.html#a", "question", asked=(Wording("балаларға", "kk"), Wording("школах", "ru")))
    first, _ = shelves.shelves([record])
    assert {stems.kazakh("балаларга"), "школ"} <= set(first.postings)


def test_concepts_that_share_a_name_stand_beside_all_their_names():
    forms = dict(line.split("=") for line in held_by(shelves.shelves(RECORDS)[0])["forms"].split("\n"))
    numbers = shelves.numbered_concepts()
    assert {"bulli", "травл"} <= set(decoded(forms[str(numbers["bullying"])]))


def test_the_second_shelf_says_what_questions_are_called_in_other_languages():
    asked = (Wording("Тақырып?", "kk"), Wording("Тема?", "ru"), Wording("Другая тема", "ru"))
    first, rest = shelves.shelves([Record("Title", "a#1", "question", spoken=asked), Record("Page", "b", "page")])
    assert held_by(rest)["spoken"] == {"ru": "Тема?\n", "kk": "Тақырып?\n"}
    assert "spoken" not in held_by(first)


def test_a_record_is_found_by_each_of_its_titles_as_well_as_by_its_own():
    titles = (Wording("measles"), Wording("vaccines against everything that children have"))
    records = [Record("Health", "a", "page", titles=titles), Record("Measles", "b", "page")]
    (stem,) = stems.stems_of("measles")
    (one, level), (two, its_own) = shelves.shelves(records)[0].postings[stem]
    assert (one, two) == (0, 1) and level == its_own


def test_words_of_the_lexicon_stand_for_english_stems():
    forms = thesaurus.lexicon()
    assert ("портфол",) in forms[("portfolio",)]
    lines = dict(line.split("=") for line in shelves.translations()["lexicon"].split("\n"))
    assert "портфол" in decoded(lines["portfolio"])


def test_each_name_of_a_concept_is_on_one_shelf_the_first_if_that_finds_something_by_it():
    first, rest = (held_by(shelf)["forms"].split("\n") for shelf in shelves.shelves(RECORDS))
    number = str(shelves.numbered_concepts()["bullying"])
    assert number in {line.split("=")[0] for line in first} - {line.split("=")[0] for line in rest}
    assert {line.split("=")[0]: line.split("=")[1] for line in first + rest} == shelves.named()
    assert len(first + rest) == len(shelves.named())


def test_the_summary_of_a_question_is_its_short_answer_and_then_as_much_of_the_full_one_as_fits():
    item = card("answer", "barriers-costs")
    said = dict(item.pairs)
    summary = records.summary_of(item)
    assert summary.startswith(f"{said['In short']} ") and summary.count(said["In short"]) == 1
    assert said["Answer"].startswith(summary.removeprefix(said["In short"]).strip(" …"))
    assert len(said["In short"]) < len(summary) <= result.SUMMARY


def test_the_thesaurus_is_the_same_whatever_the_order_of_sets():
    code = "from evidence.site.search.thesaurus import concepts; print(sorted(concepts().items()))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in "123"
    }
    assert len(said) == 1
