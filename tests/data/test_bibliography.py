"""The bibliography is clean, every key that is cited is in it, and nothing in it is idle."""

import re
from collections import Counter

import bibtexparser
import pytest

from evidence.data import store

TEXT = (store.ROOT / "references.bib").read_text(encoding="utf-8")
LIBRARY = bibtexparser.parse_string(TEXT)
ENTRIES = {entry.key: {name: field.value for name, field in entry.fields_dict.items()} for entry in LIBRARY.entries}
CITATION = re.compile(r"\{cite[^}]*\}`([^`]+)`")
LOCAL = re.compile(r"file:|(?:^|[\s{])(?:~?/(?:home|Users|tmp|work|mnt|root)/|[A-Za-z]:\\)")
TRACKING = re.compile(r"[?&](?:utm_\w+|fbclid|gclid|mc_[ce]id|ref_src|igshid|yclid|_ga)=")


def cited_keys(text):
    """Return the keys of the citation roles of a page: ``key``, ``key{p. 22}`` or several with commas."""
    return [key.strip() for keys in CITATION.findall(text) for key in re.sub(r"\{[^}]*\}", "", keys).split(",")]


PAGES = [store.ROOT / "index.md", *sorted((store.ROOT / "chapters").rglob("*.md"))]
CITED = [(str(path.relative_to(store.ROOT)), key) for path in PAGES for key in cited_keys(path.read_text("utf-8"))]


def test_every_block_of_the_bibliography_can_be_read():
    assert [(block.start_line, str(block.error)) for block in LIBRARY.failed_blocks] == []
    assert len(ENTRIES) == len(re.findall(r"^@", TEXT, flags=re.MULTILINE))


def test_no_key_is_used_twice():
    keys = Counter(re.findall(r"^@\w+\{\s*([^,\s]+)", TEXT, flags=re.MULTILINE))
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_source_is_in_the_bibliography():
    assert set(store.load("sources")["id"]) - ENTRIES.keys() == set()


def test_an_entry_whose_title_is_not_known_says_why_in_a_note():
    untitled = {key: entry for key, entry in ENTRIES.items() if entry.get("title", "[").startswith("[")}
    assert [key for key, entry in untitled.items() if not entry.get("note")] == []


def test_no_entry_names_a_local_file():
    assert [key for key, entry in ENTRIES.items() if "file" in entry or LOCAL.search(" ".join(entry.values()))] == []


def test_no_entry_has_a_tracking_parameter():
    assert [key for key, entry in ENTRIES.items() if TRACKING.search(" ".join(entry.values()))] == []


@pytest.mark.parametrize("text", ["/home/me/report.pdf", "see ~/Users/x.pdf", r"C:\papers\x.pdf", "file:///x.pdf"])
def test_a_local_path_is_seen(text):
    assert LOCAL.search(text)


@pytest.mark.parametrize("text", ["https://a.org/?utm_source=x", "https://a.org/r?id=1&fbclid=2"])
def test_a_tracking_parameter_is_seen(text):
    assert TRACKING.search(text)


def test_every_key_that_is_cited_is_in_the_bibliography():
    assert [(page, key) for page, key in CITED if key not in ENTRIES] == []


def test_keys_are_found_in_every_form_of_citation():
    assert cited_keys("A {cite:p}`one{p. 22, 23}` and {cite}`two,three` but `not-this`.") == ["one", "two", "three"]


def test_an_entry_is_cited_or_marked_as_cited_by_a_source():
    marks = {f"cited-by-{key}" for key in store.load("sources")["id"]}
    used = {key for _, key in CITED}
    assert [
        key
        for key, entry in ENTRIES.items()
        if key not in used and not marks & set(re.split(r"[,;]\s*", entry.get("keywords", "")))
    ] == []


def test_the_line_where_a_source_cites_a_work_is_inside_its_text():
    lengths = dict(store.load("sources")[["id", "n_lines"]].itertuples(index=False))
    notes = {key: re.search(r" in (\S+), line (\d+)", entry.get("note", "")) for key, entry in ENTRIES.items()}
    marked = [key for key, entry in ENTRIES.items() if "cited-by-" in entry.get("keywords", "")]
    outside = [key for key in marked if not notes[key] or not 1 <= int(notes[key][2]) <= lengths.get(notes[key][1], 0)]
    assert outside == []


def test_the_record_names_entries_and_a_merged_one_says_into_what():
    record = store.load("bibliography_record")
    assert set(record["entry"]) <= ENTRIES.keys()
    assert (record.query("change == 'merged'")["after"] != "").all()


@pytest.mark.parametrize(("source", "entries"), [("cecchetti2021vac", 205), ("covidgender2021", 51)])
def test_the_list_of_a_document_is_whole(source, entries):
    listed = [key for key, entry in ENTRIES.items() if f"Listed in {source}" in entry.get("note", "")]
    merged = store.load("bibliography_record").query("source == @source and change == 'merged'")
    assert len(listed) + len(merged) == entries
