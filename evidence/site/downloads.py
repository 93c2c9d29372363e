"""Files to take away: each table and register as CSV and JSON, and the whole data package as one archive.

They stand in ``data/`` of the site. Tables have sentences in the words readers see and calculations with their value;
in the archive both are as the data package defines them.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes

from evidence.data import store
from evidence.data.export import (
    LICENCE,
    Sheet,
    archive,
    csv_text,
    described_columns,
    json_text,
    package_files,
    raw,
    table_sheet,
)
from evidence.data.schema import DATA, definition
from evidence.figures import sentences
from evidence.figures.calculations import compute
from evidence.site import imprint, public
from evidence.site.safety import markup

FOLDER = "data"
KINDS = {"csv": "text/csv", "json": "application/json"}
CALCULATIONS = "calculations"
VALUE = "Value, computed by this book."


def sheet_of(table: str, keys: list[str] | None = None) -> Sheet:
    """Return a table as readers take it away, whole or the rows with these ids: sentences in words, values computed."""
    columns, numeric, rows = table_sheet(table, keys)
    fields = store.fields(table)
    spoken = [position for position, name in enumerate(columns) if fields.get(name, {}).get("sentence")]
    for row in rows:
        for position in spoken:
            row[position] = raw(sentences.plain(row[position] or ""))
    if table == CALCULATIONS:
        rows = [[*row, raw(compute(row[0]))] for row in rows]
        return Sheet([*columns, "value"], [*numeric, True], rows)
    return Sheet(columns, numeric, rows)


def files_of(app, table: str, keys: list[str] | None = None) -> dict[str, str]:
    """Return the text of the files of a table, by their ending, with what it is and how to cite it."""
    resource = store.schema()[table]
    described = described_columns(table) | ({"value": VALUE} if table == CALCULATIONS else {})
    about = {"title": resource["title"], "description": resource["description"], "described": described}
    about |= {"citation": imprint.citation(app, resource["title"], app.config.root_doc), "licence": LICENCE}
    sheet = sheet_of(table, keys)
    return {"csv": csv_text(sheet), "json": json_text(sheet, about)}


def name_of(table: str, source: str = "") -> str:
    """Return what the files of a table are called, those of one document apart."""
    return f"{table}-{source}" if source else table


def archive_name() -> str:
    """Return what the archive of the whole package is called."""
    return f"{definition(DATA)['package']['name']}.zip"


def path_to(docname: str, name: str) -> str:
    """Return the link from a page to a file of the folder of data."""
    return "../" * docname.count("/") + f"{FOLDER}/{name}"


def links(docname: str, name: str, label: str) -> nodes.paragraph:
    """Return a line of links to the files of a table."""
    line = nodes.paragraph("", f"{label} ", classes=["downloads"])
    for kind in KINDS:
        text = f'<a href="{escape(path_to(docname, f"{name}.{kind}"))}" download>{kind.upper()}</a> '
        line += markup(text)
    return line


def of_register(docname: str, table: str, source: str = "") -> nodes.paragraph:
    """Return a line of links to the files of a register: of all its records, or of those of one document."""
    return links(docname, name_of(table, source), "All of this register:")


def package_line(docname: str) -> nodes.paragraph:
    """Return a line with the link to the archive of everything."""
    link = f'<a href="{escape(path_to(docname, archive_name()))}" download>All data, one file (ZIP)</a>'
    rest = " with its definition, licence, citations and a guide to reading it in a spreadsheet, pandas or R."
    return nodes.paragraph("", "", markup(link), nodes.Text(rest), classes=["downloads"])


def distribution(app) -> list[dict]:
    """Return the files of the data set in the terms of schema.org; their addresses are those of a published book."""
    base = imprint.address(app, app.config.root_doc)
    files = [("The whole data package", "application/zip", archive_name())]
    for table, resource in store.schema().items():
        if resource["record"]:
            files += [(resource["title"], form, f"{table}.{kind}") for kind, form in KINDS.items()]
    return [
        {"@type": "DataDownload", "name": name, "encodingFormat": form, "contentUrl": f"{base}{FOLDER}/{file}"}
        for name, form, file in files
    ]


def dataset(app) -> dict:
    """Return what makes a page the description of the data set: who made it, what it covers, where its files are."""
    years = store.load("sources")["year"]
    return {
        "@type": "Dataset",
        "creator": {"@type": "Organization", "name": imprint.author(app)},
        "publisher": {"@type": "Organization", "name": imprint.author(app)},
        "identifier": definition(DATA)["package"]["name"],
        "keywords": list(store.names("themes").values()),
        "spatialCoverage": {"@type": "Place", "name": "Kazakhstan"},
        "temporalCoverage": f"{years.min()}/{years.max()}",
        "isAccessibleForFree": True,
        "distribution": distribution(app),
    }


def write(app, exception) -> None:
    """Write the files (``build-finished``)."""
    if exception or app.builder.name != "html":
        return
    folder = Path(app.outdir) / FOLDER
    for table, resource in store.schema().items():
        documents = list(store.rows("sources")) if resource["reports"] and resource["record"] else []
        for source in ("", *documents):
            keys = [row.id for row in store.rows_of(table, source)] if source else None
            if keys == []:
                continue
            for kind, text in files_of(app, table, keys).items():
                public.write(folder / f"{name_of(table, source)}.{kind}", text.encode())
    public.write(folder / archive_name(), archive(package_files(public.citation_file(app))))


def setup(app) -> None:
    """Connect to the build."""
    app.connect("build-finished", write)
