"""Days of single children that nobody recorded, though their school recorded others: neither present nor absent."""

from __future__ import annotations

from typing import Any

from evidence.attendance.reading.forms import PRESENT

LATER = 999_999  # a day after every other: the end of a spell that has none
NOBODY = (
    "CREATE OR REPLACE TABLE unknown AS SELECT ''::VARCHAR AS child, ''::VARCHAR AS school, 0::BIGINT AS day, "
    "1.0::DOUBLE AS share, ''::VARCHAR AS session WHERE false"
)
ABSENCES_ONLY = (
    "Some schools have more empty cells than marks of presence: they are taken to write down absences only, so that an "
    "empty cell of theirs means present. Where it does not, say so by --empty unknown."
)
EMPTY_PRESENT = "An empty cell of the register is taken to mean that the child was present: --empty present."


def where_empty_is_present(session: Any, empty: str) -> list[str]:
    """Make the table ``present_if_empty`` (``school``), and return what is assumed of empty cells, if any, as texts.

    ``empty`` is a choice of the parameter of that name (:data:`evidence.attendance.days.EMPTY`), whose rule is ours. It
    works on ``all_register`` of the session.
    """
    more = f"count(*) FILTER (status IS NULL) > count(*) FILTER (status = '{PRESENT}')"
    only = {"present": "true", "unknown": "false"}.get(empty, more)
    found = f"SELECT school FROM all_register GROUP BY school HAVING {only}"
    session.execute(f"CREATE OR REPLACE TEMP TABLE present_if_empty AS {found}")
    cells = "FROM all_register SEMI JOIN present_if_empty USING (school) WHERE status IS NULL LIMIT 1"
    if not session.execute(cells).fetchall():
        return []
    return [EMPTY_PRESENT if empty == "present" else ABSENCES_ONLY]


def unknown_cells(session: Any, has_register: bool, whole: str, session_of: str) -> bool:
    """Make the table ``unknown``, and return whether it has any row.

    It has ``child``, ``school``, ``day``, ``share`` and ``session``: the empty cells of the register, and the rows that
    it lacks on a day on which it has most children on roll, of children on roll on a day that their school recorded.
    Schools of ``present_if_empty`` have none; ``whole`` and ``session_of`` are SQL for share and session of a row. It
    works on ``all_register``, ``recorded``, ``calendar`` and ``enrolment`` of the session.
    """
    session.execute(NOBODY)
    if not has_register:
        return False
    on_roll = f'r.day BETWEEN e.start AND coalesce(e."end", {LATER})'
    session.execute(
        "CREATE OR REPLACE TEMP TABLE open_days AS SELECT DISTINCT r.school, r.day FROM recorded r "
        "JOIN calendar USING (school, day) ANTI JOIN present_if_empty USING (school)"
    )
    several = session_of != "'day'"
    counted = "count(DISTINCT child)" if several else "count(*)"
    session.execute(
        f"CREATE OR REPLACE TEMP TABLE partly AS WITH listed AS (SELECT school, day, {counted} AS rows "
        'FROM all_register GROUP BY school, day), spells AS (SELECT school, start, "end", count(*) AS children '
        "FROM enrolment GROUP BY ALL), roll AS (SELECT r.school, r.day, sum(children) AS children FROM open_days r "
        f"JOIN spells e ON e.school = r.school AND {on_roll} GROUP BY r.school, r.day) "
        "SELECT school, day FROM roll JOIN listed USING (school, day) WHERE rows < children AND 2 * rows > children"
    )
    cells = (
        f"SELECT a.child, a.school, a.day, {whole} AS share, {session_of} AS session FROM all_register a "
        "SEMI JOIN open_days USING (school, day) WHERE a.status IS NULL EXCEPT "
        f"SELECT a.child, a.school, a.day, {whole}, {session_of} FROM all_register a SEMI JOIN (SELECT child "
        "FROM all_register WHERE status IS NULL) USING (child) WHERE a.status IS NOT NULL"
    )
    lacking = (
        "SELECT e.child, e.school, r.day, 1.0 AS share, 'day' AS session FROM partly r "
        f"JOIN enrolment e ON e.school = r.school AND {on_roll} ANTI JOIN (SELECT child, school, day "
        "FROM all_register SEMI JOIN partly USING (school, day)) a "
        "ON a.child = e.child AND a.school = e.school AND a.day = r.day"
    )
    rows = f"SELECT r.* FROM (({cells}) UNION ALL ({lacking})) r"
    spell = f"SELECT 1 FROM enrolment e WHERE e.child = r.child AND e.school = r.school AND {on_roll}"
    session.execute(f"CREATE OR REPLACE TABLE unknown AS SELECT DISTINCT * FROM ({rows} WHERE EXISTS ({spell}))")
    return bool(session.execute("FROM unknown LIMIT 1").fetchall())
