"""What the eye does not see in a text: hidden and look-alike characters, broken encodings, marks left behind.

A word that looks right and is not is found by no search, joins no key and is read wrongly aloud. Scripts are those of
the Unicode Standard: a word is of one of them. Placeholders are work that somebody forgot.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from evidence.checks.chapters import named, pages
from evidence.checks.forms import AS_PRINTED
from evidence.data import store
from evidence.data.rules import CONFLICT, Problem
from evidence.data.schema import DATA, FIELDS, ROOT

OTHER_FILES = ("_toc.yml", "_config.yml", "references.bib", f"{DATA.name}/{FIELDS}")
UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")  # categories of characters that print nothing of their own
LATIN, OTHER_SCRIPT = "A-Za-zÀ-ɏ", "Ѐ-ԯͰ-Ͽ"  # with Cyrillic and Greek, which have letters of the same shapes
MIXED = re.compile(rf"[^\W_]*(?:[{LATIN}][{OTHER_SCRIPT}]|[{OTHER_SCRIPT}][{LATIN}])[^\W_]*")
ALIKE = re.compile(r"(?<!\w)[аеіорсухАВЕІКМНОРСТХ]+(?!\w)")  # Cyrillic letters that are drawn like Latin ones
UNLIKE = "[бвгджзийклмнптфцчшщъыьэюяёәғқңөұүһБГДЖЗИЙЛПУФЦЧШЩЪЫЬЭЮЯЁӘҒҚҢӨҰҮҺ]"  # a text that has them is in Cyrillic
MOJIBAKE = re.compile(r"[ÃÂÐÑ][\x80-\xbf]|â€|�")  # UTF-8 read as Windows-1252, or lost
STYLED = re.compile(r"[！-～𝐀-𝟿ﬀ-ﬆ]+")  # letters and digits of wide, mathematical and joined forms
LEFT_BEHIND = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b|(?i:\blorem ipsum\b)")
NOTHING = re.compile(  # a whole cell
    r"(?i:to ?do|tb[acd]|x{2,}|n\W{0,3}a|nan|null|nil|none|unknown|placeholder|ditto|see above|lorem|asdf|no data|"
    r"not available|to be (?:added|checked|confirmed|done|written)|\?+|\.\.\.|…|-+|_+)[?.!:]*"
)
ERROR = re.compile(
    r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)"
)  # what a spreadsheet writes for a formula that fails
FORMULA = re.compile(r"[=@]|\+(?!\d)|\+\d.*[(|]|-[A-Za-z(]")  # how a cell begins that a spreadsheet would reckon
PLAIN = " \n\0"  # the last is refused where files are read


def _character(sign: str) -> str:
    """Return what a character is called: ``U+200B ZERO WIDTH SPACE``."""
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'without a name')}"


def fault(text: str) -> tuple[str, str] | None:
    """Return the value and the rule of the first thing in a text that is not what it looks like, or None."""
    if text.isascii() and text.isprintable():
        return None
    for sign in text:
        category = unicodedata.category(sign)
        if category in UNSEEN and sign not in PLAIN:
            return _character(sign), "is a character that nobody sees; take it out"
        if category == "Zs" and sign not in PLAIN:
            return _character(sign), "looks like a space and is none; write a space"
        if category == "Nd" and not sign.isascii():
            return _character(sign), "is a digit of another script; write 0 to 9"
    if found := MOJIBAKE.search(text):
        return found[0], "is text read in the wrong encoding; write it again"
    if found := STYLED.search(text):
        plain = unicodedata.normalize("NFKC", found[0])
        return found[0], f"is written with other characters than it looks like; write {plain}"
    if found := MIXED.search(text):
        return found[0], "mixes letters of two scripts in one word; write it in one"
    if (found := ALIKE.search(text)) and not re.search(UNLIKE, text):
        return found[0], "is Cyrillic and looks like Latin, in a text in Latin letters; write it again"
    if not unicodedata.is_normalized("NFC", text):
        broken = next(word for word in re.findall(r"\S+", text) if not unicodedata.is_normalized("NFC", word))
        return broken, "has accents as characters of their own; write each letter as one (Unicode NFC)"
    return None


def placeholder(text: str) -> str | None:
    """Return what stands in a text instead of something still to be written, or None."""
    if NOTHING.fullmatch(text):
        return text
    found = LEFT_BEHIND.search(text)
    return found[0] if found else None


def _left_behind(text: str) -> str | None:
    """Return a mark of work to be done in words that may be a document's, which may print XXX, or None."""
    found = LEFT_BEHIND.search(text.replace("XXX", ""))
    return found[0] if found else None


def spreadsheet_fault(text: str) -> tuple[str, str] | None:
    """Return the value and the rule of what a spreadsheet has left in a text, or would reckon of it, or None."""
    if error := ERROR.search(text):
        return error[0], "is what a spreadsheet writes where a formula fails; write what stood there"
    if FORMULA.match(text):
        return text[:40], "begins as a formula does, which a spreadsheet would reckon; begin with a word"
    if "  " in text:
        return re.findall(r"\S*  +\S*", text)[0], "has spaces side by side; write one"
    return None


def _holds_words(name: str, field: dict) -> bool:
    """Return whether a column holds words, of ours or of a document: no code, key, expression or form of its own."""
    coded = "categories" in field or "references" in field or "pattern" in field.get("constraints", {})
    return field["type"] == "string" and not coded and name not in ("expect", "inputs", "parts")


def _is_ours(table: str, name: str, field: dict) -> bool:
    """Return whether a column holds words of ours: no codes, and nothing that a document may have printed so."""
    coded = any(key in field for key in ("categories", "references", "quotes")) or "pattern" in field.get(
        "constraints", {}
    )
    as_printed = (table, name) in AS_PRINTED or name == "expect" or store.schema()[table]["printed"]
    return field["type"] == "string" and not coded and not as_printed


def cell_problems() -> list[Problem]:
    """Return the cells that hold what nobody sees, and those in which something is still to be written."""
    found = []
    for table, resource in store.schema().items():
        ours = {name for name, field in store.fields_of(resource).items() if _is_ours(table, name, field)}
        words = {name for name, field in store.fields_of(resource).items() if _holds_words(name, field)}
        for row in store.read(resource).rows:
            for name, text in row.items():
                if not text or not name:
                    continue
                if broken := fault(text):
                    found.append(Problem(resource["path"], int(row[""]), name, *broken))
                elif name in words and (spoilt := spreadsheet_fault(text)):
                    found.append(Problem(resource["path"], int(row[""]), name, *spoilt))
                elif left := placeholder(text) if name in ours else _left_behind(text) if name in words else None:
                    rule = "stands for something to be written; write it, or leave the cell empty"
                    found.append(Problem(resource["path"], int(row[""]), name, left, rule))
    return found


def _lines() -> Iterator[tuple[str, int, str]]:
    """Yield (file, number, text) of every line of the pages, contents, settings, bibliography and definition."""
    for path in [*pages(), *(ROOT / name for name in OTHER_FILES)]:
        try:
            text = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # said of the file
        yield from ((named(path), number, line) for number, line in enumerate(text.split("\n"), start=1))


def line_problems() -> list[Problem]:
    """Return the lines of texts that hold what nobody sees, marks of a conflict, or something still to be written."""
    found = []
    for file, number, line in _lines():
        if CONFLICT.match(line):
            rule = "is a mark of a merge conflict; decide between the two sides, and delete the marks"
            found.append(Problem(file, number, None, line, rule))
        elif broken := fault(line):
            found.append(Problem(file, number, None, *broken))
        elif left := LEFT_BEHIND.search(line):
            found.append(Problem(file, number, None, left[0], "stands for something to be written; write it"))
    return found
