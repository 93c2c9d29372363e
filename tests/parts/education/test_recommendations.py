"""Tables of the chapter on recommendations: against the coded rows."""

import pytest

from evidence.data.store import of_document
from evidence.parts.education import OUT_OF_SCHOOL, recommendations


@pytest.fixture(scope="module")
def coded():
    return of_document("recommendations", OUT_OF_SCHOOL)


def test_every_part_is_listed_once_in_the_order_of_its_ids(coded):
    table = recommendations.parts()
    assert table["What is asked"].tolist() == coded["statement"][coded["part"] != ""].tolist()


def test_a_part_names_its_recommendation_addressee_level_themes_and_number_of_findings():
    first = recommendations.parts().set_index("Recommendation").loc["1 (a)"]
    assert first[["Who is asked", "Level", "Themes", "Findings it answers"]].tolist() == [
        "Government of Kazakhstan",
        "national",
        "Early childhood, Urban and rural",
        3,
    ]
    other = recommendations.parts().set_index("Recommendation").loc["10 (b)"]
    assert other[["Who is asked", "Level"]].tolist() == ["state agencies, NGOs (inferred)", "several levels"]


@pytest.mark.parametrize(
    "names, basis, shown",
    [
        ("schools;NGOs", "stated", "schools, NGOs"),
        ("schools;NGOs", "inferred", "schools, NGOs (inferred)"),
        ("", "none", "nobody named"),
    ],
)
def test_an_addressee_says_how_it_is_known(names, basis, shown):
    assert recommendations.addressee(names, basis) == shown


def test_a_part_that_rests_on_no_finding_answers_none(coded):
    parts = coded[coded["part"] != ""]
    answers = recommendations.parts()["Findings it answers"]
    assert (answers == 0).tolist() == (parts["rests_on"] == "").tolist()


def test_the_seventeen_recommendations_stand_in_printed_order_with_all_parts(coded):
    table = recommendations.whole()
    assert table["No."].tolist() == list(range(1, 18))
    assert table["Parts"].sum() == (coded["part"] != "").sum()
    assert table["Parts"].head(3).tolist() == [3, 11, 6]
