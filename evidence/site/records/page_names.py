"""What a page of a long list is called: its number, and what it holds by the headings on it."""

from __future__ import annotations

import re
from html import unescape

from evidence.site.tags import text_of

ASIDE = re.compile(r'<a class="headerlink".*?</a>|<strong>.*?</strong>', re.DOTALL)  # a link, and the figure of a fact
SUBHEADING = re.compile(r"<h([2-6])[^<>]*>(.*?)</h\1>", re.DOTALL)
MOST_NAMED = 6  # layout: sections that the line under the title of a page of a list names one by one
LONGEST = 75  # layout: characters of a name in that line: longer ones are sentences
NUMBERED = re.compile(r"([A-Z]\w+ )\d")  # a name such as "Question 3.1 ...": its noun


def sections_named(html: str) -> str:
    """Return the names of the sections of a part of a list, as HTML text; "" where it has none, or only sentences.

    The narrowest sections are named; the widest where those are many, and from first to last where these are too.
    """
    found = [(int(level), text_of(ASIDE.sub("", text)).strip()) for level, text in SUBHEADING.findall(html)]
    followers = [level for level, _ in found[1:]] + [0]
    narrow = list(dict.fromkeys(name for (level, name), after in zip(found, followers) if after <= level))
    widest = min((level for level, _ in found), default=0)
    wide = list(dict.fromkeys(name for level, name in found if level == widest))
    names = narrow if len(narrow) <= MOST_NAMED else wide
    shown = names if len(names) <= MOST_NAMED else [names[0], names[-1]]
    if any(len(unescape(name)) > LONGEST for name in shown):
        return ""
    return "; ".join(noun_once(names)) if shown is names else f"from {shown[0]} to {shown[1]}"


def noun_once(names: list[str]) -> list[str]:
    """Return numbered names with the noun that all share in the first only: Question 1.1 ..., 1.2 ..."""
    nouns = {noun[1] if (noun := NUMBERED.match(name)) else "" for name in names}
    shared = nouns.pop() if len(nouns) == 1 else ""
    return [name.removeprefix(shared) if at else name for at, name in enumerate(names)]


def part_line(page: str, head: int, number: int, total: int) -> str:
    """Return which page of a list a page is and what it holds, as HTML text; ``head`` is where its list begins."""
    names = sections_named(page[head:])
    return f"Page {number} of {total}" + (f": {names}" if names else "")
