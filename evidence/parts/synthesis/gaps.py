"""Tables of the chapter on gaps: what was asked, what rests on one basis or on old data, what is missing."""

from __future__ import annotations

import pandas as pd

from evidence.data import format, own_limits, store
from evidence.data.order import in_order
from evidence.data.records import PLACE, newest_year
from evidence.exhibits.exhibit import NOTHING, link, linked
from evidence.exhibits.frames import labelled
from evidence.figures import evidence_map
from evidence.figures.cards import rests_on
from evidence.figures.facets import facets_of, label
from evidence.figures.sentences import plain
from evidence.figures.sureness import TOOL, judgement

EVIDENCE = ("finding", "fact")
STATED = ("finding", "recommendation")  # kinds whose rows name groups themselves
AGES = ["Older", "Newer"]  # of findings and facts, on either side of the limit
TALK = ("interviews", "focus_groups")  # both are what people said when they were asked


def names(table: str, column: str) -> dict[str, str]:
    """Return the labels of the codes of a column."""
    return store.labels(table, column)


# --- what was asked -------------------------------------------------------------------------------


def by_document() -> pd.DataFrame:
    """Return how many questions each document leaves open: a row per document, a column per reason, in all."""
    rows = store.load("evidence_gaps")
    return _counted(rows["source"], rows["empty"], store.names("sources"), "Document")


def by_subject() -> pd.DataFrame:
    """Return how many questions stand open on each subject: a row per subject, a column per reason, in all.

    A question counts once on each subject of its themes. Subjects without an open question show none.
    """
    subject = {row.id: row.subject for row in store.rows("themes").values()}
    pairs = [
        (code, row.empty)
        for row in store.rows("evidence_gaps").values()
        for code in dict.fromkeys(subject[theme] for theme in store.items(row.themes))
    ]
    rows = pd.DataFrame(pairs, columns=["subject", "empty"])
    return _counted(rows["subject"], rows["empty"], names("themes", "subject"), "Subject")


def _counted(lines: pd.Series, reasons: pd.Series, labels: dict[str, str], head: str) -> pd.DataFrame:
    """Return the counts of pairs as a table: a row per label, a column per reason, then their sum."""
    why = names("evidence_gaps", "empty")
    counts = pd.crosstab(lines, reasons).reindex(index=list(labels), columns=list(why), fill_value=0)
    counts["all"] = counts.sum(axis=1)
    counts = counts.rename(columns=why | {"all": "In all"}, index=labels).rename(columns=format.capitalised)
    return counts.rename_axis(index=head, columns=None).reset_index()


# --- what no document addresses ---------------------------------------------------------------------


def silent_groups() -> pd.DataFrame:
    """Return on which subjects no document names a group, one row per group, the most such subjects first.

    Findings and recommendations count, which name groups themselves; a message takes them over from its findings.
    Columns: ``Group``, ``Records that name it`` (number), ``Subjects without any`` (number), ``Which``.
    """
    said = [record for record in evidence_map.records() if record.kind in STATED]
    found = evidence_map.cells("group", said)
    subjects = [line for line in evidence_map.lines() if line.is_subject]
    rows = []
    for key, name in store.names("groups").items():
        count = sum(key in record.facets.get("group", []) for record in said)
        none = [line.name for line in subjects if (line.code, key) not in found]
        rows.append((name, count, len(none), "; ".join(none) or NOTHING))
    frame = pd.DataFrame(rows, columns=["Group", "Records that name it", "Subjects without any", "Which"])
    return frame.sort_values(["Subjects without any", "Group"], ascending=[False, True], ignore_index=True)


def few_documents() -> pd.DataFrame:
    """Return the themes that at most two documents address, one row each, the fewest documents first.

    Columns: ``Theme``, ``Records`` (number), ``Documents`` (names), ``Documents that say nothing`` (number).
    """
    found = evidence_map.cells()
    rows = []
    for line in evidence_map.lines():
        given = {key: found[line.code, key].total for key in store.rows("sources") if (line.code, key) in found}
        if not line.is_subject and len(given) <= own_limits.few_documents():
            documents = "; ".join(store.names("sources")[key] for key in given)
            rows.append((line.name, sum(given.values()), documents, len(store.rows("sources")) - len(given)))
    frame = pd.DataFrame(rows, columns=["Theme", "Records", "Documents", "Documents that say nothing"])
    return frame.sort_values(["Documents that say nothing", "Theme"], ascending=[False, True], ignore_index=True)


# --- what rests on one basis, or on old data --------------------------------------------------------


def evidence_of(message) -> list[tuple[str, str]]:
    """Return (kind, id) of the findings and facts that a key message rests on."""
    return list(dict.fromkeys(record for record in rests_on("synthesis", message) if record[0] in EVIDENCE))


def bases_of(message) -> set[str]:
    """Return the kinds of evidence that a key message rests on; interviews and group discussions are one."""
    found = {code for record in evidence_of(message) for code in facets_of(*record).get("evidence", [])}
    if found & set(TALK):
        found = found - set(TALK) | {TALK[0]}
    return found - {evidence_map.NO_BASIS}


def basis_named(code: str) -> str:
    """Return what readers see of a kind of evidence; interviews and group discussions are what people said."""
    return "interviews or group discussions" if code == TALK[0] else label("fact", "evidence", code)


def one_basis() -> pd.DataFrame:
    """Return the key messages that rest on one kind of evidence only, one row each, those of one kind together.

    Columns: ``Message`` (leads to it), ``Rests on``, ``How sure``.
    """
    rows = [
        (link(plain(row.statement), "message", row.id), basis_named(*bases), format.lowered(judgement(row)))
        for row in store.rows("synthesis").values()
        for bases in [bases_of(row)]
        if len(bases) == 1 and row.kind != TOOL
    ]
    frame = pd.DataFrame(rows, columns=["Message", "Rests on", "How sure"])
    return frame.sort_values("Rests on", kind="stable", ignore_index=True)


def is_old(years: list[int]) -> bool:
    """Return whether data of these years end so long before the newest document that we call them old."""
    return newest_year() - max(years) > own_limits.old_data_years()


def years_of(record: tuple[str, str]) -> list[int]:
    """Return the years that a finding or a fact describes, up to that of the newest document; targets lie after it."""
    return [int(year) for year in facets_of(*record).get("year", []) if int(year) <= newest_year()]


def old_messages() -> pd.DataFrame:
    """Return the key messages whose newest dated record is old, one row each, the oldest first.

    Columns: ``Message`` (leads to it), ``Newest data`` (year), ``Age`` (years before the newest document).
    """
    rows = []
    for row in store.rows("synthesis").values():
        years = [year for record in evidence_of(row) for year in years_of(record)]
        if years and is_old(years) and row.kind != TOOL:
            rows.append((link(plain(row.statement), "message", row.id), str(max(years)), newest_year() - max(years)))
    frame = pd.DataFrame(rows, columns=["Message", "Newest data", "Age, years"])
    return frame.sort_values("Newest data", kind="stable", ignore_index=True)


def old_themes() -> pd.DataFrame:
    """Return the themes most of whose dated findings and facts are old, one row each, the most of them first.

    Columns: ``Theme``, ``Older``, ``Newer`` (numbers of findings and facts), ``Newest data`` (year).
    """
    rows = []
    for line in evidence_map.lines():
        dated = [
            years
            for record in evidence_map.records()
            if record.kind in EVIDENCE and set(line.themes) & set(record.facets.get("theme", []))
            for years in [years_of((record.kind, record.key))]
            if years
        ]
        old = [years for years in dated if is_old(years)]
        if not line.is_subject and dated and 100 * len(old) / len(dated) > own_limits.old_share_pct():
            rows.append((line.name, len(old), len(dated) - len(old), str(max(map(max, dated)))))
    frame = pd.DataFrame(rows, columns=["Theme", *AGES, "Newest data"])
    return frame.sort_values(["Older", "Theme"], ascending=[False, True], ignore_index=True)


# --- indicators asked for -----------------------------------------------------------------------------


def years_in_words(years: list[int]) -> str:
    """Return years as text, a run as its ends: ``2006, 2010–2011``."""
    runs: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def indicators() -> pd.DataFrame:
    """Return the indicators that documents ask for or name, one row each, those without a fact first.

    Columns: ``Indicator`` (leads to its record), ``Asked or named``, ``Whose``, ``In the facts``, ``Years``, ``What is
    there and what is missing``, then those of the place.
    """
    rows = store.load("asked_indicators")
    rows = in_order(rows, "match", match=reversed(names("asked_indicators", "match")))
    years = [
        years_in_words([year for key in store.items(facts) for year in years_of(("fact", key))]) or NOTHING
        for facts in rows["facts"]
    ]
    shown = labelled(rows, "asked_indicators", "standing", "of", "match").assign(
        Indicator=linked(rows["name"], "asked-indicator", rows["id"]), Years=years
    )
    heads = {"standing": "Asked or named", "of": "Whose", "match": "In the facts", "reason": "What is there"}
    return shown.rename(columns=heads)[["Indicator", *list(heads.values())[:3], "Years", "What is there", *PLACE]]


def indicators_by_owner() -> pd.DataFrame:
    """Return how many indicators the facts give, by whose they are: a row each, a column a match."""
    rows = store.load("asked_indicators")
    counts = pd.crosstab(rows["of"], rows["match"]).reindex(
        index=list(names("asked_indicators", "of")), columns=list(names("asked_indicators", "match")), fill_value=0
    )
    counts["all"] = counts.sum(axis=1)
    counts = counts.rename(
        columns=names("asked_indicators", "match") | {"all": "In all"}, index=names("asked_indicators", "of")
    )
    counts.index = [format.capitalised(name) for name in counts.index]
    return counts.rename(columns=format.capitalised).rename_axis(index="Whose", columns=None).reset_index()
