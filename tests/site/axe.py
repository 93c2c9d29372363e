"""Accessibility of a page by axe-core: phone, light, dark; WCAG 2.2 A and AA, best practice.

Every page is surveyed in each mode. Axe is asked of whatever is of a kind, or looks in a way, that has not passed yet:
what is made and painted alike on another page, or in another mode, is not measured again. See ``axe_asked.js``.
"""

from __future__ import annotations

from pathlib import Path

SCRIPTS = [Path(__file__).parents[1] / "vendor" / "axe.min.js", Path(__file__).with_name("axe_asked.js")]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES = {"phone": ("light", 390, 800), "light": ("light", 1300, 900), "dark": ("dark", 1300, 900)}
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"  # script has answered the width

passed: set[str] = set()  # the names of what axe has found nothing wrong in


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
        new = [name for name in names if name not in passed]
        if not new:
            continue
        tab.evaluate(f"() => {{ if (!window.axe) {{ {axe} }} }}")
        answer = tab.evaluate("([names, tags]) => asked.ask(names, tags)", [new, TAGS])
        passed.update(answer["passed"])
        found += [f"{rule['id']} ({mode}): {rule['html'][:160]} ({rule['count']})" for rule in answer["found"]]
    return found
