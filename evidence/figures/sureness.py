"""How sure an answer is, by the key messages or the review finding it rests on.

The rule: an answer that names a key message or a review finding (``answers.csv``, columns ``message`` and
``review_finding``) is as sure as that one. One that names none and opens a page sums up the messages of that page, and
is as sure as they are. No level is made up for an answer: where those of its messages differ, all of them hold. Where
one of them is a statistic or on a tool, or where there are none, the answer is not rated, which is said, with its own
words (column ``how_sure``) as the reason; every answer needs some.
"""

from __future__ import annotations

from evidence.data import dates, format, store
from evidence.data.review_findings import KIND as REVIEW_FINDING
from evidence.data.schema import kinds
from evidence.figures.sentences import records_in

MESSAGES = "synthesis"
QUALITATIVE, TOOL = "qualitative", "tool"  # kinds of messages: judged by GRADE-CERQual, and on what a program does
NOT_RATED = "Not rated"  # said of what has no level; why follows
COMPONENTS = ("methods", "coherence", "adequacy", "relevance")  # of GRADE-CERQual
CONCERNS, REASON = "_concerns", "_reason"  # end the columns of a component
BY_MESSAGE = ", message by message"  # where several messages stand below an answer and differ


def levels() -> list[str]:
    """Return the levels of confidence, the highest first."""
    return list(store.labels(MESSAGES, "confidence"))


def judgement(row) -> str:
    """Return how sure a key message or a review finding is: its confidence, or that it is not rated, and its data."""
    return f"{row.confidence.capitalize()} confidence" if row.confidence else not_rated(row.data_label)


def not_rated(why: str) -> str:
    """Return that something is not rated, and why."""
    return f"{NOT_RATED}: {format.lowered(why.rstrip('.'))}"


def named_behind(answer) -> tuple[str, str] | None:
    """Return (kind, id) of the key message or the review finding that an answer names, None where it names none."""
    if answer.message:
        return "message", answer.message
    return (REVIEW_FINDING, answer.review_finding) if answer.review_finding else None


def messages_behind(answer) -> list:
    """Return the rows of the key messages or of the review finding that an answer rests on, none where it has none."""
    if named := named_behind(answer):
        return [store.row(kinds()[named[0]], named[1])]
    rows = store.rows(MESSAGES).values() if answer.leads and MESSAGES in store.schema() else ()
    return [row for row in rows if row.page == answer.page]


def levels_behind(answer) -> list[str]:
    """Return the levels of confidence an answer rests on, each once, the highest first.

    None where a message behind it is a statistic or on a tool: the level of the others would not be that of the answer.
    """
    behind = messages_behind(answer)
    if any(row.kind != QUALITATIVE for row in behind):
        return []
    given = {row.confidence for row in behind}
    return [level for level in levels() if level in given]


def dots(level: str) -> int:
    """Return how many of four dots a level of confidence fills."""
    return len(levels()) - levels().index(level)


def spread(given: list[str]) -> str:
    """Return levels of confidence, the highest first, as they read: "Moderate confidence", "High to low confidence"."""
    return " to ".join(dict.fromkeys([given[0], given[-1]])).capitalize() + " confidence"


def in_words(answer) -> str:
    """Return how sure an answer is in a few words, as its messages say it; "" where not all have a level.

    "Moderate confidence"; "High to low confidence, message by message" where levels differ.
    """
    behind = levels_behind(answer)
    if not behind:
        return ""
    return spread(behind) + BY_MESSAGE if len(behind) > 1 else spread(behind)


def dated(answer) -> str:
    """Return the years an answer holds for, as they read: its date, or the years of the facts it states too.

    A fact that a sentence of it names may be older or newer than the date (``as_of``); then first and last year stand.
    """
    own = dates.years(answer.as_of)
    named = [key for kind, key in records_in(answer.short + answer.answer) if kind == "fact"]
    years = sorted({*own, *(year for key in named for year in dates.years(store.row("facts", key).period))})
    return dates.reads(answer.as_of) if years == own else f"{years[0]} to {years[-1]}"
