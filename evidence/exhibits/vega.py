"""The engine that draws charts: the same on every machine, because it measures text with fonts of its own."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts.conf")


@cache
def engine():
    """Return the Vega converter, which measures text with its own fonts; importing it starts it, once per process.

    With fonts of the machine a drawing would differ between machines, and each word measured opens a font file.
    It starts threads: a process that forks chapters must not call it.
    """
    os.environ["FONTCONFIG_FILE"] = str(FONTS)
    import vl_convert

    return vl_convert


def picture(spec: dict, paper: str) -> str:
    """Return a Vega-Lite spec as an SVG on a background (a colour); raises ValueError for a bad spec."""
    spec = spec | {"config": spec.get("config", {}) | {"background": paper}}
    return engine().vegalite_to_svg(json.dumps(spec))
