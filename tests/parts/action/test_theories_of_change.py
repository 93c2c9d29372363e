"""The theories of change held against themselves, by the graphs they are."""

from __future__ import annotations

import pytest

from evidence.data import store
from evidence.figures import theories
from evidence.parts.action import theories_of_change as chapter
from tests.figures.test_theories import unlinked
from tests.parts.cells import ids

VIOLENCE, INCLUSION = "cecchetti2021vac", "gurin2023tale"


def test_the_theories_are_those_of_the_documents_that_have_one():
    assert chapter.documents() == [VIOLENCE, INCLUSION]


def test_composition_counts_every_element_and_every_link():
    frame = chapter.composition()
    for source in chapter.documents():
        numbers = frame.groupby("Part", sort=False)[store.names("sources")[source]].sum()
        rows = len(theories.links(source))
        assert list(numbers) == [len(theories.elements(source)), rows, rows]


def test_loose_ends_are_what_the_checks_count():
    ends, checks = chapter.loose_ends(), chapter.checks()
    for source in chapter.documents():
        name = store.names("sources")[source]
        assert (ends["Document"] == name).sum() == checks[name].sum()
        assert (checks[name] <= checks[f"of, {name}"]).all()


def test_an_unlinked_bottleneck_has_no_answer_and_one_with_an_output_is_no_loose_end():
    ends = chapter.loose_ends().set_index("What is missing")
    unanswered = ids(ends.loc[[chapter.MISSING["unanswered"]], "Element"])
    assert set(unanswered) == {row.id for row in theories.of_kind(INCLUSION, "bottleneck")} & unlinked(INCLUSION)
    assert "tale-toc-b-kazakh" not in ids(chapter.loose_ends()["Element"])


def test_a_risk_that_touches_a_bottleneck_only_is_a_loose_end():
    ends = chapter.loose_ends()
    beside = ends[ends["What is missing"] == chapter.MISSING["beside"]]
    assert ids(beside["Element"]) == ["tale-toc-r-per-capita"]


def test_fewer_links_reach_no_more_elements():
    frame = chapter.readings()
    assert (frame["Words only"] <= frame["All but ours"]).all()
    assert (frame["All but ours"] <= frame["Every link"]).all()
    assert (frame["Every link"] <= frame["Elements"]).all()


def test_by_words_alone_no_output_and_no_activity_reaches_the_vision():
    frame = chapter.readings()
    assert (frame[frame["Kind"].isin(["output", "activity"])]["Words only"] == 0).all()


def test_elements_of_two_readings_have_a_link_of_each():
    for key in ids(chapter.two_readings()["Element"]):
        source = store.row("theory_nodes", key).source
        _, out = theories.neighbours(source)
        assert {"layout", "wording"} <= {one.basis for one in out[key]}


@pytest.mark.parametrize("source", [VIOLENCE, INCLUSION])
def test_a_whole_recommendation_touches_an_element_or_stands_apart(source):
    touched = {key for keys in chapter.calls_on(source)[0].values() for key in keys}
    rows = store.of_document("recommendations", source).query("kind == 'recommendation'")
    numbers = set(rows["number"][rows["id"].isin(touched)])
    frame = chapter.apart()
    apart = [store.row("recommendations", key) for key in ids(frame["Recommendation"][frame["source"] == source])]
    assert numbers | {row.number for row in apart} == set(rows["number"])
    assert not numbers & {row.number for row in apart}


def test_coverage_names_as_many_recommendations_as_it_counts():
    frame = chapter.coverage()
    counted = [0 if which == chapter.NOTHING else len(which.split(", ")) for which in frame["Which"]]
    assert counted == list(frame["Recommendations"])
    numbered = frame[frame["Element"].map(lambda cell: cell["text"][0].isdigit())]
    assert (numbered["Recommendations"] > 0).all()
