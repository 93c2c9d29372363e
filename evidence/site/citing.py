"""How an exhibit or a record is cited, as BibTeX and as RIS, with author, year and address; as text: :mod:`imprint`."""

from __future__ import annotations

import json
import re

from evidence.site import imprint

SPECIAL = re.compile(r"([&%$#_{}~^\\])")  # signs that TeX does not take as they are
WORDED = {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
LINE = "\r\n"  # of RIS


def tex(text: str) -> str:
    """Return a text as TeX takes it."""
    return SPECIAL.sub(lambda match: WORDED.get(match[1], f"\\{match[1]}"), one_line(text))


def one_line(text: str) -> str:
    """Return a text on one line: a second one would begin another field."""
    return " ".join(text.split())


def bibtex(app, key: str, title: str, pagename: str, anchor: str, note: str = "") -> str:
    """Return the entry for BibTeX of a place of the book."""
    fields = {
        "author": f"{{{tex(imprint.author(app))}}}",
        "year": imprint.year(app),
        "title": f"{{{tex(title)}}}",
        "howpublished": tex(f"In: {app.config.html_title}, {imprint.edition(app)}"),
        "note": tex(note),
        "url": imprint.address(app, pagename, anchor),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def ris(app, title: str, pagename: str, anchor: str, note: str = "") -> str:
    """Return a place of the book as RIS, which programs of references read."""
    fields = [
        ("TY", "DATA"),
        ("AU", imprint.author(app)),
        ("PY", imprint.year(app)),
        ("TI", title),
        ("T2", str(app.config.html_title)),
        ("ET", imprint.edition(app)),
        ("N1", note),
        ("UR", imprint.address(app, pagename, anchor)),
    ]
    return LINE.join([*(f"{tag}  - {one_line(value)}" for tag, value in fields if value), "ER  - ", ""])


def for_scripts(app) -> str:
    """Return what a script needs to cite a record, as JSON: author, year, book, edition, address of the book."""
    known = {
        "author": imprint.author(app),
        "year": imprint.year(app),
        "book": str(app.config.html_title),
        "edition": imprint.edition(app),
        "address": imprint.address(app, app.config.root_doc),
    }
    return json.dumps(known, ensure_ascii=False)
