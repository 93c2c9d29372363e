"""The head of a chapter (its front matter), its title, and fences that nothing closes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from evidence.checks import markdown
from evidence.checks.chapters import named, readable
from evidence.checks.markup import markup_in
from evidence.data.rules import Problem, nearest

KEYS = ("description", "file_format")
TWICE = "stands twice"
NOTEBOOK = "file_format"  # makes a notebook of a page with cells
MARKED = re.compile(r"\{[\w:-]+\}`|\$|[<>]|&\w+;|\]\(|!\[")  # a role, a formula, markup, a link
DESCRIPTION = (40, 250)  # house: characters: enough to say something, few enough to be shown


def _yaml_problem(file: str, line: int, text: str, error: yaml.YAMLError) -> Problem:
    """Return the problem of YAML that cannot be read; ``line`` is that of its first line less one."""
    mark = getattr(error, "problem_mark", None)
    number = mark.line if mark else 0
    lines = text.split("\n")
    value = lines[number] if number < len(lines) else None
    said = getattr(error, "problem", None) or "cannot be read"
    if said.endswith(TWICE):
        return Problem(file, line + number, None, value, f"{said}, and only the last would count; keep one")
    return Problem(file, line + number, None, value, f"is no YAML ({said}); put a text that holds a colon in quotes")


class _Once(yaml.SafeLoader):
    """Reads YAML and refuses a key that stands twice, of which the last would count without a word."""


def _once(loader: _Once, node: yaml.MappingNode, deep: bool = False) -> dict:
    seen: set[str] = set()
    for key, _ in node.value:
        if str(key.value) in seen:
            raise yaml.MarkedYAMLError(problem=f"{key.value} {TWICE}", problem_mark=key.start_mark)
        seen.add(str(key.value))
    return loader.construct_mapping(node, deep=True)


_Once.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _once)


def read_yaml(file: str, text: str, line: int = 1) -> tuple[object, list[Problem]]:
    """Return what a text of YAML says, None where it cannot be read, and what is wrong with it.

    ``line`` is the line of the file on which it begins.
    """
    try:
        return yaml.load(text, _Once), []
    except yaml.YAMLError as error:
        return None, [_yaml_problem(file, line, text, error)]
    except (ValueError, RecursionError) as error:  # a date that does not exist, lists in lists without end
        return None, [Problem(file, line, None, None, f"holds a value that cannot be read ({error}); put it in quotes")]


def head_problems(file: str, chapter: markdown.Chapter) -> list[Problem]:
    """Return what is wrong with the front matter of a chapter."""
    if chapter.front_matter is None:
        rule = "the page has no head; begin with a line ---, a description, and a line ---"
        return [Problem(file, 1, None, None, rule)]
    line, text = chapter.front_matter
    head, found = read_yaml(file, text, line + 1)
    if found:
        return found
    if not isinstance(head, dict):
        return [Problem(file, line, None, None, "the head is no list of names and values: name: value")]
    for key in head.keys() - set(KEYS):
        rule = f"is no key of a head; there are {', '.join(KEYS)}{nearest(str(key), KEYS)}"
        found.append(Problem(file, line, None, str(key), rule))
    about, (least, most) = head.get("description"), DESCRIPTION
    if not isinstance(about, str) or not least <= len(about) <= most:
        given = "is missing" if about is None else f"has {len(str(about))} characters"
        rule = f"the description {given}; say in {least} to {most} characters what the page answers"
        found.append(Problem(file, line, None, None, rule))
    elif tag := markup_in(about):
        found.append(Problem(file, line, None, tag, "holds markup; a description is words only"))
    if chapter.cells and head.get(NOTEBOOK) != "mystnb":
        rule = f"the page has cells; its head needs the line {NOTEBOOK}: mystnb"
        found.append(Problem(file, line, None, None, rule))
    return found


def _wording_faults(chapter: markdown.Chapter) -> Iterator[tuple[int, str, str]]:
    """Yield (line, text, rule) of headings that are empty, hold more than words, or stand on the page already."""
    seen: dict[str, int] = {}
    for line, _, text in chapter.headings:
        if not text.strip():
            yield line, text, "is a heading without words"
        elif MARKED.search(text):
            yield line, text, "holds more than words; menus, search and titles show a heading as plain text"
        elif text in seen:
            yield line, text, f"is the heading of line {seen[text]} too; a place on a page is found by its heading"
        seen.setdefault(text, line)


def title_problems(file: str, chapter: markdown.Chapter) -> list[Problem]:
    """Return what is wrong with the headings of a chapter: one title, first, and no level left out."""
    levels = [level for _, level, _ in chapter.headings]
    titles = [line for line, level, _ in chapter.headings if level == 1]
    if not titles or levels[0] != 1:
        line = chapter.headings[0][0] if chapter.headings else 1
        return [Problem(file, line, None, None, "the page needs a title before its other headings: # Title")]
    found = [
        Problem(file, line, None, None, "is a second title; a page has one, its parts begin with ##")
        for line in titles[1:]
    ]
    found += [Problem(file, line, None, text or None, rule) for line, text, rule in _wording_faults(chapter)]
    for (_, before, _), (line, level, text) in zip(chapter.headings, chapter.headings[1:]):
        if level > before + 1:
            rule = f"a heading of level {level} below one of level {before}; write {'#' * (before + 1)}"
            found.append(Problem(file, line, None, text, rule))
    return found


def page_problems(path: Path) -> list[Problem]:
    """Return what is wrong with the head, the headings and the fences of a page."""
    text, chapter, file = path.read_text(encoding="utf-8"), markdown.of_page(path), named(path)
    if re.match(r"---\s*\n", text) and chapter.front_matter is None:
        return [Problem(file, 1, None, None, "nothing closes the head of the page; end it with a line ---")]
    if chapter.unclosed:  # the last is where it happened: what follows belongs to it
        rule = "nothing closes this block; end it with a line of the same ticks or colons"
        return [Problem(file, chapter.unclosed[-1], None, None, rule)]
    return [*head_problems(file, chapter), *title_problems(file, chapter)]


def problems() -> list[Problem]:
    """Return what is wrong with the heads, headings and fences of all pages, each with its line."""
    return [problem for path in readable() for problem in page_problems(path)]


def broken_pages() -> set[str]:
    """Return the files whose blocks end in the wrong place, so that nothing else is known of them."""
    return {
        named(path)
        for path in readable()
        if markdown.of_page(path).unclosed
        or (markdown.of_page(path).front_matter is None and path.read_text(encoding="utf-8").startswith("---"))
    }
