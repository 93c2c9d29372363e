"""Eight hundred forms of identifiers: which are masked, which are known to pass, and what ordinary text loses by it."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pandas as pd
import pytest

from evidence.listening.coding import LEXICON
from evidence.listening.masking import masked
from evidence.listening.quantities import kept
from evidence.listening.spelled import is_unit
from tests.listening.forms import every_form, is_betrayed, read

FORMS = every_form()
FRAMES = (
    "Мектеп туралы {} деді. Школа рядом",
    "{}",
    "Пишите ({}), спасибо. Рахмет",
    "Звоните {} после шести, дети ждут",
)
# A Latin word that nothing tells from the name of a thing: "собака Rex", "© UNICEF", "WhatsApp chat", "почта Gmail".
UNTOLD = "whatsapp, youtube channel, odnoklassniki, mail.ru, signature, handle said, profile, email word, kaspi"
KNOWN_TO_PASS = {f"handle, {name}" for name in UNTOLD.split(", ")}
ORDINARY = Path(__file__).with_name("ordinary.txt").read_text(encoding="utf-8").splitlines()
ORDINARY += pd.read_csv(LEXICON / "lines.csv")["text"].tolist()
LOST = {  # addresses of sites go with all others; the rest looks like parts of a number, or like a handle
    "размер 36-37-38",
    "10 000 + 5 000 = 15 000",
    "100-150-200 тысяч",
    "телеграм канал Autism Kazakhstan",
    "Kundelik.kz не работает",
    "сайт gov.kz",
    "на сайте egov.kz очередь",
}


def test_each_form_can_be_read_before_it_is_masked():
    assert len(FORMS) > 800
    assert [form.name for form in FORMS for frame in FRAMES if not is_betrayed(frame.format(form.written), form)] == []


def test_every_form_is_masked_but_those_that_are_known_to_pass():
    passed = {form.name for form in FORMS for frame in FRAMES if is_betrayed(masked(frame.format(form.written)), form)}
    assert passed == KNOWN_TO_PASS


def test_other_numbers_of_the_same_forms_are_masked():
    others = [(form, frame) for form in every_form(seed=12) for frame in FRAMES]
    assert {
        form.name for form, frame in others if is_betrayed(masked(frame.format(form.written)), form)
    } <= KNOWN_TO_PASS


def test_ordinary_text_stays():
    """Prices, dates, times, scores, lists of years, numbers of laws and schools, diagnoses."""
    assert {text for text in ORDINARY if "⟨" in masked(text)} == LOST
    assert len(ORDINARY) > 250


@pytest.mark.parametrize(
    "text",
    [
        "8 701 250 00 00 тенге",  # not in threes
        "тел 8 12:30 45 67 89",
        "8-701-123-45-67 школа",
        "8 2019, 2020, 2021",
        "+7 2001-2005 123",
        "7012345678 детей",
        "балл 8, 701, 123, 45, 67",
    ],
)
def test_a_telephone_number_is_no_quantity(text):
    left = masked(text)
    assert len(re.findall(r"\d", left)) <= 4, left


@pytest.mark.parametrize("text", ["1 250 000 тг", "с 9:00 до 13:00", "2019, 2020", "оценки 5, 4, 5", "№ 319-III"])
def test_a_quantity_is_told_by_its_form(text):
    assert list(kept(text)), text


def test_words_are_taken_as_they_are_heard():
    for word in "восем васемь сэм чытыри пиать тогыз toǵyz altı toʻqqiz восемьсемь 8жеті".split():
        assert is_unit(word), word
    for word in "дом школа сам сима тры1х балалар один1х".split():
        assert not is_unit(word), word


def test_no_form_is_in_any_file_of_a_report_nor_in_what_it_says(tmp_path, monkeypatch, capsys):
    """Planted in every column of a table, and in rows that cannot be used."""
    for module in ("lark", "pymorphy3"):
        pytest.importorskip(module, reason=f"{module} is not installed: make site")
    from evidence.listening import commands

    forms = [form for form in FORMS if form.name not in KNOWN_TO_PASS]
    folder, temporary = tmp_path / "exports", tmp_path / "temporary"
    for path in (folder / "public", temporary):
        path.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    columns = ("Дата", "Текст", "Автор", "Источник", "Город", "Страна", "Ссылка", "Примечание")
    rows = [["15.05.2022", f"инклюзия {form.written}", *[form.written] * 6] for form in forms]
    rows += [[form.written, "инклюзия", *[""] * 6] for form in forms]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "public/posts.csv", index=False)
    commands.run(["key", str(tmp_path / "key")])
    options = ["--key", str(tmp_path / "key"), "--under", "0", "--to", str(tmp_path / "out")]
    assert commands.run(["report", str(folder), *options]) == 1
    assert commands.run(["report", str(folder), *options, "--set-aside"]) == 0
    said = ["".join(capsys.readouterr())]
    files = [path for path in tmp_path.rglob("*") if path.is_file() and folder not in path.parents]
    assert tmp_path / "out/index.html" in files
    text = "\n".join([*said, *(path.read_text(encoding="utf-8", errors="replace") for path in files)])
    whole, bare = read(text), text.casefold()
    assert [form.name for form in forms if _written(form) in (whole if form.pieces[0][0][:2] != "zq" else bare)] == []


def _written(form) -> str:
    """Return what would be found of a form that went through: the core of a name, or the number as a reader has it."""
    first = form.pieces[0][0]
    return first if first.startswith("zq") else read(form.written).strip()
