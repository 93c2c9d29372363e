"""Draws charts as static SVG, once per chart: kept on disk by the content of their spec."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path


@cache
def _engine():
    """Return the Vega converter; starting it takes half a second, once per build."""
    import vl_convert

    return vl_convert


def _tidy(svg: str) -> str:
    """Return an SVG without what a page does not need, sized by its box."""
    svg = re.sub(r'<rect width="[\d.]+" height="[\d.]+" fill="white"\s*/>', "", svg, count=1)
    svg = re.sub(r' (?:class|role|aria-[a-z]+|stroke-miterlimit|xmlns:xlink|version)="[^"]*"', "", svg)
    return re.sub(r'<path d="M[^"]*" stroke="#ddd"\s*/>', "", svg)


def draw(spec: dict, cache_folder: Path) -> tuple[str, dict]:
    """Return (SVG, Vega spec) of a Vega-Lite spec."""
    text = json.dumps(spec, sort_keys=True)
    key = hashlib.sha256(f"{version('vl-convert-python')}\0{text}".encode()).hexdigest()[:32]
    kept = cache_folder / f"{key}.json"
    if kept.is_file():
        drawn = json.loads(kept.read_text(encoding="utf-8"))
        return drawn["svg"], drawn["vega"]
    vega = _engine().vegalite_to_vega(text)
    svg = _tidy(_engine().vega_to_svg(vega))
    cache_folder.mkdir(parents=True, exist_ok=True)
    temporary = kept.with_suffix(f".{hashlib.sha256(svg.encode()).hexdigest()[:8]}.tmp")
    temporary.write_text(json.dumps({"svg": svg, "vega": vega}), encoding="utf-8")
    temporary.replace(kept)
    return svg, vega
