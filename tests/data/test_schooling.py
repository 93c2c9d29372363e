"""Voices of the study of schooling under COVID-19: coded for every finding of its own, counted from the text."""

from __future__ import annotations

import re
from collections import Counter

from evidence.checks.texts import text_lines
from evidence.data import store
from evidence.data.store import items, line_range

SOURCE = "covidgender2021"
SITES = {"almaty-region", "astana-city", "shymkent"}
CODED = {row.finding: row for row in store.rows("schooling_findings").values()}
QUOTED = {row.group: row for row in store.rows("quoted_voices").values()}
COMPARED = store.rows("recommendation_summaries")
GROUPS = {"T": "teachers", "P": "parents", "S": "students"}
CODE = re.compile(r"\b([TPS])(AR|N|S) ?(\d{1,2}|I)((?:-\d+)?)")  # the I is a misread 1


def own_findings():
    return {
        row.id: row
        for row in store.rows("findings").values()
        if row.source == SOURCE and set(items(row.places)) == SITES
    }


def test_every_finding_on_what_participants_met_is_coded():
    first, last = line_range(QUOTED["teachers"].lines)
    met = {key for key, row in own_findings().items() if first <= line_range(row.lines)[0] <= last}
    assert met <= CODED.keys() <= own_findings().keys()


def test_a_voice_is_heard_by_the_method_its_finding_names():
    findings = own_findings()
    wrong = {}
    for key, row in CODED.items():
        voices, types = set(items(row.voices)), set(items(findings[key].evidence_types))
        if "survey" in types:
            continue
        if (
            "students" in voices
            and "focus_groups" not in types
            or voices & {"teachers", "parents"}
            and "interviews" not in types
        ):
            wrong[key] = (row.voices, findings[key].evidence_types)
    assert wrong == {}


def test_direction_follows_from_the_stance_of_the_finding_or_is_both():
    expected = {"strength": {"helped", "both"}, "weakness": {"hurt", "both"}}
    findings = own_findings()
    assert {
        key: row.direction
        for key, row in CODED.items()
        if row.direction not in expected.get(findings[key].stance, {"helped", "hurt", "both"})
    } == {}


def test_voices_are_counted_as_the_text_quotes_them(source_texts):
    first, last = line_range(QUOTED["teachers"].lines)
    text = " ".join(line.strip() for line in text_lines(source_texts / f"{SOURCE}.txt")[first - 1 : last])
    found = [match for part in re.findall(r"\(([^()]{1,60})\)", text) for match in CODE.findall(part)]
    for letter, group in GROUPS.items():
        uses = Counter(match[1:] for match in found if match[0] == letter)
        row = QUOTED[group]
        assert (row.uses, row.speakers, row.most_uses) == (sum(uses.values()), len(uses), max(uses.values())), group


def test_no_group_is_quoted_with_more_people_than_were_heard():
    assert all(row.speakers <= store.row("facts", row.heard).value for row in QUOTED.values())


def test_every_recommendation_is_held_against_the_summary():
    expected = [key for key, row in store.rows("recommendations").items() if row.source == SOURCE]
    assert [row.recommendation for row in COMPARED.values()] == expected


def test_what_the_summary_leaves_out_or_adds_is_said():
    assert [key for key, row in COMPARED.items() if row.reading != "same" and not row.difference] == []


def test_the_summary_keeps_the_order_of_the_full_text():
    starts = [line_range(row.lines)[0] for row in COMPARED.values() if row.reading != "left_out"]
    assert starts == sorted(starts)
