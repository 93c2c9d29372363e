"""Tables of the chapter on what the documents know together."""

import pytest

from evidence.data import review_findings, store
from evidence.parts.synthesis import findings

SUBJECTS = tuple(store.labels(review_findings.TABLE, "subject"))
ROWS = store.rows(review_findings.TABLE)


def keys(frame) -> list[str]:
    """Return the ids that the first column of a table leads to."""
    return [cell["to"].partition(":")[2] for cell in frame[findings.FINDING]]


def test_every_review_finding_is_in_one_of_the_two_tables():
    qualitative, quantitative = keys(findings.qualitative(*SUBJECTS)), keys(findings.quantitative(*SUBJECTS))
    assert sorted(qualitative + quantitative) == sorted(ROWS)
    assert {ROWS[key].kind for key in qualitative} == {"qualitative"}


def test_a_table_of_some_subjects_has_these_in_their_order():
    subjects = [ROWS[key].subject for key in keys(findings.qualitative("law", "violence"))]
    assert subjects == sorted(subjects)  # law before violence, as asked
    assert set(subjects) == {"law", "violence"}


@pytest.mark.parametrize("key", [key for key, row in ROWS.items() if row.kind == "qualitative"])
def test_why_names_every_component_with_a_concern(key):
    row, text = ROWS[key], findings.why(ROWS[key]).lower()
    for name in ("methods", "coherence", "adequacy", "relevance"):
        assert (name in text) == (getattr(row, f"{name}_concerns") != "none") or name in getattr(row, f"{name}_reason")


def test_records_name_every_document():
    for row in ROWS.values():
        text = findings.records(row)
        alone = {source for source in review_findings.by_document(row.id) if source}
        between = {source for item in review_findings.evidence_of(row.id) for source in item.sources} - alone
        assert [name for key, name in store.names("sources").items() if (name in text) == (key in between)] == []


def test_subjects_count_each_review_finding_once():
    frame = findings.by_subject().set_index("Subject")
    assert frame["In all"].sum() == len(ROWS)
    documents = frame.drop(columns="In all")
    assert (documents.max(axis="columns") <= frame["In all"]).all()
    supported = sum(len(review_findings.supporting(key)) for key in ROWS)
    assert documents.to_numpy().sum() == supported


def test_those_asked_on_most_findings_stand_first():
    frame = findings.asked()
    assert frame["Review findings"].is_monotonic_decreasing
    assert frame["Who is asked"].is_unique
    assert (frame["Review findings"] <= len(ROWS)).all()
