"""Notes of the bibliography name documents and pages, not keys and lines of our texts."""

from __future__ import annotations

import pytest

from evidence.figures.notes import paged_note


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Listed in covidgender2021, line 1590", "Listed in Schooling under COVID-19 (2021), p. 26"),
        (
            "Listed in cecchetti2021vac, line 2519 (again in line 2520)",
            "Listed in Evaluation on violence (2021), p. 147 (again on p. 147)",
        ),
        ("Listed in unicefkz2023annual, line 1", "Listed in UNICEF annual report (2023)"),
        ("a line 12 of something, by nobody2021", "a line 12 of something, by nobody2021"),
    ],
)
def test_a_note_names_document_and_page(note, said):
    assert paged_note(note)[0] == said


def test_a_line_without_a_document_is_one_of_the_document_named_before():
    _, source = paged_note("Listed in cecchetti2021vac, line 2519")
    assert paged_note("again in line 2520", source)[0] == "again on p. 147"
