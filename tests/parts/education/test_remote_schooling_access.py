"""Tables of the chapter on computers and internet: against the printed shares, and what they can be of."""

import pytest

from evidence.data import store
from evidence.figures.intervals import interval_pct
from evidence.parts.education import remote_schooling_access as access


def rounded(part: float, whole: float) -> int:
    return int(100 * part / whole + 0.5)


@pytest.mark.parametrize(
    ("group", "location", "size"), [("teachers", "rural-and-semi-urban", 18), ("students", "urban", 12)]
)
def test_the_sizes_of_groups_come_from_the_table_of_participants(group, location, size):
    assert access.size(group, location) == size


def test_everyone_asked_on_computers_is_in_one_part():
    computers = access.computers().set_index("Who")
    assert computers.sum(axis=1).to_dict() == {
        "Teachers, urban": 12,
        "Teachers, rural and semi-urban": 18,
        "Students, urban": 12,
        "Students, rural and semi-urban": 16,
    }
    assert (computers >= 0).all(axis=None)


def test_the_people_with_a_computer_give_the_printed_totals():
    computers = access.computers().set_index("Who")
    for group, size in (("Teachers", 30), ("Students", 28)):
        of = computers[computers.index.str.startswith(group)].sum()
        for part, category in (("own use", "not-shared"), ("shared with family", "shared-with-family")):
            printed = store.row(
                "covidgender2021_infrastructure", f"computer-{category}-{group.lower()}-overall"
            ).percent
            assert rounded(of[part], size) == printed


def test_the_first_column_fits_only_a_group_as_large_as_the_rural_teachers():
    assert access.sizes_that_fit() == [12] == [access.size("teachers", "rural")]


def test_the_hypothesis_gives_every_printed_share_and_leaves_nobody_negative():
    ours = access.hypothesis()
    for answer in access.INTERNET:
        printed = [
            access.printed("internet", answer, "teachers", place)
            for place in ("rural-and-semi-urban", "urban", "overall")
        ]
        total = sum(place[answer] for place in ours.values())
        assert [rounded(ours["rural"][answer], 12), rounded(ours["urban"][answer], 12), rounded(total, 30)] == printed
        assert all(place[answer] >= 0 for place in ours.values())


def test_the_block_says_where_no_number_of_people_fits():
    block = access.internet_block().set_index("Internet at home")
    assert block["of 18 rural and semi-urban"].tolist()[:3] == ["no number fits", "9", "no number fits"]
    assert block.loc[
        "together", ["of 12 rural (our hypothesis)", "of all 30", "left for 6 semi-urban (our hypothesis)"]
    ].tolist() == [12, 30, 6]


def test_good_internet_has_counts_before_shares_and_overlapping_intervals():
    good = access.good_internet()
    assert list(good.columns[:3]) == ["Who", "With good internet", "Asked"]
    for row in good.itertuples(index=False):
        low, high = interval_pct(row[1], row[2])
        assert row[3:] == (round(100 * row[1] / row[2]), round(low), round(high))
    assert good["Interval from, %"].max() < good["to, %"].min()
