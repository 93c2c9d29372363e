"""Without a part of what decides whether a page is new, an edit leaves something old: each part is seen to be needed.

The part is switched off, the book built, edited and built again. The site must then differ from the right one, which
the same edit gives with the part switched on (and which ``test_edits`` holds against a build from nothing).
"""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import cases
from tests.site.edits.changes import EDITS
from tests.site.small_book import different

NOTHING, SAME = "lambda *_: []", 'lambda *_: "the same"'
PARTS = {  # (the edit, what of the site is set to switch the part off)
    "cells": (
        "the code of a cell",
        {"engine.execution.cells_digest": "lambda notebook, _: notebook.cells[0].source[2:6]"},
    ),
    "validity of results": ("a cell of data that a chapter shows", {"engine.results.is_current": "lambda reads: True"}),
    "reads of chapters": ("a file that a cell reads", {"engine.execution.outdated": NOTHING}),
    "files": ("a file that a cell reads", {"engine.reads.file_digest": SAME}),
    "folders": ("a folder that a cell lists", {"engine.reads.folder_digest": SAME}),
    "modules beside a chapter": ("a module beside a chapter", {"engine.reads.Watch.own_modules": NOTHING}),
    "helper code": ("a module that helps chapters", {"engine.results.code_digest": SAME, "site_digest": SAME}),
    "code of the site": ("a module of the site", {"site_digest": SAME}),
    "definition of the data": ("the label of a column", {"site_digest": SAME}),
    "files of pages": ("a sentence, with its old date", {"engine.stale.outdated": NOTHING}),
    "names": ("the name of a place", {"engine.stale.names_digest": SAME}),
    "dates of the bibliography": ("the bibliography, with its old date", {"file_digest": "lambda path: 1"}),
    "digests of records": ("the title of an exhibit", {"engine.execution.outdated": NOTHING}),
    "lists of records": ("a statement", {"records.registers.outdated": NOTHING, "records.domain.outdated": NOTHING}),
    "where records are used": ("an added page", {"records.domain.rewritten": NOTHING}),
    "menus": ("the title of a chapter", {"engine.stale.with_another_menu": NOTHING}),
    "theme": ("a file of the theme", {"assets.asset_version": SAME}),
    "index of the search": ("a sentence", {"engine.stale.has_index": "lambda app: True"}),
    "what is gone": ("a removed page", {"engine.stale.remove_gone": NOTHING}),
}


def planted(off: dict[str, str]) -> str:
    """Return the Python that switches parts of the site off."""
    return "\n".join(["import evidence.site", *(f"evidence.site.{name} = {code}" for name, code in off.items())])


@pytest.mark.parametrize("part", cases(PARTS))
def test_without_it_an_edit_leaves_something_old(edited, part, tmp_path):
    edit, off = PARTS[part]
    edited.restore()
    EDITS[edit](edited.book)
    edited.build_in_order()
    right = shutil.copytree(edited.site, tmp_path / "right")
    edited.restore()
    for change in (lambda book: None, EDITS[edit]):
        change(edited.book)
        run = edited.book.build(first=planted(off))
        assert run.returncode == 0, run.output
    assert different(right, edited.site), "nothing is old: is the part needed?"
