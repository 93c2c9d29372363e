"""Numbers that identify nobody and stay: dates, times, years, money, counts and lists of them.

The forms are ours. Each is kept only where no digits stand beside it that would make one longer number of both, and
never where its digits are a telephone number of Kazakhstan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DAY, MONTH, YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
DATES = (
    rf"{DAY}[./-]{DAY}[./-]{YEAR}(?![./-])",
    rf"{YEAR}-\d{{1,2}}-\d{{1,2}}(?![./-])",
    rf"{YEAR}\s?-\s?{YEAR}(?![./-])",
    rf"{YEAR}-\d\d(?![./-])",  # a school year
)
JOINED = r"(?:,\s+|\s*-\s*|\s+(?:и|до|по|мен|және|and|to)\s+)"  # between numbers of a list
LISTED = r"(?:,\s+|\s+(?:и|мен|және|and)\s+)"  # no stroke: numbers of telephones have them
MONEY = r"(?:тенге|тңг|тг|теңге|₸|руб|сом|сум|долл|евро|\$|€|usd|eur|kzt|млн|миллион|млрд|миллиард|тыс|мың|tenge)"
UNIT = (
    rf"(?:{MONEY}|%|процент|пайыз|человек|чел\b|адам|дет[еяс]|бала|ребён|ребен|учени|оқушы|школ|мектеп|педагог|мұғалім"
    r"|учител|лет\b|жас|год|жыл|балл|ұпай|раз\b|рет\b|мест|орын|минут|час|сағат|см\b|кг\b|км\b|метр|класс|сынып"
    r"|people|child|year|school)"
)
LABEL = (
    r"(?:стр|сан|бет|маршрут|автобус|ент|ұбт|балл|класс|сынып|кабинет|групп|топ|возраст|жас|дет|бала|оценк|баға|размер"
    r"|стать|ст|пункт|тармақ|бап)\w*[.:]?\s+"
)
GROUPED = r"[1-9]\d{0,2}(?:[ .,]\d{3}){1,2}(?:[ .,]000)?"
ROUND = r"[1-9]\d{0,4}00(?:000)?"
AMOUNT, SMALL = rf"(?:{GROUPED}|{ROUND})", r"\d{1,3}(?:[.,]\d|-\d{1,3})?"
TIME = r"(?:[01]?\d|2[0-3])[:.][0-5][05]"
STUDIED = rf"{YEAR}(?:/{YEAR})?"
OTHERS = (
    rf"{YEAR}\.\d\d\.\d\d",
    rf"{DAY}[. ]{MONTH} {YEAR}",
    rf"{DAY}\.{MONTH}\s?-\s?{DAY}\.{MONTH}",
    rf"{STUDIED}(?:(?:{JOINED}|\s){STUDIED})+",
    rf"{TIME}(?:{JOINED}{TIME})+",
    rf"{AMOUNT}(?:{JOINED}{AMOUNT})*(?=\s?{UNIT})",
    rf"{SMALL}(?:{LISTED}{SMALL})+(?=\s?{UNIT})",
    r"[A-Z]\d\d\.\d(?:,?\s[A-Z]\d\d\.\d)*\b",  # a diagnosis of ICD-10
    rf"№\s?\d{{1,4}}(?:-[IVXА-Я]+)?(?: \({YEAR}\))?",  # a law
    r"[1-9]\d{0,2}(?:,\d{3}){1,3}",
    r"(?P<low>[1-9]\d{3})-(?P<high>[1-9]\d{3})",
    r"\d{1,3}%(?:[ ,]\s?\d{1,3}%)+",
)
AFTER_A_LABEL = rf"(?<=[ :.]){SMALL}(?:{LISTED}{SMALL})+"
LABELLED = re.compile(rf"\b{LABEL}$", re.I)
ALONE = r"(?![\s().,:/-]{0,2}\d)"  # no digits follow
KEPT = re.compile(
    rf"(?<!\d)(?=\d|№|[A-Z]\d\d\.)(?:(?:{'|'.join(DATES)})(?!\d)|(?P<year>{YEAR}(?=,\s|;))"
    rf"|(?P<other>{'|'.join(OTHERS)}){ALONE}|(?P<listed>{AFTER_A_LABEL}){ALONE})",
    re.I,
)
WIDEST = 1000  # of a range of numbers with four digits
BEFORE = re.compile(r"\d[\s()-]{1,3}$")
CLOSE = re.compile(r"[\d+][\s().,:/-]{0,3}$")
PHONE = re.compile(r"[78]?7[0-7]\d{8}")


def kept(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand that stay, as (start, end)."""
    last = 0
    for found in KEPT.finditer(text):
        start = found.start()
        around = text[max(last, start - 40) : start]
        is_date = not (found["other"] or found["listed"] or found["year"])
        if (BEFORE if is_date else CLOSE).search(around):
            continue
        if found["listed"] and not LABELLED.search(around):
            continue
        if found["low"] and not 0 < int(found["high"]) - int(found["low"]) <= WIDEST:
            continue
        if not is_date and PHONE.fullmatch(re.sub(r"\D", "", found.group())):
            continue
        last = found.end()
        yield start, last
