"""The definition of the tables is as strict as their rows allow, and no looser than it was."""

import csv
import re
from pathlib import Path

import pytest

from evidence.data import schema, store
from evidence.data.rules import DataError

WAS = Path(__file__).with_name("strictness.csv")  # how many limits each table had; raise a number when one is added
PROPERTIES = ("required", "references", "categories", "limits", "codes")
CODE = r"[a-z][a-z0-9_-]*"
FEW, OFTEN = 12, 20  # different codes, cells that hold them
NO_CODES = {  # columns of short words that are codes of something else, or letters of a list
    ("calculations", "formula"),  # functions, by name
    ("recommendations", "part"),
    ("cecchetti2021vac_crisis_centres", "part_of"),
    ("cecchetti2021vac_crisis_centres", "unit"),
    ("services", "forms"),
    ("measurements", "groups"),
    ("standards", "reference"),  # keys of the bibliography
}
NUMBERS_IN_WORDS = {"lines", "table_lines", "right_lines", "left_lines", "number", "period", "since", "date"}
NUMBERS_IN_WORDS |= {"amended", "as_of"}


def strictness(resource: dict) -> dict[str, int]:
    """Return how many columns of a table are limited in each way, and how many codes they allow in all."""
    fields = store.fields_of(resource).values()
    constraints = [field.get("constraints", {}) for field in fields]
    return {
        "required": sum(bool(limits.get("required")) for limits in constraints),
        "references": sum("references" in field for field in fields),
        "categories": sum("categories" in field for field in fields),
        "limits": sum(len(limits.keys() - {"required"}) for limits in constraints),
        "codes": sum(len(field.get("categories", ())) for field in fields),
    }


with WAS.open(newline="") as file:
    KNOWN = {row["table"]: {name: int(row[name]) for name in PROPERTIES} for row in csv.DictReader(file)}


def test_every_table_is_held_to_what_it_is():
    behind = {name: strictness(resource) for name, resource in store.schema().items()}
    behind = {name: now for name, now in behind.items() if now != KNOWN.get(name)}
    assert behind == {}, f"write these numbers to {WAS.name}, so that no limit can go unseen"


@pytest.mark.parametrize("table", KNOWN)
def test_no_table_is_looser_than_it_was(table):
    now = strictness(store.schema()[table])
    looser = {name: (KNOWN[table][name], now[name]) for name in PROPERTIES[:-1] if now[name] < KNOWN[table][name]}
    assert looser == {}, f"{table}: fewer columns are limited; if that is meant, say so in {WAS.name}"


def test_every_table_there_was_is_there():
    assert set(KNOWN) <= set(store.schema())


def columns():
    for table, resource in store.schema().items():
        for name, field in store.fields_of(resource).items():
            cells = [row.get(name, "") for row in store.read(resource).rows]
            given = [item for cell in cells if cell for item in cell.split(";")]
            yield table, name, field, given


def test_what_looks_like_codes_has_a_vocabulary_or_names_another_table():
    open_codes = [
        (table, name)
        for table, name, field, given in columns()
        if field["type"] == "string" and not (field.keys() & {"categories", "references"})
        if name != "id" and (table, name) not in NO_CODES
        if len(set(given)) <= FEW and len(given) >= OFTEN and all(re.fullmatch(CODE, item) for item in given)
    ]
    assert open_codes == []


def test_what_names_rows_of_another_table_says_so():
    ids = {name: {row["id"] for row in store.read(resource).rows} for name, resource in store.schema().items()}
    loose = [
        (table, name, other)
        for table, name, field, given in columns()
        if name != "id" and not (field.keys() & {"categories", "references"}) and (table, name) not in NO_CODES
        for other, known in ids.items()
        if other != table and len(set(given)) >= 4 and set(given) <= known
        if not all(item.isdigit() for item in given)
    ]
    assert loose == []


def test_what_is_all_numbers_is_a_number():
    loose = [
        (table, name)
        for table, name, field, given in columns()
        if field["type"] == "string" and not field.get("list")  # several numbers in a cell are text
        if name not in NUMBERS_IN_WORDS and len(given) > 4
        if all(re.fullmatch(r"-?\d+(\.\d+)?", item) for item in given)
    ]
    assert loose == []


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("a property of a column", "required = true", "requird = true"),
        ("a property of a table", "reports = true", "report = true"),
        ("a property of a link", 'by = "', 'bye = "'),
        ("a part of the definition", "[shared]", "[share]"),
        ("a property of the package", "[package]\nname", "[package]\nnmae"),
        ("a property of a file", 'mediatype = "', 'mediatyp = "'),
    ],
)
def test_a_misspelt_key_of_the_definition_is_named(part, old, new, tmp_path):
    text = (schema.DATA / schema.FIELDS).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / schema.FIELDS).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match="nothing reads this|is no property of|is no column"):
        schema.schema(tmp_path)
