"""Numbers of rows as a published page tells them: as the bound that they reach, so that no difference is exact."""

from __future__ import annotations

import pandas as pd


def rounded(number: int, under: int) -> int:
    """Return a number rounded down to a multiple of the bound of small counts; with 0 as the bound it stays."""
    return number - number % under if under else number


def in_words(number: int, under: int) -> str:
    """Return a number in words: fewer than the bound, at least so many, or itself with 0 as the bound."""
    if not under:
        return str(number)
    return f"at least {rounded(number, under)}" if number >= under else f"fewer than {under}"


class Counted(str):
    """A sentence with a number of rows, exact for those who have the files; :meth:`published` is for a page."""

    template: str
    number: int

    @classmethod
    def of(cls, template: str, number: int) -> Counted:
        """Return the sentence of a template with ``{number}``."""
        sentence = cls(template.format(number=number))
        sentence.template, sentence.number = template, number
        return sentence

    def published(self, under: int) -> str:
        """Return the sentence with its number in words."""
        return self.template.format(number=in_words(self.number, under))


def set_aside(counted: pd.DataFrame, under: int) -> pd.DataFrame:
    """Return how many rows each rule set aside as a report may tell it: ``at_least`` in the place of ``rows``.

    ``counted`` comes from :func:`evidence.toolkit.faults.counted`; its numbers are rounded down. That of cells which
    their row can do without is missing: the children of these rows are counted elsewhere, as not given. With 0 as the
    bound all are exact.
    """
    numbers = counted["rows"].astype("Int64").map(lambda rows: rounded(rows, under)).astype("Int64")
    told = counted.drop(columns="rows").assign(at_least=numbers)
    return told.assign(at_least=numbers.mask(told["left_out"] == "cell")) if under else told
