"""The language of words in Cyrillic: each run on a page stands in an element that names it, for those who listen.

Columns say their language in ``fields.toml`` (``lang``), and what comes from them is marked as it is made; all other
Cyrillic, in figures as printed, names, prose and addresses, is found here in the finished page. A letter that only
Kazakh has makes a run Kazakh.
"""

from __future__ import annotations

import re
from html import escape

from docutils import nodes

WORD = r"[Ѐ-ӿ\u0301]"
RUN = re.compile(rf"{WORD}(?:[^<>&A-Za-zÀ-ɏ0-9]*{WORD})*")
ANY = re.compile(WORD)
KAZAKH = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
LANG = re.compile(r"""\slang=["']?([\w-]+)""")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
AS_IT_IS = frozenset(("script", "style", "title", "textarea", "option"))  # elements that hold no others


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
    found: list[str] = []
    open_elements: list[tuple[str, str]] = []  # name and language of each
    end = 0
    for tag in TAG.finditer(html):
        found.append(_text(html[end : tag.start()], open_elements))
        found.append(tag[0])
        _follow(tag[0], open_elements)
        end = tag.end()
    return "".join((*found, _text(html[end:], open_elements)))


def _text(text: str, open_elements: list[tuple[str, str]]) -> str:
    """Return a text of a page, marked unless the elements around it say its language or hold text only."""
    if not ANY.search(text):
        return text
    if open_elements and open_elements[-1][0] in AS_IT_IS:
        return text
    if next((language for _, language in reversed(open_elements) if language), "") in ("ru", "kk"):
        return text
    return marked_text(text, "tspan" if any(name == "svg" for name, _ in open_elements) else "span")


def _follow(tag: str, open_elements: list[tuple[str, str]]) -> None:
    """Open or close the element of a tag."""
    name = NAME.match(tag)
    if not name:
        return
    if tag.startswith("</"):
        for position in range(len(open_elements) - 1, -1, -1):
            if open_elements[position][0] == name[1]:
                del open_elements[position:]
                return
    elif name[1] not in VOID and not tag.endswith("/>"):
        language = LANG.search(tag)
        open_elements.append((name[1], language[1] if language else ""))
