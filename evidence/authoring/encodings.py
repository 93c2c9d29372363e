"""The text of a table in whatever encoding a program saved it, and texts that were read in a wrong one."""

from __future__ import annotations

import re
import unicodedata

from evidence.authoring.guesses import MONTH
from evidence.data.rules import Problem

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
OLD = {"cp1251": "Windows-1251", "cp1252": "Windows-1252"}
MISREAD = {**OLD, "mac_roman": "Mac Roman"}  # as what programs take UTF-8 without a mark
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
LETTERS = re.compile(r"[^\x00-\x7f]+")


def _bytes(text: str, codec: str) -> bytes | None:
    """Return the bytes that were read as a text, None if they cannot have been; bytes of no letter have stand-ins."""
    found = bytearray()
    for letter in text:
        code = ord(letter)
        if 0xF180 <= code <= 0xF1FF:  # LibreOffice
            found.append(code - 0xF100)
            continue
        try:
            found += letter.encode(codec)
        except UnicodeEncodeError:
            if not 0x80 <= code <= 0x9F:  # Windows
                return None
            found.append(code)
    return bytes(found)


def reread(text: str, codec: str) -> str:
    """Return a text that was UTF-8 and was read in another encoding as it was, any other as it is."""
    if text.isascii():
        return text
    raw = _bytes(text, codec)
    try:
        return text if raw is None else raw.decode("utf-8")
    except UnicodeDecodeError:
        return text


def garbled(was: str, now: str) -> bool:
    """Return whether a text is another one in UTF-8, read in a wrong encoding, some of its bytes lost to ``?``."""
    if was.isascii():
        return False
    for codec in MISREAD:
        raw = _bytes(now, codec)
        wanted = was.encode("utf-8")
        if raw is None or len(raw) != len(wanted):
            continue
        if all(one == other or (one == 0x3F and other > 0x7F) for one, other in zip(raw, wanted)):
            return True
    return False


def lost_letters(was: str, now: str) -> str:
    """Return what stands for the letters that an encoding did not have, "" if that is not how two texts differ.

    Programs write ``?``, the letter without its accent, or ``*`` for a multiplication sign.
    """
    if len(was) != len(now) or was.isascii():
        return ""
    pairs = [(old, new) for old, new in zip(was, now) if old != new]
    for old, new in pairs:
        bare = unicodedata.normalize("NFKD", old)[0]
        if old.isascii() or new not in ("?", bare, "*" if old == "×" else "?"):
            return ""
    return "".join(new for _, new in pairs)


def _decoded(raw: bytes, codec: str) -> str:
    """Return bytes as Windows reads them: those without a letter become control characters."""
    letters = [bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(256)]
    return "".join(letters[byte] for byte in raw)


def _guess(raw: bytes, known: str) -> tuple[str, str] | None:
    """Return text and codec of an old encoding by the letters of the committed text, None if they do not tell.

    Names of months count as known: a Russian or Kazakh spreadsheet writes them for dates.
    """
    texts = {codec: _decoded(raw, codec) for codec in OLD}
    if len(set(texts.values())) == 1:  # both read every byte of it the same way
        return texts["cp1252"], "cp1252"
    runs = set(LETTERS.findall(known)) | {name for name in MONTH if not name.isascii()}
    hits = {codec: len(runs & set(LETTERS.findall(text))) for codec, text in texts.items()}
    best = max(hits, key=lambda codec: hits[codec])
    return None if list(hits.values()).count(hits[best]) > 1 else (texts[best], best)


def text_of(raw: bytes, file: str, known: str = "") -> tuple[str | None, list[str], list[Problem]]:
    """Return the text of a file, what of its encoding is put right by that, and why it cannot be read.

    ``known`` is the committed text, by which old encodings are told apart.
    """
    if raw.startswith(WORKBOOKS):
        rule = "is a workbook, not CSV; save it from the spreadsheet as CSV UTF-8"
        return None, [], [Problem(file, None, None, None, rule)]
    codec, mended = "utf-8", []
    for mark, name in BOMS:
        if raw.startswith(mark):
            raw, codec = raw[len(mark) :], name
            mended.append("byte order mark" if name == "utf-8" else "UTF-16")
            break
    else:
        if b"\x00" in raw[:200]:
            codec = "utf-16-be" if raw[:1] == b"\x00" else "utf-16-le"
            mended.append("UTF-16")
    try:
        return raw.decode(codec), mended, []
    except UnicodeDecodeError as error:
        guess = _guess(raw, known) if codec == "utf-8" else None
        if guess is None:
            row = raw[: error.start].count(b"\n") + 1
            value = repr(raw[error.start : error.start + 4])
            rule = "is neither UTF-8 nor surely Windows-1251 or Windows-1252; save the file as CSV UTF-8"
            return None, [], [Problem(file, row, None, value, rule)]
        return guess[0], [*mended, f"encoding {OLD[guess[1]]}"], []


def misread_as(cells: list[str], committed: set[str]) -> str | None:
    """Return the codec in which a UTF-8 table was read before it was saved, None if it was not.

    A cell that is a committed one when read back proves it.
    """
    odd = [cell for cell in cells if not cell.isascii() and cell not in committed]
    for codec in MISREAD:
        for cell in odd:
            back = reread(cell, codec)
            if back != cell and back in committed:
                return codec
    return None
