"""Which exhibits of the book a chart builder draws: noted as chapters are read, shown where the builder is."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

from docutils import nodes
from sphinx.util.nodes import make_refnode

from evidence.checks import markdown
from evidence.data import store
from evidence.data.schema import ROOT
from evidence.data.store import UnknownId
from evidence.figures import sentences
from evidence.site.records.domain import domain_of

CELL = "```{code-cell}"


class BuilderUses(nodes.General, nodes.Element):
    """A place for the exhibits that a builder draws; it is filled when every page has been read."""


# --- reading cells -------------------------------------------------------------------------------


def _called(tree: ast.AST, of: str) -> set[str]:
    """Return what a piece of code calls of a module named ``of``."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    attributes = [call for call in calls if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name)]
    return {call.attr for call in attributes if call.value.id == of}  # type: ignore[attr-defined]


def _imported(tree: ast.AST) -> dict[str, Path]:
    """Return the file of each module of the parts that a chapter imports, by the name it has there."""
    return {
        alias.asname or alias.name: (ROOT / node.module.replace(".", "/") / f"{alias.name}.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evidence.parts.")
        for alias in node.names
        if node.module
    }


def drawn_in(module: Path) -> dict[str, set[str]]:
    """Return the builders that each function of a chapter's module calls, by its name."""
    body = ast.parse(module.read_text(encoding="utf-8")).body if module.is_file() else []
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    return {node.name: _called(node, "charts") for node in functions if _called(node, "charts")}


def uses(cells: list[str]) -> list[tuple[str, str]]:
    """Return (builder, id of the exhibit) of every chart that the cells of a chapter show.

    A builder is called in the cell that shows the exhibit, or in a function of the chapter's module called there. A
    cell that is no Python uses none.
    """
    found: list[tuple[str, str]] = []
    modules: dict[str, Path] = {}
    for code in cells:
        try:
            tree = ast.parse(code)
        except SyntaxError:
            continue
        modules |= _imported(tree)
        builders = _called(tree, "charts")
        for name, file in modules.items():
            drawn = drawn_in(file)
            builders |= {builder for function in _called(tree, name) for builder in drawn.get(function, ())}
        shown = [
            str(node.args[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "exhibit"
            if node.args and isinstance(node.args[0], ast.Constant)
        ]
        found += [(builder, key) for builder in sorted(builders) for key in shown]
    return found


# --- noting and showing them ---------------------------------------------------------------------


def _noted(env) -> dict[str, list[tuple[str, str]]]:
    if not hasattr(env, "evidence_builders"):
        env.evidence_builders = {}
    return env.evidence_builders


def note(app, docname: str, source: list[str]) -> None:
    """Note what the cells of a page draw as it is read (``source-read``)."""
    found = uses([cell.code for cell in markdown.read(source[0]).cells]) if CELL in source[0] else []
    if found:
        _noted(app.env)[docname] = found


def forget(app, env, docname: str) -> None:
    """Drop the note on a page that is gone or read anew (``env-purge-doc``)."""
    _noted(env).pop(docname, None)


def rewritten(app, env) -> list[str]:
    """Return the pages that show builders if what they draw has changed (``env-updated``)."""
    digest = hashlib.sha256(repr(sorted(_noted(env).items())).encode()).hexdigest()
    before, env.evidence_builders_digest = getattr(env, "evidence_builders_digest", None), digest
    pages = {place[0] for (kind, key), place in domain_of(env).data["objects"].items() if key.startswith("example-")}
    return sorted(pages) if before not in (None, digest) else []


def _title(key: str) -> str:
    try:
        return sentences.plain(store.row("exhibits", key).title)
    except UnknownId:  # said where the exhibit is shown
        return key


def resolve(app, doctree, docname: str) -> None:
    """Fill in the exhibits that a builder draws (``doctree-resolved``)."""
    objects = domain_of(app.env).data["objects"]
    for place in list(doctree.findall(BuilderUses)):
        keys = [key for _, found in sorted(_noted(app.env).items()) for name, key in found if name == place["builder"]]
        links: list[nodes.Node] = []
        for key in dict.fromkeys(keys):
            page, anchor = objects.get(("exhibit", key), ("", ""))[:2]
            text = nodes.Text(_title(key))
            links.append(make_refnode(app.builder, docname, page, anchor, [text], None) if page else text)
        if not links:
            place.replace_self(nodes.paragraph("", "No chapter draws with it."))
            continue
        items = [nodes.list_item("", nodes.paragraph("", "", link)) for link in links]
        place.replace_self([nodes.paragraph("", "Drawn with it:"), nodes.bullet_list("", *items)])


def setup(app) -> None:
    """Add the node and connect the notes."""
    app.add_node(BuilderUses)
    app.connect("source-read", note)
    app.connect("env-purge-doc", forget)
    app.connect("env-updated", rewritten)
    app.connect("doctree-resolved", resolve)
