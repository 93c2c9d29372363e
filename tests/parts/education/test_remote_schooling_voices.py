"""Tables of the chapter on who was heard: against the printed totals, the text and its codes."""

import re
from collections import Counter

import pytest

from evidence.data import store
from evidence.data.records import fact
from evidence.parts.education import remote_schooling_voices as voices

SIZES = {"Teachers": 30, "Parents": 30, "Students": 28}
CODE = re.compile(r"\b(?:([PT])(AR|N|S) ?(\d+|I)|(S)(AR|N|S)(\d-\d))\b")  # I: a 1 misread as a letter
SITES = {"AR": "almaty_region", "N": "astana_city", "S": "shymkent"}
GROUPS = {"T": "teachers", "P": "parents", "S": "students"}


@pytest.fixture(scope="module")
def composition():
    return voices.composition()


def test_the_people_of_each_block_make_up_the_group(composition):
    sums = composition[composition["Category"] == voices.TOGETHER].set_index("Characteristic")
    for group, size in SIZES.items():
        assert set(sums[group].dropna()) == {size}
    assert list(sums.index) == ["Gender", "Family", "School", "Place"]
    assert sums["Parents"].isna().to_dict() == {"Gender": False, "Family": False, "School": True, "Place": False}


def test_every_printed_share_has_its_people(composition):
    rows = composition[composition["Category"] != voices.TOGETHER]
    assert len(rows) == len(store.load("covidgender2021_profile"))
    for group in SIZES:
        assert (rows[group].isna() == rows[f"{group}, %"].isna()).all()


def test_the_people_agree_with_the_counts_of_the_text(composition):
    teachers = composition.set_index("Category")["Teachers"]
    assert teachers["Female"] == fact("covid-female-teachers").value
    without = teachers["Single"] + teachers["Married with no children"]
    assert without == fact("covid-female-teachers-no-children").value
    assert SIZES["Teachers"] - without == fact("covid-teachers-parents-share").value * SIZES["Teachers"] / 100


def test_the_places_are_those_of_the_table(composition):
    places = voices.by_location().set_index("Group")
    assert places.loc["Students"].tolist() == [12, 11, 5]
    assert places.sum(axis=1).to_dict() == SIZES


def test_the_sites_add_up_to_the_printed_totals():
    sites = voices.sites()
    numbers = sites.drop(columns="Site").astype(float)
    assert numbers.iloc[:-1].sum().tolist() == numbers.iloc[-1].tolist()
    assert (numbers[["Teachers", "Parents", "Students"]].sum(axis=1) == numbers["All"]).all()
    assert sites["Site"].iloc[-1] == voices.TOGETHER


def test_more_people_are_heard_than_quoted_and_the_sites_share_the_quotations():
    quoted = voices.quotations()
    assert dict(zip(quoted["Group"], quoted["Heard"])) == SIZES
    assert (quoted["Quoted"] < quoted["Heard"]).all() and (quoted["Quoted"] <= quoted["Times quoted"]).all()
    sites = [store.names("places")[site] for site in ("almaty-region", "astana-city", "shymkent")]
    assert (quoted[sites].sum(axis=1) == quoted["Times quoted"]).all()


def test_the_quotations_are_those_of_the_text(source_texts):
    text = (source_texts / "covidgender2021.txt").read_text(encoding="utf-8").splitlines()
    for row in store.load("voices").itertuples():
        first, last = store.line_range(row.lines)
        found = [match.groups() for line in text[first - 1 : last] for match in CODE.finditer(line)]
        uses = [
            (GROUPS[group or student], SITES[site or place], (number or seat).replace("I", "1"))
            for group, site, number, student, place, seat in found
        ]
        ours = [use for use in uses if use[0] == row.group]
        people = Counter(ours)
        assert (len(ours), len(people), max(people.values())) == (row.uses, row.voices, row.most)
        by_site = Counter(site for _, site, _ in ours)
        assert by_site == {site: getattr(row, site) for site in SITES.values()}
