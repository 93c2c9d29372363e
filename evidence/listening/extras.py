"""Libraries of the extra ``evidence[listening]``: whether they are there, and what to do where they are not."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from evidence.toolkit.faults import INSTALL, Unavailable

HOW = INSTALL.format(extra="listening")


def needed(module: str) -> Any:
    """Return a module of the extra. Raises :class:`Unavailable` where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise Unavailable(f"{module} is not installed: {HOW}") from None


def available(module: str) -> bool:
    """Return whether a module of the extra is installed; what rests on it is left out, and said so, where it is not."""
    return find_spec(module) is not None
