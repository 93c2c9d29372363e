"""Colours: every pair that meets on a page passes WCAG AA in both schemes; so do those of charts."""

from __future__ import annotations

import re

import pytest

from evidence.data.schema import ROOT
from evidence.exhibits import theme
from evidence.site.assets import THEME

TEXT, MARK = 4.5, 3.0  # least contrast of text, and of marks and edges
GROUNDS = {  # what is written or drawn on each ground
    "paper": "ink muted link accent fact calc disagree strength weakness gap focus",
    "soft": "ink muted link accent fact calc",
    "accent-soft": "ink muted link fact calc disagree",
    "disagree-soft": "ink link disagree",
    "mark": "ink link fact calc",
    "code": "ink muted link accent calc strength",
}
RULE = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")


def schemes() -> dict[str, dict[str, str]]:
    """Return the colours of the style sheet by name: light, dark by the system, dark by choice."""
    parts = re.split(r":root[^{]*\{", (THEME / "style" / "colours.css").read_text(encoding="utf-8"))[1:]
    return dict(zip(("light", "system", "chosen"), (dict(RULE.findall(part)) for part in parts), strict=True))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_dark_schemes_are_one_and_have_every_colour():
    found = schemes()
    assert found["system"] == found["chosen"]
    assert found["light"].keys() == found["chosen"].keys()


@pytest.mark.parametrize("scheme", ["light", "chosen"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_its_ground(scheme, ground):
    colours = schemes()[scheme]
    weak = {name: contrast(colours[name], colours[ground]) for name in GROUNDS[ground].split()}
    assert not {name: round(value, 2) for name, value in weak.items() if value < TEXT}


@pytest.mark.parametrize("scheme", ["light", "chosen"])
def test_each_colour_has_one_meaning(scheme):
    colours = schemes()[scheme]
    meanings = [colours[name] for name in ("accent", "calc", "disagree", "strength", "weakness", "gap")]
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_can_be_read(scheme):
    shown = (lambda colour: theme.DARK[colour]) if scheme == "dark" else (lambda colour: colour)
    paper = shown(theme.PAPER)
    assert all(contrast(shown(colour), paper) >= TEXT for colour in (theme.INK, theme.MUTED, theme.GREY))
    marks = [*theme.SERIES, *(edge for edge, _ in theme.MEANING.values())]
    assert not [colour for colour in marks if contrast(shown(colour), paper) < MARK]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_can_be_read_in_the_parts_of_bars(scheme):
    shown = (lambda colour: theme.DARK[colour]) if scheme == "dark" else (lambda colour: colour)
    first, *others = [shown(colour) for colour in theme.FILLS]
    assert contrast(first, shown(theme.PAPER)) >= TEXT, "the first part has its number in the colour of paper"
    assert not [fill for fill in others if contrast(fill, shown(theme.INK)) < TEXT]
    for names in (["strength", "weakness", "gap"],):
        first, *others = [shown(colour) for colour in theme.fills(names)]
        assert contrast(first, shown(theme.PAPER)) >= TEXT
        assert not [fill for fill in others if contrast(fill, shown(theme.INK)) < TEXT]


def test_charts_have_the_colours_of_the_page():
    light, dark = schemes()["light"], schemes()["chosen"]
    pairs = {
        "accent": theme.TURQUOISE,
        "strength": theme.GREEN,
        "weakness": theme.BRICK,
        "ink": theme.INK,
        "muted": theme.MUTED,
    }
    assert {name: light[name] for name in pairs} == pairs
    assert {name: dark[name] for name in pairs} == {name: theme.DARK[colour] for name, colour in pairs.items()}


def test_what_has_a_meaning_is_drawn_in_its_colour_and_a_series_in_none_of_them():
    assert theme.edges(["Strengths", "gap", "weakness"]) == [theme.GREEN, theme.GREY, theme.BRICK]
    assert theme.edges(["strength", "other"]) == theme.SERIES
    assert not {theme.GREEN, theme.BRICK} & set(theme.SERIES)


def test_every_name_a_style_uses_is_defined():
    files = [
        path for kind in ("css", "js") for path in (ROOT / "evidence").rglob(f"*.{kind}") if "vendor" not in path.parts
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r"var\((--[a-z-]+)", text))
    assert len(used) > 20 and not used - set(re.findall(r"(?<!var\()(--[a-z-]+)[\"']?\s*[:,]", text))
