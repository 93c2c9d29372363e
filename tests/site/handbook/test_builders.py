"""Every chart builder is drawn on the page for authors, with lines that can be copied and the exhibits that use it."""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache

import pytest

from evidence.checks import cells, markdown
from evidence.checks.chapters import pages
from evidence.data import store
from evidence.data.schema import ROOT
from evidence.exhibits import charts, examples
from evidence.exhibits.exhibit import exhibit
from evidence.site.handbook import uses
from evidence.site.handbook.builders import builders, exhibit_of, lines_to_copy

PAGE = ROOT / "chapters/reference/chart-builders.md"
NAMES = list(builders())


def test_a_public_function_of_the_charts_is_a_builder_and_is_given_to_chapters():
    found = {
        node.name
        for path in (ROOT / "evidence/exhibits/charts").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    }
    assert found == set(NAMES) == set(charts.__all__) - {"Chart"}, "import it in charts/__init__.py, in __all__ too"


def test_every_builder_has_its_example_its_row_and_its_place_on_the_page():
    shown = [found.argument for found in page().directives if found.name == "chart-builder"]
    wanted = [exhibit_of(name) for name in NAMES]
    assert sorted(shown) == sorted(wanted), f"each has ```{{chart-builder}} in {PAGE.name}"
    assert [key for key in wanted if key not in store.rows("exhibits")] == [], "each has a row in exhibits.csv"
    assert [name for name in NAMES if not hasattr(examples, name)] == [], "each has a function in exhibits/examples.py"


@cache
def drawn(name: str):
    """Return frame and chart of the example of a builder."""
    return getattr(examples, name)()


def page():
    return markdown.read(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_drawn_by_its_builder_and_says_everywhere_that_it_is_one(name):
    frame, chart = drawn(name)
    payload = exhibit(exhibit_of(name), chart, data=frame).payload
    assert payload["title"].startswith("Example data: ") and payload["unit"] == "made-up numbers"
    assert "Example data" in payload["note"] and "made-up" in payload["alt"]
    assert any("xample" in column for column in payload["columns"]) and payload["places"] == []
    assert f"charts.{name}(" in inspect.getsource(getattr(examples, name))


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_to_copy_keep_to_the_rules_of_cells_and_draw_the_example(name):
    code = lines_to_copy(name)
    assert cells.faults(code) == []
    frame, chart = drawn(name)
    known = {"charts": charts, "frame": frame, "exhibit": lambda key, chart, data: chart}
    exec(code, known)
    assert known["chart"].to_dict(validate=False) == chart.to_dict(validate=False)


# --- which exhibits use it -----------------------------------------------------------------------


def test_the_exhibits_of_a_builder_are_those_whose_cells_call_it():
    found = {
        pair
        for path in pages()
        for pair in uses.uses([cell.code for cell in markdown.read(path.read_text(encoding="utf-8")).cells])
    }
    text = "\n".join(path.read_text(encoding="utf-8") for path in pages())
    called = set(re.findall(r"\bcharts\.(\w+)\(", text))
    assert {builder for builder, _ in found} == called
    assert ("region_map", "non-return-map") in found and ("over_time", "register-national") in found
    assert {key for _, key in found} <= set(store.rows("exhibits"))


def test_a_builder_called_by_the_chapters_module_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(uses, "ROOT", tmp_path)
    module = tmp_path / "evidence/parts/education/planted.py"
    module.parent.mkdir(parents=True)
    module.write_text("def drawn():\n    return charts.bars(frame())\n\ndef frame():\n    return 1\n")
    imports = "from evidence.parts.education import planted"
    assert uses.uses([imports, 'exhibit("a", planted.drawn(), data=planted.frame())']) == [("bars", "a")]
    assert uses.uses([imports, 'exhibit("a", planted.frame())', "broken ("]) == []


def test_the_page_is_written_anew_when_a_chapter_draws_with_another_builder(small_book):
    env = small_book({"index.md": "# Front\n"}).app.env
    env.get_domain("evidence").note("exhibit", "example-bars", "builders", "a", "Bars")
    assert uses.rewritten(None, env) == []
    uses.note(type("app", (), {"env": env}), "chapter", ['```{code-cell}\nexhibit("a", charts.dots(x))\n```\n'])
    assert uses.rewritten(None, env) == ["builders"] and uses.rewritten(None, env) == []
    uses.forget(None, env, "chapter")
    assert uses.rewritten(None, env) == ["builders"]


def test_the_page_shows_drawing_arguments_lines_and_users_of_a_builder(small_book):
    chapter = '# Chapter\n\n```{code-cell}\nexhibit("register-national", charts.bars(x, "a", "b", "c"))\n```\n'
    book = small_book({"index.md": "# Front\n\n```{chart-builder} example-bars\n```\n", "chapter.md": chapter})
    html = book.page("index")
    text = re.sub(r"<[^>]+>", "", html)
    assert "charts.bars(frame, row, value, title)" in text and "column of what each bar is (text)" in text
    assert 'id="exhibit-example-bars"' in html and "<svg" in html
    assert "Return" not in text and "Drawn with it:" in text
    assert store.rows("exhibits")["register-national"].title.split("{")[0] in html


def test_a_builder_that_is_none_is_refused_with_those_there_are(small_book):
    book = small_book({"index.md": "# Front\n\n```{chart-builder} example-pies\n```\n"})
    assert f"no chart builder has the example 'example-pies'; there are {', '.join(NAMES)}" in book.warnings
