"""The one definition of every table and column, ``data/fields.toml``, and the Data Package made from it.

A table and a column are described in the terms of Table Schema (Frictionless Data): name, type, description,
constraints, categories, foreign keys. Five properties extend the standard: ``list`` (items separated by ``;``),
``only`` (the codes of a vocabulary that a column uses, in its order),
``references`` with ``inverse`` (a relation and its name from the other end), and those of :data:`OWN_KEYS`, which stay
in the book: what may be quoted, what is a sentence, what cards show, fold and call it, its language, the column
whose rows an order numbers.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from evidence import __version__
from evidence.data.rules import DataError, Problem
from evidence.data.wellformed import COLUMN, OF_FILES, OF_PACKAGE, RECORD, TABLE, faults, missing

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
FIELDS = "fields.toml"
PACKAGE = "datapackage.json"
REPORTING = ("id", "source", "lines", "locator")  # a table that reports documents begins with these columns

PARTS = {"package", "shared", "categories", "weights", "tables", "files"}  # of the definition
LINK_KEYS = {"from", "to", "by", "detail", "labels"}
# properties of a column that stay in the book, and are in no descriptor
OWN_KEYS = ("quotes", "quotes_anywhere", "sentence", "dates", "card", "label", "fold", "lang", "within")
PLACEHOLDER = re.compile(r"\{(\w+)\}")  # a cell in a template of a record
TYPES = {"string", "number", "integer", "boolean"}
NO_PACKAGE = "is missing; the data package has its name and title there"
LIMITS = ("required", "minimum", "maximum", "minLength", "pattern")


def fault(rule: str, value: str | None = None) -> DataError:
    """Return the error that names a fault of the definition."""
    return DataError([Problem(FIELDS, None, None, value, rule)])


@cache
def definition(data: Path = DATA) -> dict:
    """Return ``fields.toml`` as read.

    Raises :class:`DataError` if it is missing or no TOML.
    """
    try:
        return tomllib.loads((data / FIELDS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise fault("the definition of tables and columns is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise fault(f"is no valid TOML: {error}") from None


def _check_parts(package: dict) -> None:
    """Raise :class:`DataError` for a part of the definition, or a property of one, that is amiss or read by nothing."""
    _refuse(faults(package))
    given = {"": package, "package": package.get("package", {})}
    known = {"": PARTS, "package": set(OF_PACKAGE)}
    for name, file in package.get("files", {}).items():
        given[f"files.{name}"], known[f"files.{name}"] = file, set(OF_FILES)
    for name, table in package.get("tables", {}).items():
        if isinstance(table.get("links"), dict):
            given[f"{name}.links"], known[f"{name}.links"] = table["links"], LINK_KEYS
    for where, part in given.items():
        if unknown := part.keys() - known[where]:
            rule = f"nothing reads this; there are {', '.join(sorted(known[where]))}"
            raise fault(rule, f"{where}: {', '.join(sorted(unknown))}".removeprefix(": "))
    _refuse(missing(package))


def _refuse(wrong: Iterable[tuple[str, str]]) -> None:
    """Raise :class:`DataError` with every (place, rule), if there is one."""
    if problems := [Problem(FIELDS, None, None, place, rule) for place, rule in wrong]:
        raise DataError(problems)


def _categories(given, vocabularies: dict) -> dict[str, str]:
    """Return the labels of codes by code, in order; ``given`` is a vocabulary's name, a table or a list of codes."""
    if isinstance(given, str):
        return vocabularies[given]
    if isinstance(given, dict):
        return given
    return {code: code if code[:1].isdigit() else code.replace("-", " ").replace("_", " ") for code in given}


def _column(name: str, given, shared: dict, vocabularies: dict, where: str) -> dict:
    """Return the field descriptor of a column; raises :class:`DataError` for a key or a type that does not exist."""
    given = shared.get(name) if given == "shared" else given
    if not isinstance(given, dict):
        raise fault("is no column: give at least `about`, or `shared` for one that [shared] has", f"{where}.{name}")
    if unknown := given.keys() - COLUMN.keys():
        raise fault(f"is no property of a column; there are {', '.join(sorted(COLUMN))}", f"{where}.{name}: {unknown}")
    kind = given.get("type", "string")
    if kind not in TYPES or not given.get("about"):
        raise fault(f"needs `about`, and a type of {', '.join(sorted(TYPES))}", f"{where}.{name}")
    field = {"name": name, "type": kind, "description": given["about"]}
    if limits := {key: given[key] for key in LIMITS if key in given}:
        field["constraints"] = limits
    if "categories" in given:
        try:
            labels = _categories(given["categories"], vocabularies)
        except KeyError:
            rule = f"is no vocabulary of [categories]; there are {', '.join(sorted(vocabularies))}"
            raise fault(rule, f"{where}.{name}: {given['categories']}") from None
        used = given.get("only", list(labels))
        if unknown := set(used) - labels.keys():
            raise fault("is no code of the vocabulary", f"{where}.{name}: {', '.join(sorted(unknown))}")
        field["categories"] = [{"value": code, "label": labels[code]} for code in used]
    return field | {key: given[key] for key in ("list", "references", "inverse", *OWN_KEYS) if key in given}


def _columns(name: str, table: dict, package: dict) -> list[dict]:
    """Return the field descriptors of a table, those every reporting table has first."""
    first = REPORTING if table.get("reports") else ("id",)
    given = {column: "shared" for column in first if column not in table["columns"]} | table["columns"]
    ordered = {column: given[column] for column in first} | given
    shared, vocabularies = package.get("shared", {}), package.get("categories", {})
    return [_column(column, spec, shared, vocabularies, name) for column, spec in ordered.items()]


def _foreign_keys(fields: list[dict]) -> list[dict]:
    """Return the foreign keys of a table; a list of keys is none in Table Schema, which splits no cells."""
    keys = []
    for field in fields:
        if "references" in field and not field.get("list"):
            table, column = field["references"].split(".")
            keys.append({"fields": [field["name"]], "reference": {"resource": table, "fields": [column]}})
    return keys


def _resource(name: str, table: dict, package: dict) -> dict:
    """Return a table as a tabular data resource; raises :class:`DataError` for a property that does not exist."""
    if unknown := table.keys() - TABLE.keys():
        raise fault(f"is no property of a table; there are {', '.join(sorted(TABLE))}", f"{name}: {unknown}")
    if unknown := table.get("record", {}).keys() - RECORD.keys():
        raise fault(f"is no property of a record; there are {', '.join(sorted(RECORD))}", f"{name}: {unknown}")
    if not table.get("title") or not table.get("about") or not table.get("columns"):
        raise fault("a table needs title, about and columns", name)
    fields = _columns(name, table, package)
    marked = {key: table.get(key, False) for key in ("reports", "judges", "printed", "codes", "relates")}
    return {
        "name": name,
        "title": table["title"],
        "description": table["about"],
        "path": f"tables/{name}.csv" if marked["printed"] else f"{name}.csv",
        **marked,
        **{key: table.get(key) for key in ("longest", "spans", "record", "links")},
        "columns": {field["name"]: field for field in fields},
        "schema": {
            "fields": fields,
            "primaryKey": ["id"],
            "missingValues": [""],
            "foreignKeys": _foreign_keys(fields),
        },
    }


@cache
def schema(data: Path = DATA) -> dict[str, dict]:
    """Return the tables by name, each as a tabular data resource with the properties of ``fields.toml`` beside.

    Raises :class:`DataError` for a definition that cannot be read or holds a key that does not exist.
    """
    package = definition(data)
    _check_parts(package)
    resources = {name: _resource(name, table, package) for name, table in package.get("tables", {}).items()}
    _check_records(resources)
    _check_references(resources)
    return resources


def _check_references(resources: dict[str, dict]) -> None:
    """Hold references to columns of tables; raises :class:`DataError`."""
    for resource in resources.values():
        for name, field in fields_of(resource).items():
            table, _, column = field.get("references", "").partition(".")
            if table and (table not in resources or column not in fields_of(resources[table])):
                raise fault(
                    "refers to no column of a table; write table.column",
                    f"{resource['name']}.{name}: {field['references']}",
                )


def _check_records(resources: dict[str, dict]) -> None:
    """Hold the kinds of records apart and their templates to columns; raises :class:`DataError`."""
    kinds: dict[str, str] = {}
    for name, resource in resources.items():
        record = resource["record"] or {}
        if not record:
            continue
        if record.get("kind") in kinds:
            rule = f"is already the kind of {kinds[record['kind']]}; give this one another"
            raise fault(rule, f"{name}.record.kind: {record['kind']}")
        kinds[record.get("kind", "")] = name
        for key in ("kind", "name", "head", "text"):
            if not record.get(key):
                raise fault(f"a record needs kind, name, head and text; {key} is missing", f"{name}.record")
        for column in PLACEHOLDER.findall(record["head"] + record["text"]):
            if column not in fields_of(resource):
                known = ", ".join(fields_of(resource))
                raise fault(f"is no column of the table; there are {known}", f"{name}.record: {{{column}}}")


def fields_of(resource: dict) -> dict[str, dict]:
    """Return the field descriptors of a table by column name, in order."""
    return resource["columns"]


def fields(table: str, data: Path = DATA) -> dict[str, dict]:
    """Return the field descriptors of the table of a name by column name, in order; raises KeyError for no table."""
    return fields_of(schema(data)[table])


def target_of(field: dict) -> str:
    """Return the table whose rows the cells of a column name, "" for a column that names none."""
    return field.get("references", "").partition(".")[0]


def labels(table: str, column: str, data: Path = DATA) -> dict[str, str]:
    """Return what readers see of each code of a column, in the order of its vocabulary.

    Raises KeyError for a column without categories.
    """
    field = fields(table, data)[column]
    return {category["value"]: category["label"] for category in field["categories"]}


def descriptor(data: Path = DATA) -> dict:
    """Return the Data Package descriptor of ``data/``: all tables and other files, with their foreign keys.

    Raises :class:`DataError` for a definition without [package].
    """
    package = definition(data)
    if "package" not in package:
        raise fault(NO_PACKAGE, "package")
    about = package["package"]
    resources = []
    for resource in schema(data).values():
        plain = {key: value for key, value in resource.items() if key in ("name", "title", "description", "path")}
        form = {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        fields = [{key: field[key] for key in field if key not in OWN_KEYS} for field in resource["schema"]["fields"]]
        resources.append(plain | form | {"schema": resource["schema"] | {"fields": fields}})
    for name, file in package.get("files", {}).items():
        resources.append(
            {
                "name": name,
                "title": file["title"],
                "description": file["about"],
                "path": file["path"],
                "format": file["format"],
                "mediatype": file["mediatype"],
                "encoding": "utf-8",
                "sources": [{"title": file["from"]}],
                "licenses": [{"name": file["licence"]}],
            }
        )
    return {
        "profile": "data-package",
        "name": about["name"],
        "title": about["title"],
        "description": about["about"],
        "version": __version__,
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "resources": resources,
    }


def package_text(data: Path = DATA) -> str:
    """Return ``datapackage.json`` as it has to be: one line a column, so that a change of one shows as one."""
    found = descriptor(data)
    resources = found.pop("resources")
    lines = [json.dumps(found, ensure_ascii=False)[:-1] + ', "resources": [']
    for number, resource in enumerate(resources):
        end = "," if number + 1 < len(resources) else ""
        table = resource.get("schema")
        if table is None:
            lines.append(json.dumps(resource, ensure_ascii=False) + end)
            continue
        columns = table.pop("fields")
        rest = {key: value for key, value in resource.items() if key != "schema"}
        lines.append(json.dumps(rest, ensure_ascii=False)[:-1] + ', "schema": {"fields": [')
        lines += [
            json.dumps(column, ensure_ascii=False) + ("," if column is not columns[-1] else "") for column in columns
        ]
        lines.append("], " + json.dumps(table, ensure_ascii=False)[1:] + "}" + end)
    return "\n".join([*lines, "]}"]) + "\n"


def write_package(data: Path = DATA) -> Path:
    """Write ``datapackage.json`` and return its path."""
    path = data / PACKAGE
    path.write_text(package_text(data), encoding="utf-8")
    return path


def package_problems(data: Path = DATA) -> list[Problem]:
    """Return a problem if ``datapackage.json`` is not what the definition makes."""
    if "package" not in definition(data):
        return [Problem(FIELDS, None, None, "package", NO_PACKAGE)]
    path = data / PACKAGE
    if path.is_file() and path.read_bytes() == package_text(data).encode():
        return []
    return [Problem(PACKAGE, None, None, None, "is not what fields.toml makes; run `make schema`")]


@cache
def kind_of_table(data: Path = DATA) -> dict[str, str]:
    """Return the kind of record of each table that has one: the other way round than :func:`kinds`."""
    return {table: kind for kind, table in kinds(data).items()}


def weights(data: Path = DATA) -> dict[str, float]:
    """Return the weight in the search of each thing that is no record, by what the search calls it."""
    return {name: float(weight) for name, weight in definition(data).get("weights", {}).items()}


@cache
def kinds(data: Path = DATA) -> dict[str, str]:
    """Return the table of each kind of record ("fact", "finding", ...), in the order of the definition."""
    return {resource["record"]["kind"]: name for name, resource in schema(data).items() if resource["record"]}
