"""Derived tables of the part on child protection: against the coded rows they count."""

import pytest

from evidence.data import store
from evidence.figures.calculations import of_document
from evidence.parts.child_protection import evaluation as cp

QUESTIONS = list(store.load("evaluation_questions")["id"])
FINDINGS = store.load("findings")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_holds_every_finding_coded_with_its_question(question):
    found = [key for keys in cp.answer(question).findings.values() for key in keys]
    coded = [row.id for row in FINDINGS.itertuples() if question in row.questions.split(";")]
    assert sorted(found) == coded


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_recommendation_answers_a_question_by_a_finding_it_rests_on(question):
    answer = cp.answer(question)
    found = {key for keys in answer.findings.values() for key in keys}
    for row in of_document("recommendations", cp.EVALUATION).itertuples():
        assert (row.id in answer.recommendations) == bool(found & set(row.rests_on.split(";")))


def test_the_actions_of_an_answer_are_those_of_its_recommendations():
    answer = cp.answer("vac-q3-1")
    rows = store.load("actions")
    assert sorted(answer.actions) == sorted(rows[rows["recommendation"].isin(answer.recommendations)]["id"])
    assert [row.number for row in answer.actions.values()] == sorted(row.number for row in answer.actions.values())


def test_who_leads_an_action_says_where_it_is_stated():
    answer = cp.answer("vac-q3-1")
    rows = store.load("responsibilities").query("role == 'lead'")
    for action, bodies in answer.leads.items():
        for body, where in bodies.items():
            stated = set(rows[(rows["action"] == action) & (rows["body"] == body)]["stated_in"])
            assert where == ("text and table" if stated == {"text", "table"} else stated.pop())


def test_an_unknown_question_has_no_answer():
    assert cp.answer("vac-q9-9") == cp.Answer({}, [], {}, {}, [])


def test_the_questions_count_each_finding_once_for_each_of_its_questions():
    frame = cp.questions()
    assert list(frame["id"]) == QUESTIONS
    for stance in cp.STANCES:
        coded = FINDINGS[FINDINGS["stance"] == stance]["questions"]
        assert frame[stance].sum() == sum(len(list(filter(None, text.split(";")))) for text in coded)
    assert set(frame["Component"]) == set(cp.COMPONENTS.values())


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_messages_of_an_answer_rest_on_its_findings_the_closest_first(question):
    answer = cp.answer(question)
    found = {key for keys in answer.findings.values() for key in keys}
    table = store.load("synthesis").set_index("id")["findings"].str.split(";")
    shared = [len(found & set(table[key])) for key in answer.messages]
    assert shared == sorted(shared, reverse=True)
    assert all(shared)
    assert len(shared) <= cp.IN_SHORT
