"""What a notebook shows of an exhibit: forms that need no extension, no script and no other host."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser

import altair as alt
import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from evidence.exhibits.exhibit import MIME, exhibit
from evidence.exhibits.notebook import table
from evidence.site.engine.runner import run_cells
from tests.changes import drawn

FRAME = pd.DataFrame({"Region <b>": ["North", "<script>x</script>"], "Children": [1756, 40]})
CHART = alt.Chart(pd.DataFrame({"a": ["x"], "b": [1]})).mark_bar().encode(x="a:N", y="b:Q")
CELL = """from evidence.book import *
frame = pd.DataFrame({"a": [1]})
exhibit("register-regions", alt.Chart(frame).mark_bar().encode(x="a:N"), data=frame)
"""


class Tags(HTMLParser):
    """Collects the tags of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict]:
        return [given for tag, given in self.found if tag == name]


def test_a_table_has_a_caption_heads_with_scope_and_no_markup_of_its_texts():
    payload = exhibit("register-regions", FRAME).payload
    html = table(payload)
    tags = Tags(html)
    assert html.startswith(f"<table><caption>{payload['title']}</caption>")
    assert [given["scope"] for given in tags.all("th")] == ["col", "col", "row", "row"]
    assert not tags.all("script") and not tags.all("b") and "&lt;script&gt;" in html


def test_a_chart_is_an_image_with_its_alternative_title_caption_source_and_table():
    payload = exhibit("register-regions", CHART, data=FRAME).payload
    (found,) = drawn([payload])
    tags = Tags(found["text/html"])
    (image,) = tags.all("img")
    kind, _, data = image["src"].partition(";base64,")
    assert kind == "data:image/svg+xml" and base64.b64decode(data).decode() == found["image/svg+xml"]
    assert image["alt"] == payload["alt"] and tags.all("table")
    assert payload["title"] in found["text/html"] and "Source: Out-of-school study (2013)" in found["text/html"]


def test_no_form_asks_another_host_or_runs_a_script():
    for found in drawn([exhibit("register-regions", shown, data=FRAME).payload for shown in (FRAME, CHART)]):
        text = "".join(found.values()).replace('xmlns="http://www.w3.org/2000/svg"', "")
        text = text.replace('xmlns:xlink="http://www.w3.org/1999/xlink"', "")
        assert not re.search(r"(?:src|href)=\"(?!data:)|https?://|<script", text)


def test_a_kernel_gives_every_form_and_its_notebook_is_valid():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    NotebookClient(notebook, kernel_name="python3").execute()
    assert set(notebook.cells[0].outputs[0].data) == {MIME, "text/plain", "text/html", "image/svg+xml"}
    nbformat.validate(notebook)


def test_a_build_neither_draws_these_forms_nor_keeps_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("evidence.exhibits.notebook.forms", lambda payload: pytest.fail("was drawn"))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    assert run_cells(notebook, tmp_path) is None
    (output,) = notebook.cells[0].outputs
    assert set(output.data) == {MIME, "text/plain"}
