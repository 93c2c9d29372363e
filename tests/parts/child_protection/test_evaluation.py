"""Derived tables of the chapter on the evaluation: against the coded rows they count."""

import pytest

from evidence.data import questions as answers
from evidence.data import store
from evidence.data.records import fact, own_limit
from evidence.data.store import of_document
from evidence.parts.child_protection import evaluation as cp

QUESTIONS = list(store.load("evaluation_questions")["id"])
FINDINGS = store.load("findings")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_holds_every_finding_coded_with_its_question(question):
    found = [key for keys in answers.answer(question).findings.values() for key in keys]
    coded = [row.id for row in FINDINGS.itertuples() if question in row.questions.split(";")]
    assert sorted(found) == coded


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_recommendation_answers_a_question_by_a_finding_it_rests_on(question):
    answer = answers.answer(question)
    found = {key for keys in answer.findings.values() for key in keys}
    for row in of_document("recommendations", cp.EVALUATION).itertuples():
        assert (row.id in answer.recommendations) == bool(found & set(row.rests_on.split(";")))


def test_the_actions_of_an_answer_are_those_of_its_recommendations():
    answer = answers.answer("vac-q3-1")
    rows = store.load("actions")
    assert sorted(answer.actions) == sorted(rows[rows["recommendation"].isin(answer.recommendations)]["id"])
    assert [row.number for row in answer.actions.values()] == sorted(row.number for row in answer.actions.values())


def test_who_leads_an_action_says_where_it_is_stated():
    answer = answers.answer("vac-q3-1")
    rows = store.load("responsibilities").query("role == 'lead'")
    for action, bodies in answer.leads.items():
        for body, where in bodies.items():
            stated = set(rows[(rows["action"] == action) & (rows["body"] == body)]["stated_in"])
            assert where == ("text and table" if stated == {"text", "table"} else stated.pop())


def test_an_unknown_question_has_no_answer():
    with pytest.raises(store.UnknownId, match="vac-q9-9"):
        answers.answer("vac-q9-9")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_messages_of_an_answer_rest_on_its_findings_the_closest_first(question):
    answer = answers.answer(question)
    found = {key for keys in answer.findings.values() for key in keys}
    table = store.load("synthesis").set_index("id")["findings"].str.split(";")
    shared = [len(found & set(table[key])) for key in answer.messages]
    assert shared == sorted(shared, reverse=True)
    assert all(shared)
    assert len(shared) <= own_limit("messages-on-top")


def test_the_questions_lead_to_their_cards_and_count_each_finding_once_for_each_of_its_questions():
    frame, names = cp.questions(), store.labels("findings", "stance")
    assert [cell["to"] for cell in frame["Question"]] == [f"question:{key}" for key in QUESTIONS]
    for stance in cp.STANCES:
        coded = FINDINGS[FINDINGS["stance"] == stance]["questions"]
        counted = sum(len(store.items(text)) for text in coded)
        assert frame[names[stance].capitalize()].sum() == counted
    assert list(frame["Component"].unique()) == list(cp.COMPONENTS.values())
    assert set(frame["locator"]) == {"Table 4"}


def test_interviews_and_discussions_by_who_was_heard_sum_to_the_printed_totals():
    table = cp.people_heard()
    central = fact("vac-interviews-central-government").value + fact("vac-interviews-central-civil-society").value
    assert table["interviews"].sum() == central + fact("vac-interviews-regional").value
    assert (table.drop(columns="Who") > 0).sum(axis=1).eq(1).all()  # each row is of one method
    for method in ("interviews", "group discussions", "case studies"):
        numbers = [number for number in table[method] if number]
        assert numbers == sorted(numbers, reverse=True), method


def test_every_interview_discussion_and_case_study_of_the_method_is_shown_once():
    methods = of_document("methods", cp.EVALUATION).query("study == 'Formative evaluation'")
    hearing = methods["method"].str.contains("interviews|discussions|case studies|reconstruction")
    details = methods["method"] == "interviews for case studies"  # informants of the case studies, in an annex
    assert sorted(cp.ways_of_hearing()["lines"]) == sorted(methods[hearing & ~details]["lines"])


def test_limits_are_those_the_evaluators_name_and_none_of_a_work_they_cite():
    methods = of_document("methods", cp.EVALUATION).set_index("id")
    assert set(methods.query("subject != ''")["study"]) == {"Formative evaluation"}
    named = set(methods.index[methods.index.str.startswith("vac-method-limit-")])
    assert set(methods.query("subject == 'limit'").index) == named | {"vac-method-remote", "vac-method-response"}
    assert len(cp.limits()) == len(named) + 2
