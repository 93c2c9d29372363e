"""Attacks of every kind, planted into every text of a book: cells, bibliography, settings, contents, headings."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import yaml

from benchmarks.data import read, write
from evidence.data import store

WORDED = ("title", "author", "publisher", "note", "institution", "booktitle", "howpublished", "year", "doi")
TEX = re.compile(r"[{}$%&#_\\^~]")  # signs by which an entry would end or not be read
MARKDOWN = re.compile(r"[\\`*_{}\[\]<>&#%$|~]")  # signs that would be no words: HTML of authors is refused elsewhere
RUNS = "window.planted=(window.planted||[]).concat"  # what each attack does when it runs
ATTACKS = (  # after the words of each text; {place} says where it was planted
    "<script>{runs}('{place}')</script>",
    "<img src=none onerror=\"{runs}('{place}')\">",
    "\"' onmouseover=\"{runs}('{place}')\" autofocus onfocus='{runs}(1)' x=\"",
    "</title></textarea></template></noscript></script><svg onload={runs}(`{place}`)>",
    "&lt;script&gt;{runs}(2)&lt;/script&gt;",
    "[words](javascript:{runs}(3)) <javascript:{runs}(4)> `x <javascript:alert(5)>`_ javascript:alert(6)",
    "{{{{7*7}}}} {{% raw %}} ]]> --> */ \\u003cscript\\u003e ${{{runs}(7)}}",
)
CELLS = 3  # of each column
FORMULA = '=HYPERLINK("http://127.0.0.2:9";"x")'  # before the words: a spreadsheet reads the beginning of a cell


def attack(place: str, runs: str = RUNS) -> str:
    """Return the attacks as one text that says where it was planted."""
    return " ".join(ATTACKS).format(runs=runs, place=place)


def is_free(field: dict) -> bool:
    """Return whether a column takes any words: no codes, keys, lists or forms, of which wrong ones are refused."""
    held = field.get("constraints", {})
    coded = {"categories", "references", "list"} & field.keys() or {"pattern", "enum"} & held.keys()
    return field["type"] == "string" and not coded


def free_columns() -> dict[str, list[str]]:
    """Return the columns of each table that take any words."""
    return {
        table: [name for name, field in store.fields_of(resource).items() if is_free(field) and name != "id"]
        for table, resource in store.schema().items()
    }


def plant_tables(data: Path, columns: dict[str, list[str]]) -> set[str]:
    """Plant the attacks into the first cells with words of some columns of tables; return where: ``table.column``."""
    planted: Counter[str] = Counter()
    for table, rows in read(data).items():
        for row in rows:
            for name in columns[table]:
                place = f"{table}.{name}"
                if row[name] and planted[place] < CELLS:
                    row[name] = f"{FORMULA}{row[name]} {attack(place)}"
                    planted[place] += 1
        write(data, table, rows)
    return set(planted)


def plant_bibliography(file: Path) -> None:
    """Plant the attacks into every field of every entry; an address that runs is refused, so it is another."""
    lines = file.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        name = line.split("=")[0].strip()
        if "=" in line and name in WORDED and line.rstrip().endswith("},"):
            lines[number] = line.rstrip().removesuffix("},") + f" {TEX.sub('', attack(f'bibliography.{name}'))}}},"
    file.write_text("\n".join(lines), encoding="utf-8")


def plant_settings(folder: Path) -> None:
    """Plant the attacks into settings, names of the contents, headings and descriptions of pages."""
    settings = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    for name in ("title", "author", "copyright"):
        settings[name] = f"{settings[name]} {attack(f'settings.{name}')}"
    config = settings["sphinx"]["config"]
    config["language"] = 'en"><script>window.planted=1</script>'
    config["evidence_description"] = attack("settings.description")
    config["evidence_menu"] = {attack("settings.menu"): "index", "Runs": "javascript:alert(1)"}
    (folder / "_config.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    contents = yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8"))
    for entry in contents["chapters"]:
        entry["title"] = attack(f"contents.{entry['file']}")
    parts = [{"caption": attack("contents.caption"), "chapters": contents.pop("chapters")}]
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents | {"parts": parts}, allow_unicode=True), encoding="utf-8")
    for path in (folder / "chapters").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        words = MARKDOWN.sub(r"\\\g<0>", attack(f"page.{path.stem}"))
        heading = next(line for line in text.split("\n") if line.startswith("# "))
        path.write_text(text.replace(heading, f"{heading} {words}\n\nWords of it: {words}", 1), encoding="utf-8")
