"""Tables of the chapter on information systems."""

from __future__ import annotations

import pandas as pd

from evidence.data import format, store
from evidence.data.records import PLACE
from evidence.exhibits.exhibit import linked
from evidence.parts.synthesis.threads import VERDICTS

HOME = "kazakhstan"
TO_COME = ("planned", "proposed", "begun", "unclear")  # states of a system that does not simply run
SAME = "maybe-same"  # kind of a link between two names
ROUNDS = "round-of"  # kind of a link between rounds of one survey, which cards show
LINKED, NOT_LINKED, FUTURE, OPEN = "linked", "not linked", "planned or proposed", "not said"
STATES = {"linked": LINKED, "not-linked": NOT_LINKED, "planned": FUTURE, "proposed": FUTURE, "open": OPEN}
KINDS = [LINKED, NOT_LINKED, FUTURE, OPEN]
UNSAID = "no time named"
NO_LATER, NOT_FOLLOWED = "no later document", "not followed"


def _home() -> list:
    """Return the systems of Kazakhstan, those of the oldest document first."""
    sources = list(store.rows("sources"))
    by_age = sorted(sources, key=lambda key: store.row("sources", key).year)
    rows = [row for row in store.rows("systems").values() if row.scope == HOME]
    return sorted(rows, key=lambda row: (by_age.index(row.source), store.line_range(row.lines)[0], row.id))


def inventory() -> pd.DataFrame:
    """Return every information system of Kazakhstan that the documents name, one row each, by document and place.

    Columns: ``System`` (leading to its card), ``Holder`` (as printed), ``Holds``, ``Misses`` (both as told),
    ``State``, ``Document``, then those of the place. Systems of other countries, international data and tools of the
    documents' own studies are left out.
    """
    rows, names, states = _home(), store.names("sources"), store.labels("systems", "state")
    frame = pd.DataFrame({"System": linked([row.name for row in rows], "system", [row.id for row in rows])})
    frame["Holder"] = [row.holder.replace(";", ", ") for row in rows]
    frame["Holds"] = [row.covers for row in rows]
    frame["Misses"] = [row.misses for row in rows]
    frame["State"] = [states[row.state] for row in rows]
    frame["Document"] = [names[row.source] for row in rows]
    return frame.assign(**{name: [getattr(row, name) for row in rows] for name in PLACE})


def owners_and_content() -> pd.DataFrame:
    """Return how many systems of Kazakhstan each kind of holder has for each subject, one row a kind of holder.

    Columns: ``Holder``, one for each subject that has a system, ``All`` (systems; one that holds two subjects counts
    once there). Subjects and holders come in the order of their vocabularies.
    """
    owners, subjects = store.labels("systems", "owner"), store.labels("systems", "content")
    rows = _home()
    pairs = [(owners[row.owner], subjects[item]) for row in rows for item in store.items(row.content)]
    frame = pd.DataFrame(pairs, columns=["Holder", "Subject"])
    used = [label for label in subjects.values() if label in set(frame["Subject"])]
    held = [label for label in owners.values() if label in set(frame["Holder"])]
    table = pd.crosstab(frame["Holder"], frame["Subject"]).reindex(index=held, columns=used, fill_value=0)
    table["All"] = pd.Series([owners[row.owner] for row in rows]).value_counts().reindex(held)
    return table.rename_axis(columns=None).reset_index()


def links() -> pd.DataFrame:
    """Return the links between systems of Kazakhstan, one row each: those that exist, are missing, are to come.

    Columns: ``System`` and ``Other system`` (names), ``Link``, ``State`` (one of :data:`KINDS`), ``What passes``,
    ``Basis``, then those of the place. Names that may stand for one system are in :func:`maybe_same`; rounds of one
    survey are left to the cards.
    """
    systems = store.rows("systems")
    kinds, bases = (store.labels("system_links", column) for column in ("kind", "basis"))
    rows = store.load("system_links").query("kind not in [@SAME, @ROUNDS]")
    is_home = [
        {systems[row["from"]].scope, systems[row["to"]].scope} <= {HOME, "international"}
        for row in rows.to_dict("records")
    ]
    rows = rows[is_home].assign(shown=lambda found: found["state"].map(STATES))
    rows = rows.sort_values(["shown", "source", "id"], key=lambda cells: cells.map(_place_of_state), kind="stable")
    frame = pd.DataFrame({"System": [systems[key].name for key in rows["from"]]})
    frame["Other system"] = [systems[key].name for key in rows["to"]]
    frame["Link"] = rows["kind"].map(kinds).tolist()
    frame["State"] = rows["shown"].tolist()
    frame["What passes"] = rows["what"].tolist()
    frame["Basis"] = rows["basis"].map(bases).tolist()
    frame[PLACE] = rows[PLACE].to_numpy()
    return frame


def _place_of_state(cell: str) -> str:
    """Return what a cell is sorted by: states in their order, everything else as it is."""
    return str(KINDS.index(cell)) if cell in KINDS else cell


def maybe_same() -> pd.DataFrame:
    """Return the pairs of names that may stand for one system, one row each.

    Columns: ``Name`` and ``Other name`` (leading to their cards), ``Documents``, ``Why they may be one, and why not``.
    No text says that they are one; they stay two records.
    """
    systems, names = store.rows("systems"), store.names("sources")
    rows = store.load("system_links").query("kind == @SAME")
    frame = pd.DataFrame({"Name": linked([systems[key].name for key in rows["from"]], "system", rows["from"])})
    frame["Other name"] = linked([systems[key].name for key in rows["to"]], "system", rows["to"])
    pairs = [dict.fromkeys(names[systems[key].source] for key in pair) for pair in zip(rows["from"], rows["to"])]
    frame["Documents"] = [" and ".join(pair) for pair in pairs]
    frame["Why they may be one, and why not"] = rows["what"].tolist()
    return frame


def to_come() -> pd.DataFrame:
    """Return the systems that were planned, proposed, begun or exist on paper, one row each, by document.

    Columns: ``System`` (leading to its card), ``Document``, ``State``, ``By when``, ``Should hold``, ``Reported later``
    (the verdict of the thread it leads to, or why there is none), then those of the place.
    """
    names, states = store.names("sources"), store.labels("systems", "state")
    verdicts = dict(zip(store.labels("threads", "verdict"), VERDICTS))
    threads = {row.system: row for row in store.rows("threads").values() if row.system}
    followed = {row.earlier_source for row in store.rows("threads").values()}
    dates = store.fields("systems")["due"]
    rows = [row for row in _home() if row.state in TO_COME]
    frame = pd.DataFrame({"System": linked([row.name for row in rows], "system", [row.id for row in rows])})
    frame["Document"] = [names[row.source] for row in rows]
    frame["State"] = [states[row.state] for row in rows]
    frame["By when"] = [format.value(row.due, dates) or UNSAID for row in rows]
    frame["Should hold"] = [row.covers for row in rows]
    found: list = []
    for row in rows:
        if thread := threads.get(row.id):
            found += linked([verdicts[thread.verdict]], "thread", [thread.id])
        else:
            found.append(NOT_FOLLOWED if row.source in followed else NO_LATER)
    frame["Reported later"] = found
    return frame.assign(**{name: [getattr(row, name) for row in rows] for name in PLACE})
