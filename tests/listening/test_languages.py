"""The language of a post on lines of our own; the published scores are what the toolkit does."""

from __future__ import annotations

import pandas as pd
import pytest

from evidence.listening.coding import LEXICON
from evidence.listening.extras import available
from evidence.listening.languages import SCORES, WAYS, by_letters, language_of
from evidence.listening.letters import is_neighbour

LINES = pd.concat(
    [pd.read_csv(LEXICON / name, keep_default_na=False) for name in ("lines.csv", "language_lines.csv")],
    ignore_index=True,
)
MEANT = {
    "ru": {"ru"},
    "kk": {"kk"},
    "kk-plain": {"kk"},
    "kk-latin": {"kk"},
    "ru-latin": {"ru"},
    "mixed": {"ru", "kk"},
    "uk": {"ru", ""},
}  # either is right


@pytest.mark.parametrize(
    "text, language",
    [
        ("Ұлымда аутизм бар", "kk"),
        ("Тьюторов не хватает", "ru"),
        ("Мугалимдер жетпейди", "kk"),
        ("Айгерим апай, спасибо за детей", "ru"),
        ("qyzym mektepke bardy", "kk"),
        ("inclusive schools are open", "en"),
        ("⟨phone⟩ 12", ""),
        ("", ""),
    ],
)
def test_letters_and_endings_tell(text, language):
    assert by_letters(text) == language_of(text, with_model=False) == language


def scored() -> pd.DataFrame:
    """Return how many lines of each kind are told right, by letters and with the model."""
    rows = []
    for kind, part in LINES.groupby("language", sort=False):
        for with_model, way in WAYS.items():
            right = sum(language_of(text, with_model) in MEANT[str(kind)] for text in part["text"])
            rows.append((kind, way, right, len(part)))
    return pd.DataFrame(rows, columns=["kind", "way", "right", "of"])


def test_the_published_scores_are_those_of_the_toolkit():
    if not available("lingua"):
        pytest.skip("lingua is not installed: make listening")
    assert scored().to_csv(index=False) == SCORES.read_text(encoding="utf-8")


def test_most_lines_are_told_right_by_letters_alone():
    right = [by_letters(text) in MEANT[kind] for text, kind in zip(LINES["text"], LINES["language"])]
    table = LINES.assign(right=right).groupby("language")["right"]
    assert (table.mean()[["ru", "mixed"]] == 1).all() and table.mean()["kk-plain"] >= 0.9
    assert sum(right) >= 0.95 * len(right)


def test_what_neighbours_share_with_kazakh_tells_nothing_by_itself():
    for text in ("і", "ДЦП-і бар бала", "Кіші інім бірінші сыныпта", "Мектеп бітті, школа закончилась"):
        assert is_neighbour(text.lower()) == (text == "і"), text
    assert is_neighbour("їжа у школі") and not is_neighbour("їжа және білім, ұлым")
