"""A new chapter: a page with the sections of the house, whose open words the checks name, and its place in the menu."""

from __future__ import annotations

import re

import yaml

from evidence.authoring.asking import Desk
from evidence.authoring.writing import Draft
from evidence.checks.chapters import TO_WRITE, pages
from evidence.checks.heads import NOTEBOOK
from evidence.data.rules import DataError, Problem, nearest
from evidence.data.schema import ROOT

CANNOT = "## What the evidence cannot say"
TOC = "_toc.yml"
HEAD = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
OPEN = f"{TO_WRITE[0].upper()}{TO_WRITE[1:]}:"
MESSAGES_TO_WRITE = f"{OPEN} key messages (`evidence new message`)"
PAGE = f"""{{head}}
# {{title}}

{OPEN} the answer in one sentence, as of when and from which document.

{MESSAGES_TO_WRITE}

## What is known

{OPEN} what is known, with its numbers as roles and an exhibit (`evidence new exhibit`).

{CANNOT}

:::{{{{admonition}}}} Limits
:class: cannot
- {OPEN} what a reader would look for and the documents do not say.
:::
"""


def chapter_head(description: str, text: str = "") -> str:
    """Return the head of a page with code cells as a notebook saves it; ``text`` is the page, if there is one."""
    mine = HEAD.match(text)
    known = (yaml.safe_load(mine[1]) or {}) if mine else {}
    head = {"description": known.get("description", description), NOTEBOOK: "mystnb"}
    return f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True)}---\n"


def quoted(text: str) -> str:
    """Return a text as a value of YAML: in quotes where it would not be read as a text."""
    is_plain = re.fullmatch(r"[A-Za-z][^#:\"'{}\[\]&*!|>%@`]*", text)
    return text if is_plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def page_named(name: str) -> str:
    """Return the path of a page from the root, without .md, of ``education/register`` or ``chapters/…/register.md``.

    Raises :class:`DataError` with the nearest ones if there is no such page.
    """
    known = [path.relative_to(ROOT).with_suffix("").as_posix() for path in pages()]
    plain = name.strip().removesuffix(".md").removeprefix("./")
    for found in (plain, f"chapters/{plain}"):
        if found in known:
            return found
    near = nearest(f"chapters/{plain.removeprefix('chapters/')}", known)
    raise DataError([Problem("--page", None, None, name, f"there is no such page{near}")])


def after_opening(text: str, block: str) -> str:
    """Return the text of a page with a block below the first paragraph under its title."""
    title = re.search(r"^# .*\n+(?:.+\n)*", text, flags=re.MULTILINE)
    end = title.end() if title else len(text)
    return f"{text[:end].rstrip()}\n\n{block}\n\n{text[end:].lstrip()}"


def with_page(toc: str, page: str) -> str:
    """Return the table of contents with a page in it, after the last page of its folder; other lines stay as they are.

    Raises :class:`DataError` with the folders that have pages there if its own has none.
    """
    lines, folder = toc.splitlines(keepends=True), page.rpartition("/")[0]
    entries = {number: found for number, line in enumerate(lines) if (found := re.match(r"(\s*- )file: (\S+)", line))}
    folders = sorted({found[2].rpartition("/")[0].removeprefix("chapters/") for found in entries.values()})
    here = [number for number, found in entries.items() if found[2].rpartition("/")[0] == folder]
    if not here:
        rule = f"no part of {TOC} has pages of this folder; there are {', '.join(folders)}"
        raise DataError([Problem("PATH", None, None, page, rule)])
    place = after = here[-1]
    while after + 1 < len(lines) and lines[after + 1].lstrip().startswith("title:"):  # of the page before
        after += 1
    return "".join([*lines[: after + 1], f"{entries[place][1]}file: {page}\n", *lines[after + 1 :]])


def new_chapter(given: dict[str, str], desk: Desk) -> Draft:
    """Return the page of a new chapter and its line in the menu.

    Raises :class:`DataError` for what is missing, a path that is taken or not readable, and a part that is not there.
    """
    given, problems = dict(given), []
    for name, about in (
        ("title", "Title, in sentence case."),
        ("description", "What search engines show: a sentence."),
    ):
        if not given.get(name) and desk.ask:
            given[name] = desk.ask(f"{about}\n{name}: ").strip()
        if not given.get(name):
            problems.append(Problem(f"--{name}", None, None, None, f"is missing. {about}"))
    page = "chapters/" + given["path"].strip().removesuffix(".md").removeprefix("chapters/")
    if not re.fullmatch(r"chapters/[a-z_]+/[a-z0-9]+(-[a-z0-9]+)*", page):
        rule = "is no path of a chapter: PART/NAME, the name in [a-z0-9-]+, as in education/my-topic"
        problems.append(Problem("PATH", None, None, given["path"], rule))
    elif (ROOT / f"{page}.md").exists():
        problems.append(Problem("PATH", None, None, page, "is already there and stays as it is; give another path"))
    if problems:
        raise DataError(problems)
    text = PAGE.format(head=chapter_head(given["description"]), title=given["title"])
    toc = with_page((ROOT / TOC).read_text(encoding="utf-8"), page)
    return Draft([], {f"{page}.md": text, TOC: toc}, next="write the lines that `evidence check` names")
