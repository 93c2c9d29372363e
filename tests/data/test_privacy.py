"""No name, pseudonym or code of a child or participant the documents print enters the repository.

Names are kept as digests, so that the list itself tells nobody.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from evidence.data import store

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    "08230acf02fc7095",
    "13c62b0dbd76b7fb",
    "1abbafdf68ae0bbb",
    "2047ef2ebbbc2918",
    "2c9e0a2585dc7406",
    "48d6baadff61d7d8",
    "5a6c8a8d422cd95b",
    "6ebc3b22f68eda6f",
    "783eef82414f06b5",
    "80a4109778cf5389",
    "8f7c64e48d13c682",
    "b5aa80fcc1713048",
    "bb56e21873a142f9",
    "c684ea7ef9b73ba9",
    "c82182894f9ea07d",
}


# Codes of informants of the evaluation, and of participants of the study of schooling under COVID-19.
CODE = re.compile(r"\b(?:KII-[A-Z]|FG-[A-Z]|CS-[CS]|[PT](?:AR|N|S) ?\d+|S(?:AR|N|S)\d-\d)\b")
FILES = [
    *(ROOT / "data").rglob("*.csv"),
    *(ROOT / "chapters").rglob("*.md"),
    *(ROOT / "evidence").rglob("*.py"),
    ROOT / "index.md",
]


def named(text: str) -> set[str]:
    """Return the words of a text whose digest is on the list."""
    words = set(re.findall(r"\w+", text.lower()))
    return {word for word in words if hashlib.sha256(word.encode()).hexdigest()[:16] in NAMES}


def words_of(path: Path) -> str:
    """Return the text of a file; names that a thesaurus gives to every region tell nothing of a case."""
    text = path.read_text(encoding="utf-8")
    if path.name != "thesaurus.csv":
        return text
    return "\n".join(line for line in text.splitlines() if not line.startswith("place-"))


def test_data_and_chapters_name_nobody():
    found = {str(path.relative_to(ROOT)): named(words_of(path)) for path in FILES}
    assert not {path: words for path, words in found.items() if words}


def test_no_code_of_an_informant_enters():
    found = {str(path.relative_to(ROOT)): CODE.findall(path.read_text(encoding="utf-8")) for path in FILES}
    assert not {path: codes for path, codes in found.items() if codes}


def test_a_listed_name_is_found(monkeypatch):
    monkeypatch.setitem(globals(), "NAMES", {hashlib.sha256(b"someone").hexdigest()[:16]})
    assert named("It was Someone.") == {"someone"}


@pytest.mark.parametrize("text", ["said one (KII-G-3)", "FG-S-M-015", "a case study (CS-C-1)", "(TAR99)", "(SN9-9)"])
def test_a_code_is_seen(text):
    assert CODE.search(text)


# --- what a single person said names no region: together with a trade they could be told apart

WHO = "informant|medical worker|health worker|nurse|paediatrician|psychologist|social pedagogue|member of staff"
SINGLE = re.compile(
    rf"\b(?:one|an?|single) (?:{WHO})\b|\bone interview\b(?! at central)|\bone of (?:its|the) staff\b", re.I
)
TELLING = (
    "statement",
    "evidence_note",
    "note",
    "measured_by",
    "what",
    "difference",
    "left_says",
    "right_says",
    "barrier",
)
# A pilot of a public programme, told centrally; a psychologist who is called in and does not speak.
ALLOWED = {"vac-find-trafficking-referral-pilot", "vac-find-besterek-referral"}


def regions_named(row) -> set[str]:
    """Return the regions and cities that a row names in its place or its words."""
    places = {place.id: place for place in store.rows("places").values() if place.kind in ("region", "city")}
    words = " ".join(str(getattr(row, name, "")) for name in TELLING)
    listed = {*store.items(getattr(row, "places", "")), getattr(row, "place", "")} & places.keys()
    names = {key: [place.name, *store.items(place.aliases)] for key, place in places.items()}
    return listed | {
        key for key, found in names.items() if any(re.search(rf"\b{re.escape(n)}\b", words) for n in found)
    }


def is_single_voice(row) -> bool:
    """Return whether a row rests on the word of one person."""
    return any(SINGLE.search(str(getattr(row, name, ""))) for name in TELLING)


VOICES = ("findings", "facts", "barriers", "coordination", "discrepancies", "events", "mechanisms")


@pytest.mark.parametrize("table", VOICES)
def test_what_one_person_says_names_no_region(table):
    rows = [row for row in store.rows(table).values() if is_single_voice(row) and row.id not in ALLOWED]
    assert {row.id: found for row in rows if len(found := regions_named(row)) in (1, 2)} == {}


@pytest.mark.parametrize(
    ("cells", "is_seen"),
    [
        ({"statement": "A nurse in Mangystau says so.", "evidence_note": ""}, True),
        ({"statement": "It is so.", "evidence_note": "one interview at local level", "places": "turkistan"}, True),
        ({"statement": "Nurses in Mangystau say so.", "evidence_note": ""}, False),
        ({"statement": "It is so.", "evidence_note": "one interview at central level", "places": ""}, False),
    ],
)
def test_a_single_voice_of_a_region_is_seen(cells, is_seen):
    row = store.row("findings", "vac-find-covid-separation-cases")._replace(places="", **{"statement": ""})
    row = row._replace(**cells)
    assert (is_single_voice(row) and bool(regions_named(row))) is is_seen
