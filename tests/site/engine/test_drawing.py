"""Drawings are kept by content, never half-written, and a bad chart is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib

import altair as alt
import pandas as pd
import pytest

from evidence.exhibits import theme, vega
from evidence.site.engine import drawing
from evidence.site.engine.drawing import Drawings

SVG = "http://www.w3.org/2000/svg"


def spec(value: int = 1, title: str = "Regions") -> dict:
    """Return the spec of a chart of one bar."""
    frame = pd.DataFrame({"a": ["x"], "b": [value]})
    return json.loads(alt.Chart(frame, title=title).mark_bar().encode(x="a:N", y="b:Q").to_json())


@pytest.fixture
def drawings(tmp_path):
    found = Drawings(tmp_path / "drawn")
    yield found
    found.close()


def test_a_chart_is_drawn_once_and_kept_by_content(drawings):
    svg = drawings.get(spec())
    assert svg.startswith("<svg") and "Regions" in svg
    (file,) = drawings.folder.iterdir()
    file.write_text("kept")
    assert Drawings(drawings.folder).get(spec()) == "kept"
    other = drawings.get(spec(value=2))
    assert other != svg and len(list(drawings.folder.iterdir())) == 2


def test_a_chart_begun_early_is_the_one_that_is_got(drawings):
    name = drawings.begin(spec())
    assert drawings.begin(spec()) == name
    drawings.settle()
    assert [path.name for path in drawings.folder.iterdir()] == [name]
    assert "Regions" in drawings.get(spec())


def test_a_bad_spec_raises_each_time_and_leaves_the_others_alone(drawings):
    bad = spec() | {"transform": [{"calculate": "datum.((", "as": "x"}]}
    for _ in range(2):
        with pytest.raises(ValueError, match=r"datum|expression|parse|Unexpected"):
            drawings.get(bad)
    assert drawings.get(spec()).startswith("<svg")


def test_a_drawing_is_never_left_half_written(tmp_path, monkeypatch):
    monkeypatch.setattr(drawing.vega, "drawing", lambda spec: "<svg/>")
    monkeypatch.setattr(drawing.Path, "replace", lambda *_: None)
    drawing.draw("{}", tmp_path / "one.svg")
    assert not (tmp_path / "one.svg").exists(), "what is written stands elsewhere until it is whole"


def test_each_picture_gets_its_png_once(tmp_path):
    svg = f'<svg xmlns="{SVG}" width="4" height="3" viewBox="0 0 4 3"><path d="M0,0h4v3z"/></svg>'
    (tmp_path / "one.svg").write_text(svg)
    drawing.draw_pictures(tmp_path)
    image = tmp_path / "one.png"
    assert image.read_bytes().startswith(b"\x89PNG")
    image.write_bytes(b"kept")
    drawing.draw_pictures(tmp_path)
    assert image.read_bytes() == b"kept" and len(list(tmp_path.iterdir())) == 2


def test_a_png_is_packed_without_a_change_to_its_pixels():
    svg = f'<svg xmlns="{SVG}" width="400" height="300" viewBox="0 0 400 300"><path d="M0,0h90v40z"/></svg>'
    image = vega.engine().svg_to_png(svg, scale=2)
    small = vega.packed(image)
    assert len(small) < len(image) and vega.packed(small) == small
    assert pixels(small) == pixels(image)


def pixels(image: bytes) -> bytes:
    """Return the filtered pixels of a PNG."""
    start = image.index(b"IDAT")
    found = b""
    while image[start : start + 4] == b"IDAT":
        size = int.from_bytes(image[start - 4 : start], "big")
        found += image[start + 4 : start + 4 + size]
        start += size + 12
    return zlib.decompress(found)


def test_a_picture_that_cannot_be_drawn_is_reported(tmp_path):
    (tmp_path / "bad.svg").write_text("no drawing")
    with pytest.raises(RuntimeError, match="bad"):
        drawing.draw_pictures(tmp_path)


def test_a_process_that_draws_and_dies_is_reported(drawings):
    drawings.begin(spec())
    drawings.settle()
    for worker in drawings.workers:
        worker.kill()
        worker.join()
    drawings.begin(spec(value=3))
    with pytest.raises(RuntimeError, match="has died"):
        drawings.settle()


def test_a_drawing_does_not_depend_on_the_fonts_of_the_machine(tmp_path, monkeypatch):
    names = ["Қазақстан Республикасы, 2011-12", "East Kazakhstan region", "Mangystau region, all of it"]
    chart = alt.Chart(pd.DataFrame({"a": names, "b": [1, 2, 3]})).mark_bar().encode(y="a:N", x="b:Q", color="a:N")
    fitted = chart.properties(width=326, autosize={"type": "fit-x", "contains": "padding"}).configure(font=theme.FONT)
    found = []
    for folder, setting in (("one", "/etc/fonts/fonts.conf"), ("two", str(vega.FONTS))):
        monkeypatch.setenv("FONTCONFIG_FILE", setting)
        drawings = Drawings(tmp_path / folder)
        found.append(drawings.get(json.loads(fitted.to_json())))
        drawings.close()
        assert os.environ["FONTCONFIG_FILE"] == setting, "only the processes that draw are set"
    assert found[0] == found[1]


@pytest.mark.parametrize("setting", [None, "/etc/fonts/fonts.conf"])
def test_the_engine_leaves_the_fonts_of_other_programs_alone(setting):
    code = "import os; from evidence.exhibits.vega import engine; engine(); print(os.environ.get('FONTCONFIG_FILE'))"
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    environment |= {"FONTCONFIG_FILE": setting} if setting else {}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(setting)


def test_only_what_is_used_is_kept(drawings):
    names = [drawings.begin(spec(value=value)) for value in (1, 2)]
    drawings.settle()
    drawings.keep_only({names[1]})
    assert [path.name for path in drawings.folder.iterdir()] == [names[1]]
