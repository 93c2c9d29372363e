"""Links and images of chapters: whether there is what they lead to, and words for those who do not see it; attributes
and block breaks, which readers never see."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from evidence.checks import markdown
from evidence.checks.chapters import named, readable
from evidence.data.rules import Problem, nearest
from evidence.data.schema import ROOT

WEB = ("http", "https", "mailto")
NO_LINK = "is no address that a link can have; it would be shown as text"
PICTURES = ("figure", "image")  # directives that show one
BRACES = re.compile(r"\{\{.*?\}\}|\{[.#\w][^{}]*\}")  # of substitutions and attributes, left in the words of a page
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
REFUSED = re.compile(r"\[[^\[\]]+\] ?\(([^\s()]+)")  # a link whose address Markdown takes for none stays in the text


def labels() -> set[str]:
    """Return the labels of places in chapters, ``(label)=`` above a heading."""
    return {label for path in readable() for _, label in markdown.of_page(path).targets}


def _file(page: Path, target: str) -> Path | None:
    """Return the file a link from a page leads to, or None; a chapter may be named without its ``.md``."""
    path = (ROOT / target.lstrip("/")) if target.startswith("/") else page.parent / target
    for there in (path, path.with_name(f"{path.name}.md")):
        if there.is_file():
            return there
    return None


def link_fault(page: Path, target: str) -> str | None:
    """Return what is wrong with the address of a link on a page, or None."""
    if SCHEME.match(target):
        parts = urlsplit(target)
        if parts.scheme not in WEB:
            return f"is no address; it begins with none of {', '.join(f'{name}:' for name in WEB)}"
        if "@" in parts.netloc:
            return "names one host and leads to another, after the @; write the address of the page alone"
        return None if parts.netloc or (parts.scheme == "mailto" and "@" in parts.path) else "names no host"
    path, mark, label = target.partition("#")
    if not path:
        return None if label in labels() else f"no heading has the label {label!r}{nearest(label, labels())}"
    if mark:
        return (
            f"a place in a page is named by its label alone: write (label)= above its heading, and #label{_near(label)}"
        )
    return None if _file(page, unquote(path)) else f"there is no such file{_near_page(page, path)}"


def _near(label: str) -> str:
    return nearest(label, labels())


def _near_page(page: Path, target: str) -> str:
    """Return the hint that names the pages most like one that is not there, as links from the page."""
    known = {path.stem for path in readable()}
    near = nearest(Path(target).stem, known)
    return near if near else "; give its path from this page"


def _pictures(chapter: markdown.Chapter) -> list[tuple[int, str]]:
    """Return (line, address) of the pictures that directives show."""
    return [(one.line, one.argument) for one in chapter.directives if one.name in PICTURES]


def problems() -> list[Problem]:
    """Return the links and images that lead nowhere or have no text alternative, with their lines."""
    found = []
    for path in readable():
        chapter = markdown.of_page(path)
        targets = [*chapter.links, *((line, address) for line, address, _ in chapter.images)]
        targets += [(line, f"{text}.md") for line, role, text in chapter.roles if role == "doc"]
        targets += [(line, f"#{text}") for line, role, text in chapter.roles if role == "ref"]
        for line, target in targets:
            if rule := link_fault(path, target):
                found.append(Problem(named(path), line, None, target, rule))
        for line, text in chapter.prose:
            for address in REFUSED.findall(text):
                found.append(Problem(named(path), line, None, address, link_fault(path, address) or NO_LINK))
            if left := BRACES.search(text):
                rule = "braces say nothing here; a role is {fact}`its-id`, and links and words take no attributes"
                found.append(Problem(named(path), line, None, left[0], rule))
        for line, said in chapter.breaks:
            rule = "a line of +++ says nothing to readers; tags of a cell stand in it: `:tags: [hide-input]`"
            found.append(Problem(named(path), line, None, f"+++ {said}".strip(), rule))
        for line, address in [*((line, to) for line, to, _ in chapter.images), *_pictures(chapter)]:
            if SCHEME.match(address):
                rule = "is a picture of another host, and the book asks no other host; keep it beside the page"
                found.append(Problem(named(path), line, None, address, rule))
        for line, address, alternative in chapter.images:
            if not alternative.strip():
                rule = "an image without a text alternative; say in the square brackets what it shows"
                found.append(Problem(named(path), line, None, address, rule))
        for directive in chapter.directives:
            if directive.name in PICTURES and not directive.options.get("alt", "").strip():
                rule = "an image without a text alternative; add a line `:alt: …` that says what it shows"
                found.append(Problem(named(path), directive.line, None, directive.argument, rule))
    return found
