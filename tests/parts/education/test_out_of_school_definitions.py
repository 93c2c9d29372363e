"""Tables of the chapter on definitions: against the coded rows and the printed thresholds."""

from evidence.parts.education import out_of_school_definitions as definitions


def test_the_terms_that_decide_who_counts_are_compared_and_no_others():
    assert definitions.terms()["Term"].tolist() == [
        "children at risk of dropping-out",
        "attendance and enrolment",
        "children out-of-school",
        "drop-out rate by grade",
        "dropping-out",
        "early school leaving",
        "invisible children",
        "school",
    ]


def test_every_wording_of_the_threshold_is_shown_as_printed():
    printed = definitions.thresholds()["Threshold as given"].str.lower()
    assert printed.value_counts().to_dict() == {
        "more than 10 days": 6,
        "at least 10 days": 1,
        "10 days or more": 1,
        "between 15 and 30 days": 1,
    }


def test_risk_points_follow_the_school_career():
    points = definitions.risk_points()
    assert points["When"].tolist() == ["Entering school", *["During school"] * 3, *["Once outside"] * 2]
    assert points["Risk point"].iloc[0] == "Failing to start appropriate provision"
    assert points["Risk point"].iloc[-1] == "Failing to find a place"
