"""Tables of the chapter on choices: every rule and parameter of the toolkit, with who set it."""

from evidence.listening.results import PARAMETERS
from evidence.listening.rulebook import RULEBOOK
from evidence.parts.methods import listening_choices


def test_every_rule_and_every_choice_is_shown_with_who_set_it():
    rules, choices = listening_choices.rules(), listening_choices.open_choices()
    assert (len(rules), len(choices)) == (len(RULEBOOK), len(PARAMETERS))
    for table, column in ((rules, "Who says so"), (choices, "Who chose")):
        assert set(table[column]) <= set(listening_choices.BASES.values())
        assert not table.drop(columns=["Or"], errors="ignore").eq("").any(axis=None)


def test_most_choices_are_ours():
    ours = listening_choices.open_choices()["Who chose"] == "Ours"
    assert ours.mean() > 0.5
