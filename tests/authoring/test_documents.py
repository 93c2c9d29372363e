"""A new document gets its row, entry, pages and registers from its text, and nothing is guessed."""

from __future__ import annotations

import hashlib
import re

import bibtexparser
import pytest

from evidence.authoring import documents
from evidence.authoring.asking import Desk
from evidence.authoring.documents import PAGES, new_document
from evidence.data import store
from evidence.data.rules import DataError
from evidence.data.schema import ROOT

TEXT = "A survey of schools\n1\n\fWhat was found\n2\n\n\n"
GIVEN = {
    "id": "example2024meals",
    "title": "School meals: a survey",
    "institution": "Institute of Examples",
    "short_name": "School meals survey (2024)",
    "subject": "Hot meals at school",
    "kind": "annual survey",
    "year": "2024",
    "as_of": "2024",
    "beware": "An example.",
}


@pytest.fixture
def given(tmp_path) -> dict[str, str]:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return GIVEN | {"text": str(path)}


def rows(draft, table: str) -> list[dict[str, str]]:
    return [row for name, row in draft.rows if name == table]


def test_its_row_has_the_hash_and_the_lines_of_the_text(given):
    row = rows(new_document(given, Desk()), "sources")[0]
    assert row["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert row["n_lines"] == "4"  # those that are empty at the end are none


def test_its_pages_come_from_the_text(given):
    pages = rows(new_document(given, Desk()), "pages")
    assert [(page["id"], page["lines"], page["page"], page["page_basis"]) for page in pages] == [
        ("example2024meals-p001", "1-2", "1", "printed"),
        ("example2024meals-p002", "3-4", "2", "printed"),
    ]


def test_its_entry_stands_among_the_documents_and_can_be_read(given):
    text = new_document(given, Desk()).files["references.bib"]
    entry = next(entry for entry in bibtexparser.parse_string(text).entries if entry.key == "example2024meals")
    fields = {field.key: field.value for field in entry.fields}
    assert fields["title"] == "{School meals: a survey}" and fields["author"] == "{Institute of Examples}"
    keys = re.findall(r"^@\w+\{([^,]+),", text, flags=re.MULTILINE)
    documents = sorted([*store.rows("sources"), "example2024meals"])
    assert keys[: len(documents)] == documents
    before = (ROOT / "references.bib").read_text(encoding="utf-8")
    assert len(text.splitlines()) > len(before.splitlines()) and set(before.splitlines()) <= set(text.splitlines())


@pytest.mark.parametrize("key", ["aaa2000first", "zzz2099last"])
def test_an_entry_at_either_end_leaves_the_others_as_they_are(given, key):
    text = new_document(given | {"id": key}, Desk()).files["references.bib"]
    start = text.index(f"@techreport{{{key},")
    entry = text[start : text.index("\n}\n", start) + 4]
    assert text.replace(entry, "") == (ROOT / "references.bib").read_text(encoding="utf-8")


def test_it_gets_its_page_its_facts_and_its_findings(given):
    files = new_document(given, Desk()).files
    assert {path.format(id=GIVEN["id"]) for path in PAGES} < set(files)
    page = files["chapters/sources/example2024meals.md"]
    assert "Hot meals at school: an annual survey {cite:p}`example2024meals`." in page
    assert "```{source-index} example2024meals\n```" in page
    assert "```{register} fact\n:source: example2024meals\n```" in files["chapters/reference/facts-example2024meals.md"]


def test_nothing_of_the_text_is_kept(given):
    draft = new_document(given, Desk())
    assert not any("What was found" in text for text in [*draft.files.values(), str(draft.rows)])


def test_everything_missing_is_named_at_once():
    with pytest.raises(DataError) as error:
        new_document({"id": "example2024meals"}, Desk())
    missing = [problem.file for problem in error.value.problems]
    assert missing[:4] == ["--text", "--title", "--author", "--short-name"] and "--as-of" in missing


def test_pages_that_nothing_prints_need_their_reason(given, tmp_path):
    (tmp_path / "text.txt").write_text("one\ntwo\nthree\n", encoding="utf-8")
    with pytest.raises(DataError, match="--pages: is missing: the text has no page breaks"):
        new_document(given, Desk())
    with pytest.raises(DataError, match="--page-evidence: is missing"):
        new_document(given | {"pages": "1-3:1"}, Desk())
    pages = rows(new_document(given | {"pages": "none", "page_evidence": "A web page."}, Desk()), "pages")
    assert [(page["lines"], page["page"], page["page_basis"]) for page in pages] == [("1-3", "", "none")]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (
            {"id": "gurin2023tale"},
            "sources.csv, column id: 'gurin2023tale': is already there, with its entry",
        ),
        ({"id": "Example 2024"}, "is no key; make one of small letters and digits"),
        ({"text": "nowhere.txt"}, "--text: 'nowhere.txt': is no file"),
        ({"year": "about 2024"}, "--year: 'about 2024': is not a whole number"),
        ({"pages": "1-1:1,3-4:2"}, "lines 2-2 have no page"),
    ],
)
def test_what_is_wrong_is_named(given, change, rule):
    with pytest.raises(DataError, match=rule):
        new_document(given | change, Desk())


def test_what_a_document_lacks_is_written_and_no_more(given, monkeypatch):
    key = "gurin2023tale"
    missing = f"chapters/sources/{key}.md"
    monkeypatch.setattr(documents.bibliography, "entries", lambda: {})
    monkeypatch.setattr(documents.Path, "exists", lambda path: path != documents.ROOT / missing)
    with pytest.raises(DataError, match="references.bib: 'gurin2023tale': has no entry; give --title"):
        new_document({"id": key}, Desk())
    draft = new_document({"id": key, "title": "A Tale", "institution": "A house"}, Desk())
    assert draft.rows == [] and set(draft.files) == {"references.bib", missing}
    assert "institution = {{A house}}" in draft.files["references.bib"]
