"""The definition of the tables holds what it may hold, and no pattern of it can try for ever."""

import re
from time import process_time

import pytest

from evidence.data import schema
from evidence.data.wellformed import faults, missing, pattern_fault

LONG = "a" * 26 + "\n"  # on which a pattern that can be split in many ways takes minutes


@pytest.mark.parametrize(
    "pattern",
    ["([a-z]+)*!", "(a+)+", "(?:a*)*b", "(.*)*#", "(a|[a-z])+!", "((a+)-)*", r"(\w+\s?)*$", "([a-z]{1,})*x", "(a?b+)*"],
)
def test_a_pattern_that_may_never_end_is_refused(pattern):
    assert "may never end" in pattern_fault(pattern)


@pytest.mark.parametrize(
    "pattern", [r"[a-z0-9]+(-[a-z0-9]+)*", r"\d+(-\d+)?", ".{3,30}", "(ab|cd)+", "[a-p]{12}", r"(\.\d+)*"]
)
def test_a_pattern_that_ends_is_taken(pattern):
    assert pattern_fault(pattern) is None
    begun = process_time()
    re.fullmatch(pattern, LONG)
    assert process_time() - begun < 1


@pytest.mark.parametrize("pattern", ["[a-z", "(", "*", "", ".*", ".+", 3, None, []])
def test_what_is_no_pattern_is_refused(pattern):
    assert pattern_fault(pattern)


def column(**given):
    """A definition with one column that is described like this."""
    return {"tables": {"facts": {"title": "Facts", "about": "A fact.", "columns": {"value": {"about": "It."} | given}}}}


@pytest.mark.parametrize(
    "given",
    [
        {"required": "yes"},
        {"list": 1},
        {"minimum": "0"},
        {"minimum": True},
        {"minimum": float("nan")},
        {"minLength": 2.5},
        {"references": "facts"},
        {"references": []},
        {"categories": 3},
        {"categories": []},
        {"categories": {"a": 1}},
        {"only": "a"},
        {"card": True},
        {"card": "last"},
        {"pattern": "("},
        {"about": ["It."]},
    ],
)
def test_a_property_of_a_column_of_another_type_is_named(given):
    ((place, rule),) = faults(column(**given))
    assert place == f"facts.value.{next(iter(given))}" and repr(next(iter(given.values()))) in rule


@pytest.mark.parametrize(
    ("package", "place"),
    [
        ({}, "tables"),
        ({"tables": 3}, "tables"),
        ({"tables": {"facts": 1}}, "facts"),
        ({"tables": {"facts": {"columns": "x"}}}, "facts.columns"),
        ({"tables": {"facts": {"columns": {"value": 2}}}}, "facts.value"),
        ({"tables": {"facts": {"longest": True}}}, "facts.longest"),
        ({"tables": {"facts": {"spans": "some"}}}, "facts.spans"),
        ({"tables": {"facts": {"codes": "used"}}}, "facts.codes"),
        ({"tables": {"facts": {"record": []}}}, "facts.record"),
        ({"tables": {"facts": {"record": {"weight": "much"}}}}, "facts.record.weight"),
        (column() | {"shared": 1}, "shared"),
        (column() | {"categories": {"sex": "f"}}, "categories.sex"),
        (column() | {"files": {"map": {"path": 1}}}, "files.map.path"),
        (column() | {"package": {"title": 1}}, "package.title"),
    ],
)
def test_a_part_of_another_form_is_named(package, place):
    assert place in [where for where, _ in faults(package)]


def test_what_a_file_or_the_package_lacks_is_named():
    package = column() | {"package": {"name": "x", "title": "X"}, "files": {"map": {"title": "Map"}}}
    found = [where for where, _ in missing(package)]
    assert found[0] == "package.about" and "files.map.path" in found and len(found) == 7


def test_the_definition_of_the_book_is_one():
    assert [*faults(schema.definition()), *missing(schema.definition())] == []
