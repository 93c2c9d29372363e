"""What is not known: counted again from the rows, and each code held against its document's own words."""

from __future__ import annotations

import pytest

from evidence.data import own_limits, store
from evidence.data.records import newest_year
from evidence.figures.facets import facets_of
from evidence.parts.synthesis import gaps

AT_LEAST = 40  # open questions, over all documents


def test_there_are_open_questions_of_every_document_and_each_is_told_once():
    rows = store.load("evidence_gaps")
    assert len(rows) >= AT_LEAST and set(rows["source"]) == set(store.rows("sources"))
    assert rows["asked"].is_unique and rows["asked"].str.endswith("?").all()


def test_counts_by_document_are_the_rows():
    frame = gaps.by_document().set_index("Document")
    rows = store.load("evidence_gaps")
    assert frame["In all"].sum() == len(rows)
    name = store.names("sources")["cecchetti2021vac"]
    own = rows[rows["source"] == "cecchetti2021vac"]
    assert frame.loc[name, "Lost in our copy"] == (own["empty"] == "lost").sum() == 5
    assert frame.loc[name, "In all"] == len(own) == frame["In all"].max()


def test_a_question_counts_once_on_each_subject_of_its_themes():
    frame = gaps.by_subject().set_index("Subject")
    subjects = {key: row.subject for key, row in store.rows("themes").items()}
    for code, name in store.labels("themes", "subject").items():
        own = [
            row
            for row in store.rows("evidence_gaps").values()
            if code in {subjects[theme] for theme in store.items(row.themes)}
        ]
        assert frame.loc[name, "In all"] == len(own)
        assert frame.loc[name, "Lost in our copy"] == sum(row.empty == "lost" for row in own)
    assert frame["In all"].idxmax() == "Figures and what they count"


def test_an_open_question_lies_in_the_document_of_its_findings_and_within_their_themes_reach():
    findings = store.rows("findings")
    for row in store.rows("evidence_gaps").values():
        for key in store.items(row.findings):
            assert findings[key].source == row.source, row.id
            first, last = store.line_range(row.lines)
            start, end = store.line_range(findings[key].lines)
            assert first <= end and start <= last, row.id


def test_what_findings_call_a_gap_is_an_open_question_but_for_limits_of_a_method():
    told = {key for row in store.rows("evidence_gaps").values() for key in store.items(row.findings)}
    left = {row.id for row in store.rows("findings").values() if row.stance == "gap"} - told
    assert left == {"tale-find-limit-nlp", "vac-find-fragile-data-sets"}


def test_a_group_is_silent_on_a_subject_where_no_record_of_any_document_has_both():
    frame = gaps.silent_groups().set_index("Group")
    row = frame.loc[store.names("groups")["undocumented-children"]]
    silent = row["Which"].split("; ")
    assert row["Subjects without any"] == len(silent) == frame["Subjects without any"].max()
    most = frame.index[frame["Subjects without any"] == frame["Subjects without any"].max()]
    assert set(most) == {"Children without documents", "Other vulnerable children at risk of exclusion"}  # the title
    subjects = {key: theme.subject for key, theme in store.rows("themes").items()}
    spoken = {
        subjects[theme]
        for record in store.rows("findings").values()
        if "undocumented-children" in store.items(record.groups)
        for theme in store.items(record.themes)
    }
    labels = store.labels("themes", "subject")
    assert spoken and not {labels[code] for code in spoken} & set(silent)


def test_themes_of_few_documents_are_silent_in_all_others():
    frame = gaps.few_documents().set_index("Theme")
    assert (frame["Documents that say nothing"] >= len(store.rows("sources")) - own_limits.few_documents()).all()
    documents = {row.source for row in store.rows("findings").values() if "environment" in store.items(row.themes)}
    assert documents == {"unicefkz2023annual"}
    assert frame.loc["Environment and emergencies", "Documents"] == store.names("sources")["unicefkz2023annual"]


def test_a_message_of_one_basis_names_one_kind_in_all_its_records_and_is_none_on_a_tool():
    kinds = {cell["to"].partition(":")[2]: basis for cell, basis in gaps.one_basis()[["Message", "Rests on"]].values}
    assert kinds["reg-fall"] == "administrative data" and kinds["incl-online-cities"] == "media"
    for row in store.rows("synthesis").values():
        named = {code for record in gaps.evidence_of(row) for code in facets_of(*record).get("evidence", [])}
        merged = {"talk" if code in gaps.TALK else code for code in named - {"unsourced"}}
        assert (row.id in kinds) == (len(merged) == 1 and row.kind != "tool"), row.id


def test_old_is_more_than_ten_years_before_the_newest_document():
    assert newest_year() == 2023 and own_limits.old_data_years() == 10
    frame = gaps.old_messages()
    assert (frame["Newest data"].astype(int) <= 2012).all() and (frame["Age, years"] >= 11).all()
    old = {cell["to"].partition(":")[2] for cell in frame["Message"]}
    assert "reg-fall" in old and "cp-norms-violence-lower" not in old


def test_the_register_rests_on_old_data_alone():
    frame = gaps.old_themes().set_index("Theme")
    coded = {row.indicator for row in store.rows("indicator_themes").values() if "register" in store.items(row.themes)}
    facts = [row for row in store.rows("facts").values() if row.indicator in coded and row.period]
    findings = [row for row in store.rows("findings").values() if "register" in store.items(row.themes) and row.period]
    assert frame.loc["The register", "Newer"] == 0
    assert frame.loc["The register", "Older"] == len(facts) + len(findings)


@pytest.mark.parametrize(
    ("years", "words"), [([], ""), ([2011], "2011"), ([2012, 2006, 2011, 2010], "2006, 2010–2012")]
)
def test_years_are_told_as_runs(years, words):
    assert gaps.years_in_words(years) == words


def test_indicators_are_matched_with_facts_or_with_none():
    rows = store.load("asked_indicators")
    frame = gaps.indicators()
    assert len(frame) == len(rows) and frame["In the facts"].iloc[0] == "no fact"
    assert ((rows["match"] == "none") == (rows["facts"] == "")).all()
    counts = gaps.indicators_by_owner().set_index("Whose")
    assert counts["In all"].sum() == len(rows) and counts.loc["SDG target", "In all"] == 2


def test_goals_are_matched_only_where_a_document_names_them(source_texts):
    for row in store.rows("asked_indicators").values():
        if row.of in ("sdg", "mics", "hbsc"):
            first, last = store.line_range(row.lines)
            text = (source_texts / f"{row.source}.txt").read_text(encoding="utf-8").splitlines()
            there = " ".join(text[first - 1 - 4 : last])  # the survey may be named in the paragraph before
            assert {"sdg": "SDG", "mics": "MICS", "hbsc": "HBSC"}[row.of] in there or "HBSC" in " ".join(text), row.id
