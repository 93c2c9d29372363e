"""Tables of the chapter on governance."""

from __future__ import annotations

import pandas as pd

from evidence.data.records import PLACE
from evidence.data.store import holding, of_document
from evidence.figures.counts import counted
from evidence.parts.child_protection.evaluation import EVALUATION, STANCES

LEVELS = {
    "national": "national",
    "oblast": "region",
    "local": "local",
    "school": "school",
    "mixed": "several levels",
    "": "not said",
}
BODY_KINDS = ["commission", "committee", "ministry", "agency", "department", "school", "programme", "ngo"]
LINE_KINDS = ["coordinates", "supervises", "chairs", "advises", "reports-to", "part-of"]
STATUSES = {"existing": "Exists", "proposed": "Proposed", "abolished": "Closed", "unclear": "Unclear"}
TODAY_HEADS = {  # bodies that stand first in a tree, as it calls them
    "vac-b-president": "President",
    "vac-b-central-government": "Government (led by the President)",
    "vac-b-moes": "Ministry of Education and Science",
    "vac-b-moisd": "Ministry of Information and Social Development",
    "vac-b-akimats": "Oblast Administration and Akimats",
}
TODAY = {  # lines of coordination.csv that put a body below another, and what the tree calls that body
    "vac-co-021": "Commission on Gender, Families and Demographic Policy",
    "vac-co-017": "Commission on Human Rights",
    "vac-co-044": "Prosecutor General Office",
    "vac-co-058": "Committee for Legal Statistics",
    "vac-co-027": "Inter-Agency Commission on Minors",
    "vac-co-018": "Committee on Protection of Children's Rights",
    "vac-co-031": "Territorial Departments of Child Protection",
    "vac-co-019": "Committee on Families and Youth",
    "vac-co-025": "Commissions on Minors (region, city, district)",
    "vac-co-052": "Inter-sectoral commission under the Akim",
    "vac-co-030": "Sectoral departments",
    "vac-co-032": "Children's Rights Protection Units",
}
PROPOSED_HEADS = {
    "vac-b-president": "President",
    "vac-b-cross-agency-department": "Cross-agency Department (region, district, municipality)",
}
PROPOSED = {
    "vac-co-067": "Commission on Child Protection",
    "vac-co-070": "Vice Prime Minister (chairs)",
    "vac-co-068": "Line ministries (members)",
    "vac-co-066": "Commission on Gender (member)",
    "vac-co-069": "NGOs (members)",
    "vac-co-074": "Standing Multi-Sectoral Agency",
    "vac-co-091": "Commissions on Minors, if they suit",
    "vac-co-065": "NGOs (formal members)",
    "vac-co-079": "Sectoral departments (yearly report)",
    "vac-co-072": "Special Envoy on Violence against Children (advises)",
    "vac-co-076": "Deputy Akim (chairs)",
    "vac-co-078": "Sectoral departments (members)",
    "vac-co-077": "NGOs of the territory (members)",
}
CONCERNS = {  # what findings on local coordination concern, by their themes
    "Common standards and law": ["standards", "law"],
    "Services and response": ["services", "response", "prevention", "psychosocial-support", "institutions"],
    "Staff": ["workforce"],
    "Health services": ["health", "mental-health"],
    "Complaints and reports": ["complaints", "reporting"],
    "Schools": ["bullying", "school-quality", "teachers"],
    "Finding and recording children": ["identification", "recording", "data", "needs-assessment"],
    "NGOs as partners": ["ngo"],
}
ALONE = "Bodies and mandates only"


def _said(column: pd.Series) -> pd.Series:
    """Return what rows say without the line numbers by which they point to other lines of the document: "(880)"."""
    return column.str.replace(r" \(\d+\)", "", regex=True)


def governance_bodies() -> pd.DataFrame:
    """Return the bodies of the country that the evaluation names, one row each (124), by level, kind and name.

    Columns: ``Body``, ``Level``, ``Kind``, ``What it does``, ``Status``, ``id``, then those of the place in the
    document. International bodies are left out. Source: cecchetti2021vac, whole, as coded in ``bodies.csv``.
    """
    rows = of_document("bodies", EVALUATION).query("level != 'international'")
    rows = rows.assign(high=rows["level"].map(list(LEVELS).index), sort=rows["kind"].map(BODY_KINDS.index))
    frame = rows.sort_values(["high", "sort", "name"])[["name", "level", "kind", "role", "status", "id", *PLACE]]
    frame["level"], frame["status"] = frame["level"].map(LEVELS), frame["status"].map(STATUSES)
    frame["role"] = _said(frame["role"])
    readable = {"name": "Body", "level": "Level", "kind": "Kind", "role": "What it does", "status": "Status"}
    return frame.rename(columns=readable).reset_index(drop=True)


def lines_of_coordination() -> pd.DataFrame:
    """Return the lines of coordination that are not proposals, one row each (60), those of coordination first.

    Columns: ``Body``, ``Line``, ``To``, ``What the text says``, ``from`` and ``to`` (ids), then those of the place in
    the document. Lines of closed and international bodies and of the reference group of the evaluation are left out.
    Source: cecchetti2021vac, whole, as coded in ``coordination.csv``.
    """
    bodies = of_document("bodies", EVALUATION).set_index("id")
    left_out = bodies.index[bodies["status"].eq("abolished") | bodies["level"].eq("international")].union(["vac-b-erg"])
    rows = of_document("coordination", EVALUATION)
    rows = rows[rows["kind"].isin(LINE_KINDS) & ~rows["from"].isin(left_out) & ~rows["to"].isin(left_out)]
    rows = rows.sort_values("kind", key=lambda kinds: kinds.map(LINE_KINDS.index), kind="stable")
    frame = pd.DataFrame({"Body": rows["from"].map(bodies["name"]), "Line": rows["kind"].str.replace("-", " ")})
    frame["To"] = rows["to"].map(bodies["name"])
    frame["What the text says"] = _said(rows["what"])
    return pd.concat([frame, rows[["from", "to", *PLACE]]], axis=1).reset_index(drop=True)


def _tree(heads: dict[str, str], places: dict[str, str]) -> pd.DataFrame:
    """Return bodies as a tree: ``heads`` (labels by body), and what lines (labels by line) put below them."""
    bodies = of_document("bodies", EVALUATION).set_index("id")
    lines = of_document("coordination", EVALUATION).set_index("id").loc[list(places)]
    labels = heads | dict(zip(lines["from"], places.values()))
    first = bodies.loc[list(heads), PLACE].assign(Body=list(heads.values()), body=list(heads), Below="", Line="")
    first["What the text says"] = _said(bodies.loc[list(heads), "role"])
    rest = lines[PLACE].assign(Body=list(places.values()), body=lines["from"], Below=lines["to"].map(labels))
    rest["Line"] = lines["kind"].str.removeprefix("proposed-").str.replace("-", " ")
    rest["What the text says"] = _said(lines["what"])
    frame = pd.concat([first, rest], ignore_index=True)
    frame["Status"] = frame["body"].map(bodies["status"]).map(STATUSES)
    return frame[["Body", "Below", "Line", "What the text says", "Status", "body", *PLACE]]


def commissions_today() -> pd.DataFrame:
    """Return commissions and committees below what they belong to, with closed local bodies, one row each (17).

    Columns: ``Body`` (short), ``Below`` (another ``Body``, "" for the first), ``Line``, ``What the text says``,
    ``Status`` (Exists, Closed), ``body`` (id), then those of the place in the document.
    Source: cecchetti2021vac, §1.5, §2.1, §2.2, §3.1.1 and §4.1, as coded in ``coordination.csv``.
    """
    return _tree(TODAY_HEADS, TODAY)


def structure_proposed() -> pd.DataFrame:
    """Return the structure the evaluation proposes, rebuilt from its text, one row per place of a body (15).

    Columns: those of :func:`commissions_today`, ``Status`` being Exists or Proposed. A body may stand in several
    places under different labels. Source: cecchetti2021vac, §8.2.2, §8.2.3 and Action 15; Figure 4 is lost.
    """
    return _tree(PROPOSED_HEADS, PROPOSED)


def local_coordination() -> pd.DataFrame:
    """Return findings on local coordination (question 2.2) by what they concern, one row each (9).

    Columns: ``Concern``, ``strength``, ``weakness`` and ``gap`` (findings; one may have several concerns, descriptions
    are left out), most weaknesses first. Source: cecchetti2021vac, whole, as coded in ``findings.csv``.
    """
    rows = of_document("findings", EVALUATION)
    rows = rows[holding(rows["questions"], "vac-q2-2") & rows["stance"].isin(STANCES)]
    concern = {theme: name for name, themes in CONCERNS.items() for theme in themes}
    found = [{concern.get(theme, "") for theme in themes.split(";")} - {""} or {ALONE} for themes in rows["themes"]]
    long = rows.assign(Concern=[sorted(names) for names in found]).explode("Concern")
    table = counted(long, "Concern", "stance")[["Concern", *STANCES]]
    return table.sort_values(["weakness", "strength"], ascending=[False, True], ignore_index=True)
