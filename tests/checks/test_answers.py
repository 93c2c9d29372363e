"""Answers to plain questions obey their rules, and one that does not is named."""

import pandas as pd
import pytest

from evidence.checks import answers
from evidence.checks.answers import ANSWERS, problems_of

PAGE = "chapters/education/register"
GOOD = {
    "id": "good",
    "topic": "out-of-school",
    "order": 1,
    "question": "Did absence fall?",
    "short": "The register did.",
    "answer": "The register fell to {fact}`register-registered-2012` children. Why is not said.",
    "state": "answered",
    "how_sure": "One register, known to be incomplete.",
    "message": "",
    "review_finding": "",
    "facts": "register-registered-2012",
    "findings": "find-database-1756-to-894",
    "discrepancies": "eastkaz-drop",
    "page": PAGE,
    "heading": "",
    "leads": False,
    "question_ru": "Стало ли меньше пропусков?",
    "question_kk": "Сабақ босату азайды ма?",
}
OTHER = GOOD | {
    "id": "other",
    "order": 2,
    "question": "Who counts it?",
    "question_ru": "Кто это считает?",
    "question_kk": "Оны кім санайды?",
}
NO_SUPPORT = {"facts": "", "findings": "", "discrepancies": "", "answer": "Nothing is known."}
LOST_FACT = "annual-cyberbullying-experienced-lost"


def found(*rows: dict) -> list[tuple[int, str, str]]:
    """Return row, column and rule of every problem of a table of these answers."""
    return [(problem.row, problem.column, problem.rule) for problem in problems_of(pd.DataFrame(rows))]


def only(rows: list[dict], row: int, column: str, rule: str) -> None:
    """Check that a table of answers has one problem: this one."""
    assert [(number, name) for number, name, _ in found(*rows)] == [(row, column)]
    assert rule in found(*rows)[0][2]


def test_the_answers_of_the_book_obey_the_rules():
    assert [str(problem) for problem in answers.problems()] == []


def test_good_answers_have_no_problem():
    assert found(GOOD, OTHER) == []


@pytest.mark.parametrize(("column", "most"), ANSWERS.most_words.items())
def test_a_text_of_too_many_words_is_named(column, most):
    end = "?" if column == "question" else "."
    assert found(GOOD | {column: " ".join(["word"] * most) + end}) == []
    only([GOOD | {column: " ".join(["word"] * (most + 1)) + end}], 2, column, f"has {most + 1} words")


def test_a_role_counts_as_the_words_it_prints():
    words = " ".join(["word"] * (ANSWERS.most_words["answer"] - 1))
    assert found(GOOD | {"answer": words + " {fact}`register-registered-2012`"}) == []
    only([GOOD | {"answer": words + " {fact}`vac-crisis-centres-2019`"}], 2, "answer", "words")  # 33 centres in 2019


@pytest.mark.parametrize("column", answers.QUESTIONS)
def test_a_question_that_does_not_ask_is_named(column):
    only([GOOD | {column: "Мектеп."}], 2, column, "end it with a question mark")


@pytest.mark.parametrize(
    ("column", "again"),
    [
        ("question", "who  counts IT ?"),
        ("question_ru", "Кто - это считает?"),
        ("question_kk", "оны кім санайды?"),
    ],
)
def test_a_question_asked_again_is_named_whatever_its_case_and_punctuation(column, again):
    assert found(OTHER | {"order": 1}, GOOD | {"order": 2}) == []
    only([OTHER | {"order": 1}, GOOD | {"order": 2, column: again}], 3, column, "is asked by other too")


def test_an_answer_that_rests_on_nothing_is_named():
    only([GOOD | NO_SUPPORT], 2, "findings", "rests on nothing")


@pytest.mark.parametrize(
    "support",
    [
        {"facts": "register-out-2012"},
        {"findings": "find-monitoring-weak"},
        {"discrepancies": "eastkaz-drop"},
        {"short": "{calc}`register-fall-2011-2012`."},
        {"answer": "See {recommendation}`oosc-r02`."},
    ],
)
def test_a_fact_a_finding_a_discrepancy_or_a_role_is_support(support):
    assert found(GOOD | NO_SUPPORT | support) == []


def test_an_answer_that_nobody_knows_has_to_show_what_was_looked_for():
    unknown = GOOD | {"state": "unknown"}
    assert found(unknown | {"discrepancies": ""}) == found(unknown | {"findings": ""}) == []
    only([unknown | {"findings": "", "discrepancies": ""}], 2, "findings", "what was looked for")


def test_an_answer_that_the_number_is_lost_has_to_name_the_lost_fact():
    lost = GOOD | {"state": "lost"}
    only([lost], 2, "facts", "lost_in_source")
    assert found(lost | {"facts": f"register-out-2012;{LOST_FACT}"}) == []
    assert found(lost | {"answer": f"The share is lost: {{fact}}`gone <{LOST_FACT}>`."}) == []


def test_a_page_that_does_not_exist_is_named():
    only([GOOD | {"page": "chapters/education/registers"}], 2, "page", "there is no such page")


def test_a_heading_that_its_page_does_not_have_is_named():
    assert found(GOOD | {"heading": "One region accounts for most of the fall"}) == []
    wrong = GOOD | {"heading": "One region accounts for most of the rise"}
    only([wrong], 2, "heading", f"{PAGE} has no such heading")


def test_a_second_answer_that_leads_a_page_is_named():
    lead = {"leads": True, "answer": "The register fell."}
    assert found(GOOD | lead, OTHER | lead | {"page": "chapters/education/enrolment"}) == []
    only([GOOD | lead, OTHER | lead], 3, "leads", "opens with good")


def test_a_lead_of_several_sentences_is_named():
    only([GOOD | {"leads": True}], 2, "answer", "say it in one sentence")


@pytest.mark.parametrize("order", [1, 3, 0])
def test_a_gap_or_a_double_in_the_order_of_a_topic_is_named(order):
    assert "order" in [column for _, column, _ in found(GOOD, OTHER | {"order": order})]


def test_each_topic_has_an_order_of_its_own():
    assert found(GOOD, OTHER | {"order": 1, "topic": "barriers"}) == []


def test_one_judgement_gives_an_answer_its_level():
    only([GOOD | {"message": "reg-fall", "review_finding": "rf-rural"}], 2, "review_finding", "not both")
