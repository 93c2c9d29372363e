"""Identifiers of many forms to plant in posts, and how to look for them afterwards. All are invented."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from evidence.listening.letters import one_script
from evidence.listening.masking import LOOK_ALIKES, folded

WORDS = {
    "ru": "ноль один два три четыре пять шесть семь восемь девять".split(),
    "kk": "нөл бір екі үш төрт бес алты жеті сегіз тоғыз".split(),
    "ru-latin": "nol odin dva tri chetyre pyat shest sem vosem devyat".split(),
    "kk-latin": "nol bir eki ush tort bes alty zheti segiz togyz".split(),
    "en": "zero one two three four five six seven eight nine".split(),
}
WIDE = str.maketrans("0123456789+@.", "０１２３４５６７８９＋＠．")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BOLD = {ord(str(digit)): chr(0x1D7CE + digit) for digit in range(10)}
KEYCAP = {ord(str(digit)): f"{digit}\ufe0f\u20e3" for digit in range(10)}
ALIKE = str.maketrans("03", "ОЗ")
MORE_ALIKE = str.maketrans("027", "ΟZТ")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
MISSPELT = "нолик адин двойка тройка читыре пят шест сем восим девятка".split()
BARE_KAZAKH = "нол бир еки уш торт бес алты жети сегиз тогыз".split()
RINGED = {ord(str(digit)): chr(0x2775 + digit) if digit else "\u24ff" for digit in range(10)}


READ_AS = LOOK_ALIKES | {ord("т"): "7", ord("в"): "8"}  # of capitals, which are small ones here


class Planted(NamedTuple):
    """An identifier as it is written, what betrays it (digits, or a core of letters), and the form's name."""

    written: str
    core: str
    form: str


def phones(chance: random.Random) -> Iterator[Planted]:
    """Yield one telephone number in each form."""
    forms = {
        "plain": lambda n: f"+7{n}",
        "eight": lambda n: f"8{n}",
        "spaced": lambda n: f"8 {n[:3]} {n[3:6]} {n[6:8]} {n[8:]}",
        "brackets": lambda n: f"+7 ({n[:3]}) {n[3:6]}-{n[6:8]}-{n[8:]}",
        "dots": lambda n: f"8.{n[:3]}.{n[3:6]}.{n[6:8]}.{n[8:]}",
        "dashes": lambda n: f"+7–{n[:3]}—{n[3:6]}‑{n[6:]}",
        "each digit": lambda n: " ".join("8" + n),
        "no-break": lambda n: f"8\u00a0{n[:3]}\u00a0{n[3:6]}\u00a0{n[6:]}",
        "full width": lambda n: f"+7{n}".translate(WIDE),
        "full width spaced": lambda n: f"8 {n[:3]} {n[3:6]} {n[6:]}".translate(WIDE),
        "arabic": lambda n: f"8{n}".translate(ARABIC),
        "bold": lambda n: f"8{n}".translate(BOLD),
        "keycaps": lambda n: f"8{n}".translate(KEYCAP),
        "zero width": lambda n: "\u200b".join("8" + n),
        "look-alikes": lambda n: f"8 {n[:3]} {n[3:]}".translate(ALIKE),
        "without prefix": lambda n: n,
        "glued to a word": lambda n: f"тел:8{n}",
        "like years": lambda n: f"8 {n[:2]} 2015-2016 {n}",
        "emoji between": lambda n: "📞".join("8" + n),
        "stars between": lambda n: "*".join(["8", n[:3], n[3:6], n[6:]]),
        "in two lines": lambda n: f"8 {n[:3]}\n{n[3:]}",
        "glued to letters": lambda n: f"тел8{n}тел",
        "in words": lambda n: " ".join(WORDS["ru"][int(d)] for d in "8" + n),
        "wide signs": lambda n: f"8 ({n[:3]})  -  {n[3:6]}  -  {n[6:]}",
        "in words and digits": lambda n: " ".join([f"8 {n[:3]}", *(WORDS["ru"][int(d)] for d in n[3:6]), n[6:]]),
        "in words, Kazakh": lambda n: " ".join(WORDS["kk"][int(d)] for d in "8" + n),
        "in words, Latin Russian": lambda n: " ".join(WORDS["ru-latin"][int(d)] for d in "8" + n),
        "in words, Latin Kazakh": lambda n: " ".join(WORDS["kk-latin"][int(d)] for d in "8" + n),
        "in words, English": lambda n: " ".join(WORDS["en"][int(d)] for d in "8" + n),
        "more look-alikes": lambda n: f"8{n}".translate(MORE_ALIKE),
        "more look-alikes, spaced": lambda n: f"8 {n[:3]} {n[3:6]} {n[6:]}".translate(MORE_ALIKE),
        "black rings": lambda n: f"8{n}".translate(RINGED),
        "entities": lambda n: "".join(f"&#{ord(d)};" for d in "8" + n),
        "no-break entities": lambda n: f"8&nbsp;{n[:3]}&nbsp;{n[3:6]}&nbsp;{n[6:]}",
        "tags": lambda n: f"8<b>{n[:3]}</b>{n[3:6]}<br>{n[6:]}",
        "wide gaps": lambda n: f"8 {n[:3]}        {n[3:6]}        {n[6:]}",
        "suffix": lambda n: f"8{n}ге",
        "strokes": lambda n: "_".join("8" + n),
        "Chinese": lambda n: f"8{n}".translate(CHINESE),
        "codes of broken JSON": lambda n: "".join(f"\\u{ord(d):04x}" for d in "8" + n),
        "gaps in words": lambda n: f"8 минус {n[:3]} точка {n[3:6]} слэш {n[6:]}",
        "then": lambda n: f"8 {n[:3]} потом {n[3:6]} сосын {n[6:]}",
        "in words, misspelt": lambda n: " ".join(MISSPELT[int(d)] for d in "8" + n),
        "in words, Kazakh without its letters": lambda n: " ".join(BARE_KAZAKH[int(d)] for d in "8" + n),
        "in words, Latin letters among them": lambda n: " ".join(
            WORDS["ru"][int(d)].replace("о", "o").replace("е", "e") for d in "8" + n
        ),
    }
    for form, write in forms.items():
        number = "7" + chance.choice("0457") + "".join(chance.choice("0123456789") for _ in range(8))
        yield Planted(write(number), number, f"phone {form}")


def other_numbers(chance: random.Random) -> Iterator[Planted]:
    """Yield an identity number, a card, an account in each form."""
    forms = {
        "plain": lambda n: n,
        "spaced": lambda n: f"{n[:6]} {n[6:]}",
        "grouped": lambda n: f"{n[:3]} {n[3:6]} {n[6:9]} {n[9:]}",
        "labelled": lambda n: f"ЖСН:{n}",
        "labelled, Russian": lambda n: f"ИИН {n}",
        "full width": lambda n: n.translate(WIDE),
        "look-alikes": lambda n: n.translate(ALIKE),
        "dashes": lambda n: "-".join(n),
        "dots": lambda n: f"{n[:2]}.{n[2:4]}.{n[4:6]}.{n[6:]}",
        "hashtag": lambda n: f"#ИИН{n}",
        "brackets": lambda n: f"[{n[:6]}][{n[6:]}]",
        "suffix": lambda n: f"{n}-нің",
    }
    for form, write in forms.items():
        number = "".join(chance.choice("123456789") for _ in range(12))
        yield Planted(write(number), number, f"identity number {form}")
    card = "4400" + "".join(chance.choice("0123456789") for _ in range(12))
    yield Planted(" ".join(card[start : start + 4] for start in range(0, 16, 4)), card, "card")
    account = "".join(chance.choice("0123456789") for _ in range(18))
    yield Planted(f"KZ{account}", account, "account")
    passport = "".join(chance.choice("123456789") for _ in range(9))
    yield Planted(f"N{passport}", passport, "passport")
    code = "".join(chance.choice("123456789") for _ in range(4))
    yield Planted(f"70.{code[:2]}.20{code[2:]} 1{code}", f"70{code[:2]}20{code[2:]}1{code}", "number like a date")
    half = "".join(chance.choice("123456789") for _ in range(8))
    for mark in " -":
        parts = ("KZ86", "125K", "ZT50", half[:4], half[4:])
        yield Planted(mark.join(parts), half, f"account with letters, {mark!r} between")


def names(chance: random.Random) -> Iterator[Planted]:
    """Yield e-mail addresses, links and handles in each form."""
    forms = {
        "mail": "{}@mail.ru",
        "mail without its sign": "{} mail.ru",
        "mail with a picture": "{}🐶mail.ru",
        "mail with another word": "{} гав mail.ru",
        "mail all in Cyrillic": "{} ат мейл ру",
        "mail other ending": "{}@mail.company",
        "mail without ending": "{}@mail",
        "mail short": "a@{}.kz",
        "mail spaced": "{} @ mail . ru",
        "mail full width": "{}＠mail．ru",
        "mail in brackets": "{}(at)gmail(dot)com",
        "mail in words": "{} собака mail точка ru",
        "mail Kazakh domain": "{}@пошта.қаз",
        "link": "https://example.com/{}?x=1",
        "link hidden": "hxxps://example.com/{}",
        "link www": "www.{}.kz",
        "link bare": "instagram.com/{}",
        "link telegram": "t.me/{}",
        "link spaced": "t . me / {}",
        "link app": "tg://user?id={}",
        "link domain": "{}.kz",
        "link unknown ending": "example.zone/{}",
        "link spaced, with a path": "instagram . com / {}",
        "link, its end only": "?id={}",
        "handle": "@{}",
        "handle far from its sign": "@  {}",
        "handle in quotes": "инста «{}»",
        "handle after a picture": "📷 {}",
        "handle after an arrow": "👉{}",
        "handle with a number": "{}#1234",
        "handle in JSON": '{{"username":"{}"}}',
        "login": "логин {}",
        "direct": "директ {}",
        "handle hyphened": "@anna-{}",
        "handle spaced": "@ {}",
        "handle full width": "＠{}",
        "handle in brackets": "(@{})",
        "handle Cyrillic": "@ж{}",
        "handle dotted": "@{}.official",
        "handle labelled": "инста: {}",
        "handle labelled tg": "тг {}_1",
        "handle bare": "{}_kz",
        "handle bare dotted": "anna.{}_kz",
        "handle VK": "[id18472|{}]",
        "handle VK in brackets": "@id18472 ({})",
        "handle with a suffix": "@{}дың",
        "handle with a hyphened suffix": "@{}-ға",
        "handle in its own brackets": "@[{}]",
        "handle Reddit": "u/{}",
        "handle after its stroke": "_{}",
        "handle without a sign": "{}",
        "handle labelled twice": "тг канал {}",
        "handle labelled short": "ig: {}",
        "mail at": "{} at gmail dot com",
        "mail AT": "{}AT gmail.com",
        "mail in sharp brackets": "{}<at>mail.ru",
        "mail in braces": "{}{{at}}mail{{dot}}ru",
        "mail said": "{} собачка яндекс ру",
        "mail said in full": "{} собака мейл точка ру",
        "mail with a star": "{}*mail.ru",
        "mail entity": "{}&#64;mail.ru",
        "mail escaped": "{}%40mail.ru",
        "mail quoted": '"{}"@mail.ru',
        "link telegram in brackets": "t[.]me/{}",
        "link telegram without a dot": "t me/{}",
        "link telegram with a suffix": "t.me/{}ға",
        "link WhatsApp": "wa.me/{}",
        "link said": "{} точка кз",
        "link dot apart": "{} . kz",
        "link rare ending": "{}.museum",
    }
    for form, template in forms.items():
        core = "zq" + "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(7)) + str(chance.randrange(10, 99))
        yield Planted(template.format(core), core, form)


def planted(count: int, seed: int = 1) -> list[Planted]:
    """Return so many identifiers, of every form."""
    chance = random.Random(seed)
    found: list[Planted] = []
    while len(found) < count:
        found += [*phones(chance), *other_numbers(chance), *names(chance)]
    return found[:count]


def betrayed(text: str, identifiers: list[Planted]) -> list[Planted]:
    """Return the identifiers that a text still holds: the core as letters, or its digits however they are written."""
    plain = folded(text).casefold()
    letters = re.sub(r"\s", "", plain)
    plain = re.sub(r"\w+", lambda found: one_script(found.group()), plain)
    plain = re.sub(r"\b(?:минус|точка|слэш|потом|сосын)\b", "", plain)
    for words in (*WORDS.values(), MISSPELT, BARE_KAZAKH):
        for digit, word in enumerate(words):
            plain = re.sub(rf"\b{word}\b", str(digit), plain)
    # beside letters only: a hash is not a number
    digits = re.sub(r"[^\w]|_", "", plain.translate(READ_AS))
    return [one for one in identifiers if (one.core in digits if one.core.isdigit() else one.core in letters)]
