"""What sub-topics share is not given away by their counts, however many sub-topics there are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from evidence.listening.moving import Part, overlaps_betray

UNDER = 5


def codes(posts: list[tuple[str, int]]) -> dict[str, Part]:
    """Return the codes of posts: each has the letters of its codes, and who wrote it."""
    letters = sorted({letter for some, _ in posts for letter in some})
    rows = {letter: [place for place, (some, _) in enumerate(posts) if letter in some] for letter in letters}
    who = np.array([author for _, author in posts])
    return {letter: Part("posts", np.array(places), who[places]) for letter, places in rows.items()}


@pytest.mark.parametrize("number", [2, 3, 8, 9, 12, 15])
def test_one_post_with_all_sub_topics_is_seen(number):
    everything = "abcdefghijklmno"[:number]
    assert overlaps_betray(codes([(everything, 1)]), UNDER)


@pytest.mark.parametrize("number", [8, 9, 12])
def test_a_rare_overlap_among_many_is_open(number):
    letters = "abcdefghijkl"[:number]
    sizes = (2, 3)
    posts = [
        ("".join(some), author) for size in sizes for some in combinations(letters[1:], size) for author in range(9)
    ]
    assert not overlaps_betray(
        codes([*posts, ("ab", 900), ("abc", 901), ("ac", 902), ("ad", 903), ("ad", 904), ("ae", 905)]), UNDER
    )


def test_overlaps_of_many_people_tell_nothing_of_few():
    assert not overlaps_betray(codes([("ab", author) for author in range(9)]), UNDER)
    assert not overlaps_betray(codes([("a", 1), ("b", 2)]), UNDER)
