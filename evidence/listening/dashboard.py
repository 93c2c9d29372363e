"""A page on which the tables of a report are looked at one by one: chosen, filtered, sorted. It needs no network."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import pandas as pd

from evidence.listening.page import SYNTHETIC, table_of
from evidence.toolkit.page import document

SCRIPT = Path(__file__).with_name("dashboard.js")
MOST = 500  # rows of a table on the page; its file has all
CONTROLS = """<p id="controls" hidden>
<label for="table">Table</label> <select id="table">{options}</select>
<label for="find">Rows with</label> <input id="find" type="search" autocomplete="off">
<span id="status" role="status"></span></p>"""


def html_dashboard(tables: Mapping[str, pd.DataFrame], about: Mapping[str, str], title: str, is_synthetic: bool) -> str:
    """Return the page: every published table whole, with controls that a script adds; empty tables are left out."""
    shown = {name: table for name, table in tables.items() if len(table)}
    options = "".join(f'<option value="{name}">{escape(about[name])}</option>' for name in shown)
    parts = [
        f'<section data-table="{name}"><h2>{escape(about[name])}</h2>'
        f"{table_of(table, list(table), about[name], MOST)}"
        f'<p><a href="tables/{name}.csv">{name}.csv</a></p></section>'
        for name, table in shown.items()
    ]
    top = f'<p><a href="index.html">The report</a></p>{SYNTHETIC if is_synthetic else ""}'
    script = SCRIPT.read_text(encoding="utf-8")
    return document(f"{title}: tables", [top, CONTROLS.format(options=options), *parts], script)
