"""How tests are shared among workers."""

from __future__ import annotations

from tests import sharing


def test_tests_of_a_file_stay_together_and_visits_of_pages_are_spread():
    assert sharing.scope_of("tests/notebooks/a.ipynb::Cell 1") == "tests/notebooks/a.ipynb"
    visits = {sharing.scope_of(f"{sharing.IN_PARTS}::test_page[{number}.html]") for number in range(200)}
    assert len(visits) == sharing.PARTS
