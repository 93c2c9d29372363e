"""What nothing uses is found, and what a coding table names is used."""

from evidence.checks import usage


def test_a_calculation_that_a_coding_table_names_is_used():
    assert "vac-kap-change-no-report-medical" in usage.named_in_tables("calculations.id")
    assert not usage.calculation_problems(usage.chapters_text())


def test_a_calculation_that_nothing_names_is_reported(monkeypatch):
    monkeypatch.setattr(usage, "named_in_tables", lambda column: set())
    found = {problem.value for problem in usage.calculation_problems(usage.chapters_text())}
    assert "vac-kap-change-no-report-medical" in found
