"""Names and identifiers that differ only in what the eye passes over: named, and never taken as one."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from evidence.toolkit.messages import Listed, Message

FEW = 5  # pairs that a message names
CYRILLIC, LATIN = "авекмнорстухі", "abekmhopctyxi"  # letters that look alike, small or capital
KAZAKH, RUSSIAN = "әғқңөұүһё", "агкноуухе"  # letters that keyboards without Kazakh lack
BETWEEN, SIGNS, ZEROS = r"([0-9])[^\p{L}\p{N}]+([0-9])", r"[^\p{L}\p{N}~]", r"(^|[^0-9])0+([0-9])"
NAMED = {"school": "schools", "region": "regions", "district": "districts"}
SIDES = {
    "leading zeros": lambda text: re.sub(ZEROS, r"\1\2", text),
    "capitals": str.lower,
    "spaces": lambda text: "".join(text.split()),
    "signs such as № or a hyphen": lambda text: re.sub(r"[^\w\s]|_", "", text),
    "letters of two alphabets that look alike": lambda text: text.translate(
        str.maketrans(CYRILLIC + CYRILLIC.upper(), LATIN + LATIN.upper())
    ),
    "letters that only Kazakh has, or ё": lambda text: text.translate(
        str.maketrans(KAZAKH + KAZAKH.upper(), RUSSIAN + RUSSIAN.upper())
    ),
}
CHILDREN = "Some children have identifiers that are alike, and count as different children. They differ in {what}."
SAME = {one: f"These {several} count as different, and may be the same: {{pairs}}." for one, several in NAMED.items()}
PAIR = "{one} and {other}, which differ in {what}"
MEND = "Write each alike in all files; where a spreadsheet drops the zeros of 007, give the column the type Text."


def key(column: str) -> str:
    """Return SQL for what a text is without zeros, spaces, signs, capitals and kinds of letters."""
    text = f"translate(lower(nfc_normalize({column}::VARCHAR)), '{KAZAKH}', '{RUSSIAN}')"
    text = f"translate({text}, '{CYRILLIC}', '{LATIN}')"
    text = f"regexp_replace(regexp_replace({text}, '{BETWEEN}', '\\1~\\2', 'g'), '{SIGNS}', '', 'g')"
    return f"regexp_replace({text}, '{ZEROS}', '\\1\\2', 'g')"


def differences(one: str, other: str) -> list[str]:
    """Return in what two texts differ, of what the eye passes over."""
    found = []
    for name in SIDES:
        others = [change for side, change in SIDES.items() if side != name]
        left, right = one, other
        for change in (*others[::-1], *others):  # the letters first: capitals of some fold to those of others
            left, right = change(left), change(right)
        found += [name] if left != right else []
    return found or ["how they are written"]


def pairs(session: Any, column: str, one: str, other: str) -> list[tuple[str, str]]:
    """Return texts of a column of one table that another table does not have, each with the one alike that it has."""
    query = (
        f"WITH a AS (SELECT {column}::VARCHAR AS text FROM {one} EXCEPT SELECT {column}::VARCHAR FROM {other}), "
        f"b AS (SELECT DISTINCT {column}::VARCHAR AS text FROM {other}) SELECT a.text, min(b.text) FROM a JOIN b "
        f"ON {key('a.text')} = {key('b.text')} GROUP BY a.text ORDER BY 1 LIMIT {FEW + 1}"
    )
    return session.execute(query).fetchall()


def told(found: Collection[tuple[str, str]]) -> Message:
    """Return pairs of names as words, with what they differ in; "" for none."""
    words: list[str] = [
        Message.of(PAIR, one=repr(one), other=repr(other), what=differing(differences(one, other)))
        for one, other in list(found)[:FEW]
    ]
    pairs = Listed.joined(words, "; ")
    return Message.of("{pairs} and others", pairs=pairs) if len(found) > FEW else pairs


def differing(what: Collection[str]) -> Message:
    """Return in what names differ, as words."""
    return Listed.joined([Message.of(one) for one in what], " and ")


def example(session: Any) -> tuple[list[tuple[str, int]], Message] | None:
    """Return in which file and row one child stands under two identifiers that are alike, and in what they differ.

    None where there is no such child.

    It looks for children of ``absences_read`` in ``enrolment_good``, and never tells an identifier.
    """
    query = (
        "WITH a AS (SELECT child::VARCHAR AS child, min((file, row)) AS place FROM absences_read WHERE child NOT IN "
        "(SELECT child FROM enrolment_good) GROUP BY child), b AS (SELECT child::VARCHAR AS child, min((file, row)) AS "
        "place FROM enrolment_good GROUP BY child) SELECT a.child, b.child, a.place, b.place FROM a JOIN b "
        f"ON {key('a.child')} = {key('b.child')} ORDER BY a.place LIMIT 1"
    )
    for one, other, *places in session.execute(query).fetchall():
        return places, differing(differences(one, other))
    return None


def _sentence(template: str, **parts: Any) -> Message:
    """Return a sentence on names that are alike, with what to do about them."""
    return Message.of("{sentence} {mend}", sentence=Message.of(template, **parts), mend=Message.of(MEND))


def split(session: Any, tables: Collection[str]) -> list[Message]:
    """Return what to say of names and identifiers that are alike and count as different: a sentence a kind.

    ``tables`` are those of the session that hold ``school`` and, some of them, ``region``, ``district`` and ``child``.
    """
    has = {name: {one for one, *_ in session.execute(f"DESCRIBE {name}").fetchall()} for name in tables}
    said = []
    for column in NAMED:
        names = " UNION ".join(
            f"SELECT DISTINCT {column}::VARCHAR AS text FROM {one}" for one in tables if column in has[one]
        )
        query = (
            f"SELECT min(text), max(text) FROM ({names}) WHERE text IS NOT NULL GROUP BY {key('text')} "
            f"HAVING count(*) > 1 ORDER BY 1 LIMIT {FEW + 1}"
        )
        found = session.execute(query).fetchall() if names else []
        if found:
            said.append(_sentence(SAME[column], pairs=told(found)))
    return said + _children(session, [name for name in tables if "child" in has[name]])


def _children(session: Any, tables: Collection[str]) -> list[Message]:
    """Return what to say of children whose identifiers are alike, without telling one."""
    kinds = {
        kind for name in tables for one, kind, *_ in session.execute(f"DESCRIBE {name}").fetchall() if one == "child"
    }
    if kinds != {"VARCHAR"}:
        return []
    names = " UNION ".join(f"SELECT DISTINCT child FROM {name}" for name in tables)
    alike = f"SELECT min(child) AS one, max(child) AS other FROM ({names}) GROUP BY {key('child')} HAVING count(*) > 1"
    count, one, other = session.execute(f"SELECT count(*), min(one), min_by(other, one) FROM ({alike})").fetchall()[0]
    if not count:
        return []
    return [_sentence(CHILDREN, what=differing(differences(one, other)))]
