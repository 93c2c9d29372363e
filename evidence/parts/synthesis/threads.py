"""Tables of the chapter on threads through time."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.records import CALLS
from evidence.exhibits.exhibit import linked
from evidence.figures.formulas import share_pct
from evidence.figures.tallies import best_threads

VERDICTS = list(store.labels("threads", "verdict").values())
KINDS = {  # what an earlier record is called, by its column
    "recommendation": "Recommendation",
    "action": "Action",
    "finding": "Gap found",
    "instrument": "Law or plan",
    "system": "System",
}


def _earlier(row) -> str:
    """Return the column of the earlier record of a thread."""
    return next(column for column in KINDS if getattr(row, column))


def _threads(is_call: bool) -> list:
    """Return the threads of calls, or those of everything else, by document and earlier place."""
    rows = [row for row in store.rows("threads").values() if (_earlier(row) in CALLS) is is_call]
    sources, order = list(store.rows("sources")), list(store.labels("threads", "verdict"))
    by_age = sorted(sources, key=lambda key: store.row("sources", key).year)
    return sorted(
        rows,
        key=lambda row: (by_age.index(row.earlier_source), order.index(row.verdict), row.id),
    )


def threads(is_call: bool) -> pd.DataFrame:
    """Return what later documents report of earlier calls, or of laws, plans, systems and gaps, one row a thread.

    Columns: ``Earlier`` (leading to the card of the thread), ``In`` (document), ``Kind`` (not for calls), ``Verdict``,
    ``What a later document says``, ``In the later document`` (its name and page), ``Link`` and ``Why``.
    Source: ``threads.csv``, judged twice from the lines of both documents.
    """
    rows, names = _threads(is_call), store.names("sources")
    verdicts, strengths = (store.labels("threads", column) for column in ("verdict", "strength"))
    frame = pd.DataFrame({"Earlier": linked([row.subject for row in rows], "thread", [row.id for row in rows])})
    frame["In"] = [names[row.earlier_source] for row in rows]
    if not is_call:
        frame["Kind"] = [KINDS[_earlier(row)] for row in rows]
    frame["Verdict"] = [verdicts[row.verdict] for row in rows]
    frame["What a later document says"] = [row.says for row in rows]
    frame["In the later document"] = [names.get(row.later_source, "") for row in rows]
    frame["Link"] = [strengths.get(row.strength, "") for row in rows]
    frame["Why"] = [row.reason for row in rows]
    return frame


def whole_calls() -> pd.DataFrame:
    """Return the best verdict on each whole recommendation, counted by document, one row each.

    Columns: ``Document`` and one for each of :data:`VERDICTS` (recommendations). A recommendation counts once, with
    the strongest verdict on itself; what later documents report of its parts is not counted.
    """
    labels, names = store.labels("threads", "verdict"), store.names("sources")
    judged = [(store.row("recommendations", call).source, verdict) for call, verdict in best_threads().items()]
    frame = pd.DataFrame(
        [(names[source], labels[verdict]) for source, verdict in judged], columns=["Document", "Verdict"]
    )
    by_age = [names[key] for key in sorted(names, key=lambda key: store.row("sources", key).year)]
    followed = [name for name in by_age if name in set(frame["Document"])]
    table = pd.crosstab(frame["Document"], frame["Verdict"]).reindex(index=followed, columns=VERDICTS, fill_value=0)
    return table.rename_axis(columns=None).reset_index()


def agreement() -> pd.DataFrame:
    """Return how the two judgements of the threads agree, one row per document and measure.

    Columns: ``Judged``, ``Document``, ``n`` (threads both judged), ``Equal``, ``Equal, %``,
    ``Kappa`` (Cohen's).
    Source: ``extraction_agreement.csv``.
    """
    judged = "table == 'threads' and source != ''"  # the second reading of reasons is of no single document
    rows, names = store.load("extraction_agreement").query(judged), store.names("sources")
    frame = pd.DataFrame({"Judged": rows["measure"], "Document": rows["source"].map(names)})
    frame["n"], frame["Equal"] = rows["n_compared"].astype(int), rows["n_equal"].astype(int)
    frame["Equal, %"] = share_pct(frame["Equal"].astype(float), frame["n"].astype(float))
    frame["Kappa"] = rows["kappa"]
    return frame.reset_index(drop=True)
