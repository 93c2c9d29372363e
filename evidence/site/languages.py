"""The language of words in Cyrillic: each run on a page stands in an element that names it, for those who listen.

Columns say their language in ``fields.toml`` (``lang``), and what comes from them is marked as it is made; all other
Cyrillic, in figures as printed, names, prose and addresses, is found here in the finished page. A letter that only
Kazakh has makes a run Kazakh.
"""

from __future__ import annotations

import re
from html import escape

from docutils import nodes

from evidence.site.tags import NO_TEXT, Tag, follow, joined, pieces

WORD = r"[Ѐ-ӿ\u0301]"
RUN = re.compile(rf"{WORD}(?:[^<>&A-Za-zÀ-ɏ0-9]*{WORD})*")
ANY = re.compile(WORD)
KAZAKH = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
LANG = re.compile(r"""\slang=["']?([\w-]+)""")


def language_of(text: str) -> str:
    """Return the language of a run of Cyrillic: kk where a letter of it is Kazakh only, else ru."""
    return "kk" if KAZAKH.search(text) else "ru"


def in_language(text: str, language: str) -> nodes.Node:
    """Return the node of words in a language, ``""`` for that of the page."""
    return nodes.inline("", text, classes=[f"language-{language}"]) if language else nodes.Text(text)


def marked_text(text: str, element: str = "span") -> str:
    """Return text of a page (HTML without tags) with its runs of Cyrillic each in an element with its language."""
    return RUN.sub(lambda run: f'<{element} lang="{language_of(run[0])}">{run[0]}</{element}>', text)


def shown(text: str) -> str:
    """Return plain text as HTML, its Cyrillic marked."""
    return marked_text(escape(text))


def marked(html: str) -> str:
    """Return HTML with every run of Cyrillic in an element that names its language; what is marked stays as it is."""
    if not ANY.search(html):
        return html
    texts, tags = pieces(html, NO_TEXT)
    around: list[Tag] = []
    for at, tag in enumerate(tags):
        texts[at] = _text(texts[at], around)
        follow(tag, around)
    texts[-1] = _text(texts[-1], around)
    return joined(texts, tags)


def _text(text: str, around: list[Tag]) -> str:
    """Return a text of a page, marked unless the elements around it say its language."""
    if not ANY.search(text):
        return text
    said = (found[1] for element in reversed(around) if (found := LANG.search(element.written)))
    if next(said, "") in ("ru", "kk"):
        return text
    return marked_text(text, "tspan" if any(element.name == "svg" for element in around) else "span")
