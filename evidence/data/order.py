"""The order in which rows stand: codes as in their vocabulary, places as in the text of their document."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from evidence.data.store import first_lines


def in_order(rows: pd.DataFrame, *columns: str, **orders: Iterable[str]) -> pd.DataFrame:
    """Return rows sorted by columns, numbered anew; rows that are alike in all of them stay as they are.

    ``in_order(rows, "study", "lines", study=store.labels("services", "study"))``: codes of a column with an order
    stand by their place in it, those that it leaves out last; ``lines`` by the first of them; all else by value.
    """
    places = {column: {code: place for place, code in enumerate(order)} for column, order in orders.items()}

    def key(values: pd.Series) -> pd.Series:
        if values.name in places:
            known = places[values.name]
            return values.map(lambda code: known.get(code, len(known)))
        return first_lines(values.to_frame()) if values.name == "lines" else values

    return rows.sort_values(list(columns), key=key, kind="stable", ignore_index=True)
