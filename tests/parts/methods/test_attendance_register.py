"""The study's own tables come out of the toolkit, and the parts of a change add up."""

import pytest

from evidence.figures.calculations import compute
from evidence.parts.methods import attendance_register as register


def regions_of(table):
    """Return the rows of regions, without those that add them up."""
    return table[~table.index.str.startswith("All regions")]


def test_the_national_register_is_the_printed_one():
    table = register.national().set_index("School year")
    assert table["Registered"].tolist() == table["In the study: registered"].tolist() == [1756, 894]
    assert table["Not returned"].tolist() == table["In the study: not returned"].tolist() == [214, 188]
    assert table["Share not returned, %"].round(2).tolist() == [12.19, 21.03]


def test_every_cell_that_can_be_compared_is_equal():
    table = register.agreement()
    assert table["Equal"].tolist() == table["Compared"].tolist() == [32, 32, 128, 124]


def test_a_changed_cell_is_seen(monkeypatch):
    rows = register.printed().copy()
    rows["low_income_n"] = rows["low_income_n"].astype(int)
    entries = register.entries(rows[rows["place"] != "kazakhstan"])
    rows.loc[rows.index[0], "low_income_n"] += 1
    monkeypatch.setattr(register, "printed", lambda: rows)
    monkeypatch.setattr(register, "_entries_of_regions", lambda: entries)
    table = register.agreement()
    assert table["Compared"].sum() - table["Equal"].sum() >= 1


def test_the_parts_of_the_change_add_up():
    table = register.parts_of_change().set_index("Region")
    total, regions = table.loc["All regions"], regions_of(table)
    assert len(regions) == 16
    assert total["Change"] == pytest.approx(100 * (188 / 894 - 214 / 1756), abs=1e-9)
    assert regions["Change"].sum() == pytest.approx(total["Change"], abs=1e-9)


def test_which_part_is_larger_depends_on_the_weights():
    """What the chapter says: the rise cannot be split reliably. Its figures are those of the table."""
    table = register.parts_of_change().set_index("Region")
    totals = table[table.index.str.startswith("All regions")]
    assert (totals["By shares"] + totals["By weights"]).tolist() == pytest.approx(totals["Change"].tolist())
    assert (totals["By shares"] > totals["By weights"]).tolist() == [True, True, False]
    worked_out = [compute(f"register-within-{weights}") for weights in ("average", "first", "last")]
    assert totals["By shares"].tolist() == pytest.approx(worked_out)
    few = table.loc[["Mangystau", "Atyrau"], "By shares"].sum()
    assert few == pytest.approx(compute("register-within-few-children"))
    assert compute("register-between-average") == pytest.approx(totals["By weights"].iloc[0])


def test_the_weight_of_east_kazakhstan_makes_up_about_half_of_the_rise():
    """By the shares of either year; what is left over comes from all other changes."""
    assert [round(compute(f"register-east-weight-of-rise-{year}")) for year in (2012, 2011)] == [48, 61]


def test_east_kazakhstan_is_as_the_chapter_says():
    """Almost the lowest share, most of its weight lost, its own parts nearly cancel."""
    table = regions_of(register.parts_of_change().set_index("Region"))
    east = table.loc["East Kazakhstan"]
    assert table["Share before, %"].min() == east["Share before, %"]
    assert east["Weight after, %"] < 0.5 * east["Weight before, %"]
    assert east["By shares"] > 0 > east["By weights"] and abs(east["Change"]) < 0.1 * table["Change"].abs().sum()


def test_the_form_marks_what_the_study_misses():
    form = register.form()
    assert {"sex", "days_missed"} <= set(form.loc[form["In the study"] == "missed there", "Field"])


def test_every_faulty_entry_is_named():
    assert register.refused()["Row"].tolist() == [2, 3, 4, 5, 6, 7]
