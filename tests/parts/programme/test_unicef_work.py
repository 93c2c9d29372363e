"""Tables of the chapter on UNICEF's own work, against the coded rows, the facts and the disagreements."""

from types import SimpleNamespace

import pytest

from evidence.data import store
from evidence.data.records import fact
from evidence.parts.programme import ANNUAL
from evidence.parts.programme import unicef_work as chapter

OTHER_NAMES = {  # of one body, in other lines of the report
    "annual-edinburgh": ["National Edinburgh University", "National University of Edinburgh"],
    "annual-ncph": ["National Center on Public Health"],
    "annual-womens-commission": ["National Commission on Women's Rights"],
    "annual-mo-information": ["Ministry of Culture and Information"],
    "annual-mo-digital-development": ["Ministry of Digital Development, Innovations and Aerospace"],
    "annual-drr-center": ["Center on Emergencies and Disaster Risks Reduction"],
}


@pytest.fixture(scope="module")
def contributions():
    return store.of_document("contributions", ANNUAL)


def test_every_contribution_has_one_area_and_one_kind(contributions):
    coded = store.load("contribution_kinds")
    assert sorted(coded["contribution"]) == sorted(contributions["id"])
    assert len(chapter.contributions()) == len(contributions)


def test_kinds_count_every_contribution_once(contributions):
    table = chapter.kinds()
    assert table[chapter.ALL].sum() == len(contributions)
    assert table.drop(columns=["Kind of work", chapter.ALL]).sum(axis="columns").tolist() == table[chapter.ALL].tolist()
    assert table[chapter.ALL].is_monotonic_decreasing


def test_a_theme_of_the_report_stands_in_one_area(contributions):
    coded = store.load("contribution_kinds").merge(contributions, left_on="contribution", right_on="id")
    assert coded.groupby("theme")["area"].nunique().max() == 1
    partners = coded[coded["area"] == "partners"]
    assert set(partners["kind"]) == {"partnership"}
    assert set(coded[coded["kind"] == "partnership"]["area"]) == {"partners"}


def test_a_count_of_reach_stands_once_and_is_no_share():
    table = chapter.reach()
    keys = [cell["to"].removeprefix("fact:") for cell in table["Whom it counts"]]
    assert len(keys) == len(set(keys))
    for key in keys:
        assert fact(key).unit not in chapter.NO_COUNTS
        assert "repeated" not in fact(key).flags
    assert table["As given"].eq("number lost").sum() == 2


def test_every_system_of_the_report_is_shown():
    table = chapter.systems()
    assert len(table) == len(store.of_document("systems", ANNUAL))
    assert table[["Held by", "What it misses"]].ne("").all(axis=None)


def test_a_partner_is_named_in_the_contribution_it_is_coded_with(contributions):
    named = contributions.set_index("id")["partners"]
    for row in store.load("partner_areas").itertuples():
        body = store.row("bodies", row.partner)
        names = {body.name, body.abbreviation, *OTHER_NAMES.get(row.partner, [])}
        assert (body.source, names & set(store.items(named[row.contribution])) == set()) == (ANNUAL, False), row


def test_every_partner_of_a_contribution_is_coded(contributions):
    coded = store.load("partner_areas").groupby("contribution")["partner"].nunique()
    unnamed = {"a national retail chain", "civil society organisations", "universities"}
    unnamed |= {"influencers", "game developers", "businesswomen"}  # no body of their own
    for row in contributions.itertuples():
        named = [name for name in store.items(row.partners) if name not in unnamed]
        assert len(named) <= coded.get(row.id, 0), row.id


def test_a_partner_is_of_one_sort():
    assert store.load("partner_areas").groupby("partner")["sort"].nunique().max() == 1


def test_the_matrix_names_every_partner_and_sets_those_without_area_apart():
    table = chapter.partners().set_index("Area")
    sorts = list(store.labels("partner_areas", "sort").values())
    assert list(table) == sorts
    cells = {
        area: {name for cell in row for name in cell.split("; ")} for area, row in zip(table.index, table.to_numpy())
    }
    named = set().union(*cells.values()) - {chapter.NO_PARTNER}
    assert named == {store.row("bodies", key).name for key in store.load("partner_areas")["partner"]}
    apart = cells.pop("No area named") - {chapter.NO_PARTNER}
    assert not apart & set().union(*cells.values())


def test_figures_printed_again_agree_or_are_supplied_by_the_text():
    table = chapter.printed_twice()
    flagged = [row.id for row in store.of_document("facts", ANNUAL).itertuples() if "repeated" in row.flags]
    assert sorted(cell["to"].removeprefix("fact:") for cell in table["Figure"]) == sorted(flagged)
    assert "they differ" not in set(table["Reading"])
    supplied = table[table["Reading"] == "the text supplies what is lost"]
    assert set(supplied["Given again"]) == {"number lost"}
    assert "number lost" not in set(table["In the text"])


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ({"value": 5.0}, "both agree"),
        ({"value": 6.0}, "they differ"),
        ({"qualifier": "about"}, "they differ"),
        ({"base": "all children"}, "the numbers agree, of whom they are does not"),
        ({"flags": "lost_in_source;repeated", "value": float("nan")}, "the text supplies what is lost"),
    ],
)
def test_a_figure_printed_again_is_read_by_number_bounds_and_base(again, expected):
    first = {"value": 5.0, "qualifier": "exact", "base": "children", "flags": ""}
    assert chapter.reading(SimpleNamespace(**first), SimpleNamespace(**first | again)) == expected


def test_what_is_lost_for_good_is_supplied_nowhere():
    table = chapter.lost()
    keys = {cell["to"].removeprefix("fact:") for cell in table["Of whom"]}
    assert keys == {
        "annual-cyberbullying-experienced-lost",
        "annual-parenting-campaign-lost",
        "annual-recipe-book-users",
    }
    rows = store.of_document("facts", ANNUAL)
    for key in keys:
        same = rows[rows["indicator"] == fact(key).indicator]
        assert same["value"].isna().all()


def test_doubts_are_the_open_ones_that_touch_a_figure_or_a_conclusion():
    table = chapter.doubts()
    rows = store.rows("discrepancies")
    keys = [cell["to"].removeprefix("discrepancy:") for cell in table["What is in doubt"]]
    wanted = [
        key
        for key, row in rows.items()
        if ANNUAL in (row.left_source, row.right_source) and row.status == "open" and row.severity != "wording"
    ]
    assert sorted(keys) == sorted(wanted)
    assert table["How much it matters"].drop_duplicates().tolist() == ["changes a conclusion", "changes a figure"]


def test_a_lesson_says_whom_it_asks_and_how_that_is_known():
    table = chapter.lessons()
    assert len(table) == len(store.of_document("recommendations", ANNUAL))
    for cell, asked in zip(table["Lesson"], table["Whom it asks"]):
        row = store.row("recommendations", cell["to"].removeprefix("recommendation:"))
        ends = {"stated": row.addressee, "inferred": f"{row.addressee} (our reading)", "none": "nobody named"}
        assert asked == ends[row.addressee_basis]
