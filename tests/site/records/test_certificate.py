"""The certificate counts what is there: a row changed, a disagreement gone, another byte of data show in it."""

import re
from pathlib import Path

from evidence.checks import readings
from evidence.data import store
from evidence.data.rules import Problem
from evidence.site.records import certificate

READ, CHANGED = "Of these read by two readers, independently", "Not read yet, or changed since"
STANDING = "Disagreements still there, of those tried without the texts"


def test_a_row_changed_since_it_was_read_is_taken_off(monkeypatch):
    before = dict(certificate.held())
    rows = {table: dict(readings.rows_of(table)) for table in store.schema()}
    key = next(key for key, one in readings.recorded().items() if one.readers == readings.READERS).split("#")
    rows[key[0]][key[1]] = rows[key[0]][key[1]] | {"locator": "Elsewhere"}
    monkeypatch.setattr(readings, "rows_of", rows.__getitem__)
    after = dict(certificate.held())
    assert _first(after[READ]) < _first(before[READ])
    assert _first(after[CHANGED]) > _first(before[CHANGED])


def _first(text: str) -> int:
    return int(re.match(r"[\d,]+", text)[0].replace(",", ""))


def test_a_disagreement_that_is_gone_is_taken_off(monkeypatch):
    before = _first(dict(certificate.held())[STANDING])
    gone = Problem("discrepancies.csv", 2, "expect", "", "is false")
    monkeypatch.setattr(certificate, "discrepancy_problems", lambda: [gone])
    assert _first(dict(certificate.held())[STANDING]) == before - 1


def test_every_calculation_and_key_message_is_counted():
    held = dict(certificate.held())
    assert held["Calculations computed again"].endswith(f"of {len(store.load('calculations')):,}")
    assert held["Key messages judged by two"].endswith(f"of {len(store.load('synthesis')):,}")


def test_another_byte_of_data_makes_another_digest(monkeypatch, tmp_path):
    for name, text in (("a.csv", "id\n"), ("fields.toml", "")):
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(certificate, "DATA", Path(tmp_path))
    before = certificate.data_digest()
    assert certificate.data_digest() == before
    (tmp_path / "a.csv").write_text("id\na\n")
    assert certificate.data_digest() != before


def test_the_page_shows_every_table_of_readings_and_links_where_items_are_met(site):
    page = (site / "chapters/reference/certificate.html").read_text(encoding="utf-8")
    assert all(
        store.schema()[table]["title"].replace("’", "’").split("(")[0] in page for table in ("facts", "findings")
    )
    assert "known from the tests only" in page
    items = (site / "chapters/reference/standards.html").read_text(encoding="utf-8")
    for row in store.rows("standards").values():
        if row.page:
            assert f"{row.page.rpartition('/')[2]}.html" in items, row.id
            assert (site / f"{row.page}.html").is_file(), row.id
