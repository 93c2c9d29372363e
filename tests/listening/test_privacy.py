"""No identifier of a person is left in a text, and pseudonyms join only with the key."""

from __future__ import annotations

import stat
from time import process_time

import pytest

from evidence.listening.masking import IDENTITY, KINDS, MAIL, MENTION, NUMBER, PHONE, masked, masked_name
from evidence.listening.pseudonyms import pseudonym, read_key, write_key
from evidence.toolkit.faults import BadInput
from tests.listening.planted import betrayed, planted

IDENTIFIERS = planted(500)
FORMS = {one.form: one for one in IDENTIFIERS}
KEY = bytes(range(32))


@pytest.mark.parametrize("form", FORMS)
def test_an_identifier_of_every_form_is_masked(form):
    one = FORMS[form]
    for text in (f"Звоните {one.written} после шести", one.written, f"Пишите ({one.written}), спасибо. Рахмет"):
        assert betrayed(text, [one]) == [one]
        left = masked(text)
        assert betrayed(left, [one]) == []
        assert any(kind in left for kind in KINDS)


def test_five_hundred_identifiers_leave_nothing():
    text = "\n".join(f"Мектеп туралы {one.written} деді. Школа рядом" for one in IDENTIFIERS)
    assert len(IDENTIFIERS) == 500 and len(betrayed(text, IDENTIFIERS)) == 500
    left = masked(text)
    assert betrayed(left, IDENTIFIERS) == []
    assert left.count("Мектеп туралы") == left.count("Школа рядом") == 500


@pytest.mark.parametrize(
    "text",
    [
        "В 2022 году 34 ребёнка из 120 пошли в 5 класс",
        "Опубликовано 15.05.2023, обновлено 2023-06-01, план 2020-2025",
        "Балалар 7 мен 15 жас аралығында, 3 бөлме, 2-сынып",
        "Зачем об этом молчать? Все знают, что это 3 года назад",
        "Бюджет 1970,5 млрд, т.е. больше",
        "один ребёнок, два учителя, три класса",
        "#школа_1 и #school_2 ждут, COVID-19, iPhone 15",
        "бір екі күн, 20 25 бала",
    ],
)
def test_what_identifies_nobody_stays(text):
    assert masked(text) == text


def test_a_listed_organisation_keeps_its_handle_and_others_do_not():
    text = "Спасибо @UNICEFkaz и @aigul_zh, инста: aigul_zh"
    assert masked("synthetic_org и other_org", {"synthetic_org"}) == f"synthetic_org и {MENTION}"
    assert masked(text, {"unicefkaz"}) == f"Спасибо @UNICEFkaz и {MENTION}, инста: {MENTION}"


def test_the_kinds_are_told_apart():
    assert masked("8 701 123 45 67, a.b@mail.kz, 1234567") == f"{PHONE}, {MAIL}, {NUMBER}"


def test_masking_twice_changes_nothing():
    once = masked(" ".join(one.written for one in IDENTIFIERS))
    assert masked(once) == once


def test_pseudonyms_join_with_the_key_and_only_with_it():
    assert pseudonym(KEY, "person", "@Aigul") == pseudonym(KEY, "person", "aigul ")
    assert pseudonym(KEY, "person", "aigul") != pseudonym(KEY, "post", "aigul")
    assert pseudonym(KEY, "person", "aigul") != pseudonym(bytes(32), "person", "aigul")


def test_a_key_is_written_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "key"
    write_key(path)
    assert len(read_key(path)) == 32 and stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(BadInput, match="already"):
        write_key(path)


@pytest.mark.parametrize("text", ["", "abcd", "no key", "00" * 31])
def test_a_short_key_is_refused(tmp_path, text):
    (tmp_path / "key").write_text(text)
    with pytest.raises(BadInput, match="32 bytes"):
        read_key(tmp_path / "key")


@pytest.mark.parametrize(
    "part", ["a", "a-", "a.", "a_.", "1.1.", "1 ", "-", "@ ", "собака ", "один ", "тг ", "О", "a:"]
)
def test_a_long_text_of_any_kind_takes_no_time(part):
    """Four times the length takes about four times as long, not sixteen."""
    times = []
    for size in (4_000, 16_000):
        start = process_time()
        masked(part * (size // len(part)) + "@я.")
        times.append(process_time() - start)
    assert times[1] < max(10 * times[0], 0.2)


@pytest.mark.parametrize(
    "text",
    [
        "восемьсемьнольдвапятьсемьчетыре",
        "тел. 70 78 71",
        "8 776 тире 365 тире 10 46",
        "тг aigulbek",
        "a.b at mail.kz",
        "8x754x404x4513",
        "devunuhu(собачка)mail.ru",
        "instagram.com\\ferifupu",
    ],
)
def test_what_has_no_digits_or_few_of_them_is_masked_too(text):
    assert text.split()[-1] not in masked(text)


def test_a_latin_word_is_a_handle_only_where_something_says_so():
    text = "телеграм канал, канал YouTube, iPhone 15, covid19, mp3, 11klass, 2023jyl, Bilim land, one of two"
    assert masked(text) == text


@pytest.mark.parametrize(
    "name, shown",
    [
        ("экспорт 87011234567.csv", f"экспорт {PHONE}.csv"),
        ("public/+7 (701) 123-45-67 export.xlsx", f"public/{PHONE} export.xlsx"),
        ("чат_7011234567_1.json", f"чат_{PHONE}_1.json"),
        ("880101300123.csv", f"{IDENTITY}.csv"),
        ("a.b@mail.kz posts.csv", f"{MAIL} posts.csv"),
        ("chat @aigul.json", f"chat {MENTION}"),
        ("posts_new_export_2022-05-15_10-30-22 (1).csv", "posts_new_export_2022-05-15_10-30-22 (1).csv"),
        ("meltwater 20220515.csv", "meltwater 20220515.csv"),
        ("export_202205151030.csv", "export_202205151030.csv"),
        ("export_20220515103022.csv", "export_20220515103022.csv"),
    ],
)
def test_the_name_of_a_file_keeps_dates_and_loses_what_is_a_persons(name, shown):
    assert masked_name(name) == shown
