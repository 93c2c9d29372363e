"""Every question leads to recommendations of the study, and answers leave the gaps worked out by hand."""

from evidence.attendance.protocol import QUESTIONS
from evidence.data import store
from evidence.parts.methods import attendance_protocol as protocol


def test_every_question_leads_to_recommendations_that_exist():
    table = protocol.questions()
    assert len(table) == len(QUESTIONS)
    for cell in [*table["Recommendation"], *filter(None, table["Also"])]:
        kind, _, key = cell["to"].partition(":")
        assert kind == "recommendation" and store.row("recommendations", key).source == protocol.DOCUMENT
        assert cell["text"] == f"Recommendation {int(store.row('recommendations', key).number)}"


def test_no_recommendation_of_a_question_is_left_out():
    assert max(len(question.recommendations) for question in QUESTIONS) <= 2


def test_the_stages_count_every_question():
    stages = protocol.stages()
    assert len(stages) == 6 and stages["Questions"].sum() == len(QUESTIONS)
    assert stages["Questions"].idxmax() == 0  # the title of the exhibit says so


def test_what_is_answered_with_yes_is_no_gap():
    found = protocol.example()
    assert "Is a child followed after its return?" not in set(found["Gap"])
    assert set(found["Answer"]) == {"no", "partly", "unanswered"}
