"""Finished HTML as its tags and the texts between them, each as written: what nobody changes stays to the letter.

The pages are our own and well-formed, so an expression finds their tags. A parser of HTML takes twenty times as long; a
test holds what is found here to what it finds, on a page of each folder.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import NamedTuple

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # elements that hold nothing
NO_TEXT = frozenset(("script", "style", "title", "textarea", "option"))  # what they hold is no text of a page
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")


class Tag(NamedTuple):
    """A tag as written, its name, and whether it opens or closes an element.

    A comment, a declaration and an element that is taken whole do neither; the first two have no name.
    """

    written: str
    name: str = ""
    opens: bool = False
    closes: bool = False


@lru_cache(maxsize=4096)  # speed: most tags of a page are alike
def tag_of(written: str) -> Tag:
    """Return what a tag is, by how it is written."""
    found = NAME.match(written)
    if not found:
        return Tag(written)
    closes = written.startswith("</")
    is_empty = found[1] in VOID or written.endswith("/>")
    return Tag(written, found[1], not closes and not is_empty, closes)


@cache
def _tags(whole: frozenset[str]) -> re.Pattern[str]:
    """Return what finds comments and tags; its first group is the name of an element that is taken whole."""
    elements = "|".join(sorted(whole)) or "(?!)"
    return re.compile(rf"<!--.*?-->|<({elements})\b.*?</\1\s*>|<[^<>]*>", re.DOTALL)


def pieces(html: str, whole: Collection[str] = ()) -> tuple[list[str], list[Tag]]:
    """Return the texts of HTML and the tags between them: one text more than tags, all together the HTML.

    An element whose name is among ``whole`` counts as one tag, with all that it holds.
    """
    texts, tags, end = [], [], 0
    for found in _tags(frozenset(whole)).finditer(html):
        texts.append(html[end : found.start()])
        tags.append(Tag(found[0], found[1]) if found[1] else tag_of(found[0]))
        end = found.end()
    return [*texts, html[end:]], tags


def joined(texts: list[str], tags: list[Tag]) -> str:
    """Return the HTML that texts and the tags between them make."""
    return "".join(part for text, tag in zip(texts, [*tags, Tag("")], strict=True) for part in (text, tag.written))


def text_of(html: str) -> str:
    """Return HTML without its tags, as HTML text."""
    return "".join(pieces(html)[0])


def follow(tag: Tag, around: list[Tag]) -> None:
    """Open or close the element of a tag among those ``around`` a place, the innermost last."""
    if tag.opens:
        around.append(tag)
    elif tag.closes:
        names = [element.name for element in around]
        if tag.name in names:
            del around[len(names) - 1 - names[::-1].index(tag.name) :]
