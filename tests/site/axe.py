"""Accessibility of a page by axe-core: light, dark and phone; WCAG 2.2 A and AA, best practice."""

from __future__ import annotations

from pathlib import Path

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHOLE = f"{{type: 'tag', values: {RULES}}}"
OF_COLOUR = "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}"  # dark changes nothing but colours
MODES = {
    "phone": ("light", 390, 800, WHOLE),
    "light": ("light", 1300, 900, WHOLE),
    "dark": ("dark", 1300, 900, OF_COLOUR),
}
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"  # script has answered the width


def violations(tab) -> list[str]:
    """Return the violated rules of the page in each mode, with the first element of each and how many there are."""
    tab.evaluate(AXE.read_text(encoding="utf-8"))  # from outside the page, whose policy lets no other script in
    found = []
    for mode, (scheme, width, height, rules) in MODES.items():
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size({"width": width, "height": height})
        tab.evaluate(SETTLED)
        run = f"() => axe.run(document, {{runOnly: {rules}, resultTypes: ['violations']}})"
        found += [(mode, rule) for rule in tab.evaluate(run)["violations"]]
    return [f"{rule['id']} ({mode}): {rule['nodes'][0]['html'][:160]} ({len(rule['nodes'])})" for mode, rule in found]
