"""Draws charts as static SVG: in processes of their own, once per chart, kept on disk by content.

Starting the Vega engine takes a third of a second and a drawing some thirty milliseconds, so
charts are drawn beside the reading of pages, from the moment a chapter has run.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

WORKERS = 2


@cache
def _engine():
    """Return the Vega converter; importing it starts it, once per process."""
    import vl_convert

    return vl_convert


@cache
def _engine_version() -> str:
    return version("vl-convert-python")


def _tidy(svg: str) -> str:
    """Return an SVG without what a page does not need."""
    svg = re.sub(r'<rect width="[\d.]+" height="[\d.]+" fill="white"\s*/>', "", svg, count=1)
    svg = re.sub(r' (?:class|role|aria-[a-z]+|stroke-miterlimit|xmlns:xlink|version)="[^"]*"', "", svg)
    return re.sub(r'<path d="M[^"]*" stroke="#ddd"\s*/>', "", svg)


def _draw(text: str, target: Path) -> None:
    """Draw a Vega-Lite spec (JSON) and keep its SVG and Vega spec in a file, never half-written."""
    vega = _engine().vegalite_to_vega(text)
    svg = _tidy(_engine().vega_to_svg(vega))
    temporary = target.with_suffix(".tmp")
    temporary.write_text(json.dumps({"svg": svg, "vega": vega}), encoding="utf-8")
    temporary.replace(target)


def _work(tasks) -> None:
    """Draw what is asked for until told to stop; a spec that cannot be drawn leaves its error."""
    for name in iter(tasks.get, None):
        target = Path(name)
        try:
            _draw(target.with_suffix(".spec").read_text(encoding="utf-8"), target)
        except ValueError as error:
            target.with_suffix(".error").write_text(str(error), encoding="utf-8")
        target.with_suffix(".spec").unlink()
    os._exit(0)


class Drawings:
    """The drawings of a build, kept in a folder; those asked for early are drawn in the background.

    Plain processes and a pipe, no threads: the build goes on forking while they work.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._workers: list = []
        self._pending: set[Path] = set()

    def _place(self, text: str) -> Path:
        key = hashlib.sha256(f"{_engine_version()}\0{text}".encode()).hexdigest()[:32]
        return self.folder / f"{key}.json"

    def _start(self) -> None:
        context = get_context("fork")
        self._tasks = context.SimpleQueue()
        self._workers = [context.Process(target=_work, args=(self._tasks,), daemon=True) for _ in range(WORKERS)]
        for worker in self._workers:
            worker.start()

    def begin(self, spec: dict) -> None:
        """Start drawing a spec in the background, unless that has been done."""
        text = json.dumps(spec, sort_keys=True)
        target = self._place(text)
        if target in self._pending or target.is_file():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        target.with_suffix(".error").unlink(missing_ok=True)
        target.with_suffix(".spec").write_text(text, encoding="utf-8")
        if not self._workers:
            self._start()
        self._tasks.put(str(target))
        self._pending.add(target)

    def _wait(self, target: Path) -> None:
        while not target.is_file() and any(worker.is_alive() for worker in self._workers):
            if target.with_suffix(".error").is_file():
                raise ValueError(target.with_suffix(".error").read_text(encoding="utf-8"))
            time.sleep(0.002)

    def get(self, spec: dict) -> tuple[str, dict]:
        """Return (SVG, Vega spec) of a spec, drawing it if need be; raises ValueError for a bad spec."""
        text = json.dumps(spec, sort_keys=True)
        target = self._place(text)
        if target in self._pending:
            self._wait(target)
        if not target.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            _draw(text, target)
        drawn = json.loads(target.read_text(encoding="utf-8"))
        return drawn["svg"], drawn["vega"]

    def close(self) -> None:
        """Stop the background processes."""
        for _ in self._workers:
            self._tasks.put(None)
        for worker in self._workers:
            worker.join()


def drawings_of(app) -> Drawings:
    """Return the drawings of a build, kept beside its doctrees."""
    if not hasattr(app, "evidence_drawings"):
        app.evidence_drawings = Drawings(Path(app.doctreedir).parent / ".drawn")
    return app.evidence_drawings
