"""Tables of the chapter on queries: lint, forms, checks by people, on invented lines and synthetic posts."""

import pytest

from evidence.parts.methods import listening_queries


def test_words_side_by_side_are_refused_and_a_good_query_runs():
    said = listening_queries.lint().set_index("Query")["What it says"]
    assert said["школа дети"].startswith("refused") and said["шк*"].startswith("doubtful")
    assert said["тьютор AND (школа OR сад)"] == "runs"


def test_forms_find_fewer_other_words_than_a_prefix():
    table = listening_queries.forms().set_index("Word of a post")
    assert table.loc["балаларымызға", "Found by its forms"] == "yes"
    for word in ("балабақша", "қызық", "қызамық", "ұлттық"):
        assert table.loc[word].tolist()[1:] == ["no", "yes"]
    assert table.loc["балама", "Found by its forms"] == "yes"  # the error that the page names


def test_labels_bring_the_share_of_a_poor_query_back():
    table = listening_queries.narrow().set_index("Query")
    poor = table.loc["A few words, too few"]
    assert poor["As found, %"] < poor["Interval from, %"] < poor["True share, %"] < poor["Interval to, %"]
    good = table.loc["All words of the code book"]
    assert good["Interval to, %"] - good["Interval from, %"] < poor["Interval to, %"] - poor["Interval from, %"]


def test_people_find_the_planted_quality():
    table = listening_queries.quality().set_index("Measure")
    for measure in ("Precision, %", "Relevant posts"):
        row = table.loc[measure]
        assert row["Interval from"] < row["True value"] < row["Interval to"]
    assert listening_queries.agreement()["Kappa"].item() == pytest.approx(0.81, abs=0.05)


def test_scores_on_lines_are_shares_of_counts():
    table = listening_queries.lines()
    assert (table["Share, %"] == 100 * table["Right"] / table["Of"]).all()
    assert (
        (table["Interval from, %"] <= table["Share, %"]) & (table["Share, %"] <= table["Interval to, %"] + 1e-9)
    ).all()


def test_kazakh_typed_without_its_letters_is_found_unless_passed_over():
    table = listening_queries.lines().query("Measure == 'recall'").set_index("Book")["Share, %"]
    found, passed = (table[table.index.str.endswith(f"such words {how}")].item() for how in ("found", "passed over"))
    assert found > 90 > 50 > passed


def test_languages_of_all_lines_are_told_both_ways():
    table = listening_queries.languages()
    assert table["Lines in"].notna().all() and table["Of"].sum() == 148
    assert (table["Right with a model"] <= table["Of"]).all()
    latin = table.set_index("Lines in").loc["Russian in Latin letters"]
    assert latin["Right by letters"] == latin["Right with a model"] == 0  # as the page says
