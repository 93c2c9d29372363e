"""Tables of the chapter on the choices of a listening study: the toolkit's own rules, as it prints them."""

from __future__ import annotations

import pandas as pd

from evidence.listening.results import PARAMETERS
from evidence.listening.rulebook import RULEBOOK
from evidence.listening.rules import Rule

BASES = {"document": "The document", "imported": "Imported", "ours": "Ours"}


def _others(choices: tuple, default: object) -> str:
    return ", ".join(str(choice) for choice in choices if choice != default)


def rules() -> pd.DataFrame:
    """Return every rule of the toolkit: ``Rule``, ``What it does``, ``Who says so``, ``Where``."""
    rows = [(rule.title, _sentence(rule), BASES[rule.basis], rule.where) for rule in RULEBOOK]
    return pd.DataFrame(rows, columns=["Rule", "What it does", "Who says so", "Where"])


def _sentence(rule: Rule) -> str:
    return rule.sentence.format(**rule.values())


def open_choices() -> pd.DataFrame:
    """Return the choices that a user can change: ``Choice``, ``Chosen``, ``Or``, ``Who chose``, ``Why, or where``."""
    rows = [
        (one.about, str(one.default) or "none", _others(one.choices, one.default), BASES[one.basis], one.where)
        for one in PARAMETERS
    ]
    return pd.DataFrame(rows, columns=["Choice", "Chosen", "Or", "Who chose", "Why, or where"])
