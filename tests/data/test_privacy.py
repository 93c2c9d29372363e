"""No name, pseudonym or code of a child or participant the documents print enters the repository.

Names are kept as digests, so that the list itself tells nobody.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

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


def test_data_and_chapters_name_nobody():
    found = {str(path.relative_to(ROOT)): named(path.read_text(encoding="utf-8")) for path in FILES}
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
