"""Nothing is published that has not passed: each guard that is taken off is named with its line."""

import pytest

from evidence.checks import workflow
from tests.conftest import ROOT

TEXT = (ROOT / workflow.WORKFLOW).read_text(encoding="utf-8")
FAULTS = {
    "a test left out": (
        "      - run: make whole\n",
        "",
        "publishes what has not passed make site, make test, make whole",
    ),
    "a test before the book": ("make site", "make bench", "publishes what has not passed"),
    "no job to wait for": ("    needs: build\n", "", "publishes what has not passed"),
    "a job that tests nothing": ("needs: build", "needs: other", "publishes what has not passed"),
    "a step that may fail": (
        "      - run: make test\n",
        "      - run: make test\n        continue-on-error: true\n",
        "lets a step fail",
    ),
    "a failure passed over": ("make engines", "make engines || true", "passes over a failure (|| true)"),
    "a program by its tag": ("@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "is pinned by nothing"),
    "more rights": ("contents: read", "contents: write", "has to be `contents: read`"),
    "no YAML": ("jobs:", "jobs: [", "is no workflow"),
}


def test_the_workflow_the_recipes_and_the_script_are_in_order():
    assert workflow.problems() == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_guard_that_is_taken_off_is_named(fault):
    old, new, rule = FAULTS[fault]
    assert old in TEXT
    assert any(rule in said for _, said in workflow.faults(TEXT.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Makefile", "\t-$(BIN)/python -m evidence check"),
        ("Makefile", "\t@$(BIN)/python -m pytest tests || true"),
        (".ci/run", "make test || true"),
        (".ci/run", "set +e"),
    ],
)
def test_a_command_whose_failure_is_passed_over_is_named_with_its_line(name, line):
    (problem,) = workflow.passed_over(name, f"test: site\n{line}\n")
    assert (problem.row, problem.value) == (2, line.strip())
