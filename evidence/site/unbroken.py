"""What stands on one line: a range, a number with its unit, a page with its "p.", a day with its month.

A browser may break a line after any hyphen or dash and at any space. In a finished page a range stands in an element
that the style sheet keeps whole, so that what a reader copies is the plain range; a space inside what belongs together
becomes one at which no line ends. Drawings, code and what a form holds stay as they are.
"""

from __future__ import annotations

import re

SPACE = "\N{NO-BREAK SPACE}"
JOINER = "\N{WORD JOINER}"  # inside a range whose ends stand in elements of their own
AS_IT_IS = "script|style|title|textarea|option|svg|pre|code|iframe"
TAG = re.compile(rf"<!--.*?-->|<({AS_IT_IS})\b.*?</\1\s*>|<[^<>]*>", re.DOTALL)
INLINE = re.compile(r"</?(?:a|abbr|b|cite|em|i|mark|q|small|span|strong|sub|sup|time|u)\b(?!.*?</)", re.DOTALL)
INSIDE, BETWEEN = "\x01", "\x02"  # stand for a tag inside a line, and for one that ends it

ANY = f"{INSIDE}*"
REFERENCE = r"pp?\.|No\.|Annex|Article|Chapter|Figure|[Gg]rades?|[Pp]ages?|Section|Step|Table|[Vv]ersion|USD|KZT"
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
UNIT = (
    "per cent|percentage|points?|thousand|million|billion|tenge|"
    f"years?|months?|weeks?|days?|hours?|minutes?|seconds?|km|KB|MB|GB|records?|rows?|pages?|{MONTH}"
)
TOGETHER = tuple(
    re.compile(rule)
    for rule in (
        rf"\b(?:{REFERENCE}){ANY}(\s){ANY}\d",
        rf"\d%?{ANY}(\s){ANY}(?:%|(?:{UNIT})\b)",
        rf"\d%?{ANY}(\s){ANY}to{ANY}(\s){ANY}\d",
        r"\bn(\s)=(\s)\d",
        rf"\b[Aa]s(\s)of(\s){ANY}\d",
        rf"\d{ANY}(\s)…",
    )
)  # each group is a space at which no line ends
NUMBER = r"\d(?:[\d.,]*\d)?%?"
RANGE = re.compile(rf"(?:{NUMBER}|\b[^\W\d_]+)(?:[-–]{NUMBER})+")  # and COVID-19
OWN = re.compile(r"<(a|em|small|span|strong|td|th)\b(?![^>]* class=[^\"])")  # may have the class themselves
KEPT, SHORT = "one-line", 24  # the class, and the characters up to which an element has it
ENDS_APART = re.compile(rf"(?<=\d){INSIDE}*[-–]{INSIDE}*(?=\d)")


def unbroken(html: str) -> str:
    """Return HTML in which no line ends inside a range, or between a number and its unit or what it counts."""
    tags = [tag[0] for tag in TAG.finditer(html)]
    running = with_kept_spaces(TAG.sub(lambda tag: INSIDE if INLINE.match(tag[0]) else BETWEEN, html))
    running = ENDS_APART.sub(lambda dash: dash[0] if len(dash[0]) == 1 else dash[0] + JOINER, running)
    texts = re.split(f"[{INSIDE}{BETWEEN}]", running)
    for at, text in enumerate(texts):
        if not RANGE.search(text):
            continue
        if 0 < at < len(tags) and is_whole(tags[at - 1], text, tags[at]):
            tags[at - 1] = with_class(tags[at - 1])
        else:
            texts[at] = RANGE.sub(lambda found: f'<span class="{KEPT}">{found[0]}</span>', text)
    return "".join(part for pair in zip(texts, [*tags, ""], strict=True) for part in pair)


def is_whole(start: str, text: str, end: str) -> bool:
    """Return whether a text is all that an element inside a line holds, and short enough to be kept whole with it."""
    name = OWN.match(start)
    return name is not None and len(text) <= SHORT and end == f"</{name[1]}>"


def with_class(tag: str) -> str:
    """Return the start of an element with the class of what stays on one line: no element more is needed."""
    if ' class="' in tag:
        return tag.replace(' class="', f' class="{KEPT} ', 1)
    return f'{tag[:-1]} class="{KEPT}">'


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
