"""Style sheet and scripts of the site, each joined from the files of the theme that hold one subject.

A page asks for one style sheet and one script; a book opened from a folder cannot load modules at all. Editor and
linter see modules with imports and exports; joining them leaves those words out, and lines that are comments. What is
left stands in one scope, so no two modules of a script may use one name.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from evidence.exhibits import theme
from evidence.site.search import stems

THEME = Path(__file__).parent / "theme"
STYLES = (  # later rules win over earlier ones
    *("colours", "type", "base", "controls", "frame", "numbers"),
    *("exhibits", "tables", "sideways", "boxes", "messages", "answers", "code"),
    "search",
    *("take", "finder", "map", "explore", "graph", "subjects"),
    *("narrow", "print"),
)
SHARED = ("words",)  # modules that every script has, from the folder "shared"
SCRIPTS = {  # each file after those it imports
    "book": (
        "dom",
        "scheme",
        "menu",
        "cards",
        "filters",
        "tables",
        "steps",
        "sideways",
        "charts",
        "search-box",
        "print",
        "cite",
        "records",
        "linked",
        "start",
    ),
    "finder": ("../book/dom", "../book/cite", "model", "files", "state", "rows", "facets", "start"),
    "explore": ("../book/dom", "count", "choice", "start"),
    "map": ("../book/dom", "../finder/model", "address", "count", "cells", "start"),
    "graph": ("../book/dom", "state", "start"),
    "search": ("text", "stems", "shelves", "readings", "query", "engine", "results", "start"),
}
VENDORED = {"search": stems.scripts}  # what others wrote, before the modules of a script
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\n\s*")
IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
COMMENT_LINE = re.compile(r"^\s*(?://.*|/\*\*.*\*/)\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function|const|let)", re.MULTILINE)


def chart_colours() -> str:
    """Return the style rules that map each chart colour to its dark counterpart."""
    rules = [
        f'.chart [{part}="{light}"]{{{part}:{dark}}}'
        for light, dark in theme.DARK.items()
        for part in ("fill", "stroke")
    ]
    system = "".join(f":root:not([data-theme=light]) {rule}" for rule in rules)
    chosen = "".join(f":root[data-theme=dark] {rule}" for rule in rules)
    return f"@media screen and (prefers-color-scheme: dark){{{system}}}@media screen{{{chosen}}}"


def style_sheet() -> str:
    """Return the style sheet of the book without comments and indentation, and the colours of charts."""
    files = [THEME / "style" / f"{name}.css" for name in STYLES]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return INDENT.sub("\n", CSS_COMMENT.sub("", text)).strip() + f"\n{chart_colours()}\n"


def modules(name: str, parts: tuple[str, ...]) -> str:
    """Return what a script has before its modules and these of them, one after the other, without their joints."""
    paths = [("shared", part) for part in SHARED] + [(name, part) for part in parts]
    files = [THEME / "script" / folder / f"{part}.js" for folder, part in paths]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    for words in (IMPORT, EXPORT, COMMENT_LINE):
        text = words.sub("", text)
    return VENDORED.get(name, str)() + text


def script(name: str) -> str:
    """Return a script ("book", "search"): shared modules and its own one after the other, in a scope of their own."""
    return f'"use strict";\n(() => {{\n{modules(name, SCRIPTS[name])}}})();\n'


@cache
def first_script() -> str:
    """Return the script that stands in the head of a page itself: what comes with a file of its own would be late."""
    text = (THEME / "script" / "first.js").read_text(encoding="utf-8")
    return INDENT.sub("\n", f"{{\n{COMMENT_LINE.sub('', text).strip()}\n}}")


@cache
def assets() -> dict[str, str]:
    """Return what is written below ``_static`` by name."""
    return {
        "book.css": style_sheet(),
        "book.js": script("book"),
        "finder.js": script("finder"),
        "explore.js": script("explore"),
        "map.js": script("map"),
        "graph.js": script("graph"),
        "search.js": script("search"),
    }


@cache
def asset_version() -> str:
    """Return a short digest of style sheet, scripts and files of the theme, so that browsers take the new ones."""
    digest = hashlib.sha256("".join((*assets().values(), first_script())).encode())
    for path in sorted(path for path in (THEME / "static").rglob("*") if path.is_file()):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def write_assets(app, exception) -> None:
    """Write style sheet and scripts (``build-finished``); Sphinx copies what stands in ``theme/static``."""
    if exception or app.builder.format != "html":
        return
    for name, text in assets().items():
        target = Path(app.outdir) / "_static" / name
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")


def setup(app) -> None:
    """Add the theme, its files and their version."""
    app.add_html_theme("evidence", str(THEME))
    app.add_config_value("evidence_assets", asset_version(), "html")
    app.connect("build-finished", write_assets)
