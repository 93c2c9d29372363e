"""What stands on one line: a range, a number with its unit, a page with its "p.", a day with its month.

A browser may break a line after any hyphen or dash and at any space. In a finished page a range stands in an element
that the style sheet keeps whole, so that what a reader copies is the plain range; a space inside what belongs together
becomes one at which no line ends. Drawings, code and what a form holds stay as they are.
"""

from __future__ import annotations

import re

from evidence.site.tags import NO_TEXT, Tag, joined, pieces

SPACE = "\N{NO-BREAK SPACE}"
JOINER = "\N{WORD JOINER}"  # inside a range whose ends stand in elements of their own
AS_IT_IS = NO_TEXT | {"svg", "pre", "code", "iframe"}
INLINE = frozenset("a abbr b cite em i mark q small span strong sub sup time u".split())
INSIDE, BETWEEN = "\x01", "\x02"  # stand for a tag inside a line, and for one that ends it

ANY = f"{INSIDE}*"
REFERENCE = r"pp?\.|No\.|Annex|Article|Chapter|Figure|[Gg]rades?|[Pp]ages?|Section|Step|Table|[Vv]ersion|USD|KZT"
ROMAN = r"\b[ivxl]+\b"  # pages before page 1
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
UNIT = (
    "per cent|percentage|points?|thousand|million|billion|tenge|"
    f"years?|months?|weeks?|days?|hours?|minutes?|seconds?|km|KB|MB|GB|records?|rows?|pages?|{MONTH}"
)
TOGETHER = tuple(
    re.compile(rule)
    for rule in (
        rf"\b(?:{REFERENCE}){ANY}(\s){ANY}\d",
        rf"\bpp?\.{ANY}(\s){ANY}{ROMAN}",
        rf"\d%?{ANY}(\s){ANY}(?:%|(?:{UNIT})\b)",
        rf"\d%?{ANY}(\s){ANY}to{ANY}(\s){ANY}\d",
        r"\bn(\s)=(\s)\d",
        rf"\b[Aa]s(\s)of(\s){ANY}\d",
        rf"(?:\d|{ROMAN}){ANY}(\s)…",
    )
)  # each group is a space at which no line ends
NUMBER = r"\d(?:[\d.,]*\d)?%?"
RANGE = re.compile(rf"(?:{NUMBER}|\b[^\W\d_]+)(?:[-–]{NUMBER})+")  # and COVID-19
OWN = frozenset("a em small span strong td th".split())  # elements that may have the class themselves
UNQUOTED = re.compile(r' class=[^"]')
KEPT, SHORT = "one-line", 24  # the class, and the characters up to which an element has it
ENDS_APART = re.compile(rf"(?<=\d){INSIDE}*[-–]{INSIDE}*(?=\d)")


def unbroken(html: str) -> str:
    """Return HTML in which no line ends inside a range, or between a number and its unit or what it counts."""
    texts, tags = pieces(html, AS_IT_IS)
    marks = ["", *(INSIDE if tag.name in INLINE else BETWEEN for tag in tags)]
    running = with_kept_spaces("".join(mark + text for mark, text in zip(marks, texts, strict=True)))
    running = ENDS_APART.sub(lambda dash: dash[0] if len(dash[0]) == 1 else dash[0] + JOINER, running)
    texts = re.split(f"[{INSIDE}{BETWEEN}]", running)
    for at, text in enumerate(texts):
        if not RANGE.search(text):
            continue
        if 0 < at < len(tags) and is_whole(tags[at - 1], text, tags[at]):
            tags[at - 1] = with_class(tags[at - 1])
        else:
            texts[at] = RANGE.sub(lambda found: f'<span class="{KEPT}">{found[0]}</span>', text)
    return joined(texts, tags)


def is_whole(start: Tag, text: str, end: Tag) -> bool:
    """Return whether a text is all that an element inside a line holds, and short enough to be kept whole with it."""
    may_have_class = start.opens and start.name in OWN and not UNQUOTED.search(start.written)
    return may_have_class and len(text) <= SHORT and end.closes and end.name == start.name


def with_class(tag: Tag) -> Tag:
    """Return the start of an element with the class of what stays on one line: no element more is needed."""
    if ' class="' in tag.written:
        return tag._replace(written=tag.written.replace(' class="', f' class="{KEPT} ', 1))
    return tag._replace(written=f'{tag.written[:-1]} class="{KEPT}">')


def with_kept_spaces(text: str) -> str:
    """Return a text with spaces at which no line ends inside what belongs together."""
    for rule in TOGETHER:
        text = rule.sub(_kept_spaces, text)
    return text


def _kept_spaces(found: re.Match[str]) -> str:
    text, start = found[0], found.start()
    for group in range(1, found.re.groups + 1):
        place = found.start(group) - start
        text = text[:place] + SPACE + text[place + 1 :]
    return text
