"""A page on which the tables of a report are looked at one by one: chosen, filtered, sorted. It needs no network."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import pandas as pd

from evidence.listening.page import STYLE, SYNTHETIC, html_table

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
        f"{html_table(table, list(table), about[name], MOST)}"
        f'<p><a href="tables/{name}.csv">{name}.csv</a></p></section>'
        for name, table in shown.items()
    ]
    head = f"<title>{escape(title)}: tables</title><style>{STYLE.read_text(encoding='utf-8')}</style>"
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    banner = SYNTHETIC if is_synthetic else ""
    top = f'<h1>{escape(title)}: tables</h1><p><a href="index.html">The report</a></p>{banner}'
    body = f"<main>{top}{CONTROLS.format(options=options)}{''.join(parts)}</main>"
    script = f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"
    return f'<!DOCTYPE html>\n<html lang="en"><head>{meta}{head}</head><body>{body}{script}</body></html>\n'
