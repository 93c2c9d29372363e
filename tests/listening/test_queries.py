"""Queries find words in every form and script, and a careless one is refused with its place."""

from __future__ import annotations

import pytest

pytest.importorskip("lark", reason="lark is not installed: make listening")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make listening")

from evidence.listening.letters import kazakh_skeleton, russian_from_latin  # noqa: E402
from evidence.listening.queries.grammar import BadQuery, parsed  # noqa: E402
from evidence.listening.queries.kazakh import forms  # noqa: E402
from evidence.listening.queries.matching import found, silent, tokens  # noqa: E402
from evidence.listening.queries.table import Query, problems, read_queries  # noqa: E402
from evidence.toolkit.faults import BadInput  # noqa: E402


def fits(query, text, language="ru"):
    tree, wrong, _ = problems(query, language)
    assert wrong == []
    return not found([text], [Query("a", "A", language, query, tree)]).empty


@pytest.mark.parametrize(
    "query, text",
    [
        ("ребёнок", "Детям с инвалидностью трудно"),
        ("школа", "в школах города"),
        ('"инклюзивное образование"', "об инклюзивном образовании"),
        ("школа", "#школа сегодня"),
        ("#школа", "сегодня #Школа"),
        ("инклюз*", "инклюзивность"),
        ("школа", "shkola ryadom"),
        ("образование", "inklyuzivnoe obrazovanie"),
        ("аутизм", "aутизма"),
        ("тьютор AND NOT платный", "тьютора дали"),
        ("учитель NEAR/2 курс", "курсы для наших учителей"),
        ("(мальчик OR девочка) AND школа", "девочки идут в школу"),
    ],
)
def test_a_russian_query_finds(query, text):
    assert fits(query, text)


@pytest.mark.parametrize(
    "query, text",
    [
        ('"инклюзивное образование"', "образование инклюзивное"),
        ("учитель NEAR/1 курс", "курсы для наших учителей"),
        ("тьютор AND NOT платный", "платного тьютора"),
        ("#школа", "школа"),
        ("школа", "школьный двор"),
        ("мать", "математика"),
    ],
)
def test_a_russian_query_leaves(query, text):
    assert not fits(query, text)


@pytest.mark.parametrize(
    "word, form",
    [
        ("бала", "балаларымызға"), ("бала", "баласының"), ("мектеп", "мектебінде"), ("мектеп", "мектептер"),
        ("сынып", "сыныбында"), ("мұғалім", "мұғалімдерге"), ("қыз", "қыздарды"), ("ұл", "ұлдар"),
        ("көмек", "көмегімен"),
        ("тәрбиеші", "тәрбиешілердің"), ("оқу", "оқуға"), ("педагог", "педагогтар"), ("балабақша", "балабақшадағы"),
        ("тіл", "тілінен"), ("аутизм", "аутизмді"), ("ата-ана", "ата-аналардың"),
    ],
)  # fmt: skip
def test_a_kazakh_form_is_made_by_rule(word, form):
    assert form in forms(word)


@pytest.mark.parametrize(
    "word, other",
    [
        ("бала", "балабақша"), ("қыз", "қызамық"), ("ұл", "ұлан"), ("ұл", "ұлт"), ("ұл", "ұлты"),
        ("мектеп", "мектептік"),
        ("бала", "балалер"), ("қыз", "қыздер"), ("мектеп", "мектеплер"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_not_made(word, other):
    assert other not in forms(word)


@pytest.mark.parametrize("text", ["қыздарға", "qyzdarga", "qyzdarǵa", "kızdarğa", "Қыздарға!", "#қыздарға"])
def test_a_kazakh_word_is_found_however_it_is_typed(text):
    assert fits("қыз", text, "kk")


@pytest.mark.parametrize("text", ["Мұғалімдер", "мугалимдер", "mugalimder", "muǵalimder", "muğalimder"])
def test_a_kazakh_word_is_found_without_kazakh_letters(text):
    assert fits("мұғалім", text, "kk")


def test_short_words_without_kazakh_letters_are_left_to_russian():
    assert not fits("қол", "кол", "kk") and fits("қол", "қолы", "kk")


def test_scripts_are_read():
    assert {kazakh_skeleton(word) for word in ("қыз", "кыз", "qyz", "kız")} == {"киз"}
    assert russian_from_latin("shkolnyy") == "школьный".replace("ь", "") and russian_from_latin("deti") == "дети"
    assert tokens("Мектеп⟨phone⟩ 😀 #Оқу_жаз ата-ана") == ["мектеп", "#оқу_жаз", "ата-ана"]


@pytest.mark.parametrize(
    "query, rule",
    [
        ("инклюзия школа", "side by side"), ("школа (дети)", "side by side"), ("школа AND", "too early"),
        ("(школа", "too early"), ("школа OR OR дети", "cannot stand"), ("школа & дети", "no part of a query"),
        ('""', "empty"), ('"школ* дети"', "no \\*"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(query, rule):
    with pytest.raises(BadQuery, match=rule):
        parsed(query)


@pytest.mark.parametrize(
    "query, rule",
    [
        ("а AND б OR в", "without brackets"), ("NOT школа", "must not be there"), ("школа OR NOT дети", "NOT in an OR"),
        ("шkола", "mixes Latin"), ("школа AND and", "capitals"), ("(а AND б) NEAR/3 в", "inside NEAR"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(query, rule):
    assert any(rule in one for one in problems(query, "ru")[1])


@pytest.mark.parametrize(
    "query, language, rule",
    [
        ("ұл*", "kk", "fewer than 4"), ("мектеп", "ru", None), ("әке", "ru", "Kazakh letters"),
        ("shkola", "ru", "Latin"),
        ("а NEAR/12 б", "ru", "more than 10"), ("а OR а", "ru", "twice"), ("школа", "en", "not Latin"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_told(query, language, rule):
    _, wrong, doubts = problems(query, language)
    assert wrong == [] and (any(rule in one for one in doubts) if rule else doubts == [])


def test_operators_are_whole_words():
    assert fits("ANDROID OR ORIGAMI", "android", "en")


def test_every_fault_of_a_table_is_named_with_its_row(tmp_path):
    path = tmp_path / "queries.csv"
    path.write_text("code,title,language,query\na,A,ru,школа дети\n,B,de,школа\na,A,ru,дети\na,A,ru,дети\n", "utf-8")
    with pytest.raises(BadInput) as caught:
        read_queries(path)
    assert [(one.row, one.column) for one in caught.value.faults] == [
        (2, "query"), (3, "language"), (3, "code"), (5, "query"),
    ]  # fmt: skip


def test_mentions_are_counted_and_words_nobody_uses_are_told():
    query = Query("boys", "Boys", "ru", "мальчик OR сын", parsed("мальчик OR сын"))
    result = found(["мальчики и сын", "ничего"], [query])
    assert result.to_dict("records") == [{"text": 0, "code": "boys", "language": "ru", "mentions": 2}]
    assert silent(["мальчики"], [query]) == ["ru: сын"]


@pytest.mark.parametrize(
    "query, word, is_found",
    [
        ("қыз", "кызым", True),
        ("қыз", "кыз", True),
        ("қыз", "кызык", False),
        ("оқу", "оку", False),  # a form of a Russian word
        ("билим", "білімді", True),
        ("сал", "сәл", False),
        ("қажет*", "кажеттилик", True),
        ("кажет*", "қажеттілік", True),
        ("кажеттилик", "қажеттілігі", True),
        ("білім", "#билим", True),
    ],
)
def test_kazakh_typed_without_its_letters_is_a_choice(query, word, is_found):
    queries = [Query("a", "A", "kk", query, problems(query, "kk")[0])]
    assert found([word], queries).empty is not is_found
    assert found([word], queries, "passed over").empty
