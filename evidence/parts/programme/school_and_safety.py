"""Tables of the chapter on school and safety."""

from __future__ import annotations

import pandas as pd

from evidence.exhibits.frames import printed


def pisa() -> pd.DataFrame:
    """Return the places of Kazakhstan in PISA 2022, one row per subject and one overall, the best first.

    Columns: ``Subject``, ``Place`` (1 is best). Source: unicefkz2023annual, Part 1.
    """
    return printed("year-pisa", "Subject", value="Place").sort_values("Place", ignore_index=True)
