"""A new key message: what its kind needs is asked for, and its page shows it."""

from __future__ import annotations

from evidence.authoring.asking import Desk, completed, first
from evidence.authoring.chapters import MESSAGES_TO_WRITE, after_opening, page_named
from evidence.authoring.rows import proposed_id, slug
from evidence.authoring.writing import Draft
from evidence.checks.judgement import DATA, JUDGEMENT
from evidence.checks.messages import DIRECTIVE
from evidence.data import store
from evidence.data.schema import ROOT
from evidence.figures.sentences import ROLE
from evidence.figures.sureness import QUALITATIVE, TOOL

SHOWN = f"```{{{DIRECTIVE}}}\n```"


def showing(text: str) -> str:
    """Return the text of a page with its key messages shown: where it says so, or below its opening."""
    if SHOWN.partition("\n")[0] in text:
        return text
    if MESSAGES_TO_WRITE in text:
        return text.replace(MESSAGES_TO_WRITE, SHOWN)
    return after_opening(text, SHOWN)


def new_message(given: dict[str, str], desk: Desk) -> Draft:
    """Return the row of a new key message, the next on its page, and the page if it showed none yet.

    Raises :class:`evidence.data.rules.DataError` for what is missing or wrong.
    """
    row = first("synthesis", given, desk, "page", "kind")
    page = row["page"] = page_named(row["page"]) if row.get("page") else ""
    rows = store.load("synthesis")
    row["order"] = row.get("order") or str(int((rows["page"] == page).sum()) + 1)
    needed = {QUALITATIVE: JUDGEMENT, "statistic": DATA, TOOL: DATA}.get(row.get("kind", ""), ())
    row = completed("synthesis", row, desk, needed=needed, also=("detail", "facts", "findings"))
    words = slug(ROLE.sub("", row["statement"]), 4)
    row["id"] = given.get("id") or proposed_id(
        store.rows("synthesis"), page.rpartition("/")[2].replace("-", " "), words
    )
    text = (ROOT / f"{page}.md").read_text(encoding="utf-8")
    files = {f"{page}.md": showing(text)} if showing(text) != text else {}
    return Draft([("synthesis", row)], files, next=f"it is message {row['order']} of {page}: see it with make live")
