"""Codes of registers that nobody has explained: all of them with their counts, and a line to fill in."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from evidence.attendance.reading.tables import Source
from evidence.toolkit.messages import Listed, Message

MOST = 20  # codes that the line names; more are no codes but words; ours
LINE = (
    "Codes that are not known: {codes}. Ask your schools what each means, put present, excused or unexcused for each "
    "question mark, and add to the command:  --codes {line}"
)


def unknown_codes(session: Any, read: Mapping[str, Collection[Source]]) -> list[Message]:
    """Return all codes of a status that are not known, with how often each stands, as one line; nothing for none.

    What a code means is never guessed: no document that the rules come from says it.
    """
    counts: Counter[str] = Counter()
    for source in (one for table in ("absences", "register") for one in read.get(table, ())):
        query = (
            f"SELECT lower(raw_status::VARCHAR), count(*) FROM {source.every} "
            "WHERE raw_status IS NOT NULL AND status IS NULL GROUP BY 1"
        )
        counts.update(dict(session.execute(query).fetchall()))
    if not counts:
        return []
    first = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    named: list[str] = [Message.of("{code} ({count} times)", code=code, count=count) for code, count in first]
    named += [Message.of("and {more} more", more=len(counts) - MOST)] if len(counts) > MOST else []
    line = " ".join(f"{code if code.isalnum() else shlex.quote(code)}=?" for code, _ in first)
    return [Message.of(LINE, codes=Listed.joined(named, ", "), line=line)]
