"""The table of the chapter on school and safety, against the facts."""

from evidence.data.records import fact
from evidence.parts.programme import school_and_safety as chapter


def test_places_in_pisa_run_from_the_best_to_the_worst():
    table = chapter.pisa()
    assert table["Place"].is_monotonic_increasing
    assert table["Subject"].tolist() == ["Mathematics", "Science", "Overall", "Reading"]
    for subject, place in zip(["mathematics", "science", "overall", "reading"], table["Place"]):
        assert place == fact(f"annual-pisa-rank-{subject}").value
