"""The drawing of the rooms says what the imports say."""

from __future__ import annotations

from functools import cache

import pytest

from evidence.checks.rooms import direct, rooms, steps
from evidence.site.rooms import BOX, STEP, places

found = cache(rooms)  # read once for all tests
APART = 328 / 4  # px between two of four boxes on a phone


def behind(place: dict[str, tuple[float, int]], room: str, other: str) -> list[str]:
    """Return the boxes between two rooms that a straight line between them touches on a phone."""
    (x, y), (x2, y2) = place[room], place[other]
    half, rise = BOX[0] / 2 / APART, BOX[1] / 2 / STEP

    def away(at: float, step: float) -> float:
        return abs(x + (x2 - x) * (y - step) / (y - y2) - at)

    return [
        name
        for name, (at, step) in place.items()
        if y2 < step < y and min(away(at, step + part) for part in (-rise, 0, rise)) < half
    ]


def test_no_line_runs_behind_a_box_it_does_not_join():
    frame = found()
    place = places(frame)
    assert len(set(place.values())) == len(place)
    assert {pair: behind(place, *pair) for pair in direct(frame) if behind(place, *pair)} == {}


def test_a_line_behind_a_box_is_seen():
    assert behind({"cli": (0.0, 2), "checks": (0.1, 1), "data": (0.0, 0)}, "cli", "data") == ["checks"]


@pytest.mark.parametrize(
    ("room", "step"), [("data", 0), ("figures", 1), ("book", 3), ("live", 5), ("authoring", 5), ("cli", 6)]
)
def test_a_room_stands_as_high_as_the_rooms_that_import_it_allow(room, step):
    assert steps(found())[room] == step
