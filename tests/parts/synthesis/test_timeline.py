"""Derived tables of the chapter on the timeline: against the coded rows."""

from pathlib import Path

from evidence.data import store
from evidence.figures.facets import years
from evidence.parts.synthesis import timeline

PAGE = Path(__file__).resolve().parents[3] / "chapters" / "synthesis" / "timeline.md"


def records(table):
    """Return (kind, id) that the first column of a table leads to."""
    return [tuple(cell["to"].split(":")) for cell in table["Step"]]


def test_no_record_stands_twice_and_none_is_dated_and_undated():
    dated, undated = records(timeline.timeline()), records(timeline.undated())
    assert len(set(dated)) == len(dated)
    assert not set(dated) & set(undated)


def test_dated_steps_begin_within_the_years_and_come_in_their_order():
    events, found = store.rows("events"), []
    for kind, key in records(timeline.timeline()):
        table = {"event": "events", "instrument": "instruments", "system": "systems"}[kind]
        row = store.row(table, key)
        when = row.period if kind == "system" else row.date
        found.append(int(years(when)[0]))
        assert kind != "event" or events[key].timeline != "other"
    assert found == sorted(found)
    assert {str(year) for year in found} <= set(timeline.span())


def test_a_law_that_an_event_tells_of_does_not_stand_again():
    shown = set(records(timeline.timeline()))
    assert ("event", "annual-event-social-code") in shown
    assert ("instrument", "annual-social-code") not in shown


def test_undated_steps_say_so():
    assert set(timeline.undated()["When"]) == {timeline.UNDATED}


def test_the_years_count_the_steps_of_the_timeline():
    assert timeline.by_year()["Steps"].sum() == len(timeline.timeline())
    assert len(timeline.by_year()) == len(timeline.span()) * len(timeline.STEPS)


def test_the_headings_name_the_years_of_the_timeline():
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    first, *_, last = timeline.span()
    titles = [store.row("exhibits", key).alt for key in ("synthesis-timeline", "synthesis-timeline-years")]
    assert page.count(f"rom {first} to {last}") == 2
    assert f"to {last}" in store.row("exhibits", "synthesis-timeline").title
    assert all(f"{first}" in title for title in titles), titles


def test_the_title_of_the_years_holds():
    table = timeline.by_year().pivot(index="Year", columns="Kind", values="Steps")
    peaks = {"law or decision": "2020", "standard or procedure": "2015", "programme or plan": "2023"}
    assert {kind: table[kind].idxmax() for kind in peaks} == peaks
