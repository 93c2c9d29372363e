"""Faults of one cell: each kind by name, in words, with the cells that can bear it and what it writes."""

from __future__ import annotations

import random
import re
import unicodedata

from evidence.checks.facts import TENS, UNITS
from evidence.data.store import LINE_COLUMNS, line_range
from tests.mutants.book import Cell, Change, Wanted, tables

NUMBERS = ("integer", "number")
IN_WORDS = re.compile(rf"\b(?:{'|'.join([*UNITS[2:], *TENS])})\b", re.IGNORECASE)
VERB = re.compile(r"\b(?:is|are|was|were|has|have|can|do|does|did|should|must|will)\b(?! not)")
ALIKE = str.maketrans("aceopx", "асеорх")  # Latin letters and the Cyrillic ones that look like them
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FAR = 1000  # lines, or the end of the text


# --- cells that can bear a fault -------------------------------------------------------------------


def is_number(cell: Cell) -> bool:
    """Return whether a cell is a number other than a place in an order."""
    return cell.field["type"] in NUMBERS and cell.value not in ("", "0") and cell.name != "order"


def is_text(cell: Cell) -> bool:
    """Return whether a cell holds words: of ours, or names and terms of a document."""
    coded = cell.field.keys() & {"categories", "references"} or "pattern" in cell.field.get("constraints", {})
    words = cell.field["type"] == "string" and not coded and cell.name not in ("id", "expect", "inputs", "parts")
    return words and " " in cell.value and cell.table.name != "readings"


def has_code(cell: Cell) -> bool:
    """Return whether a cell holds one code of several."""
    return len(cell.field.get("categories", ())) > 1 and bool(cell.value) and ";" not in cell.value


def has_key(cell: Cell) -> bool:
    """Return whether a cell holds the key of a row of another table."""
    return "references" in cell.field and bool(cell.value) and ";" not in cell.value and cell.name != "source"


def has_lines(cell: Cell) -> bool:
    """Return whether a cell says on which lines of a document something stands."""
    return cell.name in LINE_COLUMNS and bool(cell.value)


def column(*names: str, table: str = "", filled: bool = True) -> Wanted:
    """Return whether a cell stands in one of these columns, of one table or of any."""
    return lambda cell: cell.name in names and table in ("", cell.table.name) and (bool(cell.value) or not filled)


def is_level(cell: Cell) -> bool:
    """Return whether a cell is a level of concern of a component of GRADE-CERQual."""
    return cell.name.endswith("_concerns") and bool(cell.value)


def can_be_empty(cell: Cell) -> bool:
    """Return whether a filled cell need not be."""
    return bool(cell.value) and not cell.field.get("constraints", {}).get("required")


def has_to_be_filled(cell: Cell) -> bool:
    """Return whether a cell is required."""
    return bool(cell.field.get("constraints", {}).get("required"))


def matching(pattern: str, wanted: Wanted = is_text) -> Wanted:
    """Return whether a cell that can bear a fault holds a pattern."""
    compiled = re.compile(pattern)
    return lambda cell: bool(wanted(cell) and compiled.search(cell.value))


# --- what is written -------------------------------------------------------------------------------


def another_digit(dice: random.Random, cell: Cell) -> str:
    """Return a cell with one digit changed."""
    at = dice.choice([found.start() for found in re.finditer(r"\d", cell.value)])
    digit = dice.choice([d for d in "123456789" if d != cell.value[at]])
    return cell.value[:at] + digit + cell.value[at + 1 :]


def transposed(dice: random.Random, cell: Cell) -> str:
    """Return a cell with two neighbouring digits exchanged."""
    places = [found.start() for found in re.finditer(r"(?=\d\d)", cell.value)]
    at = dice.choice(places) if places else 0
    return cell.value[:at] + cell.value[at : at + 2][::-1] + cell.value[at + 2 :]


def other_code(dice: random.Random, cell: Cell) -> str:
    """Return another code of the column."""
    return dice.choice([one["value"] for one in cell.field["categories"] if one["value"] != cell.value])


def other_key(dice: random.Random, cell: Cell) -> str:
    """Return the key of another row of the table a column refers to."""
    target, name = cell.field["references"].split(".")
    return dice.choice([row[name] for row in tables()[target].rows])


def misspelt(dice: random.Random, cell: Cell) -> str:
    """Return a cell with a letter lost."""
    at = dice.randrange(len(cell.value))
    return cell.value[:at] + cell.value[at + 1 :] or "x"


def elsewhere_in_column(dice: random.Random, cell: Cell) -> str:
    """Return what stands in the same column of another row."""
    return dice.choice(cell.table.rows)[cell.name] or cell.value


def other_source(dice: random.Random, cell: Cell) -> str:
    """Return another document."""
    return dice.choice([row["id"] for row in tables()["sources"].rows if row["id"] != cell.value])


def moved(by: int) -> Change:
    """Return the change that moves a range of lines."""

    def change(dice: random.Random, cell: Cell) -> str:
        first, last = line_range(cell.value)
        step = by if first <= by or dice.random() < 0.5 else -by
        return f"{first + step}-{last + step}" if last > first else str(first + step)

    return change


def widened(dice: random.Random, cell: Cell) -> str:
    """Return a range of lines that goes on for some pages."""
    first, last = line_range(cell.value)
    return f"{first}-{last + dice.choice((15, 60, 300))}"


def to_another_page(dice: random.Random, cell: Cell) -> str:
    """Return a range of as many lines on another page of the document."""
    source = cell.row[cell.name.replace("lines", "source")]
    first, last = line_range(cell.value)
    pages = [line_range(row["lines"])[0] for row in tables()["pages"].rows if row["source"] == source]
    start = dice.choice([page for page in pages if abs(page - first) > 100] or [first])
    return f"{start}-{start + last - first}" if last > first else str(start)


def negated(dice: random.Random, cell: Cell) -> str:
    """Return a sentence that says the contrary."""
    return VERB.sub(lambda found: f"{found[0]} not", cell.value, count=1)


def other_number_word(dice: random.Random, cell: Cell) -> str:
    """Return a sentence with another number in words."""
    found = IN_WORDS.search(cell.value)
    assert found is not None
    new = dice.choice([word for word in UNITS[2:] if word != found[0].lower()])
    return cell.value[: found.start()] + new + cell.value[found.end() :]


def with_sign(sign: str) -> Change:
    """Return the change that puts a character within a word."""

    def change(dice: random.Random, cell: Cell) -> str:
        at = dice.randrange(1, len(cell.value))
        return cell.value[:at] + sign + cell.value[at:]

    return change


def one_letter(letters: dict) -> Change:
    """Return the change that writes one letter of a text with another character."""

    def change(dice: random.Random, cell: Cell) -> str:
        places = [at for at, letter in enumerate(cell.value) if ord(letter) in letters]
        at = dice.choice(places)
        return cell.value[:at] + cell.value[at].translate(letters) + cell.value[at + 1 :]

    return change


def always(value: str) -> Change:
    """Return the change that writes one value."""
    return lambda dice, cell: value


def one_of(*values: str) -> Change:
    """Return the change that writes one of some values."""
    return lambda dice, cell: dice.choice(values)


def other_concern(dice: random.Random, cell: Cell) -> str:
    """Return another level of a scale."""
    return other_code(dice, cell)


def other_inputs(dice: random.Random, cell: Cell) -> str:
    """Return the inputs of a calculation with one of them another fact of the book."""
    pairs = [pair.partition("=") for pair in cell.value.split(";")]
    at = dice.randrange(len(pairs))
    new = dice.choice([row["id"] for row in tables()["facts"].rows if row["value"]])
    return ";".join(f"{name}={new if here == at else given}" for here, (name, _, given) in enumerate(pairs))


def swapped_inputs(dice: random.Random, cell: Cell) -> str:
    """Return the inputs of a calculation, the first two exchanged."""
    pairs = [pair.partition("=") for pair in cell.value.split(";")]
    (a, _, first), (b, _, second) = pairs[:2]
    return ";".join([f"{a}={second}", f"{b}={first}", *("".join(pair) for pair in pairs[2:])])


def other_formula(dice: random.Random, cell: Cell) -> str:
    """Return the formula of another calculation."""
    return dice.choice([row["formula"] for row in cell.table.rows])


def case_changed(dice: random.Random, cell: Cell) -> str:
    """Return an id with a capital letter."""
    return cell.value[:1].upper() + cell.value[1:]


def twice_in_list(dice: random.Random, cell: Cell) -> str:
    """Return a list with an item twice."""
    return f"{cell.value};{cell.value.split(';')[0]}"


def decomposed(dice: random.Random, cell: Cell) -> str:
    """Return a text with an accent as a character of its own."""
    return cell.value.replace("e", "e\u0301", 1) if cell.value.isascii() else unicodedata.normalize("NFD", cell.value)


def is_list(cell: Cell) -> bool:
    """Return whether a cell is a list with an item."""
    return bool(cell.field.get("list") and cell.value)


HAS_LETTER = matching(r"[aceopx]")
BY_NAME = ("unit", "qualifier", "sex", "residence", "evidence_type")
FALSE, TRUE = (
    ("1 == 2", 'fact("{0}") != fact("{0}")'),
    ("1 == 1", "fact('{0}') == fact('{0}')", "abs(fact('{0}')) >= 0"),
)


def an_expectation(forms: tuple[str, ...]) -> Change:
    """Return the change that writes an expectation of these forms, on a fact."""

    def change(dice: random.Random, cell: Cell) -> str:
        facts = [row["id"] for row in tables()["facts"].rows if row["value"]]
        return dice.choice(forms).format(dice.choice(facts))

    return change


KINDS: dict[str, tuple[str, Wanted, Change]] = {
    "digit": ("a digit of a number is another", is_number, another_digit),
    "sign": ("a number has another sign", is_number, lambda dice, cell: f"-{cell.value}".removeprefix("--")),
    "transposed": (
        "two digits of a number are exchanged",
        lambda cell: is_number(cell) and bool(re.search(r"(\d)(?!\1)\d", cell.value)),
        transposed,
    ),
    "magnitude": ("a number is ten times as large", is_number, lambda dice, cell: f"{cell.value}0"),
    "printed-digit": (
        "a digit of a figure as printed is another",
        matching(r"\d", column("as_reported", "in_sentence")),
        another_digit,
    ),
    "digit-in-text": ("a digit in a text is another", matching(r"\d"), another_digit),
    "number-in-words": ("a number in words is another", matching(IN_WORDS.pattern), other_number_word),
    "negated": (
        "a sentence says the contrary",
        matching(VERB.pattern, lambda cell: is_text(cell) and len(cell.value) > 40),
        negated,
    ),
    **{
        f"other-{name.replace('_', '-')}": (
            f"the {name.replace('_', ' ')} of a fact is another code",
            column(name, table="facts"),
            other_code,
        )
        for name in BY_NAME
    },
    "other-place": ("the place of a fact is another", column("place", table="facts"), other_key),
    "other-period": ("the period of a row is another", column("period", "date", "as_of"), elsewhere_in_column),
    "other-base": ("the base of a fact is another", column("base", table="facts"), elsewhere_in_column),
    "other-code": ("a code is another code of its column", has_code, other_code),
    "other-key": ("a key is that of another row", has_key, other_key),
    "unknown-key": ("a key has a letter lost", has_key, misspelt),
    "misspelt-code": ("a code has a letter lost", has_code, misspelt),
    "other-source": ("a row is said to report another document", column("source"), other_source),
    "lines-widened": ("the lines of a row go on for pages", has_lines, widened),
    "lines-moved-1": ("the lines of a row are moved by one", has_lines, moved(1)),
    "lines-moved-3": ("the lines of a row are moved by three", has_lines, moved(3)),
    "lines-moved-20": ("the lines of a row are moved by twenty", has_lines, moved(20)),
    "lines-other-page": ("the lines of a row are on another page", has_lines, to_another_page),
    "locator": ("the place as printed is another", column("locator"), elsewhere_in_column),
    "required-empty": ("a required cell is empty", has_to_be_filled, always("")),
    "optional-empty": ("an optional cell is empty", can_be_empty, always("")),
    "list-item-lost": (
        "a list has an item less",
        lambda cell: is_list(cell) and ";" in cell.value,
        lambda dice, cell: cell.value.rpartition(";")[0],
    ),
    "list-item-twice": ("a list has an item twice", is_list, twice_in_list),
    "id-case": ("an id differs by case", column("id"), case_changed),
    "id-look-alike": ("an id has a letter of another script", matching("[aceopx]", column("id")), one_letter(ALIKE)),
    "look-alike": ("a word has a letter of another script", HAS_LETTER, one_letter(ALIKE)),
    "nfd": ("an accent is a character of its own", matching("e"), decomposed),
    "zero-width": ("a character without width stands in a text", is_text, with_sign("\u200b")),
    "rtl": ("a character turns the direction of a text", is_text, with_sign("\u202e")),
    "soft-hyphen": ("a soft hyphen stands in a text", is_text, with_sign("\u00ad")),
    "control": ("a control character stands in a text", is_text, with_sign("\x07")),
    "no-break-space": (
        "a space is another kind of space",
        is_text,
        lambda dice, cell: cell.value.replace(" ", "\u00a0", 1),
    ),
    "mojibake": ("a text was read in the wrong encoding", is_text, with_sign("â€™")),
    "other-digits": (
        "digits are those of another script",
        lambda cell: bool(re.search(r"\d", cell.value)) and (is_number(cell) or is_text(cell) or has_lines(cell)),
        lambda dice, cell: cell.value.translate(ARABIC),
    ),
    "spreadsheet": (
        "a spreadsheet has left an error or a formula",
        is_text,
        one_of("#REF!", "#NAME?", "=1+1", '=HYPERLINK("http://x","y")', "@SUM(A1)", "+cmd|' /C calc'!A0", "#VALUE!"),
    ),
    "hidden-script": (
        "a text holds a sign by its name, a script or a role",
        is_text,
        one_of("&lt;script&gt;x&lt;/script&gt;", "[here](javascript:alert(1))", "&#106;avascript:x"),
    ),
    "placeholder": (
        "a text is still to be written",
        is_text,
        one_of("TODO", "n/a", "nan", "NULL", "?", "tbd", "TODO: check the text", "xxx"),
    ),
    "spaces": ("a cell has spaces at its ends", lambda cell: bool(cell.value), lambda dice, cell: f"{cell.value} "),
    "order-twice": ("a place in an order is taken twice", column("order"), elsewhere_in_column),
    "concern": ("a level of concern is another", is_level, other_concern),
    "concern-empty": ("a level of concern is empty", is_level, always("")),
    "confidence": ("a confidence is another", column("confidence"), other_code),
    "reason-empty": (
        "a reason of a judgement is empty",
        lambda cell: cell.name.endswith("_reason") and bool(cell.value),
        always(""),
    ),
    "relation": ("a relation between two records is another", column("relation", "stance", "verdict"), other_code),
    "expect-true": ("an expectation always holds", column("expect"), an_expectation(TRUE)),
    "expect-false": ("an expectation never holds", column("expect"), an_expectation(FALSE)),
    "expect-broken": ("an expectation is misspelt", column("expect"), misspelt),
    "expect-weaker": (
        "an expectation no longer asks for all",
        matching(" and ", column("expect")),
        lambda dice, cell: cell.value.replace(" and ", " or ", 1),
    ),
    "inputs-other": ("an input of a calculation is another fact", column("inputs"), other_inputs),
    "inputs-swapped": (
        "two inputs of a calculation are exchanged",
        lambda cell: cell.name == "inputs" and ";" in cell.value,
        swapped_inputs,
    ),
    "formula": ("a formula is another", column("formula"), other_formula),
    "page-misspelt": (
        "the page of a row is misspelt",
        lambda cell: cell.name == "page" and cell.value.startswith("chapters"),
        misspelt,
    ),
    "impossible-date": (
        "a date is none",
        lambda cell: bool(cell.field.get("dates") and cell.value),
        one_of("2012-02-30", "2013-13", "31.12.2012", "0000", "2012-2010"),
    ),
    "huge": ("a cell is longer than a reader of CSV takes", is_text, lambda dice, cell: cell.value + " and" * 40_000),
    "typed-number": (
        "a sentence of the book has a number typed by hand",
        lambda cell: bool(cell.field.get("sentence") and " " in cell.value),
        lambda dice, cell: f"{cell.value} In all {dice.randrange(20, 90)}.",
    ),
    "broken-role": (
        "a role in a sentence names a record that does not exist",
        lambda cell: bool(cell.field.get("sentence") and "}`" in cell.value),
        lambda dice, cell: re.sub(r"([a-z0-9])(>?`)", r"\1x\2", cell.value, count=1),
    ),
    "html": (
        "a sentence holds a script",
        lambda cell: bool(cell.field.get("sentence") and cell.value),
        lambda dice, cell: f"{cell.value} <script>alert(1)</script>",
    ),
}
