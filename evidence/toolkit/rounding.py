"""Numbers of rows as a published page tells them: as the bound that they reach, so that no difference is exact."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evidence.toolkit.messages import Message, changed


def rounded(number: int, under: int) -> int:
    """Return a number rounded down to a multiple of the bound of small counts; with 0 as the bound it stays."""
    return number - number % under if under else number


def in_words(number: int, under: int) -> str:
    """Return a number in words: fewer than the bound, at least so many, or itself with 0 as the bound."""
    if not under:
        return str(number)
    if number < under:
        return Message.of("fewer than {under}", under=under)
    return Message.of("at least {number}", number=rounded(number, under))


class Counted(Message):
    """A sentence with a number of rows, exact for those who have the files; :func:`published` is for a page."""

    @classmethod
    def rows(cls, template: str, number: int, **parts: Any) -> Counted:
        """Return the sentence of a template with ``{number}``, and with other names that are filled in."""
        sentence = cls(Message.of(template, number=number, **parts))
        sentence.template, sentence.parts = template, {"number": number, **parts}
        return sentence


def published(text: str, under: int) -> str:
    """Return a text with the numbers of rows in it in words: at least so many, or fewer than the bound.

    With 0 as the bound they are exact.
    """

    def told(message: Message) -> Message:
        if not isinstance(message, Counted) or not under:
            return message
        words = in_words(message.parts["number"], under)
        return Message.of(message.template, **(message.parts | {"number": words}))

    return changed(text, told)


def set_aside(counted: pd.DataFrame, under: int) -> pd.DataFrame:
    """Return how many rows each rule set aside as a report may tell it: ``at_least`` in the place of ``rows``.

    ``counted`` comes from :func:`evidence.toolkit.faults.counted`; its numbers are rounded down. That of cells which
    their row can do without is missing: the children of these rows are counted elsewhere, as not given. With 0 as the
    bound all are exact.
    """
    numbers = counted["rows"].astype("Int64").map(lambda rows: rounded(rows, under)).astype("Int64")
    told = counted.drop(columns="rows").assign(at_least=numbers)
    return told.assign(at_least=numbers.mask(told["left_out"] == "cell")) if under else told
