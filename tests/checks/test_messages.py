"""Key messages obey the rules of judgement, and one that does not is named."""

import pandas as pd
import pytest

from evidence.checks import messages
from evidence.checks.judgement import COMPONENTS, allowed
from evidence.checks.messages import problems_of
from evidence.data import store

PAGE = "chapters/education/register"
RULES = store.load("confidence_rules")
LEVELS = ["high", "moderate", "low", "very low"]
GOOD = {
    "id": "good",
    "page": PAGE,
    "order": 1,
    "statement": "The register fell from {fact}`register-registered-2011` to {fact}`register-registered-2012`.",
    "detail": "",
    "kind": "qualitative",
    "confidence": "high",
    "departure": "",
    "data_label": "",
    "data_quality": "",
    "facts": "",
    "findings": "find-database-1756-to-894",
    **{f"{name}_concerns": "none" for name in COMPONENTS},
    **{f"{name}_reason": f"The {name} of these passages." for name in COMPONENTS},
}
NO_JUDGEMENT = {f"{name}_{part}": "" for name in COMPONENTS for part in ("concerns", "reason")} | {"confidence": ""}
DATA = {"data_label": "Register data", "data_quality": "One register."}
STATISTIC = GOOD | NO_JUDGEMENT | DATA | {"id": "number", "order": 2, "kind": "statistic"}


def found(*rows: dict) -> list[tuple[int, str, str]]:
    """Return row, column and rule of every problem of a table of these messages."""
    return [(problem.row, problem.column, problem.rule) for problem in problems_of(pd.DataFrame(rows), RULES)]


def concerns(*levels: str) -> dict[str, str]:
    """Return the four components with these levels of concern."""
    return {f"{name}_concerns": level for name, level in zip(COMPONENTS, levels)}


def only(rows: list[dict], row: int, column: str, rule: str) -> None:
    """Check that a table of messages has one problem: this one."""
    assert [(number, name) for number, name, _ in found(*rows)] == [(row, column)]
    assert rule in found(*rows)[0][2]


def test_the_messages_of_the_book_obey_the_rules():
    assert [str(problem) for problem in messages.problems()] == []


def test_good_messages_have_no_problem():
    assert found(GOOD, STATISTIC) == []


@pytest.mark.parametrize("column", [*NO_JUDGEMENT])
def test_a_qualitative_message_without_a_part_of_its_judgement_is_named(column):
    only([GOOD | {column: ""}], 2, column, "good: is empty; a qualitative message needs it")


@pytest.mark.parametrize("column", [*DATA])
def test_a_qualitative_message_with_a_note_on_data_is_named(column):
    only([GOOD | {column: "Few."}], 2, column, "a qualitative message has none")


@pytest.mark.parametrize("column", [*DATA])
def test_a_statistic_without_a_note_on_its_data_is_named(column):
    only([GOOD, STATISTIC | {column: ""}], 3, column, "number: is empty; a statistic message needs it")


@pytest.mark.parametrize("column", [*NO_JUDGEMENT, "departure"])
def test_a_statistic_with_a_judgement_is_named(column):
    only([GOOD, STATISTIC | {column: "high"}], 3, column, "a statistic message has none")


@pytest.mark.parametrize(
    ("levels", "most"),
    [
        (["none", "none", "none", "none"], "high"),
        (["minor", "minor", "none", "none"], "high"),
        (["minor", "minor", "minor", "none"], "moderate"),
        (["moderate", "none", "none", "none"], "moderate"),
        (["moderate", "minor", "minor", "minor"], "moderate"),
        (["moderate", "moderate", "none", "none"], "low"),
        (["moderate", "moderate", "moderate", "moderate"], "low"),
        (["none", "none", "serious", "none"], "low"),
        (["moderate", "none", "serious", "moderate"], "low"),
        (["serious", "none", "serious", "none"], "very low"),
    ],
)
def test_concerns_allow_at_most_a_confidence(levels, most):
    assert allowed(levels, RULES, LEVELS) == most


def test_one_concern_more_never_allows_more_confidence():
    order = ["none", "minor", "moderate", "serious"]
    for level, worse in zip(order, order[1:]):
        for others in (["none"] * 3, ["minor"] * 3, ["moderate", "minor", "none"], ["serious", "none", "minor"]):
            better, lower = (LEVELS.index(allowed([name, *others], RULES, LEVELS)) for name in (level, worse))
            assert lower >= better, (level, others)


def test_the_levels_of_confidence_are_those_of_the_schema():
    assert list(store.labels("synthesis", "confidence")) == LEVELS


def test_a_confidence_above_its_concerns_is_named():
    only([GOOD | concerns("moderate", "none", "none", "none")], 2, "confidence", "allow at most moderate")


def test_a_confidence_far_below_its_concerns_is_named():
    only([GOOD | {"confidence": "low"}], 2, "confidence", "its concerns allow high")


def test_a_confidence_one_level_below_its_concerns_needs_no_reason():
    assert found(GOOD | {"confidence": "moderate"}) == []


@pytest.mark.parametrize("changed", [{"confidence": "low"}, concerns("moderate", "none", "none", "none")])
def test_a_departure_from_the_rule_with_a_reason_is_no_problem(changed):
    assert found(GOOD | changed | {"departure": "The text itself is the finding."}) == []


def test_a_departure_that_departs_from_nothing_is_named():
    only([GOOD | {"departure": "The text itself is the finding."}], 2, "departure", "empty the cell")


def test_a_reason_shared_by_two_messages_is_named_in_both():
    same = {"coherence_reason": "All passages point the same way"}
    other = {"relevance_reason": "all passages point the  same way."} | {"id": "other", "order": 2}
    first, second = found(GOOD | same, GOOD | {f"{name}_reason": f"Other {name}." for name in COMPONENTS} | other)
    assert first[:2] == (2, "coherence_reason") and "other (relevance_reason)" in first[2]
    assert second[:2] == (3, "relevance_reason") and "good (coherence_reason)" in second[2]


def test_a_note_on_data_shared_by_two_statistics_is_named():
    assert [column for _, column, _ in found(STATISTIC | {"order": 1}, STATISTIC)] == ["data_quality"] * 2


def test_a_message_that_rests_on_nothing_is_named():
    only([GOOD | {"findings": "", "statement": "Nothing is known."}], 2, "findings", "rests on nothing")


@pytest.mark.parametrize(
    "support",
    [
        {"findings": "find-monitoring-weak"},
        {"facts": "register-out-2012"},
        {"statement": "See {recommendation}`oosc-r02`."},
        {"detail": "See {recommendation}`oosc-r02`."},
    ],
)
def test_a_finding_a_fact_or_a_role_is_support(support):
    assert found(GOOD | {"findings": "", "statement": "Nothing is known."} | support) == []


def test_a_message_of_a_page_that_does_not_exist_is_named():
    only([GOOD | {"page": "chapters/education/registers"}], 2, "page", "there is no such chapter")


def test_a_message_of_a_page_that_shows_none_is_named():
    only([GOOD | {"page": "index"}], 2, "page", "shows no messages")


@pytest.mark.parametrize("order", [1, 3, 0])
def test_a_gap_or_a_double_in_the_order_of_a_page_is_named(order):
    assert (3, "order") in [place[:2] for place in found(GOOD, STATISTIC | {"order": order})]


@pytest.mark.parametrize("text", ["{fact}`many <register-out-2012>`", "Fewer (< half)", "1 <2"])
def test_a_role_with_words_of_its_own_and_a_less_than_sign_are_no_html(text):
    assert found(GOOD | {"statement": text}) == []


@pytest.mark.parametrize(("column", "most"), [("statement", 20), ("detail", 45), ("data_label", 4)])
def test_what_is_too_long_is_named(column, most):
    row = STATISTIC | {"order": 1}
    assert found(row | {column: "word " * most}) == []
    only([row | {column: "word " * (most + 1)}], 2, column, f"has {most + 1} words; say it in at most {most}")


def test_the_words_of_a_number_count_as_they_print():
    printed = "{fact}`threshold-register`"  # more than 10 days
    assert found(GOOD | {"statement": "word " * 16 + printed}) == []
    only([GOOD | {"statement": "word " * 17 + printed}], 2, "statement", "has 21 words")


def test_a_message_on_a_tool_says_how_it_was_tried_and_needs_no_record():
    tool = STATISTIC | {"kind": "tool", "findings": "", "data_label": "Tested on invented files"}
    assert found(GOOD, tool) == []
    only([GOOD, tool | {"data_quality": ""}], 3, "data_quality", "number: is empty; a tool message needs it")
