"""Accessibility of a page by axe-core: phone, light, dark; WCAG 2.2 A and AA, best practice.

Every page is surveyed in each mode. Axe is asked of whatever is of a kind, or looks in a way, that has not passed yet:
what is made and painted alike on another page, or in another mode, is not measured again. See ``axe_asked.js``.
The workers of a run tell each other what has passed.
"""

from __future__ import annotations

import os
from pathlib import Path

SCRIPTS = [Path(__file__).parents[1] / "vendor" / "axe.min.js", Path(__file__).with_name("axe_asked.js")]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES = {"phone": ("light", 390, 800), "light": ("light", 1300, 900), "dark": ("dark", 1300, 900)}
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"  # script has answered the width


class Passed:
    """The names of what axe has found nothing wrong in, in a run: of every worker, once there is a file for them."""

    def __init__(self):
        self.names: set[str] = set()
        self.file, self.read_to = None, 0

    def share(self, path: Path) -> None:
        """Keep names in a file that other workers keep theirs in, a line each."""
        self.file, self.read_to = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND), 0
        self.add(sorted(self.names))

    def without(self, names: list[str]) -> list[str]:
        """Return the names that have not passed yet."""
        if self.file is not None:
            here = os.pread(self.file, os.fstat(self.file).st_size, self.read_to)
            lines = here[: here.rfind(b"\n") + 1]  # another worker may be at the next
            self.read_to += len(lines)
            self.names.update(lines.decode().splitlines())
        return [name for name in names if name not in self.names]

    def add(self, names: list[str]) -> None:
        """Note names that have passed."""
        self.names.update(names)
        if self.file is not None and names:
            os.write(self.file, "".join(f"{name}\n" for name in names).encode())


passed = Passed()


def violations(tab, modes: tuple[str, ...] = tuple(MODES)) -> list[str]:
    """Return the violated rules of the page in each mode, with the first element of each and how many there are."""
    axe, asked = (script.read_text(encoding="utf-8") for script in SCRIPTS)
    tab.evaluate(asked)  # from outside the page, whose policy lets no other script in
    found = []
    for mode in modes:
        scheme, width, height = MODES[mode]
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size({"width": width, "height": height})
        tab.evaluate(SETTLED)
        names = tab.evaluate("colours => asked.names(colours)", mode == "dark")  # dark changes nothing but colours
        new = passed.without(names)
        if not new:
            continue
        tab.evaluate(f"() => {{ if (!window.axe) {{ {axe} }} }}")
        answer = tab.evaluate("([names, tags]) => asked.ask(names, tags)", [new, TAGS])
        passed.add(answer["passed"])
        found += [f"{rule['id']} ({mode}): {rule['html'][:160]} ({rule['count']})" for rule in answer["found"]]
    return found
