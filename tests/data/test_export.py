"""Files to take away: raw values, no formulas, Cyrillic for Excel, the same archive twice."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pandas as pd
import pytest
from frictionless import Package

from evidence.data import export, store
from evidence.data.export import FORMULA_SIGNS, Sheet, csv_text, harmless, json_text

KAPPA = 0.8351234567890123
SHEET = Sheet(
    ["Имя, =1", "n", "said"],
    [False, True, False],
    [["қазақша", KAPPA, "=HYPERLINK(1)"], ['a\n"b"', -3.5, "-"], [None, None, None], ["x", 188, "plain"]],
)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(export.BYTE_ORDER_MARK))))


def test_csv_begins_with_a_byte_order_mark_and_keeps_cyrillic_digits_and_lines():
    text = csv_text(SHEET)
    assert text.encode().startswith(b"\xef\xbb\xbf") and "\r" not in text
    assert read(text) == [
        ["Имя, =1", "n", "said"],
        ["қазақша", repr(KAPPA), "'=HYPERLINK(1)"],
        ['a\n"b"', "-3.5", "'-"],
        ["", "", ""],
        ["x", "188", "plain"],
    ]


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless_and_a_number_is_not(sign):
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"
    assert harmless(f"1{sign}1") == f"1{sign}1"
    assert export.cell(-1.5) == "-1.5"


@pytest.mark.parametrize(
    ("value", "kept"),
    [(float("nan"), None), (pd.NA, None), ("", None), (188.0, 188), (0.1 + 0.2, 0.1 + 0.2), (True, True), ("–", "–")],
)
def test_values_are_raw(value, kept):
    assert export.raw(value) == kept and type(export.raw(value)) is type(kept)


def test_json_has_numbers_as_numbers_and_nothing_as_null():
    found = json.loads(json_text(SHEET, {"title": "T"}))
    assert found["title"] == "T" and found["columns"] == SHEET.columns
    assert found["rows"][0]["n"] == KAPPA and found["rows"][2] == {"Имя, =1": None, "n": None, "said": None}


@pytest.mark.parametrize("table", list(store.schema()))
def test_pandas_reads_of_a_table_what_the_data_hold(table):
    text, frame = csv_text(export.table_sheet(table)), store.load(table)
    again = pd.read_csv(io.StringIO(text.removeprefix(export.BYTE_ORDER_MARK)), dtype=str, keep_default_na=False)
    assert list(again.columns) == list(frame.columns) and len(again) == len(frame)
    for name, field in store.fields_of(store.schema()[table]).items():
        if field["type"] in ("number", "integer"):
            numbers = pd.to_numeric(again[name])
            assert (
                numbers.equals(frame[name].astype(numbers.dtype))
                or numbers.fillna(-1).tolist() == frame[name].astype("float64").fillna(-1).tolist()
            )
        elif field["type"] == "string":
            assert again[name].tolist() == [harmless(text) for text in frame[name]]


def test_the_archive_is_the_same_twice_and_is_a_valid_package(tmp_path):
    files = export.package_files("cff-version: 1.2.0\n")
    whole = export.archive(files)
    assert whole == export.archive(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        archive.extractall(tmp_path)
    assert {"README.md", "LICENSE", "CITATION.cff", "references.bib", "datapackage.json"} <= set(files)
    report = Package(tmp_path / "datapackage.json").validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
