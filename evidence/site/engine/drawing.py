"""Draws charts as static SVG: in processes of their own, once per chart, kept on disk by content.

Starting the Vega engine takes a third of a second and a drawing some thirty milliseconds, so charts are drawn beside
the reading of pages, from the moment a chapter has run. The build process itself never starts the engine: it forks.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
from multiprocessing import get_context
from pathlib import Path

from evidence.exhibits import vega
from evidence.site.engine import files
from evidence.site.engine.forks import fork

WORKERS = 2  # speed: processes that draw
TIMEOUT_S = 60  # speed: for a drawing


def _tidy(svg: str) -> str:
    """Return an SVG without what a page does not need; what a mark says of its values is its ``data-tip``."""
    svg = re.sub(r'<rect width="[\d.]+" height="[\d.]+" fill="white"\s*/>', "", svg, count=1)
    svg = svg.replace(' aria-label=""', "").replace(' aria-label="', ' data-tip="')
    svg = re.sub(r' (?:class|role|aria-[a-z]+|stroke-miterlimit|xmlns:xlink|version)="[^"]*"', "", svg)
    return re.sub(r'<path d="M[^"]*" stroke="#ddd"\s*/>', "", svg)


def draw(text: str, target: Path) -> None:
    """Draw a Vega-Lite spec (JSON) and keep its SVG in a file, never half-written."""
    svg = _tidy(vega.drawing(json.loads(text)))
    files.put(target, svg.encode())


def _work(tasks) -> None:
    """Draw what is asked for until told to stop; a spec that cannot be drawn leaves its error."""
    for name in iter(tasks.get, None):
        target = Path(name)
        text = target.with_suffix(".spec").read_text(encoding="utf-8")
        target.with_suffix(".spec").unlink()
        try:
            draw(text, target)
        except ValueError as error:
            files.put(target.with_suffix(".error"), str(error).encode())


def _picture_all(paths: list[Path]) -> None:
    for path in paths:
        files.put(path.with_suffix(".png"), vega.png(path.read_text(encoding="utf-8")))


def draw_pictures(folder: Path) -> None:
    """Write a PNG beside every SVG of a folder that has none; raises RuntimeError where one cannot be drawn."""
    paths = [path for path in sorted(folder.glob("*.svg")) if not path.with_suffix(".png").is_file()]
    processes = [fork(_picture_all, paths[first::WORKERS]) for first in range(min(WORKERS, len(paths)))]
    for process in processes:
        process.join()
    if missing := [path.stem for path in paths if not path.with_suffix(".png").is_file()]:
        raise RuntimeError(f"pictures that cannot be drawn: {', '.join(missing)}")


class Drawings:
    """The drawings of a build, kept in a folder; those asked for early are drawn in the background.

    Plain processes and a pipe, no threads: the build goes on forking while they work.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._owner = os.getpid()
        self.workers: list = []
        self._pending: set[Path] = set()

    def _place(self, text: str) -> Path:
        key = hashlib.sha256(f"{vega.engine_version()}\0{text}".encode()).hexdigest()[:32]
        return self.folder / f"{key}.svg"

    def _start(self) -> None:
        if "vl_convert" in sys.modules:  # started here: its threads would not live on in a fork
            fresh = get_context("spawn")
            self._tasks = fresh.SimpleQueue()
            self.workers = [fresh.Process(target=_work, args=(self._tasks,), daemon=True) for _ in range(WORKERS)]
            for worker in self.workers:
                worker.start()
            return
        self._tasks = get_context("fork").SimpleQueue()
        self.workers = [fork(_work, self._tasks) for _ in range(WORKERS)]

    def begin(self, spec: dict) -> str:
        """Start drawing a spec in the background, unless that has been done; return the name of its file."""
        text = json.dumps(spec, sort_keys=True)
        target = self._place(text)
        if target not in self._pending and not target.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            target.with_suffix(".error").unlink(missing_ok=True)
            target.with_suffix(".spec").write_text(text, encoding="utf-8")
            if not self.workers:
                self._start()
            self._tasks.put(str(target))
            self._pending.add(target)
        return target.name

    def _finished(self, target: Path) -> bool:
        return target.is_file() or target.with_suffix(".error").is_file()

    def settle(self) -> None:
        """Wait until everything begun is drawn or found faulty; raises RuntimeError where a drawing process is dead."""
        while self._pending:
            target, end = self._pending.pop(), time.monotonic() + TIMEOUT_S
            while not self._finished(target):
                if time.monotonic() > end or not all(worker.is_alive() for worker in self.workers):
                    raise RuntimeError("the process that draws charts has died, or does not get on")
                time.sleep(0.002)

    def get(self, spec: dict) -> str:
        """Return the SVG of a spec, drawing it if need be; raises ValueError for a bad spec."""
        text = json.dumps(spec, sort_keys=True)
        target = self._place(text)
        if os.getpid() == self._owner:
            self.begin(spec)
            self.settle()
        elif not self._finished(target):  # in a fork that writes pages
            self.folder.mkdir(parents=True, exist_ok=True)
            draw(text, target)
        if not target.is_file():
            raise ValueError(target.with_suffix(".error").read_text(encoding="utf-8"))
        return target.read_text(encoding="utf-8")

    def keep_only(self, names: set[str]) -> None:
        """Remove every file of the folder but the drawings with these names."""
        files.keep_only(self.folder, names)

    def close(self) -> None:
        """Stop the background processes."""
        for _ in self.workers:
            self._tasks.put(None)
        for worker in self.workers:
            worker.join()
        self.workers = []


def drawings_of(app) -> Drawings:
    """Return the drawings of a build, kept beside its doctrees."""
    if not hasattr(app, "evidence_drawings"):
        app.evidence_drawings = Drawings(Path(app.doctreedir).parent / ".drawn")
    return app.evidence_drawings


def setup(app) -> None:
    """Connect the drawing to the build: all is drawn before pages are written, perhaps in forks."""
    app.connect("write-started", lambda app, builder: drawings_of(app).settle())
    app.connect("build-finished", lambda app, exception: drawings_of(app).close())
