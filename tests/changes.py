"""What a change does to exhibits: lines of difference, and each changed chart as a picture before and after.

A reference does not hold what is drawn. The picture before is made by the commit that wrote the reference: its package
runs its chapter. Without that commit (a shallow clone) there is only the picture after.
"""

from __future__ import annotations

import difflib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHANGES = ROOT / "_build" / "changes"
BOOK = ("evidence", "data", "chapters", "references.bib")  # what a chapter needs to run
RUN = """
import json, sys
import jupytext
from IPython.core.interactiveshell import InteractiveShell

shell, found = InteractiveShell.instance(), {}


def keep(shown):
    found[shown.payload["id"]] = shown.payload
    return {"text/plain": ""}


shell.display_formatter.mimebundle_formatter.for_type_by_name("evidence.exhibits.exhibit", "Exhibit", keep)
for cell in jupytext.read(sys.argv[1], fmt="md:myst").cells:
    if cell.cell_type == "code":
        shell.run_cell(cell.source)
json.dump(found, open(sys.argv[2], "w"))
"""

DRAW = """
import json, sys
from evidence.exhibits.notebook import forms

json.dump([forms(payload) for payload in json.load(sys.stdin)], sys.stdout)
"""


def drawn(items: list[dict]) -> list[dict[str, str]]:
    """Return the standard forms of exhibits, made in a process of its own: one with the engine must not fork."""
    command, text = [sys.executable, "-c", DRAW], json.dumps(items)
    run = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=True)
    return json.loads(run.stdout)


def payloads(book: Path, chapter: str) -> dict[str, dict]:
    """Return the exhibits of a chapter (its path in a book) by id, made by the package of that book."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "found.json"
        environment = os.environ | {"PYTHONPATH": str(book), "IPYTHONDIR": folder}
        command = [sys.executable, "-c", RUN, str(book / chapter), str(target)]
        subprocess.run(command, cwd=book, env=environment, capture_output=True)
        return json.loads(target.read_text()) if target.is_file() else {}


@cache
def before(chapter: str, reference: str) -> dict[str, dict]:
    """Return the exhibits of a chapter as the commit made them that wrote its reference; none if there is none."""
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*git, "log", "-1", "--format=%H", "--", reference], capture_output=True, text=True).stdout
    found = subprocess.run([*git, "archive", commit.strip() or "none", *BOOK], capture_output=True)
    if found.returncode:
        return {}
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=BytesIO(found.stdout)) as archive:
        safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python before 3.11.4 has none
        archive.extractall(folder, **safe)
        return payloads(Path(folder), chapter)


def texts(outputs: list[list[dict]]) -> dict[str, str]:
    """Return what a reviewer reads of the exhibits among the outputs of a chapter, by id."""
    plain = [output["data"]["text/plain"] for cell in outputs for output in cell if output["data"]]
    found = ["".join(text) for text in plain]
    return {text.split("\n")[0].removeprefix("exhibit: "): text for text in found if text.startswith("exhibit: ")}


def difference(old: str, new: str) -> list[str]:
    """Return the lines that differ, with - and +."""
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), n=0, lineterm="")
    return [line for line in lines if line[:2] not in ("--", "++", "@@")]


def chart_changed(old: str, new: str) -> bool:
    """Return whether the form or the data of a chart differ."""
    return old.partition("\nchart of ")[2] != new.partition("\nchart of ")[2]


def named(path: Path) -> Path:
    """Return a path as messages name it."""
    return path.relative_to(ROOT)


def page(title: str, old: dict | None, new: dict | None, lines: list[str]) -> str:
    """Return an exhibit before and after side by side, with the lines of difference, as a page of HTML."""
    pictures = iter(drawn([side for side in (old, new) if side]))
    sides = [
        f"<td style='vertical-align: top'><h2>{name}</h2>{next(pictures)['text/html'] if side else 'not known'}</td>"
        for name, side in (("Before", old), ("After", new))
    ]
    head = f"<!doctype html><meta charset=utf-8><title>{escape(title)}</title>"
    listed = escape("\n".join(lines))
    return f"{head}<table><tr>{''.join(sides)}</table><pre>{listed}</pre>\n"


def report(chapter: Path, old: list[list[dict]], new: list[list[dict]]) -> list[str]:
    """Return, a line each, which exhibits of a chapter differ and how; write a picture of those drawn differently."""
    inside = chapter.relative_to(ROOT)
    was, now = texts(old), texts(new)
    found, after = [], None
    for key in [*was, *(key for key in now if key not in was)]:
        if key not in now or key not in was:
            found.append(f"{key}: {'is new' if key in now else 'is gone'}")
        lines = difference(was.get(key, ""), now.get(key, ""))
        if not lines or key not in now:
            continue
        if key in was:
            found.append(f"{key}: {sum(line[0] == '+' for line in lines)} line(s) differ")
        if chart_changed(was.get(key, ""), now[key]):
            after = after or payloads(ROOT, str(inside))
            reference = Path("tests/notebooks", *inside.with_suffix(".ipynb").parts[1:])
            target = CHANGES / inside.relative_to("chapters").with_suffix("") / f"{key}.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            old_payload = before(str(inside), str(reference)).get(key) if key in was else None
            target.write_text(page(key, old_payload, after.get(key), lines), encoding="utf-8")
            found[-1] += f"; before and after: {named(target)}"
    if not found and old != new:
        found.append("outputs that are no exhibits differ")
    return found
