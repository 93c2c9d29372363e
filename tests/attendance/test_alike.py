"""Names that differ in what the eye passes over are told with what they differ in, and never taken as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.attendance.language import said as words_of
from evidence.attendance.reading.alike import CHILDREN, MEND, NAMED, SIDES, differences, key
from evidence.attendance.reading.folder import read_folder
from evidence.toolkit.engines import engine
from evidence.toolkit.faults import BadInput, told

DAYS = [f"2024-09-{day:02}" for day in range(2, 7)]
PAIRS = {
    ("007", "7"): "leading zeros",
    ("Школа №5", "Школа № 5"): "spaces",
    ("Школа №5", "Школа №05"): "leading zeros",
    ("Школа №5", "школа №5"): "capitals",
    ("Школа-5", "Школа5"): "signs such as № or a hyphen",
    ("Акмола", "Aкмола"): "letters of two alphabets that look alike",
    ("Қостанай", "Костанай"): "letters that only Kazakh has, or ё",
    ("школа № 07", "Школа №7"): "leading zeros and capitals and spaces",
}
OTHERS = [("Школа №5", "Школа №15"), ("1-2", "12"), ("5", "50"), ("0", "00a"), ("Школа", "Школы")]


def alike(one: str, other: str) -> bool:
    session = engine("duckdb").session
    return session.execute(f"SELECT {key('?')} = {key('?')}", [one, other]).fetchall()[0][0]


@pytest.mark.parametrize("pair", PAIRS, ids=" | ".join)
def test_what_two_names_differ_in_is_said(pair):
    assert alike(*pair)
    assert differences(*pair) == PAIRS[pair].split(" and ")


@pytest.mark.parametrize("pair", OTHERS, ids=" | ".join)
def test_other_names_are_not_alike(pair):
    assert not alike(*pair)


def written(folder: Path, **files: list[str]) -> Path:
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def refused(folder: Path) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_folder(folder, engine("duckdb"))
    return told(caught.value.faults)


def test_leading_zeros_are_named_as_the_cause_with_a_row_of_each_file_and_no_identifier(tmp_path):
    folder = written(
        tmp_path,
        absences=["child,school,date,status", "1234,A,2024-09-02,u", "0071,A,2024-09-02,u", "0072,A,2024-09-03,u"],
        enrolment=["child,school,start", "1234,A,2024-09-01", "9,A,2024-09-01", "71,A,2024-09-01", "72,A,2024-09-01"],
    )
    (line,) = refused(folder)
    assert "leading zeros" in line and "absences.csv, row 3 and enrolment.csv, row 4" in line and "type Text" in line
    assert "0071" not in line and "rows 3, 4" in line
    found = read_folder(folder, engine("duckdb"), set_aside=True)
    assert found.absences.project("child").fetchall() == [("1234",)], "never a silent merge"


def test_a_child_that_no_file_knows_is_told_apart_from_one_with_other_zeros(tmp_path):
    folder = written(
        tmp_path,
        absences=["child,school,date,status", "0071,A,2024-09-02,u", "55,A,2024-09-02,u"],
        enrolment=["child,school,start", "71,A,2024-09-01"],
    )
    lines = refused(folder)
    assert len(lines) == 2 and sum("leading zeros" in line for line in lines) == 1


@pytest.mark.parametrize("table", ["calendar", "enrolment"])
def test_a_school_that_is_written_otherwise_is_told_with_what_it_differs_in(table, tmp_path):
    other = {
        "calendar": ["school,date", "Школа № 5,2024-09-02", "Aбай,2024-09-02"],
        "enrolment": ["child,school,start", "1,Школа № 5,2024-09-01", "2,Aбай,2024-09-01"],
    }
    rows = ["child,school,date,status", "1,Школа №5,2024-09-02,u", "2,Абай,2024-09-02,u"]
    lines = " ".join(refused(written(tmp_path, absences=rows, **{table: other[table]})))
    assert "'Школа №5' and 'Школа № 5', which differ in spaces" in lines
    assert "look alike" in lines and "nothing" not in lines.partition("alike in all files")[2]


def test_one_school_in_two_spellings_counts_as_two_and_that_is_said(tmp_path):
    rows = [f"{child},{school},{day},u" for day in DAYS for child, school in ((1, "Мектеп 5"), (2, "мектеп  5"))]
    found = read_folder(written(tmp_path, absences=["child,school,date,status", *rows]), engine("duckdb"))
    (said,) = [text for text in found.assumptions if "may be the same" in text]
    assert "These schools" in said and "capitals and spaces" in said
    assert said.said(words_of("ru")).startswith("Эти школы") and "заглавными буквами и пробелами" in said.said(
        words_of("ru")
    )
    assert len({school for (school,) in found.absences.project("school").fetchall()}) == 2


def test_regions_and_children_that_are_alike_are_told_and_children_are_not_named(tmp_path):
    roll = ["child,school,start,region", "A07,S,2024-09-01,Акмола", "A7,S,2024-09-01,Aкмола"]
    absences = ["child,school,date,status", "A07,S,2024-09-02,u"]
    said = read_folder(written(tmp_path, absences=absences, enrolment=roll), engine("duckdb")).assumptions
    assert any("These regions" in text for text in said)
    (children,) = [text for text in said if "Some children" in text]
    assert "leading zeros" in children and "A07" not in children


def test_every_sentence_on_names_alike_has_its_words_in_every_language():
    texts = [
        CHILDREN,
        MEND,
        *SIDES,
        *(f"These {name} count as different, and may be the same: {{pairs}}." for name in NAMED.values()),
    ]
    assert all(words_of(language)(text) != text for text in texts for language in ("ru", "kk"))
