"""What has become of attacks on the pages and in the files of a site, as browsers and programs read them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

from evidence.data.export import FORMULA_SIGNS
from evidence.site.safety import is_link

ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "srcset", "poster"}
FOREIGN = {"iframe", "object", "embed", "base", "style", "applet", "frame", "marquee"}
DATA_SCRIPTS = {"application/json", "application/ld+json"}
NUMBER = re.compile(r"[-+]?[\d.]+(?:e[-+]?\d+)?", re.IGNORECASE)


class Page(HTMLParser):
    """A page as a browser reads it; ``faults`` are what on it runs, or leads to what runs."""

    def __init__(self, text: str, own_scripts: set[str]):
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.own, self.script = own_scripts, None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        faults = [f"{name}={value}" for name, value in attrs if name.startswith("on") or name in ("style", "srcdoc")]
        faults += [f"{name}={value}" for name, value in attrs if name in ADDRESSES and not is_link(value or "")]
        faults += ["element"] if tag in FOREIGN else []
        faults += ["image"] if tag == "img" and given.get("src") == "none" else []
        if tag == "meta" and given.get("http-equiv") not in (None, "Content-Security-Policy"):
            faults.append(f"http-equiv {given['http-equiv']}")
        if tag == "script":
            self.script = given.get("type", "")
            if "src" in given and not re.fullmatch(r"(?:\.\./)*(?:_static|search|\./_static)/[\w./?-]+", given["src"]):
                faults.append(f"src {given['src']}")
        self.faults += [f"<{tag}> {fault}" for fault in faults]

    def handle_endtag(self, tag):
        if tag == "script":
            self.script = None

    def handle_data(self, data):
        if self.script in DATA_SCRIPTS:
            json.loads(data)
        elif self.script is not None and data not in self.own:
            self.faults.append(f"<script> {data[:200]}")


def formulas_in(text: str) -> list[str]:
    """Return the cells of a CSV file that a spreadsheet would run."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    return [cell for row in rows for cell in row if cell.startswith(FORMULA_SIGNS) and not NUMBER.fullmatch(cell)]


def tables_of(site: Path) -> dict[str, str]:
    """Return the text of every CSV file of a site by name, those of its archive too."""
    found = {str(path.relative_to(site)): path.read_text(encoding="utf-8") for path in site.rglob("*.csv")}
    for path in site.rglob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".csv")]
            found |= {f"{path.name}/{name}": archive.read(name).decode() for name in names}
    return found
