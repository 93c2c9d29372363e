"""The evidence map: every cell counted again from the files, and why a cell is empty."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from evidence.data import store
from evidence.data.schema import DATA
from evidence.figures import evidence_map
from evidence.figures.evidence_map import Record, cell, in_words, typical

ROLE = re.compile(r"\{(fact|finding)\}`(?:[^`<]*<)?([^`<>]+)>?`")


def rows(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items(text: str) -> set[str]:
    return set(filter(None, text.split(";")))


def by_hand() -> Counter:
    """Count records by line and document from the files, without the facets of the book (messages aside)."""
    subject = {row["id"]: f"subject-{row['subject']}" for row in rows("themes")}
    themes_of = {row["indicator"]: items(row["themes"]) for row in rows("indicator_themes")}
    found: Counter = Counter()
    for table in ("findings", "facts", "recommendations", "evidence_gaps"):
        for row in rows(table):
            themes = themes_of[row["indicator"]] if table == "facts" else items(row["themes"])
            kind = table if table != "evidence_gaps" else ("lost" if row["empty"] == "lost" else "asked")
            for line in themes | {subject[theme] for theme in themes}:
                found[line, row["source"], kind] += 1
    return found


def test_every_cell_counts_what_the_files_hold():
    expected, cells = by_hand(), evidence_map.cells()
    names = {"findings": "finding", "facts": "fact", "recommendations": "recommendation"}
    for line in evidence_map.lines():
        for document in store.rows("sources"):
            given = cells.get((line.code, document)) or cell([])
            for table, kind in names.items():
                assert given.counts[kind] == expected[line.code, document, table], (line.code, document, kind)
            assert given.asked == expected[line.code, document, "asked"], (line.code, document)
            assert given.lost == expected[line.code, document, "lost"], (line.code, document)


def test_a_message_stands_in_the_cells_of_the_findings_and_facts_it_rests_on_and_in_no_other():
    source = {row["id"]: row["source"] for table in ("findings", "facts") for row in rows(table)}
    themes = {row["id"]: items(row["themes"]) for row in rows("findings")}
    themes_of = {row["indicator"]: items(row["themes"]) for row in rows("indicator_themes")}
    themes |= {row["id"]: themes_of[row["indicator"]] for row in rows("facts")}
    records = {one.key: one for one in evidence_map.records() if one.kind == "message"}
    found = 0
    for row in rows("synthesis"):
        if re.search(r"\{(?!fact|finding)[\w-]+\}`", row["statement"] + row["detail"]):
            continue  # it rests on other kinds of records too
        named = {key for _, key in ROLE.findall(row["statement"] + row["detail"])}
        rests = items(row["findings"]) | items(row["facts"]) | named
        expected = {(theme, source[key]) for key in rests for theme in themes[key]}
        places = evidence_map.places_of(records[row["id"]], "document")
        assert {place for place in places if not place[0].startswith("subject-")} == expected, row["id"]
        found += 1
    assert found > 50


def test_the_lines_are_every_subject_and_below_it_its_themes():
    lines = evidence_map.lines()
    assert {line.code for line in lines if not line.is_subject} == set(store.rows("themes"))
    assert [line.code for line in lines if line.is_subject] == [
        f"subject-{code}" for code in store.labels("themes", "subject")
    ]
    for place, line in enumerate(lines):
        if line.is_subject:
            assert tuple(one.code for one in lines[place + 1 : place + 1 + len(line.themes)]) == line.themes


@pytest.mark.parametrize(
    ("levels", "middle"),
    [([], ""), (["high"], "high"), (["high", "low"], "low"), (["high", "moderate", "very low"], "moderate")],
)
def test_the_usual_confidence_is_the_middle_one_and_the_lower_of_two(levels, middle):
    assert typical(levels) == middle


def made(kind: str, **facets: str) -> Record:
    return Record(kind, "x", {name.replace("_", "-"): [code] for name, code in facets.items()})


@pytest.mark.parametrize(
    ("found", "empty"),
    [
        ([], "silent"),
        ([made("gap", empty="not-known")], "unanswered"),
        ([made("finding", stance="gap")], "unanswered"),
        ([made("gap", empty="lost")], "lost"),
        ([made("gap", empty="lost"), made("fact", own_flags="lost_in_source")], "lost"),
        ([made("gap", empty="lost"), made("gap", empty="left-out")], "unanswered"),
        ([made("gap", empty="not-known"), made("finding", stance="weakness")], ""),
    ],
)
def test_three_kinds_of_empty_are_told_apart(found, empty):
    assert cell(found).empty == empty


def test_a_cell_says_in_words_what_it_shows():
    found = [
        made("finding", evidence="survey"),
        made("finding", evidence="unsourced"),
        made("message", confidence="low", evidence="media"),
        made("message", confidence="high"),
        made("gap", empty="lost"),
    ]
    given = cell(found)
    assert (given.total, given.evidence, given.lost, given.typical, given.highest) == (4, 1, 1, "low", "high")
    said = "2 findings, 2 key messages; confidence of its messages low, at best high; 1 kind of evidence"
    assert in_words(given) == said


@pytest.mark.parametrize(("count", "level"), [(1, 0), (9, 0), (10, 1), (29, 1), (30, 2), (159, 3), (160, 4)])
def test_a_cell_is_darker_the_more_there_is(count, level):
    assert evidence_map.shade(count) == level


def test_the_table_to_take_away_has_every_line_and_document():
    frame = evidence_map.frame()
    assert len(frame) == len(evidence_map.lines()) * len(store.rows("sources"))
    parts = frame[["Findings", "Facts", "Key messages", "Recommendations"]].sum(axis=1)
    assert (parts == frame["Records"]).all() and (frame["Records"] == 0).any()


def test_what_the_chapter_says_of_the_map_is_so():
    subjects = [line for line in evidence_map.lines() if line.is_subject]
    kept = [(record.kind, set(record.facets.get("theme", []))) for record in evidence_map.records()]
    counts = {line.name: sum(kind != "gap" and bool(own & set(line.themes)) for kind, own in kept) for line in subjects}
    ranked = sorted(counts, key=lambda name: counts[name], reverse=True)
    assert ranked[0] == "Services, staff, money"
    assert set(ranked[1:3]) == {"Figures and what they count", "Laws, policies, courts"}
    assert ranked[-1] == "Environment and emergencies"
    assert {"Children in institutions", "Migration, documents, rural life"} < set(ranked[-4:])
    open_ = Counter(
        line.name
        for record in evidence_map.records()
        if record.kind == "gap" and record.facets["empty"] != ["lost"]
        for line in subjects
        if set(record.facets["theme"]) & set(line.themes)
    )
    most = [name for name, _ in open_.most_common(3)]
    assert most == ["Figures and what they count", "Services, staff, money", "Violence and bullying"]
    cells = evidence_map.cells()
    above_all = [
        2 * max(counts) >= sum(counts)
        for line in evidence_map.lines()
        if not line.is_subject
        for counts in [[given.total for (code, _), given in cells.items() if code == line.code]]
    ]
    assert sum(above_all) > len(above_all) / 2, "most themes rest on one document above all"
    silent = Counter(
        document
        for line in evidence_map.lines()
        for document in store.rows("sources")
        if (line.code, document) not in cells
    )
    assert min(store.rows("sources"), key=lambda document: silent[document]) == "cecchetti2021vac"
    addressed = Counter(code for code, _ in evidence_map.cells())
    assert [addressed[theme] for theme in ("register", "corporal-punishment", "environment")] == [1, 1, 1]
