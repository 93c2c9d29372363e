"""The bibliography is clean, every key that is cited is in it, and nothing in it is idle."""

import re
from collections import Counter

import bibtexparser
import pytest

from evidence.data import bibliography, store

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


def library(tmp_path, text: str):
    path = tmp_path / "references.bib"
    path.write_text(text, encoding="utf-8")
    return path


RIGHT = {"title": "{A work}", "author": "{Who, Any}", "year": "{2012}", "keywords": "{cited-by-doc}"}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"titel": "{A work}"}, "is no field of the bibliography; did you mean title?"),
        ({"url": "{https://unicef.org@evil.example/x}"}, "is no address"),
        ({"url": "{https://a.org/x and more}"}, "is no address"),
        ({"url": '{https://a.org/" onclick="x}'}, "is no address"),
        ({"url": "{https://127.0.0.1/x}"}, "is no address"),
        ({"doi": "{10.1 javascript}"}, "is no address"),
        ({"note": "{}"}, "is empty"),
        ({"title": "{\\input{x} of it}"}, "a command of TeX"),
        ({"note": "{\\url{javascript:x}}"}, "a command of TeX"),
        ({"title": "{<script>x</script>}"}, "holds markup"),
        ({"title": '{A "> work}'}, "holds markup"),
    ],
)
def test_a_field_that_says_nothing_or_would_run_is_named(tmp_path, changes, rule):
    fields = "".join(f"  {name} = {value},\n" for name, value in (RIGHT | changes).items())
    found = bibliography.field_problems(library(tmp_path, f"@misc{{key,\n{fields}}}\n"))
    assert [rule in problem.rule for problem in found] == [True]


@pytest.mark.parametrize(
    ("kind", "key", "changes", "rule"),
    [
        ("articl", "key", {}, "is no type of entry; did you mean article?"),
        ("misc", "key", {"title": None}, "has no title"),
        ("misc", "key", {"author": None}, "names nobody"),
        ("misc", "key-1999", {}, "2012 is not the year of the key, 1999"),
        ("misc", "key", {"keywords": "{cited-by-docs}"}, "is cited by no such document: docs; did you mean doc?"),
    ],
)
def test_an_entry_that_is_wrong_as_a_whole_is_named(tmp_path, kind, key, changes, rule):
    given = {name: value for name, value in (RIGHT | changes).items() if value}
    fields = "".join(f"  {name} = {value},\n" for name, value in given.items())
    (problem,) = bibliography.entry_problems({"doc"}, library(tmp_path, f"@{kind}{{{key},\n{fields}}}\n"))
    assert (problem.row, problem.value) == (1, key) and rule in problem.rule


@pytest.mark.parametrize("key", ["key-2012", "key-2011-12", "key-2012b", "work-1999-key-2012", "key"])
def test_a_key_that_holds_the_year_is_right(tmp_path, key):
    fields = "".join(f"  {name} = {value},\n" for name, value in RIGHT.items())
    assert bibliography.entry_problems({"doc"}, library(tmp_path, f"@misc{{{key},\n{fields}}}\n")) == []


def test_a_work_under_two_keys_and_what_is_no_entry_are_named(tmp_path):
    entry = "@misc{one,\n  title = {A work},\n  author = {Who},\n  url = {https://a.org/x},\n}\n"
    text = f"{entry}{entry.replace('one', 'two')}@comment{{{entry.replace('one', 'three')}}}\n"
    rules = [problem.rule for problem in bibliography.entry_problems((), library(tmp_path, text))]
    assert [rule.partition(";")[0] for rule in rules[:1]] == ["is the work of one"]
    assert rules[1:] and all("is no entry" in rule for rule in rules[1:])


def test_the_entries_of_the_book_are_right():
    assert list(map(str, bibliography.entry_problems(store.ids("sources")))) == []


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
