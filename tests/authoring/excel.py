"""A table as Excel would save it, simulated from its documented behaviour; no Excel was at hand.

- Numbers keep 15 digits and long ones are shown with an exponent: support.microsoft.com/kb/269370; "2310009E13" becomes
  "2.31E+13" and "SEPT2" "2-Sep": mspoweruser.com/microsoft-excel-blamed-gene-name-errors-scientific-literature
- "1-2" and "3/4" become days of a month: wisechecker.com/stop-excel-changing-numbers-to-dates-fix-cell-format
- UTF-8 without a byte order mark is read in the encoding of the computer, "CSV UTF-8" is saved with one:
  hilton.org.uk/blog/csv-excel
- Of each block of rows, columns that are empty at its end are left out:
  stata.com/support/faqs/data-management/how-excel-writes-empty-cells
- A comma as decimal sign, semicolons between cells, months by their Russian names: regional settings of Windows.
"""

from __future__ import annotations

import csv
import io
import re

MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "ru": "янв фев мар апр май июн июл авг сен окт ноя дек".split(),
}
NAMES = "January February March April May June July August September October November December".split()
ANSI = {"en": "cp1252", "ru": "cp1251"}
BLOCK = 16


def _number(digits: str, sign: str) -> str:
    """Return a number in the format "General"."""
    value = float(digits)
    if abs(value) >= 1e11:
        return f"{value:.5E}".replace(".", sign)
    return repr(value).removesuffix(".0").replace(".", sign)


def _date(text: str, language: str) -> str | None:
    """Return how a text is shown that Excel takes for a date."""
    months = MONTHS[language]
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = map(int, match.groups())
        return f"{month}/{day}/{year}" if language == "en" else f"{day:02}.{month:02}.{year}"
    month_year = re.fullmatch(r"(19\d\d|20\d\d)-(\d{1,2})", text)
    if month_year and 1 <= int(month_year[2]) <= 12:
        name, year = months[int(month_year[2]) - 1], month_year[1][2:]
        return f"{name}-{year}" if language == "en" else f"{name}.{year}"
    if language == "en" and (match := re.fullmatch(rf"({'|'.join(NAMES)}) (\d{{4}})", text)):
        return f"{match[1][:3]}-{match[2][2:]}"
    signs = "[-/]" if language == "en" else "[-/.]"
    if match := re.fullmatch(rf"(\d{{1,2}}){signs}(\d{{1,2}})", text):
        month, day = map(int, match.groups() if language == "en" else match.groups()[::-1])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{day}-{months[month - 1]}" if language == "en" else f"{day:02}.{months[month - 1]}"
    return None


def cell(text: str, language: str) -> str:
    """Return a cell as it is shown, and saved, after it was opened as "General"."""
    if dated := _date(text, language):
        return dated
    if text in ("true", "false") and language == "en":
        return text.upper()
    if re.fullmatch(r"-?\d+", text):
        return _number(text, "." if language == "en" else ",")
    if language == "en" and re.fullmatch(r"-?\d+\.\d+", text):
        return _number(text, ".")
    if language == "en" and re.fullmatch(r"\d+\.\d%", text):
        return text[:-1] + "0%"
    if language == "ru" and re.fullmatch(r"-?\d+,\d+", text):
        return _number(text.replace(",", "."), ",")
    return "#NAME?" if re.match(r"=|[-+@](?=[A-Za-z])", text) else text


def saved(raw: bytes, language: str, is_utf_8: bool = False, was_imported: bool = True) -> bytes:
    """Return a table after Excel opened and saved it, as "CSV" or "CSV UTF-8".

    ``was_imported``: opened as UTF-8 from the menu Data; otherwise by a double click, in the computer's encoding.
    """
    text = raw.decode("utf-8")
    if not was_imported:
        letters = [bytes([byte]).decode(ANSI[language], "ignore") or chr(byte) for byte in range(256)]
        text = "".join(letters[byte] for byte in raw)
    rows = [[cell(one, language) for one in row] for row in csv.reader(io.StringIO(text, newline=""))]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        while not any(row[-1] for row in block):
            for row in block:
                row.pop()
    lines = io.StringIO()
    csv.writer(lines, delimiter="," if language == "en" else ";", lineterminator="\r\n").writerows(rows)
    if is_utf_8:
        return b"\xef\xbb\xbf" + lines.getvalue().encode("utf-8")
    if not was_imported:  # every byte is written as it was read
        codes = {letter: byte for byte, letter in enumerate(letters)}
        return bytes(codes[letter] for letter in lines.getvalue())
    return lines.getvalue().encode(ANSI[language], "replace")
