"""Which disagreements touch which facts, by what an entry of ``discrepancies.csv`` expects."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from evidence.data import store

NAMED = re.compile(r'"([a-z0-9-]+)"')  # an id in an expected statement: fact("register-out-2012")
ONLY_WORDING = "wording"  # severity of what changes neither a figure nor a conclusion


@cache
def _named() -> dict[str, frozenset[str]]:
    return {key: frozenset(NAMED.findall(row.expect)) for key, row in store.rows("discrepancies").items()}


def disagreements_on(facts: Collection[str]) -> list[str]:
    """Return the ids of disagreements about one of these facts that are more than a matter of wording.

    Those that change a conclusion stand first.
    """
    rows, severity = store.rows("discrepancies"), list(store.labels("discrepancies", "severity"))
    found = [key for key, named in _named().items() if named & set(facts) and rows[key].severity != ONLY_WORDING]
    return sorted(found, key=lambda key: (severity.index(rows[key].severity), key))
