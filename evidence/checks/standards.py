"""Items of standards: where one is met a page of the book shows it, and where it is not the row says why."""

from __future__ import annotations

from evidence.checks.chapters import page_names
from evidence.data import bibliography, store
from evidence.data.rules import Problem, nearest

FILE = "standards.csv"
HAS_PAGE = ("met", "partly")


def problems() -> list[Problem]:
    """Return the items without their page or their reason, with one too many, or of no entry of the bibliography."""
    if "standards" not in store.schema():
        return []
    known = set(page_names())
    found = []
    for number, row in store.numbered("standards"):
        faults: dict[str, str] = {}
        if (row.status in HAS_PAGE) != bool(row.page):
            faults["page"] = "names a page exactly where the item is met, in full or in part"
        if (row.status != "met") != bool(row.why):
            faults["why"] = "says why exactly where the item is not met in full"
        if row.reference not in bibliography.entries():
            faults["reference"] = f"is no entry of {bibliography.FILE.name}"
        if row.page and row.page not in known:
            faults["page"] = f"there is no such page{nearest(row.page, known)}"
        for column, rule in faults.items():
            found.append(Problem(FILE, number, column, getattr(row, column) or None, f"{row.id}: {rule}"))
    return found
