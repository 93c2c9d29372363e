"""``{chart-builder}``: a chart builder drawn, with its arguments, the lines to copy and the exhibits that use it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from types import FunctionType

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.exhibits import charts, examples
from evidence.exhibits.columns import Needs
from evidence.exhibits.exhibit import exhibit
from evidence.site.figures import exhibit_nodes
from evidence.site.handbook.docstrings import arguments, call_of, first, inline, parts
from evidence.site.handbook.uses import BuilderUses
from evidence.site.records.domain import domain_of, table_digest

PREFIX = "example-"


def builders() -> dict[str, FunctionType]:
    """Return every chart builder that a chapter can call, by its name in ``charts``."""
    return {name: thing for name, thing in vars(charts).items() if isinstance(thing, FunctionType)}


def exhibit_of(name: str) -> str:
    """Return the id of the exhibit that shows a builder."""
    return PREFIX + name.replace("_", "-")


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def lines_to_copy(name: str) -> str:
    """Return the lines of a cell that draw a frame with a builder, as the example does."""
    source = textwrap.dedent(inspect.getsource(getattr(examples, name)))
    *before, last = ast.parse(source).body[0].body  # type: ignore[attr-defined]
    call = last.value.elts[1]
    given = [node for node in before if isinstance(node, ast.Assign) and _names(node.targets[0]) & _names(call)]
    lines = [ast.get_source_segment(source, node) or "" for node in given if "frame" not in _names(node.targets[0])]
    lines.append(f"chart = {ast.get_source_segment(source, call)}")
    return "\n".join([*lines, 'exhibit("its-id", chart, data=frame)'])


def held(needs: Needs, name: str, items: dict[str, str]) -> str:
    """Return what a column has to hold, or what a list may hold, in brackets."""
    rules = []
    if name in needs.columns:
        rules.append({"text": "text", "numbers": "numbers", "values": ""}[needs.columns[name]])
    if name in needs.among:
        rules.append(f"only what stands in {needs.among[name]}")
    if name in needs.pairs:
        rules.append("a pair")
    if name in needs.most:
        rules.append(f"at most {needs.most[name]}")
    text = ", ".join(filter(None, rules))
    return f"{items[name].rstrip('.')} ({text})." if text else items[name]


def paragraphs(*texts: str) -> list[nodes.paragraph]:
    """Return texts of a docstring as paragraphs."""
    return [nodes.paragraph("", "", *inline(text)) for text in texts]


class ChartBuilder(SphinxDirective):
    """``{chart-builder} example-bars`` shows the chart builder that an example is drawn with."""

    required_arguments = 1

    def run(self):
        key = self.arguments[0]
        name = key.removeprefix(PREFIX).replace("-", "_")
        builder = builders().get(name)
        if builder is None or key != exhibit_of(name):
            raise self.error(f"no chart builder has the example {key!r}; there are {', '.join(builders())}")
        domain = domain_of(self.env)
        domain.rest_on(self.env.docname, table_digest("exhibits"), ("table", "exhibits"))
        frame, chart = getattr(examples, name)()
        copied = nodes.literal_block("", lines_to_copy(name), language="text")  # colours would make the page heavy
        about = [text for text in parts(builder) if not text.startswith("- ")]
        said = arguments(builder)
        items = [f"``{argument}``: {held(vars(builder)['needs'], argument, said)}" for argument in said]
        return [
            nodes.paragraph("", "", nodes.literal("", call_of(f"charts.{name}", builder))),
            *paragraphs(first(builder), *(text for text in about[1:] if not text.startswith("Raises"))),
            nodes.bullet_list("", *(nodes.list_item("", item) for item in paragraphs(*items))),
            *paragraphs(*(text for text in about[1:] if text.startswith("Raises"))),
            *exhibit_nodes(self.env, exhibit(key, chart, data=frame).payload),
            copied,
            BuilderUses("", builder=name),
        ]


def setup(app) -> None:
    """Add the directive."""
    app.add_directive("chart-builder", ChartBuilder)
