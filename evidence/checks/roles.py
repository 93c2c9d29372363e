"""What chapters name: roles, directives and their arguments, citations, and records in sentences kept as data."""

from __future__ import annotations

import re
from collections.abc import Collection

from evidence.checks import markdown
from evidence.checks.chapters import named, readable
from evidence.data import bibliography, store
from evidence.data.rules import Problem, nearest
from evidence.data.schema import kinds
from evidence.figures import sentences

CITES = ("cite", "cite:p", "cite:t")
OTHER_ROLES = ("abbr", "doc", "ref", "math", "sub", "sup")  # of Sphinx, which the book may use
LISTS = """key-messages pages-below data-dictionary documents questions evidence-in-all finder gallery printed-rows
review-findings who-speaks standards certificate ask
subjects""".split()  # directives of the book whose argument names no record
# Of MyST and Sphinx, which the book may use.
OTHER_DIRECTIVES = """admonition bibliography container dropdown figure image math mermaid note raw
tip warning""".split()
OPTIONS: dict[
    str, dict[str, tuple[str, ...]]
] = {  # of directives of MyST and Sphinx, with the words an option takes; of others the build says what is wrong
    "admonition": {"class": ("cannot",)},
    "note": {"class": ()},
    "tip": {"class": ()},
    "warning": {"class": ()},
}
VOCABULARIES = ("expect", "formulas", "roles", "directives", "cells")  # lists of what authors may write
LOCATOR = re.compile(r"\{[^}]*\}")  # the place in a citation: antonowicz2013oosc{p. 22}


def named_by() -> dict[str, tuple[str, Collection[str] | None]]:
    """Return what the argument of each directive of the book names: in words, and what there is."""
    printed = [name for name, resource in store.schema().items() if resource["printed"]]
    return {
        "register": ("kind of record", kinds()),
        "source-index": ("document of sources.csv", store.ids("sources")),
        "printed-table": ("printed table", printed),
        "front-answers": ("question", store.ids("answers")),
        "evidence-map": ("exhibit of exhibits.csv", store.ids("exhibits")),
        "rooms": ("exhibit of exhibits.csv", store.ids("exhibits")),
        "theory-graph": ("exhibit of exhibits.csv", store.ids("exhibits")),
        "theory-list": ("document of sources.csv", store.ids("sources")),
        "chart-builder": ("exhibit of exhibits.csv", store.ids("exhibits")),
        "vocabulary": ("list for authors", VOCABULARIES),
        "who-acts": ("component", store.labels("theory_nodes", "component")),
        "subject": ("subject of subjects.csv", store.ids("subjects") if "subjects" in store.schema() else ()),
        "answers": ("component", store.labels("evaluation_questions", "component")),
    }


def _unknown(called: str, key: str, known: Collection[str] | None) -> str | None:
    """Return the rule that a name breaks which does not exist, or None; of an unreadable table nothing is known."""
    return None if known is None or key in known else f"no {called} has the id {key!r}{nearest(key, known)}"


def _citable() -> Collection[str] | None:
    """Return the keys that can be cited, None while the bibliography cannot be read.

    A document without its entry is said to lack it, so its key is one of them.
    """
    documents = store.ids("sources")
    return None if bibliography.block_problems() or documents is None else bibliography.entries().keys() | documents


def fault(kind: str, text: str) -> str | None:
    """Return what is wrong with a role (its name, and what stands between its ticks), or None."""
    if kind in CITES:
        keys = [key.strip() for key in LOCATOR.sub("", text).split(",")]
        found = [rule for key in keys if (rule := _unknown("entry of references.bib", key, _citable()))]
        return found[0] if found else None
    if kind not in kinds():
        known = [*kinds(), *CITES, *OTHER_ROLES]
        return None if kind in known else f"no role is called {kind!r}{nearest(kind, known)}"
    resource = store.schema()[kinds()[kind]]
    explicit = sentences.EXPLICIT.fullmatch(text)
    key = explicit[2] if explicit else text
    return _unknown(resource["record"]["name"].lower(), key, store.ids(resource["name"]))


def _option_fault(directive: markdown.Directive) -> str | None:
    """Return what is wrong with the options of a directive of MyST, or None."""
    known = OPTIONS.get(directive.name, {})
    for name, value in directive.options.items() if known else ():
        if name not in known:
            return f"{directive.name} has no option {name!r}{nearest(name, known)}; it has {', '.join(known)}"
        if value not in known[name]:
            return f"{value!r} is no {name} of the style sheets{nearest(value, known[name])}"
    return None


def directive_fault(directive: markdown.Directive) -> str | None:
    """Return what is wrong with a directive, its argument or its option ``source``, or None."""
    known = [*named_by(), *LISTS, *OTHER_DIRECTIVES]
    if directive.name not in known:
        return f"no directive is called {directive.name!r}{nearest(directive.name, [*known, 'code-cell'])}"
    if directive.name in named_by():
        called, there = named_by()[directive.name]
        for key in directive.argument.split() or [""]:
            if rule := _unknown(called, key, there):
                return rule
    if rule := _option_fault(directive):
        return rule
    if source := directive.options.get("source"):
        return _unknown("document of sources.csv", source, store.ids("sources"))
    return None


def chapter_problems() -> list[Problem]:
    """Return the roles, citations and directives of chapters that name nothing, with their lines."""
    found = []
    for path in readable():
        chapter = markdown.of_page(path)
        for line, kind, text in chapter.roles:
            if rule := fault(kind, text):
                found.append(Problem(named(path), line, None, text, rule))
        for directive in chapter.directives:
            if rule := directive_fault(directive):
                found.append(Problem(named(path), directive.line, None, directive.argument or None, rule))
    return found


def sentence_problems() -> list[Problem]:
    """Return the roles in sentences kept as data that name no record, with row and column."""
    return [
        Problem(store.schema()[table]["path"], number, column, key, rule)
        for table, column in store.columns_with("sentence")
        for number, row in store.numbered(table)
        for kind, key in sentences.records_in(getattr(row, column))
        if (rule := fault(kind, key) if kind in kinds() else f"{kind} is no kind of record{nearest(kind, kinds())}")
    ]
