"""Tables of the chapter on governance."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.order import in_order
from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.exhibits.exhibit import linked
from evidence.parts.child_protection.evaluation import EVALUATION

UNSAID = "not said"  # how an empty level reads
PROPOSED = "proposed-"  # how codes of lines begin that are proposals
OF_EVALUATION = "reference-group"  # kind of a body that is no part of the system


def governance_bodies() -> pd.DataFrame:
    """Return the bodies of the country that the evaluation names, one row each, by level, kind and name.

    Columns: ``Body`` (leading to its card), ``Level``, ``Kind``, ``What it does``, ``Status``, then those of the place.
    Levels and kinds come in the order of their vocabularies, a level not said last. International bodies are left out.
    Source: cecchetti2021vac, whole, as coded in ``bodies.csv``.
    """
    levels = store.labels("bodies", "level") | {"": UNSAID}
    kinds, statuses = store.labels("bodies", "kind"), store.labels("bodies", "status")
    rows = of_document("bodies", EVALUATION).query("level != 'international'")
    rows = in_order(rows, "level", "kind", "name", level=levels, kind=kinds)
    frame = pd.DataFrame({"Body": linked(rows["name"], "body", rows["id"])})
    frame["Level"], frame["Kind"] = rows["level"].map(levels), rows["kind"].map(kinds)
    frame["What it does"] = rows["role"]
    frame["Status"] = rows["status"].map(statuses)
    frame[PLACE] = rows[PLACE]
    return frame


def lines_of_coordination() -> pd.DataFrame:
    """Return the lines of coordination that are not proposals, one row each, those of coordination first.

    Columns: ``Body`` and ``To`` (leading to their cards), ``Line``, ``What the text says``, then those of the place.
    Kinds of lines come in the order of their vocabulary. Lines of closed and international bodies and of the reference
    group of the evaluation are left out. Source: cecchetti2021vac, whole, as coded in ``coordination.csv``.
    """
    kinds = store.labels("coordination", "kind")
    bodies = of_document("bodies", EVALUATION).set_index("id")
    counted = bodies.query("status != 'abolished' and level != 'international' and kind != @OF_EVALUATION").index
    rows = of_document("coordination", EVALUATION)
    rows = rows[~rows["kind"].str.startswith(PROPOSED) & rows["from"].isin(counted) & rows["to"].isin(counted)]
    rows = in_order(rows, "kind", kind=kinds)
    frame = pd.DataFrame({"Body": linked(rows["from"].map(bodies["name"]), "body", rows["from"])})
    frame["Line"] = rows["kind"].map(kinds)
    frame["To"] = linked(rows["to"].map(bodies["name"]), "body", rows["to"])
    frame["What the text says"] = rows["what"]
    frame[PLACE] = rows[PLACE]
    return frame


def organogram(tree: str) -> pd.DataFrame:
    """Return the places of bodies in a tree of ``organograms.csv`` ("today", "proposed"), one row each, in its order.

    Columns: ``Body`` (our label), ``Below`` (another ``Body``, "" for the first of a branch), ``Line`` ("" for it too),
    ``What the text says``, ``Status``, then those of the place: of the line that puts a body there, of the body itself
    where it is the first. A body may stand in several places under different labels.
    Source of today's: cecchetti2021vac, §1.5, §2.1, §2.2, §3.1.1 and §4.1; of the structure proposed: §8.2.2, §8.2.3
    and Action 15, as Figure 4 is lost.
    """
    kinds, statuses = store.labels("coordination", "kind"), store.labels("bodies", "status")
    bodies, lines, places = (store.rows(name) for name in ("bodies", "coordination", "organograms"))
    found = []
    for place in sorted(places.values(), key=lambda row: row.order):
        if place.tree != tree:
            continue
        body, line = bodies[place.body], lines.get(place.line)
        said = line or body
        shown = {
            "Body": place.label,
            "Below": places[place.below].label if place.below else "",
            "Line": kinds[line.kind.removeprefix(PROPOSED)] if line else "",
            "What the text says": line.what if line else body.role,
            "Status": statuses[body.status],
        }
        found.append(shown | {name: getattr(said, name) for name in PLACE})
    return pd.DataFrame(found)
