"""Tables of the chapter on laws and policies."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.order import in_order
from evidence.data.records import PLACE
from evidence.data.store import of_document
from evidence.exhibits.exhibit import linked
from evidence.exhibits.frames import labelled
from evidence.parts.child_protection.evaluation import EVALUATION

KINDS = ["adopted", "amended"]
STATUSES = list(store.labels("prohibitions", "status").values())
DOORS = list(store.labels("eligibility", "door").values())
SETTINGS = ["not-named", "home", "school", "alternative-care"]  # those with a column of their own
POLICY = "§1.2"  # the section that analyses policies


def main_instruments() -> pd.DataFrame:
    """Return the main laws, codes, orders and policies for the protection of children, one row each, by year.

    Columns: ``Instrument`` (our short name), ``Full name`` (leading to its card), ``Adopted`` (year), ``Amended``
    (years, with commas; for a convention the year of ratification), then those of the place. Within a year they come
    in the order of the text. The choice is ours: instruments with a short name.
    Source: cecchetti2021vac, §1 for the most part; drafts are left out.
    """
    rows = of_document("instruments", EVALUATION).query("short_name != ''")
    rows = in_order(rows.assign(year=rows["date"].str[:4]), "year", "lines", "id")
    frame = pd.DataFrame({"Instrument": rows["short_name"]})
    frame["Full name"] = linked(rows["name"], "instrument", rows["id"])
    frame["Adopted"] = rows["year"]
    frame["Amended"] = rows["amended"].where(rows["amended"] != "", rows["ratified"]).str.replace(";", ", ")
    frame[PLACE] = rows[PLACE]
    return frame.reset_index(drop=True)


def years_of(instruments: pd.DataFrame) -> pd.DataFrame:
    """Return the years of :func:`main_instruments`, one row per instrument and year, in the same order.

    Columns: ``Instrument``, ``Year`` (integer), ``Kind`` (one of :data:`KINDS`).
    """
    rows = []
    for row in instruments.itertuples():
        rows.append((row.Instrument, int(row.Adopted), KINDS[0]))
        rows += [(row.Instrument, int(year), KINDS[1]) for year in row.Amended.split(", ") if year]
    return pd.DataFrame(rows, columns=["Instrument", "Year", "Kind"])


def _passages() -> pd.DataFrame:
    """Return the rows of ``prohibitions.csv`` on the evaluation in the order of the text."""
    return in_order(of_document("prohibitions", EVALUATION), "lines")


def prohibitions() -> pd.DataFrame:
    """Return the statements on what the law prohibits, one row per passage, form and setting, in order of the text.

    Columns: those of ``prohibitions.csv`` with labels for codes; "not explicit" holds forms without a definition and
    forms on which acts are silent. Source: cecchetti2021vac, summary, §1, §4, §6, §9.
    """
    return labelled(_passages(), "prohibitions", "form", "setting", "status")


def _said(statuses: pd.Series) -> str:
    """Return the status of a form in a setting, or every status where passages differ."""
    found = sorted(set(statuses))
    return found[0] if len(found) == 1 else f"differs: {' or '.join(found)}"


def prohibited_where() -> pd.DataFrame:
    """Return what the evaluation says of each form of violence in each setting, one row per form.

    Columns: ``Form``, one for each of :data:`SETTINGS` (``No setting named``, ``Home``, ``School``, ``Alternative
    care``) and ``Other institutions`` (which names them): a status of :func:`prohibitions`, or every status where
    passages differ; None where no passage says anything.
    """
    rows = prohibitions()
    said = {pair: _said(group) for pair, group in rows.groupby(["form", "setting"])["status"]}
    names = store.labels("prohibitions", "setting")
    shown = [names[code] for code in SETTINGS]
    others = [name for name in names.values() if name in set(rows["setting"]) and name not in shown]
    forms = [form for form in store.labels("prohibitions", "form").values() if form in set(rows["form"])]
    frame = pd.DataFrame(
        [[form, *(said.get((form, name)) for name in shown)] for form in forms], columns=["Form", *shown]
    )
    named = [[f"{name}: {said[form, name]}" for name in others if (form, name) in said] for form in forms]
    frame["Other institutions"] = [". ".join(parts) or None for parts in named]
    return frame


def corporal_punishment() -> pd.DataFrame:
    """Return the passages on corporal punishment, one row each, by setting, then in the order of the text.

    Columns: ``Setting``, ``Status``, ``What is said`` (the status, leading to the statement), ``Note``, then those of
    the place. Source: cecchetti2021vac, as coded in ``prohibitions.csv``.
    """
    rows = _passages().query("form == 'corporal-punishment'")
    rows = in_order(rows, "setting", setting=store.labels("prohibitions", "setting"))
    rows = labelled(rows, "prohibitions", "setting", "status")
    frame = pd.DataFrame({"Setting": rows["setting"], "Status": rows["status"]})
    frame["What is said"] = linked(rows["status"], "prohibition", rows["id"])
    frame["Note"] = rows["note"]
    frame[PLACE] = rows[PLACE]
    return frame


def eligibility() -> pd.DataFrame:
    """Return the situations the evaluation names as opening special social services, one row each, as a tree.

    Columns: ``Situation``, ``Under`` (what it stands under, "" for a branch), ``Effect`` (one of :data:`DOORS`), then
    those of the place of the finding that states it. Source: cecchetti2021vac, §1.1.3 and §4.2; labels and tree are
    ours (``eligibility.csv``).
    """
    rows = labelled(store.load("eligibility"), "eligibility", "door").sort_values("order", ignore_index=True)
    names = store.load("eligibility").set_index("id")["situation"]
    frame = pd.DataFrame({"Situation": rows["situation"], "Under": rows["under"].map(names).fillna("")})
    frame["Effect"] = rows["door"]
    frame[PLACE] = store.load("findings").set_index("id").loc[rows["finding"], PLACE].to_numpy()
    return frame


def policies() -> pd.DataFrame:
    """Return the programmes the section on policy analyses, one row each, by year.

    Columns: ``Policy`` (leading to its card), ``Year`` (first year printed), ``What it says on violence``, ``What
    became of it``, then those of the place. Source: cecchetti2021vac, §1.2, the section of question 1.2.
    """
    rows = of_document("instruments", EVALUATION).query("type == 'programme'")
    rows = rows[[POLICY in locator.split("; ") for locator in rows["locator"]]]
    rows = rows.assign(year=rows["date"].str[:4]).sort_values("year", kind="stable")
    frame = pd.DataFrame({"Policy": linked(rows["name"], "instrument", rows["id"]), "Year": rows["year"].to_numpy()})
    frame["What it says on violence"] = rows["subject"].to_numpy()
    frame["What became of it"] = rows["status"].to_numpy()
    frame[PLACE] = rows[PLACE].to_numpy()
    return frame


def legal_gaps() -> pd.DataFrame:
    """Return the weaknesses and gaps found under the questions on laws and policies, one row each.

    Columns: ``Finding`` (its statement, leading to its card), ``Question`` (numbers and names, those on laws and
    policies only), ``Who says so``, then those of the place; by question, then in the order of the text.
    Source: cecchetti2021vac, §1 for the most part, as coded in ``findings.csv``.
    """
    questions = store.load("evaluation_questions").query("component == 'laws-and-policies'").set_index("id")
    names = questions["number"] + " " + questions["name"]
    rows = of_document("findings", EVALUATION).query("stance in ('weakness', 'gap')")
    asked = [sorted(names[key] for key in store.items(keys) if key in names) for keys in rows["questions"]]
    rows = rows.assign(Question=["; ".join(found) for found in asked]).query("Question != ''")
    rows = in_order(rows, "Question", "lines")
    rows = rows.rename(columns={"evidence_note": "Who says so"})
    rows["Finding"] = linked(rows["statement"], "finding", rows["id"])
    return rows[["Finding", "Question", "Who says so", *PLACE]]
