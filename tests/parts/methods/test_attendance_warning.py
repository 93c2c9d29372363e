"""Invented pupils are flagged as worked out by hand, and the sheet has its nine fields."""

from evidence.parts.methods import attendance_warning as warning


def test_pupils_are_flagged_as_worked_out():
    assert warning.pupils()["Flagged"].tolist() == ["no", "yes", "yes", "yes", "undetermined"]


def test_traits_are_counted():
    table = warning.traits()
    assert table["Traits"].tolist() == [1, 2, 1, 2, 1]
    assert table["At risk"].tolist() == ["no", "yes", "no", "yes", "undetermined"]


def test_the_sheet_has_nine_fields_four_of_them_for_each_attribute():
    sheet = warning.printable().set_index("What is written")
    assert sheet.shape == (9, 6) and (sheet["The pupil"] == "").sum() == 5
    assert ((sheet.drop(columns="The pupil") == "").sum() == 4).all()
    assert len(warning.empty_sheet()) == 4 * 5 + 5
    assert (warning.empty_sheet()["entry"] == "").all()


def test_every_number_says_who_set_it():
    rules = warning.rules()
    assert set(rules["Set by"]) == {"the study", "ours"}
    assert (rules["What it says"] != "").sum() == 2


def test_every_factor_has_its_place():
    factors = warning.factors()
    assert set(factors["Domain"]) == {"Individual", "Family", "Behaviours", "School"}
    assert (factors["Place"] == "p. 24, Table 4").all() and factors["Column"].is_unique
