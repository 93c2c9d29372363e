"""Parts of a report as an HTML page that needs no network and prints: tables, lists, the page around them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

STYLE = Path(__file__).with_name("report.css")
HIDDEN = "<span title='not shown, or nothing to say'>–</span>"
HERE = "It was made on this computer. The software sent nothing anywhere, and this page loads nothing."
SPACE = "\u202f"  # between thousands
NO_HEADS: Mapping[str, str] = {}


def shown(value: Any, decimals: int = 1) -> str:
    """Return a cell as a reader sees it: thousands apart, so many decimals, a dash where nothing is shown."""
    if value is None or pd.isna(value):
        return HIDDEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.{decimals}f}".replace(",", SPACE).replace("-", "−")
    return f"{value:,}".replace(",", SPACE) if isinstance(value, int) else escape(str(value))


def plain(value: Any) -> Any:
    """Return a value of numpy as Python's."""
    return value.item() if hasattr(value, "item") else value


def _cell(value: Any, decimals: int) -> str:
    """Return a cell of a table; words stand to the left."""
    kind = ' class="words"' if isinstance(value, str) else ""
    return f"<td{kind}>{shown(value, decimals)}</td>"


def _head(column: pd.Series, name: str) -> str:
    """Return the head of a column; over words it stands to the left, as they do."""
    has_words = any(isinstance(value, str) for value in column)
    kind = ' class="words"' if has_words else ""
    return f'<th scope="col"{kind}>{escape(name)}</th>'


def html_table(
    frame: pd.DataFrame,
    columns: Sequence[str],
    caption: str,
    heads: Mapping[str, str] = NO_HEADS,
    most: int | None = None,
    decimals: int = 1,
) -> str:
    """Return columns of a frame as an accessible table that scrolls on a phone.

    ``heads`` are the words of columns by name; of more than ``most`` rows the first are shown, and the caption says so.
    """
    if most is not None and len(frame) > most:
        caption += f" (the first {most} of {len(frame)} rows; the file has all)"
        frame = frame.head(most)
    head = "".join(_head(frame[name], heads.get(name, name)) for name in columns)
    rows = []
    for first, *others in frame[list(columns)].itertuples(index=False, name=None):
        cells = "".join(_cell(plain(value), decimals) for value in others)
        rows.append(f'<tr><th scope="row">{shown(plain(first), decimals)}</th>{cells}</tr>')
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    label = escape(caption, quote=True)
    table = f"<table><caption><span>{escape(caption)}</span></caption>{body}</table>"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">{table}</div>'


def listed(items: Sequence[str]) -> str:
    """Return a list of sentences, nothing for none."""
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>" if items else ""


def section(title: str, *parts: str) -> str:
    """Return parts of HTML below a heading."""
    return f"<h2>{escape(title)}</h2>{''.join(parts)}"


def banner(what: str, say: Callable[[str], str] = str) -> str:
    """Return the notice of a report on synthetic data; ``what`` is in it and not real, such as "child or school"."""
    text = escape(say(f"No {what} in this report is real."))
    return f"<p class='banner'><strong>{escape(say('Synthetic data.'))}</strong> {text}</p>"


def _hashed(text: str) -> str:
    """Return how a policy names a style or a script that stands in the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def head(title: str, style: str, script: str = "") -> str:
    """Return the head of a page: its policy, its title, its style.

    A browser then runs no script but the one given, loads nothing, and sends nothing, whatever the words on the page.
    See W3C, Content Security Policy Level 3, sections 2.3 and 6.
    """
    allowed = {"default-src": "'none'", "style-src": _hashed(style), "base-uri": "'none'", "form-action": "'none'"}
    if script:
        allowed["script-src"] = _hashed(script)
    policy = "; ".join(f"{kind} {source}" for kind, source in allowed.items())
    return (
        f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head>"
    )


def document(title: str, parts: Sequence[str], script: str = "", language: str = "en") -> str:
    """Return a whole page below its title, its style inside; a script stands at its end."""
    end = f"<script>{script}</script>" if script else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">{head(title, STYLE.read_text(encoding="utf-8"), script)}'
        f"<body><main><h1>{escape(title)}</h1>{''.join(parts)}{end}</main></body></html>\n"
    )
