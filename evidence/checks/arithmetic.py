"""The arithmetic that documents print, reckoned again: what does not follow has its entry among the disagreements."""

from __future__ import annotations

from evidence.data import store
from evidence.data.records import flags
from evidence.data.rules import Problem
from evidence.data.store import UnknownId
from evidence.figures import arithmetic

TABLE = "printed_arithmetic"
FAULTS = (UnknownId, KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError)


def _fault(item) -> tuple[str, str] | None:
    """Return (column, rule) of what is wrong with a row, or None."""
    try:
        follows, value = arithmetic.follows(item), arithmetic.reckoned(item)
    except FAULTS as error:
        return "parts", f"cannot be reckoned: {error}"
    if follows and item.discrepancy:
        return "discrepancy", f"{value:.6g} is what is printed; take the disagreement out"
    if not follows and not item.discrepancy:
        printed = arithmetic.figure(item.printed)
        return "discrepancy", f"{printed:g} is printed, and its parts make {value:.6g}: name the entry that says so"
    if item.discrepancy and item.printed.partition("/")[0] not in store.row("discrepancies", item.discrepancy).expect:
        return "discrepancy", f"expects nothing of {item.printed}; name the entry on this figure"
    return None


def problems() -> list[Problem]:
    """Return the printed figures that do not follow from their parts unsaid, and those nobody has reckoned again.

    Rule: a figure flagged as derived by the document itself has a row, unless it is printed in words.
    """
    path = store.schema()[TABLE]["path"]
    found = [
        Problem(path, number, fault[0], str(getattr(item, fault[0])) or None, f"{item.id}: {fault[1]}")
        for number, item in store.numbered(TABLE)
        if (fault := _fault(item))
    ]
    done = {item.printed.partition("/")[0] for item in store.rows(TABLE).values()}
    for number, item in store.numbered("facts"):
        if "derived_by_source" in flags(item) and "in_words" not in flags(item) and item.id not in done:
            rule = f"{item.id}: is derived by the document; add how to {path}"
            found.append(Problem("facts.csv", number, "flags", item.flags, rule))
    return found
