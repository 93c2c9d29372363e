"""Edits of the book of edits, of every kind that authors and maintainers make."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable

from tests.conftest import Book
from tests.site.edits import COUNTED, MAP, PLAIN, READ
from tests.site.small_book import write_toc

Change = Callable[[Book], None]


def text(file: str, old: str, new: str) -> Change:
    """Return the change of a text that stands in a file."""
    return lambda book: book.change(file, old, new)


def cell(table: str, column: str, value: str, row: str | None = None) -> Change:
    """Return the change of a cell of a table: of its first row, or of the one with this id."""

    def change(book: Book) -> None:
        path = book.path(f"data/{table}.csv")
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        chosen = next(one for one in rows if row in (None, one["id"]))
        assert chosen[column] != value
        chosen[column] = value
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    return change


def all_of(*changes: Change) -> Change:
    """Return several changes as one."""
    return lambda book: [change(book) for change in changes] and None


def page(name: str, content: str | None) -> Change:
    """Return the change that a page is there with this text, or gone; the contents name the pages that are there."""

    def change(book: Book) -> None:
        path = book.path(f"{name}.md")
        path.unlink() if content is None else path.write_text(content, encoding="utf-8")
        write_toc(book.folder)

    return change


def renamed(book: Book) -> None:
    book.path(f"{PLAIN}.md").rename(book.path("chapters/edits/simple.md"))
    write_toc(book.folder)


def saved_with_its_old_date(file: str, old: str, new: str) -> Change:
    """Return a change of which neither the date nor the length of the file tells."""

    def change(book: Book) -> None:
        assert len(old) == len(new)
        before = book.path(file).stat()
        book.change(file, old, new)
        os.utime(book.path(file), ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def order_of_contents(book: Book) -> None:
    lines = book.path("_toc.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    book.path("_toc.yml").write_text("".join(lines[:3] + lines[:2:-1]), encoding="utf-8")


def describe(book: Book) -> None:
    assert book.run(sys.executable, "-m", "evidence", "schema").returncode == 0


THEME = "evidence/site/theme"
SEEN = "tags: [hide-input]\nmystnb:\n  code_prompt_show: How it is made\n"
EDITS: dict[str, Change] = {
    "a cell of data that a chapter shows": cell("practices", "name", "Strengthening trust"),
    "a fact in a sentence, on a card, in an output": all_of(
        cell("facts", "value", "189", "register-out-2012"), cell("facts", "as_reported", "189", "register-out-2012")
    ),
    "the name of a place": cell("places", "name", "Aqmola", "akmola"),
    "another name of a place": cell("places", "aliases", "Tselinograd", "akmola"),
    "the name of an indicator": cell("indicators", "name", "Children not back", "register-out"),
    "the name of a group": cell("groups", "name", "Pupils", "adolescents"),
    "the name of a theme": cell("themes", "name", "Presence", "attendance"),
    "the year of a document": cell("sources", "year", "2014", "antonowicz2013oosc"),
    "the name of a document": cell("sources", "short_name", "Study of absence", "antonowicz2013oosc"),
    "what a document is about": cell("sources", "subject", "Absence", "antonowicz2013oosc"),
    "the page that lines stand on": cell("pages", "page", "99", "antonowicz2013oosc-p022"),
    "a row of the glossary": cell("glossary", "definition", "Papers that are asked for"),
    "a row of the thesaurus": cell("thesaurus", "english", "absence;truancy"),
    "a statement": cell("findings", "statement", "The project entered a phase of speed."),
    "the label of a calculation": cell("calculations", "label", "Rural children, counted twice"),
    "the inputs of a calculation": text("data/calculations.csv", "=register-out-2012", "=register-out-2011"),
    "a recommendation": cell("recommendations", "statement", "Assess what can be evaluated"),
    "a second reading": cell("readings", "read_by", "second"),
    "a cell of a printed table": cell("tables/antonowicz2013oosc_regions", "registered_2011_12", "101"),
    "the title of an exhibit": cell("exhibits", "title", "Regions are not alike", "small-chart"),
    "an entry of the bibliography": text("references.bib", "dropping-out", "leaving"),
    "the bibliography, with its old date": saved_with_its_old_date("references.bib", "dropping-out", "pushing-away"),
    "the label of a column": text("data/fields.toml", 'label = "Of whom"', 'label = "Of which"'),
    "what a table is called": all_of(text("data/fields.toml", 'title = "Facts', 'title = "Figures'), describe),
    "the title of a chapter": text(f"{PLAIN}.md", "# Plain", "# Simple"),
    "a sentence": text(f"{PLAIN}.md", "Words,", "Other words,"),
    "a sentence, with its old date": saved_with_its_old_date(f"{PLAIN}.md", "Words,", "Terms,"),
    "a renamed page": all_of(text("index.md", "counted", "counted"), renamed),
    "a removed page": page(MAP, None),
    "an added page": page("chapters/edits/added", "# Added\n\n{fact}`register-out-2012` children.\n"),
    "an added chapter with a cell": page(
        "chapters/edits/added",
        "---\nfile_format: mystnb\n---\n# Added\n\n```{code-cell} ipython3\nprint(1)\n```\n",
    ),
    "a removed exhibit": text(f"{READ}.md", 'exhibit("small-table", load("practices")[["name", "country"]])', "1 + 1"),
    "a chart that is a table now": text(
        f"{COUNTED}.md", 'exhibit("small-chart", bars, data=', 'exhibit("small-chart", '
    ),
    "an exhibit on another page": all_of(
        text(f"{READ}.md", 'exhibit("small-table", load("practices")[["name", "country"]])', "1 + 1"),
        text(f"{COUNTED}.md", "year = 2012", 'exhibit("small-table", load("practices")[["name"]])\nyear = 2012'),
    ),
    "the code of a cell": text(f"{COUNTED}.md", ".head(4)", ".head(5)"),
    "the tag of a cell": text(f"{COUNTED}.md", ":tags: [hide-input]", ":tags: [remove-input]"),
    "the metadata of a cell": text(f"{READ}.md", ":tags: [hide-input]", "---\n" + SEEN + "---"),
    "the head of a page": text(f"{PLAIN}.md", "# Plain", "---\ndescription: What is plain.\n---\n# Plain"),
    "a file that a cell reads": text("chapters/edits/notes.txt", "as noted", "as noted later"),
    "a folder that a cell lists": lambda book: book.path("chapters/edits/more.txt").write_text("") and None,
    "a module beside a chapter": saved_with_its_old_date("chapters/edits/beside.py", "as imported", "as improved"),
    "a module that helps chapters": text("evidence/exhibits/exhibit.py", 'f"counted: {', 'f"included: {'),
    "a module of the site": text("evidence/site/records/registers.py", '"Record details"', '"Details"'),
    "the template of pages": text(f"{THEME}/layout.html", "</main>", "<p>Below.</p></main>"),
    "the style": text(f"{THEME}/style/base.css", "body", "body, .planted"),
    "a script": text(f"{THEME}/script/book/start.js", "\n", '\nconsole.log("planted");\n'),
    "a file of the theme": text(f"{THEME}/static/icon.svg", "</svg>", "<desc>Planted</desc></svg>"),
    "the title of the book": text("_config.yml", "Kazakhstan, the evidence", "Kazakhstan, the data"),
    "the address of the book": text("_config.yml", 'baseurl: ""', 'baseurl: "https://book.example/kz"'),
    "the link to the repository": text("_config.yml", 'repository: ""', 'repository: "https://code.example/kz"'),
    "the links of the header": text("_config.yml", "About: ", "About it: "),
    "the order of the contents": order_of_contents,
    "a short title in the contents": text("_toc.yml", f"file: {PLAIN}", f"file: {PLAIN}\n    title: Simple"),
    "the locked versions": text("requirements.txt", "\n", "\n# planted\n"),
}
NEW = EDITS["a fact in a sentence, on a card, in an output"]
