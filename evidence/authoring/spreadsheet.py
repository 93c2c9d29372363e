"""What a spreadsheet does to a cell by itself when it opens and saves a table, told apart from what people write."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from evidence.authoring.encodings import garbled, lost_letters
from evidence.authoring.guesses import MONTH, clock, dates, looks_like_a_date, numbers, serials

ERRORS = re.compile(
    r"#(?:NAME\?|VALUE!|REF!|DIV/0!|N/A|NUM!|NULL!|SPILL!|CALC!|ИМЯ\?|ЗНАЧ!|ССЫЛКА!|ДЕЛ/0!|Н/Д|ЧИСЛО!|ПУСТО!)"
    r"|(?:Err|Ошибка):\d{3}|#{3,}"
)
NAME = "|".join(MONTH)
MADE = re.compile(rf"\d{{1,2}}[-.](?:{NAME})|(?:{NAME})[-.]\d\d|\d[.,]\d+E\+\d\d", re.IGNORECASE)
SEPARATED = re.compile(r"\d[,\s]\d{3}", re.ASCII)
LEADING_ZERO = re.compile(r"[+-]?0\d")
EXPONENT = re.compile(r"[+-]?\d(?:[.,](\d+))?e[+-]?\d+", re.ASCII | re.IGNORECASE)
BOOLEANS = {"true": "true", "false": "false", "истина": "true", "ложь": "false"}
LIMITS = (255, 256, 1024, 32767)  # form: lengths at which spreadsheets and their exports cut a text
TYPESET = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "…": "...",
     "\u00a0": " ", "\u202f": " ", "©": "(c)", "®": "(r)", "™": "(tm)", "½": "1/2", "¼": "1/4", "¾": "3/4", "→": "->"}
)  # fmt: skip

# A cell of the same table that is as it was although the spreadsheet would have changed it the same way.
ENDS_IN_ZERO = re.compile(r"\d+,\d*0", re.ASCII)
POINTED = re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII)
DECIMAL = re.compile(r"\d+\.\d+", re.ASCII)
ACCENTED = re.compile(r".*[À-ÖØ-öø-ÿ].*")
MONTH_OF_A_YEAR = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)


class Why(NamedTuple):
    """Why a changed cell is taken for a spreadsheet's work, and which unchanged cell would prove the contrary."""

    reason: str
    refuted_by: re.Pattern | None = None


def _lost(was: str) -> str:
    """Return what a number lost of its form when its value stayed."""
    if was.startswith(("+", "(")) or was.endswith("-"):
        return "a sign read as a number's"
    if LEADING_ZERO.match(was):
        return "leading zeros lost"
    if SEPARATED.search(was):
        return "thousands separators lost"
    if was.endswith("%"):
        return "decimals of the per cent changed"
    return "decimals lost" if "." in was else "form of the number lost"


def _gained(was: str, now: str) -> bool:
    """Return whether a number has more form than before, which only people give it: separators, decimals, zeros."""
    decimals = [len(text.partition(".")[2]) for text in (was, now)]
    return (
        bool(SEPARATED.search(now) and not SEPARATED.search(was))
        or (decimals[1] > decimals[0] and not was.endswith("%"))
        or (now.endswith("%") and not was.endswith("%"))
        or (now.startswith("+") and not was.startswith("+"))
        or (bool(LEADING_ZERO.match(now)) and not LEADING_ZERO.match(was))
    )


def _exponent(was: str, now: str, old: Decimal) -> Why | None:
    """Tell whether a number is written with an exponent, its last digits rounded away."""
    match = EXPONENT.fullmatch(now)
    new = numbers(now)
    value = new.comma if new.point is None else new.point
    if not match or value is None or EXPONENT.fullmatch(was):
        return None
    last = old.adjusted() - len(match[1] or "")
    return Why("written with an exponent") if abs(old - value) <= Decimal(5).scaleb(last - 1) else None


def _numbers(was: str, now: str) -> Why | None:
    """Tell what happened to a number, if it is still the same one or was read with other separators."""
    old, new = numbers(was), numbers(now)
    if old.point is not None and (told := _exponent(was, now, old.point)):
        return told
    if old.point is not None and new.point is not None:
        if old.point == new.point:
            if was.endswith("%") and not now.endswith("%"):
                return Why("per cent sign moved into the number")
            return None if _gained(was, now) else Why(_lost(was))
        whole = was.lstrip("-")
        if whole.isdigit() and len(whole) > 15 and now == was[: len(was) - len(whole) + 15] + "0" * (len(whole) - 15):
            return Why("digits after the fifteenth lost")
    if old.point is not None and old.point == new.comma:
        return Why("decimal comma", DECIMAL if new.point is not None else None)
    if old.comma is not None and old.comma in (new.point, new.comma):
        return Why("a comma of thousands read as a decimal comma", ENDS_IN_ZERO)
    if old.points is not None and old.points in (new.point, new.points):
        return Why("a decimal point read as one of thousands", POINTED)
    return None


def _dates(was: str, now: str) -> Why | None:
    """Tell whether a range, a school year or a month has become a date."""
    old = dates(was)
    if not old:
        return None
    if now.isdigit() and len(now) == 5 and int(now) in serials(old):
        return Why("made a date, shown as its number of days")
    if looks_like_a_date(now):
        for day in dates(now):
            if any(day[1:] == one[1:] and (None in (day.year, one.year) or day.year == one.year) for one in old):
                return Why("made a date", MONTH_OF_A_YEAR if re.match(r"\d{4}-", now) else None)
    return None


def _times(was: str, now: str) -> Why | None:
    """Tell whether a ratio has become a time of day."""
    return Why("made a time of day") if clock(was) and clock(was) == clock(now) else None


def _text(was: str, now: str) -> Why | None:
    """Tell whether a text was typeset, broken, cut, marked as text, computed or lost letters."""
    if ERRORS.fullmatch(now):
        return Why("an error of the spreadsheet, or a column too narrow to show it")
    if now in ("'" + was, f'="{was}"', "=" + was):
        return Why("marked as text or as a formula")
    if was.startswith("="):
        return Why("read as a formula")
    if BOOLEANS.get(now.lower()) == was:
        return Why("true and false in another form")
    if "\n" in now and " ".join(now.split()) == " ".join(was.split()):
        return Why("a line break inside the cell")
    if len(now) in LIMITS and was.startswith(now):
        return Why(f"cut after {len(now)} characters")
    if now.translate(TYPESET) == was.translate(TYPESET).replace("--", "-") and now != now.translate(TYPESET):
        return Why("quotes, dashes, dots or spaces typeset")
    if stand_ins := lost_letters(was, now):
        return Why("letters lost in an encoding that has none of them", None if "?" in stand_ins else ACCENTED)
    if garbled(was, now):
        return Why("read in another encoding")
    return None


def spoilt(now: str) -> bool:
    """Return whether a text looks like a spreadsheet's work whatever it was: an error, ``Sep-08``, ``1.2E+11``."""
    return bool(ERRORS.fullmatch(now) or MADE.fullmatch(now))


def why(was: str, now: str) -> Why | None:
    """Return why a cell that was one thing and now is another is a spreadsheet's work, None if somebody wrote it."""
    if was == now or not was or not now:
        return None
    for tell in (_text, _numbers, _dates, _times):
        found = tell(was, now)
        if found:
            return found
    return None
