"""What would pass over tests, rules or commands is named."""

import pytest

from evidence.checks import tooling
from evidence.data.schema import ROOT

TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in tooling.GUARDS}


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "rule"),
    [
        ("pyproject.toml", '"-q --strict-markers"', '"-q -k nothing"', "addopts", "passed over"),
        ("pyproject.toml", 'testpaths = ["tests"]', 'testpaths = ["docs"]', "testpaths", "passed over"),
        ("pyproject.toml", 'ignore = ["B905"', 'ignore = ["F", "B905"', "ignore", "passed over"),
        ("pyproject.toml", '["tests/notebooks"]', '["evidence"]', "extend-exclude", "passed over"),
        ("pyproject.toml", "check_untyped_defs = true", "ignore_errors = true", "check_untyped_defs", "passed over"),
        ("pyproject.toml", "evidence.cli:main", "evidence.cli:man", "evidence", "no such function or class"),
        ("pyproject.toml", "figures:ExhibitRenderer", "figures:ExhibitRendrer", "exhibit", "no such function"),
        ("pyproject.toml", "requires-python", "require-python", "require-python", "is no part of a project"),
        ("pyproject.toml", "[project]\n", "[project\n", None, "is no TOML"),
        ("jupytext.toml", '"md:myst"', '"ipynb"', "formats", "passed over"),
        ("jupytext.toml", '"tags,-all"', '"all"', "cell_metadata_filter", "passed over"),
        ("jupytext.toml", "cell_metadata_filter", "cell_metadata_filtr", "cell_metadata_filtr", "is read by nothing"),
        ("jupytext.toml", '= "md:myst"', "= md:myst", None, "is no TOML"),
    ],
)
def test_a_setting_of_a_tool_that_passes_something_over_is_named_with_its_line(
    tmp_path, monkeypatch, name, old, new, key, rule
):
    assert old in TEXTS[name]
    (tmp_path / name).write_text(TEXTS[name].replace(old, new, 1), encoding="utf-8")
    (tmp_path / "evidence").symlink_to(ROOT / "evidence")
    monkeypatch.setattr(tooling, "ROOT", tmp_path)
    found = [problem for problem in tooling.problems() if problem.value == key]
    assert found and rule in found[0].rule and found[0].file == name
    assert found[0].row or key == "check_untyped_defs", "the line is named where the key stands"


def test_the_settings_of_tools_of_the_book_pass_nothing_over():
    assert list(map(str, tooling.problems())) == []
