"""Tables of the chapter on children out of school."""

from __future__ import annotations

import pandas as pd

from evidence.data import dates
from evidence.data.format import as_printed
from evidence.data.records import PLACE, fact
from evidence.exhibits.exhibit import link
from evidence.exhibits.frames import rows_of


def counts() -> pd.DataFrame:
    """Return the figures on children not in school, one row each, from the register to refusals.

    Columns: ``Children`` (who is counted), ``Figure`` (as printed, linked to the fact), ``As of`` ("not given" where
    the study gives no year), ``Counted by``, then ``PLACE``. Source: antonowicz2013oosc, §3.2 and §4.
    """
    found = []
    for row in rows_of("oosc-counts"):
        item = fact(row.fact)
        shown = link(as_printed(item), "fact", item.id)
        when = dates.reads(item.period) if item.period else "not given"
        found.append((row.label, shown, when, item.measured_by, *(getattr(item, name) for name in PLACE)))
    return pd.DataFrame(found, columns=["Children", "Figure", "As of", "Counted by", *PLACE])
