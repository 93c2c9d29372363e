"""Style sheet and scripts: what is joined from the theme, complete and in one scope."""

from __future__ import annotations

import re

import pytest

from evidence.exhibits import theme
from evidence.site import assets
from tests.conftest import SITE, site_pages

DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r'from "\./([\w-]+)\.js"')


def source(script: str, module: str) -> str:
    return (assets.THEME / "script" / script / f"{module}.js").read_text(encoding="utf-8")


def modules(script: str) -> list[tuple[str, str]]:
    """Return (folder, module) of all that a script is joined from."""
    return [("shared", module) for module in assets.SHARED] + [(script, name) for name in assets.SCRIPTS[script]]


@pytest.mark.parametrize("script", assets.SCRIPTS)
def test_a_script_is_joined_from_every_module_of_its_folder(script):
    own = {part for part in assets.SCRIPTS[script] if "/" not in part}
    assert {path.stem for path in (assets.THEME / "script" / script).iterdir()} == own


def test_every_shared_module_is_in_every_script():
    assert {path.stem for path in (assets.THEME / "script/shared").iterdir()} == set(assets.SHARED)


@pytest.mark.parametrize("script", assets.SCRIPTS)
def test_a_module_comes_after_those_it_imports(script):
    order = assets.SCRIPTS[script]
    names = [part.rpartition("/")[2] for part in order]
    for position, module in enumerate(order):
        assert set(IMPORTED.findall(source(script, module))) <= set(names[:position]), module


@pytest.mark.parametrize("script", assets.SCRIPTS)
def test_no_two_modules_of_a_script_use_one_name(script):
    names = [name for folder, module in modules(script) for name in DECLARED.findall(source(folder, module))]
    assert len(names) > 5
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("script", assets.SCRIPTS)
def test_a_joined_script_is_no_module_and_keeps_its_code(script):
    text = assets.script(script).replace(assets.VENDORED.get(script, str)(), "")
    assert not re.search(r"^\s*(?:import|export)\b(?!\()", text, re.MULTILINE)
    assert DECLARED.findall(text) == [
        name for folder, module in modules(script) for name in DECLARED.findall(source(folder, module))
    ]
    assert not re.search(r"^\s*//", text, re.MULTILINE)


def test_the_style_sheet_is_joined_from_every_file_of_its_folder():
    assert {path.stem for path in (assets.THEME / "style").iterdir()} == set(assets.STYLES)


def test_the_style_sheet_has_every_rule_and_no_comment():
    text = assets.style_sheet()
    files = [(assets.THEME / "style" / f"{name}.css").read_text(encoding="utf-8") for name in assets.STYLES]
    rules = sum(assets.CSS_COMMENT.sub("", file).count("{") for file in files)
    assert text.count("{") == text.count("}") == rules + assets.chart_colours().count("{")
    assert "/*" not in text and "\n " not in text


def test_a_chart_colour_has_its_dark_counterpart_in_a_dark_system_and_by_choice():
    rules = assets.chart_colours()
    assert f':root:not([data-theme=light]) .chart [fill="{theme.TURQUOISE}"]' in rules
    assert f':root[data-theme=dark] .chart [fill="{theme.TURQUOISE}"]' in rules
    assert rules.count("@media screen") == 2


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_style_sheet_and_script_name_the_same_parts_that_are_laid_out_later():
    parts = re.search(r'"(main :is\(section section.*\))";', source("book", "steps"))
    assert parts and squeezed(f"{parts[1]}:not(.laid) {{") in squeezed(assets.style_sheet())


def test_the_version_follows_every_asset(monkeypatch):
    before = assets.asset_version()
    changed = assets.assets() | {"search.js": "other"}
    assets.asset_version.cache_clear()
    monkeypatch.setattr(assets, "assets", lambda: changed)
    try:
        assert assets.asset_version() != before
    finally:
        assets.asset_version.cache_clear()


CSS_CLASS = re.compile(r"\.([a-z][\w-]*)")


def classes_in(style: str) -> set[str]:
    """Return the classes that the rules of a style sheet name; those of code come from another's list of tokens."""
    heads = re.findall(r"([^{}]+)\{", assets.CSS_COMMENT.sub("", style))
    return {name for head in heads if ".highlight" not in head for name in CSS_CLASS.findall(head)}


def test_every_class_of_the_style_sheet_stands_on_a_page_or_in_a_script(site):
    pages = (SITE / page for page in site_pages())
    used = {
        name
        for page in pages
        for names in re.findall(r'class="([^"]*)"', page.read_text("utf-8"))
        for name in names.split()
    }
    scripts = "".join(text for name, text in assets.assets().items() if name.endswith(".js"))
    assert classes_in(assets.style_sheet()) - used - set(re.findall(r"[\w-]+", scripts)) == set()


def test_a_class_is_read_from_a_rule_and_from_nothing_else():
    style = "/* .a */ .b:not(.c) > p, :is(.d) { width: 1.5rem; background: url(x.svg) } .highlight .k { color: red }"
    assert classes_in(style) == {"b", "c", "d"}
