"""The engine that draws charts: the same on every machine, because it measures text with fonts of its own."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from evidence.data import dates

FONTS = Path(__file__).with_name("fonts.conf")
FACES = Path(__file__).with_name("fonts")
SCALE = 2  # speed: pixels of a picture for each of its drawing
PACKING = 6  # speed: of a PNG: 9 takes twice the time for a hundredth of the size


@cache
def engine():
    """Return the Vega converter, which measures text with the book's fonts; importing it starts it, once per process.

    With fonts of the machine a drawing would differ between machines, and each word measured opens a font file.
    It starts threads: a process that forks chapters must not call it. The setting of the fonts is the engine's only:
    a browser that inherits it finds no font and aborts.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS)
    import vl_convert

    vl_convert.register_font_directory(str(FACES))
    os.environ.pop("FONTCONFIG_FILE")
    if before is not None:
        os.environ["FONTCONFIG_FILE"] = before
    return vl_convert


@cache
def engine_version() -> str:
    """Return what a drawing depends on beside its spec: the converter and the fonts it measures with."""
    faces = b"".join(path.read_bytes() for path in sorted(FACES.glob("*.ttf")))
    return f"vl-convert {version('vl-convert-python')}, fonts {hashlib.sha256(faces).hexdigest()[:12]}"


def picture(spec: dict, paper: str) -> str:
    """Return a Vega-Lite spec as an SVG on a background (a colour); raises ValueError for a bad spec."""
    spec = spec | {"config": spec.get("config", {}) | {"background": paper}}
    return engine().vegalite_to_svg(json.dumps(spec))


def drawing(spec: dict) -> str:
    """Return a Vega-Lite spec as an SVG whose marks say their values; raises ValueError for a bad spec."""
    return engine().vegalite_to_svg(json.dumps(told(spec)))


def png(svg: str) -> bytes:
    """Return an SVG as a PNG of twice its size."""
    return packed(engine().svg_to_png(svg, scale=SCALE))


def packed(image: bytes) -> bytes:
    """Return a PNG with its pixels compressed well: the engine is quick about it, and the file four times as large."""
    head, parts, pixels, at = image[:8], [], b"", 8
    while at < len(image):
        (size,) = struct.unpack(">I", image[at : at + 4])
        kind, content = image[at + 4 : at + 8], image[at + 8 : at + 8 + size]
        at += size + 12
        if kind == b"IDAT":
            pixels += content
        else:
            parts.append((kind, content))
    parts.insert(-1, (b"IDAT", zlib.compress(zlib.decompress(pixels), PACKING)))  # before IEND
    chunks = (
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )
    return head + b"".join(chunks)


# --- values of marks -----------------------------------------------------------------------

SILENT = {"text", "line", "area"}  # marks that stand for many rows, or beside the mark they belong to
IS_YEAR = f"{{0}} === floor({{0}}) && {{0}} >= {dates.FIRST} && {{0}} <= {dates.LAST}"
NUMBER = f"({IS_YEAR} ? '' + {{0}} : format({{0}}, ',.2~f'))"  # years without separators


def told(spec: dict) -> dict:
    """Return a spec in which each mark with a tooltip has it as its description too, which a drawing keeps."""
    spec = copy.deepcopy(spec)
    for view, tooltip in list(_marked(spec, [])):
        kind = view["mark"] if isinstance(view["mark"], str) else view["mark"]["type"]
        if tooltip and kind not in SILENT:
            options = {} if isinstance(view["mark"], str) else view["mark"]
            view["mark"] = {"type": kind} | options | {"aria": True}
            view.setdefault("encoding", {})["description"] = {"value": {"expr": description(tooltip)}}
    return spec


def _marked(view: dict, above: list[dict]) -> Iterator[tuple[dict, list[dict]]]:
    """Yield the views of a spec that have a mark, each with its tooltip or that of the views around it."""
    tooltip = view.get("encoding", {}).get("tooltip", above)
    if "mark" in view:
        yield view, tooltip if isinstance(tooltip, list) else [tooltip]
    for name in ("layer", "vconcat", "hconcat", "concat"):
        for part in view.get(name, []):
            yield from _marked(part, tooltip)


def description(channels: list[dict]) -> str:
    """Return the Vega expression that says the fields of a tooltip: "Region: Almaty; Children: 1,756"."""
    parts = []
    for channel in channels:
        names = [name.replace("\0", ".") for name in channel["field"].replace("\\.", "\0").split(".")]
        value = "datum" + "".join(f"[{json.dumps(name)}]" for name in names)
        label = channel.get("title") or names[-1]
        label = " ".join(label) if isinstance(label, list) else label
        shown = f"(isNumber({value}) ? {NUMBER.format(value)} : '' + {value})"
        parts.append(f"(isValid({value}) ? {json.dumps(f'; {label}: ')} + {shown} : '')")
    return f"substring({' + '.join(parts)}, 2)"
