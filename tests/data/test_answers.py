"""The questions people ask cover every document, topic and chapter, and can be asked in Russian and Kazakh."""

import re

import pytest

from evidence.data import store
from evidence.data.schema import ROOT
from evidence.figures.sentences import plain, records_in

ANSWERS = list(store.rows("answers").values())
CHAPTERS = [
    str(path.relative_to(ROOT).with_suffix(""))
    for folder in ("child_protection", "education", "methods", "programme")
    for path in sorted((ROOT / "chapters" / folder).glob("*.md"))
]
LATIN = re.compile(r"[A-Za-z]+")
NAMES = {"COVID", "KazAID", "PISA"}  # written so in Russian and Kazakh too
KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)  # letters that Russian does not have
RUSSIAN_WORDS = {"ли", "что", "как", "сколько", "есть", "почему", "кто", "какие", "детей"}


def documents(row) -> set[str]:
    """Return the documents that an answer rests on."""
    roles = records_in(row.short + row.answer)
    cells = {"facts": row.facts, "findings": row.findings}
    found = {store.row(table, key).source for table, cell in cells.items() for key in store.items(cell)}
    for key in store.items(row.discrepancies):
        found |= {store.row("discrepancies", key).left_source, store.row("discrepancies", key).right_source}
    return found | {store.row("recommendations", key).source for kind, key in roles if kind == "recommendation"}


def test_there_are_at_least_eighty_questions():
    assert len(ANSWERS) >= 80


@pytest.mark.parametrize("source", store.rows("sources"))
def test_every_document_answers_at_least_eight_questions(source):
    assert sum(source in documents(row) for row in ANSWERS) >= 8


@pytest.mark.parametrize("topic", store.labels("answers", "topic"))
def test_every_topic_has_at_least_five_questions(topic):
    assert sum(row.topic == topic for row in ANSWERS) >= 5


def test_there_are_at_most_twelve_topics():
    assert len(store.labels("answers", "topic")) <= 12


@pytest.mark.parametrize("state", store.labels("answers", "state"))
def test_every_state_occurs(state):
    assert any(row.state == state for row in ANSWERS)


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_chapter_opens_with_an_answer(page):
    assert [row.page for row in ANSWERS if row.leads].count(page) == 1


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: row.id)
def test_a_question_is_asked_in_russian_and_in_kazakh(row):
    for text in (row.question_ru, row.question_kk):
        assert set(LATIN.findall(text)) <= NAMES
        assert re.search("[а-яё]", text, re.IGNORECASE)
    assert not KAZAKH.search(row.question_ru)
    assert KAZAKH.search(row.question_kk)
    assert not RUSSIAN_WORDS & set(re.findall(r"\w+", row.question_kk.lower()))


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: row.id)
def test_a_message_whose_confidence_an_answer_shares_stands_on_the_same_subject(row):
    if row.message:
        message = store.row("synthesis", row.message)
        assert message.page.rpartition("/")[0] == row.page.rpartition("/")[0]


AS_OF = re.compile(r"\bas of ((?:19|20)\d\d)\b")


def test_an_answer_begins_as_a_sentence_does():
    """A number told in words, such as "half", begins with a small letter where a role prints it first."""
    rows = store.rows("answers").values()
    assert [row.id for row in rows for text in (row.short, row.answer) if plain(text)[:1].islower()] == []


def test_a_short_answer_names_no_other_year_than_the_line_below_it():
    other = [
        row.id for row in store.rows("answers").values() for year in AS_OF.findall(row.short) if year not in row.as_of
    ]
    assert not other


@pytest.mark.parametrize("column", ["short", "answer", "how_sure", "statement"])
def test_a_sentence_names_the_regions_that_its_findings_are_from(column):
    """What was found in named regions holds for them, not for all that a study covers."""
    table = "synthesis" if column == "statement" else "answers"
    wide = re.compile(r"\bregions (studied|evaluated|visited)\b")
    for row in store.rows(table).values():
        findings = [store.row("findings", key) for key in store.items(row.findings)]
        named = {key for finding in findings for key in store.items(finding.places)}
        regions = {key for key in named if store.row("places", key).kind in {"region", "city"}}
        assert not (wide.search(getattr(row, column)) and regions), (row.id, sorted(regions))
