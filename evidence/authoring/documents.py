"""A new document: its row with hash and lines, its entry, its pages and the pages that show what is drawn from it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from evidence.authoring.asking import Desk, completed
from evidence.authoring.chapters import OPEN, quoted
from evidence.authoring.pagination import Page, from_breaks, from_ranges, from_starts
from evidence.authoring.writing import Draft
from evidence.checks.texts import n_lines, text_lines
from evidence.data import bibliography, store
from evidence.data.rules import DataError, Problem
from evidence.data.schema import ROOT

BIBLIOGRAPHY = "references.bib"
OPTIONS = (
    ("text", "FILE", "its text, read and not kept"),
    ("title", "TEXT", "title, as printed"),
    ("author", "NAMES", 'people who wrote it: "Doe, Jane and Roe, Richard"; the institution if no one is named'),
    ("institution", "NAME", "who published it"),
    ("entry_note", "TEXT", "what of title, author or year is not printed, and from where it is known"),
    ("pages", "LINES:PAGE,…", "its pages, where the text has no page breaks: 1-120:1,121-260:2; or none"),
    ("page_lines", "LINES", "or the lines at which pages 1, 2, 3 … begin: 1,121"),
    ("page_evidence", "TEXT", "how you know the pages"),
)
NO_PAGE = "none"  # the basis of pages that cannot be told
BROKEN = "Counted by the page breaks of the text."
STANDS = "The number stands on the page."
ASKED = {"title": "Title, as printed.", "institution": "Who published it (Enter if nobody is named)."}
PAGES = {  # path below the repository: what a new page says; names in braces come from the row of sources.csv
    "chapters/sources/{id}.md": """---
description: {about_source}
---

# {short_name}

{subject}: {article} {kind} {{cite:p}}`{id}`.
It describes {as_of}.

## What it found

{open} what it found, in a few sentences that link to its facts and findings.

## How it was made

{open} who was asked, how many, where and when.

{beware}## Findings across documents that rest on it

```{{review-findings}}
:source: {id}
```

## Everything taken from it, page by page

Each line leads to the full record, which says where this book uses it.
To search or filter, open its [figures](../reference/facts-{id}.md) or [statements](../reference/findings-{id}.md).

```{{source-index}} {id}
```
""",
    "chapters/reference/facts-{id}.md": """---
description: {about_facts}
---

# Facts: {short_name}

Every figure this book takes from the document, as printed: what it measures, of whom, when, and who measured it.

```{{register}} fact
:source: {id}
```
""",
    "chapters/reference/findings-{id}.md": """---
description: {about_findings}
---

# Findings: {short_name}

What the document says, in our words, one sentence each: what each statement rests on, and where it stands.

```{{register}} finding
:source: {id}
```
""",
}


def pages_of(row: dict[str, str]) -> dict[str, str]:
    """Return the pages that show what is drawn from a document: texts by path."""
    name = row["short_name"]
    words = {
        "about_source": quoted(
            f"What the {name} found, how it was made, what to beware of, and all that is taken from it."
        ),
        "about_facts": quoted(
            f"Every figure taken from the {name}, as printed, with what it measures, of whom and when."
        ),
        "about_findings": quoted(f"What the {name} says, in our words, one sentence each, with what it rests on."),
        "open": OPEN,
        "article": "an" if row["kind"][:1].lower() in "aeiou" else "a",
        "beware": f"## What to beware of\n\n{row['beware']}\n\n" if row.get("beware") else "",
    }
    return {path.format(id=row["id"]): text.format(**{**row, **words}) for path, text in PAGES.items()}


def entry(key: str, given: dict[str, str]) -> str:
    """Return the entry of a document in ``references.bib``; institutions and the title keep their letters as given."""
    institution, author = given.get("institution", ""), given.get("author", "")
    fields = {
        "title": f"{{{{{given['title']}}}}}",
        "author": f"{{{author}}}" if author else f"{{{{{institution}}}}}",
        "institution": f"{{{{{institution}}}}}" if institution else "",
        "year": f"{{{given['year']}}}",
        "note": f"{{{given['entry_note']}}}" if given.get("entry_note") else "",
    }
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@{'techreport' if institution else 'misc'}{{{key},\n{lines}}}\n"


def with_entry(before: str, key: str, text: str) -> str:
    """Return the bibliography with the entry of a document among those of the other documents, by key."""
    place = _place_of_entry(before, key)
    return f"{before[:place]}{text}\n{before[place:]}" if place < len(before) else f"{before}\n{text}"


def _place_of_entry(before: str, key: str) -> int:
    """Return where the entry of a document begins: before the next document's, else behind the last document's."""
    entries = list(re.finditer(r"^@\w+\{([^,\s]+),", before, re.MULTILINE))
    ours = [number for number, entry in enumerate(entries) if entry[1] in store.rows("sources")]
    later = [number for number in ours if entries[number][1] > key]
    at = later[0] if later else ours[-1] + 1 if ours else 0
    return entries[at].start() if at < len(entries) else len(before)


def pages_given(given: dict[str, str], lines: list[str]) -> tuple[list[Page], str]:
    """Return the pages of a text and how they are known: as given, else by its page breaks; none if it has none."""
    evidence = given.get("page_evidence", "")
    if given.get("pages") == NO_PAGE:
        return [Page(1, len(lines), "", NO_PAGE)], evidence
    if given.get("pages"):
        return from_ranges(given["pages"], lines), evidence
    if given.get("page_lines"):
        return from_starts(given["page_lines"], lines), evidence
    return from_breaks(lines), evidence or BROKEN


def rows_of_pages(key: str, pages: list[Page], evidence: str) -> list[dict[str, str]]:
    """Return the rows of ``pages.csv`` of a document."""
    rows = []
    for page in pages:
        numbers = "-".join(f"{int(number):03}" for number in page.number.split("-") if number) or NO_PAGE
        lines = f"{page.first}-{page.last}" if page.last > page.first else str(page.first)
        row = {"id": f"{key}-p{numbers}", "source": key, "lines": lines, "page": page.number, "page_basis": page.basis}
        rows.append(row | {"evidence": STANDS if page.basis == "printed" else evidence})
    return rows


def _text(given: dict[str, str], desk: Desk) -> tuple[Path | None, list[Problem]]:
    """Return the file of the text, and what is wrong with it."""
    name = given.get("text") or (desk.ask("File of its text.\ntext: ").strip() if desk.ask else "")
    if not name:
        return None, [Problem("--text", None, None, None, "is missing. File of its text; it is read and not kept")]
    path = Path(name).expanduser()
    if not path.is_file():
        return None, [Problem("--text", None, None, name, "is no file; give the path of the text")]
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None, [Problem("--text", None, None, name, "is not UTF-8; save it as UTF-8")]
    return path, []


def _pages(given: dict[str, str], lines: list[str]) -> tuple[list[Page], str, list[Problem]]:
    """Return the pages of a text, how they are known, and what is wrong with them or missing."""
    if not lines:
        return [], "", []
    try:
        pages, evidence = pages_given(given, lines)
    except DataError as error:
        return [], "", error.problems
    if not pages:
        rule = "is missing: the text has no page breaks; say which lines stand on which page (1-40:1,41-90:2), or none"
        return [], "", [Problem("--pages", None, None, None, rule)]
    if not evidence and any(page.basis != "printed" for page in pages):
        rule = "is missing: no number stands on some of these pages; say how you know them"
        return [], "", [Problem("--page-evidence", None, None, None, rule)]
    return pages, evidence, []


def _asked(given: dict[str, str], desk: Desk) -> dict[str, str]:
    """Return what is given of an entry, on a terminal with what was asked for."""
    given = dict(given)
    for name, about in ASKED.items():
        if not given.get(name) and desk.ask and not (name == "institution" and given.get("author")):
            given[name] = desk.ask(f"{about}\n{name}: ").strip()
    return given


def _what_is_missing(key: str, given: dict[str, str], desk: Desk) -> Draft:
    """Return the entry and the pages that a document of ``sources.csv`` lacks; raises :class:`DataError`."""
    row = {name: str(value) for name, value in store.rows("sources")[key]._asdict().items()}
    files = {path: text for path, text in pages_of(row).items() if not (ROOT / path).exists()}
    if key not in bibliography.entries():
        given = _asked(given, desk)
        if not given.get("title") or not (given.get("author") or given.get("institution")):
            rule = "has no entry; give --title, and --author or --institution, as printed"
            raise DataError([Problem(BIBLIOGRAPHY, None, None, key, rule)])
        made = entry(key, given | {"year": row["year"]})
        files[BIBLIOGRAPHY] = with_entry((ROOT / BIBLIOGRAPHY).read_text(encoding="utf-8"), key, made)
    if not files:
        rule = "is already there, with its entry and its pages; give another key, or edit what is there"
        raise DataError([Problem("sources.csv", None, "id", key, rule)])
    return Draft([], files, next="`make check` says what it still needs")


def new_document(given: dict[str, str], desk: Desk) -> Draft:
    """Return all that a document needs before its first fact: nothing is guessed, and nothing of its text is kept.

    Raises :class:`DataError` for everything that is missing or wrong.
    """
    given, key = dict(given), given["id"]
    problems = []
    if key in store.rows("sources"):
        return _what_is_missing(key, given, desk)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        rule = "is no key; make one of small letters and digits, as in nobody2026schools"
        problems.append(Problem("ID", None, None, key, rule))
    path, faults = _text(given, desk)
    problems += faults
    given = _asked(given, desk)
    if not given.get("title"):
        problems.append(Problem("--title", None, None, None, f"is missing. {ASKED['title']}"))
    if not given.get("author") and not given.get("institution"):
        problems.append(
            Problem("--author", None, None, None, "is missing. Who wrote it, or --institution: who published it")
        )
    lines = text_lines(path)[: n_lines(path)] if path else []
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path else "0" * 64
    pages, evidence, faults = _pages(given, lines)
    counted = {"n_lines": str(len(lines) or 1), "sha256": digest}
    problems += faults
    row = completed("sources", given | counted, desk, also=("beware",), problems=problems)
    row["id"] = key
    entries = with_entry((ROOT / BIBLIOGRAPHY).read_text(encoding="utf-8"), key, entry(key, given | row))
    rows = [("sources", row), *(("pages", page) for page in rows_of_pages(key, pages, evidence))]
    use = (
        "its facts and findings (`evidence new fact`, `evidence new finding`), extracted twice and independently; "
        f"then what it found, in words, on chapters/sources/{key}.md; "
        "how far the extractions agree is rows of extraction_agreement.csv"
    )
    kept = f"keep its text as {key}.txt with the others, outside the repository or in texts/"
    texts = {key: path} if path else {}
    return Draft(rows, {BIBLIOGRAPHY: entries, **pages_of(row)}, notes=[kept], next=use, texts=texts)
