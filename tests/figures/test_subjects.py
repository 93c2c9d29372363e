"""Subjects: whatever names one is on its page, what stands first is on it, and documents that are silent are named."""

from __future__ import annotations

import re

import pytest

from evidence.data import store
from evidence.figures import subjects

TEXTS = {"finding": "findings", "recommendation": "recommendations", "review-finding": "review_findings"}
NAMED = {  # words that name a subject, written down apart from the rules in the table
    "bullying": r"bull(?:y|ied|ying)|cyberbullying",
    "school-psychologists": r"psychologists?",
    "crisis-centres": r"crisis centres?",
    "children-with-disabilities": r"disabilit(?:y|ies)",
    "migrant-children": r"migrants?",
    "gender": r"gender",
    "data-systems": r"databases?|data systems?|information systems?",
    "corporal-punishment": r"corporal punishment",
    "child-labour": r"child labour",
    "helplines": r"helplines?|hotlines?",
    "mental-health": r"suicide|mental health",
}


@pytest.mark.parametrize("subject", NAMED)
@pytest.mark.parametrize("kind", TEXTS)
def test_whatever_names_a_subject_is_on_it(subject, kind):
    word = re.compile(rf"(?<!\w)(?:{NAMED[subject]})(?!\w)", re.IGNORECASE)
    naming = {key for key, row in store.rows(TEXTS[kind]).items() if word.search(row.statement)}
    assert naming - set(subjects.on(subject, kind)) == set()


def test_every_review_finding_is_on_a_subject():
    placed = {key for subject in store.rows("subjects") for key in subjects.on(subject, "review-finding")}
    assert placed == set(store.rows("review_findings"))


@pytest.mark.parametrize("subject", store.rows("subjects"))
def test_what_stands_first_and_the_rest_are_all_and_no_record_stands_twice(subject):
    parts = (subjects.known(subject), subjects.calls(subject))
    for first, others in parts:
        assert len({*first, *others}) == len(first) + len(others)
    shown = {key for kind, key in sum(subjects.known(subject), []) if kind == "review-finding"}
    assert shown == set(subjects.on(subject, "review-finding"))
    called = {key for kind, key in sum(subjects.calls(subject), []) if kind == "recommendation"}
    assert set(subjects.on(subject, "recommendation")) <= called


def test_a_judgement_without_themes_is_on_what_most_of_its_records_are_on():
    assert "bullying" in subjects.subjects_of("message", "cp-journeys-bullying")
    row = store.row("synthesis", "year-work-reach")  # one of its many counts is about cyberbullying
    assert "bullying" not in subjects.subjects_of("message", row.id)


def test_a_disagreement_is_on_the_subject_of_its_facts():
    assert "crisis-centres" in subjects.subjects_of("discrepancy", "vac-dis-crisis-centres-40-33")


def test_a_document_without_a_record_on_a_subject_is_silent():
    assert subjects.silent("crisis-centres") == [
        source for source in store.rows("sources") if source != "cecchetti2021vac"
    ]
    assert subjects.silent("children-with-disabilities") == []


def test_a_call_that_only_rests_on_a_finding_of_the_subject_is_told_apart():
    assert "vac-r02" in subjects.resting("crisis-centres")
    assert "vac-r02" not in subjects.on("crisis-centres", "recommendation")


def test_a_record_is_grouped_under_the_narrowest_other_subject_it_is_on():
    records = [("gap", "gap-vac-helplines-no-statistics"), ("gap", "gap-oosc-bibliography-lost")]
    grouped = subjects.by_topic("data-systems", records)
    assert grouped == {"": [records[1]], "helplines": [records[0]]}


def test_what_is_nearby_stands_where_no_call_is_on_the_subject_itself():
    assert subjects.nearby("crisis-centres") == [("recommendation", "vac-r02")]
    assert subjects.nearby("bullying") == []
