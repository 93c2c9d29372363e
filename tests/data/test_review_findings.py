"""What is worked out from the evidence of review findings: documents, silence, age, calls, shared messages."""

import re

import pytest

from evidence.data import review_findings as found
from evidence.data import store
from evidence.data.relations import relations
from evidence.figures.sentences import plain

KEYS = list(store.rows(found.TABLE))


@pytest.mark.parametrize("key", KEYS)
def test_every_document_speaks_on_a_review_finding_or_is_silent(key):
    heard = {source for item in found.evidence_of(key) for source in item.sources}
    assert heard | set(found.silent(key)) == set(store.rows("sources"))
    assert not heard & set(found.silent(key))
    assert set(found.supporting(key)) <= heard


def test_evidence_stands_below_its_document_and_once():
    for key in KEYS:
        items = [item for group in found.by_document(key).values() for item in group]
        assert sorted(items) == sorted(found.evidence_of(key))
    between = found.by_document("rf-helplines")[found.BETWEEN]
    assert [item.id for item in between] == ["cross-helplines"]


def test_what_supports_stands_before_what_conflicts():
    order = list(store.labels(found.EVIDENCE, "relation"))
    for key in KEYS:
        places = [order.index(item.relation) for item in found.evidence_of(key)]
        assert places == sorted(places)


def test_the_newest_year_is_that_of_a_record_in_support():
    assert found.newest_year("rf-register-non-return") == (2012, True)
    assert found.newest_year("rf-helplines") == (2021, False)  # its records name no year
    assert found.newest_year("rf-hidden-costs") == (2023, False)  # the newest record names none


@pytest.mark.parametrize("key", KEYS)
def test_no_year_is_later_than_the_documents(key):
    assert found.newest_year(key)[0] <= max(int(row.year) for row in store.rows("sources").values())


def test_calls_rest_on_a_finding_behind_it():
    calls = found.calls_on("rf-needs-assessment")
    own = {item.id for item in found.evidence_of("rf-needs-assessment") if item.kind == "finding"}
    assert calls
    for row in store.rows("recommendations").values():
        assert (row.id in calls) == bool(own & set(store.items(row.rests_on)))


def test_a_message_is_part_of_the_review_finding_it_shares_most_evidence_with():
    shared = [("finding", "vac-find-helplines-no-statistics"), ("finding", "vac-find-helplines-refer")]
    assert found.parts_of(shared)[0] == "rf-helplines"
    assert found.parts_of([("finding", "vac-find-annual-nothing")]) == []


@pytest.mark.parametrize("key", KEYS)
def test_a_record_in_support_makes_a_message_part_of_a_review_finding_and_no_other_does(key):
    for item in found.evidence_of(key):
        assert (key in found.parts_of([(item.kind, item.id)])) == (item.relation == found.SUPPORTS), item.id


def test_what_rests_on_a_record_can_be_followed_back():
    labels = [relation.label for relation in relations()["facts", "register-out-2012"]]
    assert "Supports review findings" in labels
    labels = {relation.label for relation in relations()[found.TABLE, "rf-home-visits"]}
    assert labels == {"Supported by", "Qualified by", "In conflict with"}


WORD = re.compile(r"\w{4,}")
ON_EVERY_PAGE = {"children", "study", "says", "document", "documents", "evaluation", "2013", "2021", "2023"}


def words_of(statement: str) -> set[str]:
    """Return the words of a sentence that say what it is about."""
    return set(WORD.findall(plain(statement).lower())) - ON_EVERY_PAGE


def say_the_same(message, finding) -> bool:
    """Return whether a message and a review finding rest mostly on the same records and share half of their words."""
    one, other = set(store.items(message.findings)), {item.id for item in found.evidence_of(finding.id)}
    here, there = (words_of(row.statement) for row in (message, finding))
    of_records, of_words = min(len(one), len(other)) or 1, min(len(here), len(there)) or 1
    return len(one & other) >= of_records * 3 / 4 and len(here & there) >= of_words / 2


def test_one_claim_has_one_rating():
    pairs = [
        (message.id, finding.id)
        for message in store.rows("synthesis").values()
        for finding in store.rows("review_findings").values()
        if message.confidence and finding.confidence and message.confidence != finding.confidence
        if say_the_same(message, finding)
    ]
    assert not pairs
