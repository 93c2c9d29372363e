"""Names across alphabets, and two lists held against each other: planted pairs are found, and nothing is merged."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from evidence.attendance import census, letters
from evidence.attendance.letters import control_digit, latin, skeleton
from evidence.toolkit.engines import Unavailable

SAME = [
    ("Қожахметов", "Кожахметов", "Kozhakhmetov", "Kojahmetov", "Qojahmetov"),
    ("Әлия", "Алия", "Aliya", "Aliia", "Äliya"),
    ("Жұмабаева", "Жумабаева", "Zhumabayeva", "Jumabaeva"),
    ("Нұрсұлтанұлы", "Нурсултанулы", "Nursultanuly", "Nūrsūltanūly"),
    ("Щербакова", "Shcherbakova", "Scherbakova"),
    ("Ғалымжан", "Галымжан", "Galymzhan", "Ğalymjan"),
    ("Қуаныш", "Куаныш", "Kuanysh", "Quanysh", "Qwanış"),
    ("Дәулет", "Даулет", "Daulet", "Dawlet"),
    ("Юлия", "Yulia", "Iuliia", "Yuliya"),
    ("Щукина", "Shchukina", "Schukina"),
    ("Ахметжанқызы", "Akhmetzhankyzy", "Ahmetjanqyzy"),
    ("Жанболат", "Zhanbolat", "Janbolat", "Žanbolat"),
]
OTHERS = [("Ахметов", "Ахматов"), ("Айгерим", "Айгуль"), ("Касымов", "Касенов")]


@pytest.mark.parametrize("spellings", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_have_one_skeleton(spellings):
    assert len({skeleton(name) for name in spellings}) == 1, [(name, skeleton(name)) for name in spellings]


@pytest.mark.parametrize("pair", OTHERS, ids=lambda names: names[0])
def test_different_names_keep_different_skeletons(pair):
    assert skeleton(pair[0]) != skeleton(pair[1])


def test_every_letter_of_both_alphabets_becomes_plain_latin():
    kazakh = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    assert all(latin(letter).isascii() for letter in kazakh) and len(kazakh) == 42
    assert skeleton("") == skeleton("123 -") == ""


def test_the_table_of_letters_says_what_the_skeleton_does():
    rows = letters.table()
    assert sorted(letter for row in rows for letter in row[0].split(", ")) == sorted(letters.LETTERS)
    assert rows[-1] == ("ъ, ь", "", "")
    for cyrillic, latin_, kept in rows:
        assert {skeleton(one) for text in (cyrillic, latin_) for one in text.split(", ")} <= {kept}, kept


def test_the_control_digit_finds_a_slip():
    first = "01234567890"[:11]
    digit = control_digit(first)
    assert digit is not None and control_digit("0123456789") is None and control_digit("0123456789x") is None
    slips = [first[:position] + "9" + first[position + 1 :] for position in range(9)]
    assert any(control_digit(slip) != digit for slip in slips)


FAMILIES = [
    stem + end
    for stem in ("Кожахмет", "Жумабай", "Касым", "Ахмет", "Сейт", "Нур", "Бек", "Омар", "Сапар", "Тур")
    for end in ("ов", "баев", "жанов", "алиев", "канов")
]
GIVEN = [
    "Айгерим",
    "Алия",
    "Данияр",
    "Ержан",
    "Жанар",
    "Камила",
    "Мадина",
    "Нурлан",
    "Руслан",
    "Сауле",
    "Тимур",
    "Шолпан",
]


def entry(key: str, family: str, given: str, born: str, sex: str) -> dict:
    return {"id": key, "family_name": family, "given_name": given, "birth_date": born, "sex": sex}


def lists(children: int = 400, seed: int = 5) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]:
    """Return two made-up lists and which entry of the second is which of the first; three in four are in both."""
    chance = random.Random(seed)
    left, right, truth = [], [], {}
    for number in range(children):
        family, given = chance.choice(FAMILIES), chance.choice(GIVEN)
        born = f"{chance.randrange(2000, 2008)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        sex = chance.choice(("f", "m"))
        left.append(entry(f"a{number}", family, given, born, sex))
        if chance.random() < 0.75:
            other = latin(family).replace("zh", "j").title() if chance.random() < 0.4 else family
            if chance.random() < 0.05:
                other = other[:-2] + other[-1]
            day = born
            if chance.random() < 0.03:
                day = born[:5] + born[8:] + "-" + born[5:7] if int(born[8:]) <= 12 else born
            right.append(entry(f"b{number}", other, given, day, sex))
            truth[f"a{number}"] = f"b{number}"
    for number in range(children // 4):
        born = f"{chance.randrange(2000, 2008)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        right.append(
            entry(f"x{number}", chance.choice(FAMILIES), chance.choice(GIVEN), born, chance.choice(("f", "m")))
        )
    return pd.DataFrame(left), pd.DataFrame(right).sample(frac=1, random_state=1), truth


needs_splink = pytest.mark.skipif(not census.available(), reason="splink is not installed: make engines")


@needs_splink
def test_planted_pairs_are_found_and_few_others():
    left, right, truth = lists()
    pairs, alone = census.matched(left, right)
    probable = pairs[pairs["status"] == "probable"]
    right_ones = [truth.get(row.left) == row.right for row in probable.itertuples()]
    assert sum(right_ones) / len(right_ones) > 0.97
    assert sum(right_ones) / len(truth) > 0.9
    assert set(pairs.columns) == {"left", "right", "probability", "status"} and set(alone.columns) == {"list", "id"}
    missed = set(truth) - set(pairs["left"])
    assert missed <= set(alone.loc[alone["list"] == "left", "id"])


@needs_splink
def test_lists_of_one_entry_are_matched_too():
    left = pd.DataFrame([("a", "Ахметова", "Айгерим", "2005-03-01", "f")], columns=list(census.COLUMNS))
    pairs, alone = census.matched(left, left.assign(id="b"))
    assert {*pairs["left"], *pairs["right"], *alone["id"]} == {"a", "b"}


@needs_splink
def test_an_entry_with_two_probable_matches_is_reviewed_and_never_merged():
    left, right, _ = lists(100)
    twin = right.iloc[[0]].assign(id="twin")
    pairs, _ = census.matched(left, pd.concat([right, twin]))
    both = pairs[pairs["right"].isin(["twin", right.iloc[0]["id"]])]
    assert both.empty or (both["status"] == "review").all()


@needs_splink
def test_chances_counted_from_labels_find_the_pairs_too():
    left, right, truth = lists()
    labels = pd.DataFrame(list(truth.items())[:100], columns=["left", "right"])
    m = census.m_of_labels(left, right, labels)
    assert all(sum(levels) == pytest.approx(1) for levels in m.values())
    pairs, _ = census.matched(left, right, m=m)
    found = {(row.left, row.right) for row in pairs[pairs["status"] == "probable"].itertuples()}
    assert len(found & set(truth.items())) / len(truth) > 0.9


def test_fixed_chances_are_chances():
    for column, levels in census.LEVELS.items():
        assert len(census.M[column]) == len(levels) and sum(census.M[column]) == pytest.approx(1)


def test_a_list_without_a_column_or_with_an_id_twice_is_refused():
    left, _, _ = lists(10)
    with pytest.raises(ValueError, match="missing: sex"):
        census.prepared(left.drop(columns="sex"))
    with pytest.raises(ValueError, match="stand twice"):
        census.prepared(pd.concat([left, left]))
    assert set(census.prepared(left).columns) == {"id", "family", "given", "birth_date", "sex"}


def test_without_the_extra_there_is_a_sentence(monkeypatch):
    monkeypatch.setattr(census, "available", lambda: False)
    left, right, _ = lists(10)
    with pytest.raises(Unavailable, match=r"\.\[census\]"):
        census.matched(left, right)
