"""Starts what authors add: the pages of a new document."""

from __future__ import annotations

from pathlib import Path

from evidence.data import store
from evidence.data.rules import DataError, Problem
from evidence.data.schema import ROOT

PAGES = {  # path below the repository: what a new page says; names in braces come from the row of sources.csv
    "chapters/sources/{id}.md": """---
description: "Everything the book draws from the {short_name}, page by page, and what to know of the document."
---

# {short_name}

{subject}: a {kind} {{cite:p}}`{id}`, with data of {as_of}.

**What to beware of.** {beware}

## Everything drawn from it, page by page

Each line leads to the full record; records say where the book uses them.

```{{source-index}} {id}
```
""",
    "chapters/reference/facts-{id}.md": """---
description: "Every figure taken from the {short_name}, as printed, with what it measures, of whom and as of when."
---

# Facts: {short_name}

Every figure taken from this document, as printed, with what it measures, of whom, as of when and who measured it.

```{{register}} fact
:source: {id}
```
""",
    "chapters/reference/findings-{id}.md": """---
description: "What the {short_name} asserts, paraphrased, one sentence each, with what it rests on."
---

# Findings: {short_name}

What this document asserts, paraphrased, one sentence each: what it rests on, and where it stands.

```{{register}} finding
:source: {id}
```
""",
}


def new_document(key: str, root: Path = ROOT) -> list[Path]:
    """Write the pages of a document that has a row in ``sources.csv``; return their paths.

    Raises :class:`DataError` if the row is missing or a page is already there; then nothing is written.
    """
    known = store.rows("sources")
    if key not in known:
        rule = "is no document yet: add its row to sources.csv, its entry to references.bib and its pages to pages.csv"
        raise DataError([Problem("sources.csv", None, "id", key, rule)])
    texts = {root / path.format(id=key): text.format(**known[key]._asdict()) for path, text in PAGES.items()}
    there = [path for path in texts if path.exists()]
    if there:
        names = [str(path.relative_to(root)) for path in there]
        raise DataError([Problem(name, None, None, None, "is already there; nothing was written") for name in names])
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)
