"""The engines on which rules are tested."""

from __future__ import annotations

import pytest

from evidence.toolkit import engines

NAMES = ("pandas", "duckdb", "polars", "arrow", "spark")


@pytest.fixture(scope="module", params=NAMES)
def engine(request):
    """Return an engine by name; one that is not installed is skipped, with what to install."""
    if request.param == "arrow":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: make engines")
        return None
    try:
        return engines.engine(request.param)
    except engines.Unavailable as reason:
        pytest.skip(f"{reason}, or run 'make engines'")
