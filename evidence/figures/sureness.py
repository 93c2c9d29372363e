"""How sure an answer is, by the key messages it rests on.

The rule: an answer that names a key message (``answers.csv``, column ``message``) is as sure as that message. One that
names none and opens a page sums up the messages of that page, and is as sure as they are. No level is made up for an
answer: where those of its messages differ, all of them hold. Where one of them is a statistic or on a tool, or where
there are none, the answer has only its own words (column ``how_sure``), which every answer needs.
"""

from __future__ import annotations

from evidence.data import store

MESSAGES = "synthesis"
QUALITATIVE, TOOL = "qualitative", "tool"  # kinds of messages: judged by GRADE-CERQual, and on what a program does
COMPONENTS = ("methods", "coherence", "adequacy", "relevance")  # of GRADE-CERQual
CONCERNS, REASON = "_concerns", "_reason"  # end the columns of a component
BY_MESSAGE = ", message by message"  # where several messages stand below an answer and differ


def levels() -> list[str]:
    """Return the levels of confidence, the highest first."""
    return list(store.labels(MESSAGES, "confidence"))


def messages_behind(answer) -> list:
    """Return the key messages that an answer rests on, rows of ``synthesis.csv``; none for one that names none."""
    if answer.message:
        return [store.row(MESSAGES, answer.message)]
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


def in_words(answer) -> str:
    """Return how sure an answer is in a few words, as its messages say it; "" where not all have a level.

    "Moderate confidence"; "High to low confidence, message by message" where levels differ.
    """
    behind = levels_behind(answer)
    if not behind:
        return ""
    said = " to ".join(dict.fromkeys([behind[0], behind[-1]])).capitalize() + " confidence"
    return said + BY_MESSAGE if len(behind) > 1 else said
