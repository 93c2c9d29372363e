"""Refuses quantities typed in prose: a number in a sentence comes from a role.

Allowed are years, school years, numbers of grades, tables, sections and pages, and the short
list of phrases below, which count the book's own things.
"""

from __future__ import annotations

import ast
import re

from evidence.data.rules import Problem
from evidence.data.schema import ROOT
from evidence.data.store import load

# Counts of what the book or the documents are made of, not quantities a source reports.
ALLOWED_PHRASES = (
    "four components",
    "four measures",
    "five points",
    "five levels",
    "four categories",
    "six stages",
    "six points",
    "three answers",
    "three counts",
    "three indicators",
    "three languages",
    "three lists",
    "three rates",
    "three sources",
    "extracted twice",
    "four kinds of number",
    "three kinds of empty",
    "three kinds of source",
    "two passages",
    "three cities",
    "three bases",
    "two bases",
    "two commands",
    "tale of two studies",
    "two counts",
    "two figures",
    "two independent",
    "two ministries",
    "two of its places",
    "two places",
    "two points",
    "two rounds",
    "two school years",
    "two sentences",
    "two surveys",
    "two western regions",
    "two extractions",
)
NUMBER_WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred|thousand|million|"
    r"half|halves|halved|third|thirds|quarter|quarters|fifth|twice|double|doubled|doubles|per ?cent of)\b",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d[\d.,]*%?")
ALLOWED_DIGITS = re.compile(
    r"\b(?:19|20)\d\d(?:[-–]\d\d(?:\d\d)?)?\b"  # years and school years
    r"|\b(?:Table|Tables|Annex|Chart|Figure|Box|Grade|grade|p\.|pp\.|Section|§|version)\s*"
    r"\d+(?:\.\d+)*(?:(?:-|–| and | to )\d+)?"
    r"|\b\d\d? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\bages? \d+(?:-\d+)?|\baged \d+(?:-\d+)?|\bgrade of \d+"
    r"|COVID-19|CC BY 4\.0|WCAG 2\.2|UTF-8|SHA-256|95% Wilson|× 100"
)
CHECKED_ARGUMENTS = {"title", "alt", "note", "calculated"}


def _blank(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def prose_of(text: str) -> str:
    """Return a chapter with everything that is not prose blanked out, positions kept."""
    for pattern in (
        r"\A---\n.*?\n---\n",  # front matter
        r"^(```+|:::+)\{?code-cell.*?^\1\s*$",
        r"^```.*?^```\s*$",
        r"^:::+.*?$",
        r"^:[\w-]+:.*?$",
        r"\{[\w:-]+\}`[^`]*`",
        r"`[^`]*`",
        r"\]\([^)]*\)",
        r"https?://\S+",
        r"<[^>]+>",
        r"^\([\w-]+\)=\s*$",
        r"^\d+\.\s",  # numbered lists
    ):
        text = re.sub(pattern, _blank, text, flags=re.DOTALL | re.MULTILINE)
    return text


def quantities(text: str) -> list[tuple[int, str]]:
    """Return (position, text) of every quantity typed in a piece of prose."""
    for phrase in ALLOWED_PHRASES:
        text = re.sub(rf"\b{phrase}\b", _blank, text, flags=re.IGNORECASE)
    text = ALLOWED_DIGITS.sub(_blank, text)
    found = [(match.start(), match[0].rstrip(".,")) for match in DIGITS.finditer(text)]
    found += [(match.start(), match[0]) for match in NUMBER_WORDS.finditer(text)]
    return sorted(found)


def cells_of(text: str) -> list[tuple[int, str]]:
    """Return (line of the first code line, code) of every code cell of a chapter."""
    cells = []
    for match in re.finditer(r"^```\{code-cell\}[^\n]*\n(.*?)^```\s*$", text, flags=re.DOTALL | re.MULTILINE):
        lines = match[1].split("\n")
        while lines and lines[0].startswith(":"):
            lines[0] = ""
            break
        cells.append((text[: match.start(1)].count("\n") + 1, "\n".join(lines)))
    return cells


def typed_in_cell(code: str) -> list[tuple[int, str]]:
    """Return (line, text) of quantities typed in titles, alternatives and notes of exhibits."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "exhibit":
            for keyword in node.keywords:
                if keyword.arg in CHECKED_ARGUMENTS and isinstance(keyword.value, ast.Constant):
                    found += [(keyword.value.lineno, text) for _, text in quantities(str(keyword.value.value))]
    return found


RULE = "a quantity typed by hand; write it with {fact} or {calc}, or say it without a number"
MAX_CELL_LINES = 15


def check() -> list[Problem]:
    """Return every quantity typed by hand in chapters, exhibits and key messages."""
    problems = []
    for path in [ROOT / "index.md", *sorted((ROOT / "chapters").rglob("*.md"))]:
        text, file = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
        prose = prose_of(text)
        for position, value in quantities(prose):
            problems.append(Problem(file, prose[:position].count("\n") + 1, None, value, RULE))
        for first, code in cells_of(text):
            problems += [Problem(file, first + line - 1, None, value, RULE) for line, value in typed_in_cell(code)]
            if code.strip().count("\n") >= MAX_CELL_LINES:
                problems.append(
                    Problem(
                        file, first, None, None, f"a cell of more than {MAX_CELL_LINES} lines; move work into evidence/"
                    )
                )
    for number, statement in enumerate(load("synthesis")["statement"], start=2):
        found = quantities(prose_of(statement))
        problems += [Problem("synthesis.csv", number, "statement", value, RULE) for _, value in found]
    return problems
