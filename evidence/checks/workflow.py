"""What publishes the book: only what has passed is published, by programs that are pinned and may do no more.

A step that may fail, a command whose failure is passed over or a job that waits for none passes without a word. Whoever
means it changes the guard here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from evidence.data.rules import Problem, decode
from evidence.data.schema import ROOT

WORKFLOW, MAKEFILE, CI = ".github/workflows/book.yml", "Makefile", ".ci/run"
STEPS = ("make site", "make test", "make whole")  # what a book that is published has passed, in this order
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
PASSED_OVER = re.compile(r"\|\|\s*(?:true|:|exit 0|echo\b)|;\s*true\b|\bset \+e\b|--exit-zero\b")
PERMISSIONS = {"contents": "read"}
PUBLISHES = "actions/deploy-pages"


def _line_of(text: str, part: str) -> int | None:
    """Return the first line that holds a part of a text."""
    return next((number for number, line in enumerate(text.split("\n"), start=1) if part in line), None)


def _of_jobs(jobs: dict) -> Iterator[tuple[str, str]]:
    """Yield (part of a line, rule) of what the steps of jobs must not be."""
    for job in jobs.values():
        for step in job.get("steps", ()):
            if "uses" in step and not PINNED.fullmatch(step["uses"]):
                yield step["uses"], "is pinned by nothing; name the commit, all forty digits of it"
            if step.get("continue-on-error") or job.get("continue-on-error"):
                yield "continue-on-error", "lets a step fail, and the book is published all the same; take it out"
            if found := PASSED_OVER.search(str(step.get("run", ""))):
                yield step["run"].strip().split("\n")[0], f"passes over a failure ({found[0]}); take it out"


def _unheld(jobs: dict) -> Iterator[tuple[str, str]]:
    """Yield (part of a line, rule) of jobs that publish what has not passed every step."""
    for name, job in jobs.items():
        if not any(str(step.get("uses", "")).startswith(PUBLISHES) for step in job.get("steps", ())):
            continue
        needs = job.get("needs") or ()
        before = [jobs[one] for one in ([needs] if isinstance(needs, str) else needs) if one in jobs]
        runs = [str(step.get("run", "")).strip() for one in before for step in one.get("steps", ())]
        at = [runs.index(step) if step in runs else -1 for step in STEPS]
        if -1 in at or at != sorted(at):
            yield f"{name}:", f"publishes what has not passed {', '.join(STEPS)}; let it need a job that runs them"


def faults(text: str) -> list[tuple[str, str]]:
    """Return (part of a line, rule) of everything that is wrong with a workflow."""
    try:
        flow = yaml.safe_load(text)
        jobs = flow["jobs"]
        found = [*_of_jobs(jobs), *_unheld(jobs)]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        return [("", f"is no workflow: {' '.join(str(error).split())[:120]}")]
    if flow.get("permissions") != PERMISSIONS:
        found.append(("permissions:", "has to be `contents: read` for all jobs; one that needs more says so itself"))
    return found


def passed_over(name: str, text: str) -> list[Problem]:
    """Return the lines of commands whose failure is passed over; make does so for a line that begins with a dash."""
    rule = "passes over a failure; take it out"
    return [
        Problem(name, number, None, line.strip(), rule)
        for number, line in enumerate(text.split("\n"), start=1)
        if PASSED_OVER.search(line) or name == MAKEFILE and re.match(r"\t@?-", line)
    ]


def problems() -> list[Problem]:
    """Return what is wrong with the files that build, test and publish the book; a copy may lack them."""
    found: list[Problem] = []
    for name in (WORKFLOW, MAKEFILE, CI):
        path = ROOT / name
        text, wrong = decode(path.read_bytes(), name) if path.is_file() else ("", [])
        found += wrong
        if text and name == WORKFLOW:
            found += [Problem(name, _line_of(text, part), None, part or None, rule) for part, rule in faults(text)]
        elif text:
            found += passed_over(name, text)
    return found
