"""What tests of records share."""

from __future__ import annotations

import pytest

from evidence.site.records import paged


@pytest.fixture
def on_one_page(monkeypatch):
    """Let lists of any length stand on one page, as tests read them."""
    monkeypatch.setattr(paged, "MOST_ELEMENTS", 10**9)
    monkeypatch.setattr(paged, "MOST_CHARACTERS", 10**9)
