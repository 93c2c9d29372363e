"""The register of children absent for more than ten days: its form, a validator, and who returned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from evidence.attendance.intervals import share_pct, wilson_pct
from evidence.attendance.rules import Parameter, Rule
from evidence.attendance.written_dates import as_dates
from evidence.toolkit.faults import Fault
from evidence.toolkit.messages import Message


@dataclass(frozen=True)
class Field:
    """A field of the form: its name, what it holds, its place in the study, its codes; whether it is missed there."""

    name: str
    about: str
    where: str
    codes: tuple[str, ...] = ()
    is_missing: bool = False
    basis: str = "document"


OUTCOMES = ("returned_mainstream", "returned_elsewhere", "out")
REASONS = ("missing", "no_desire", "migration_inside", "migration_abroad", "investigation", "work", "health", "other")
PROFILE = ("low_income", "dysfunctional", "no_desire", "migrated")
FORM = (
    Field("child", "Identifier of the child, no name", "p. 38, §4.2.2 (the register itself has names)"),
    Field("birth_date", "Date of birth", "p. 38, §4.2.2"),
    Field("school", "School", "p. 38, §4.2.2"),
    Field("grade", "Grade", "p. 38, §4.2.2"),
    Field("region", "Region", "p. 26, §3.2.4"),
    Field("area", "Area", "p. 26, §3.2.4", ("urban", "rural")),
    Field("school_year", "School year, such as 2011-12", "p. 22, Table 3"),
    Field("low_income", "Family of low income", "p. 38, §4.2.2", ("0", "1")),
    Field("dysfunctional", "Family called dysfunctional", "p. 38, §4.2.2", ("0", "1")),
    Field("first_day", "First day missed", "p. 38, §4.2.2"),
    Field("return_day", "Day of return, empty for those still out", "p. 38, §4.2.2"),
    Field("reason", "Reason for missing school", "p. 38, §4.2.2", REASONS),
    Field("measures", "Measures taken", "p. 38, §4.2.2"),
    Field("sex", "Sex", "p. 39, §4.2.2", ("female", "male"), True),
    Field("days_missed", "Days missed before the case was solved", "p. 39, §4.2.2", (), True),
    Field("reason_detail", "Cause behind the reason", "p. 39, §4.2.2", (), True),
    Field("needs_assessed", "Whether needs were assessed", "p. 39, §4.2.3", ("0", "1"), True),
    Field(
        "outcome",
        "How the case stands: back in a mainstream school, elsewhere, or out",
        "p. 22, §3.2.3",
        OUTCOMES,
        True,
    ),
)
REQUIRED = ("child", "region", "school_year", "outcome")
YEARS = r"\s*((?:19|20)[0-9]{2})\s*[-–/]\s*(?:19|20)?([0-9]{2})\s*"
NO_COLUMN = "the form needs this column; it has: {heads}"
IS_REQUIRED, NO_CODE, NO_NUMBER = "is required", "is not a code; codes are: {codes}", "is not a number"
NO_DATE, NO_YEAR = "is not a date; write 2012-05-15 or 15.05.2012", "is not a school year, such as 2011-12"
AGAIN = "has an entry of that year already; a child is counted once, so put its absences into one"
BEFORE, HAS_RETURN = "lies before {earlier}", "stands beside a day of return; one of the two is wrong"
TOO_FEW, OTHER_REGION = "is not more than {over} days", "the child is in another region that year"
LEFT_OUT = ("name", "address", "telephone")  # the register holds them (p. 38); nothing here needs them

VALID = Rule(
    "register_valid",
    "A valid entry of the register",
    "An entry has {required}; its dates are possible and in order, its codes known, more than {over} days were missed, "
    "and no child is in two regions at once",
    "p. 38-39, §4.2.2",
    parameters=(
        Parameter("over", 10, "document", "p. 22, §3.2.3 (10 or more: p. 26 and p. 36)", "Days that must be exceeded"),
        Parameter("required", ", ".join(REQUIRED), "ours", "without them nothing can be counted", "Fields required"),
    ),
)
NON_RETURN = Rule(
    "non_return",
    "Share not returned",
    "Children still out at the end of the year, of those registered in it. Returned are those back in a mainstream "
    "school and those taught elsewhere, counted apart: the study finds the word ambiguous",
    "p. 22, §3.2.3 and Table 3",
)


def problems(rows: pd.DataFrame, file: str = "register", over: int = 10) -> list[Fault]:
    """Return what is wrong with entries of the register, one fault per cell; rows count from 2, below the head.

    ``rows`` has columns of the form as text or values; ``over`` days must be exceeded. Source: p. 38-39, §4.2.2.
    """
    absent = [name for name in REQUIRED if name not in rows.columns]
    if absent:
        return [Fault(file, 1, name, "", Message.of(NO_COLUMN, heads=tuple(map(str, rows.columns)))) for name in absent]
    found: list[Fault] = []
    known = [field for field in FORM if field.name in rows.columns]
    dates = {name: as_dates(rows[name]) for name in ("birth_date", "first_day", "return_day") if name in rows}
    for position, row in enumerate(rows.to_dict("records")):
        number = position + 2
        values = {name: "" if pd.isna(value) else str(value).strip() for name, value in row.items()}
        found += [Fault(file, number, name, "", Message.of(IS_REQUIRED)) for name in REQUIRED if not values[name]]
        for field in known:
            value = values[field.name]
            if field.codes and value and value not in field.codes:
                found.append(Fault(file, number, field.name, value, Message.of(NO_CODE, codes=field.codes)))
        day = {name: column.iloc[position] for name, column in dates.items()}
        found += [
            Fault(file, number, name, values[name], Message.of(NO_DATE))
            for name, value in day.items()
            if values[name] and pd.isna(value)
        ]
        found += _in_order(file, number, values, day, over)
    return found + _years(rows, file) + _two_regions(rows, file) + _again(rows, file)


def as_school_year(text: object) -> str:
    """Return a school year as the form has it, 2011-12, from 2011/12 or 2011-2012 too; "" where it is none."""
    found = re.fullmatch(
        r"\s*((?:19|20)[0-9]{2})\s*[-–/]\s*(?:19|20)?([0-9]{2})\s*", "" if pd.isna(text) else str(text)
    )
    is_next = found is not None and (int(found[1]) + 1) % 100 == int(found[2])
    return f"{found[1]}-{found[2]}" if found and is_next else ""


def _years(rows: pd.DataFrame, file: str) -> list[Fault]:
    """Return the entries whose school year is none."""
    return [
        Fault(file, position + 2, "school_year", str(value), Message.of(NO_YEAR))
        for position, value in enumerate(rows["school_year"])
        if not pd.isna(value) and str(value).strip() and not as_school_year(value)
    ]


def _again(rows: pd.DataFrame, file: str) -> list[Fault]:
    """Return the entries of a child that has one already in that year and region: a child is registered once a year."""
    keys = rows.assign(school_year=rows["school_year"].map(as_school_year))[["child", "school_year", "region"]]
    again = keys.duplicated() & keys["child"].notna()
    rule = Message.of(AGAIN)
    return [Fault(file, position + 2, "child", "", rule) for position in range(len(rows)) if again.iloc[position]]


def _in_order(file: str, number: int, values: dict[str, str], day: dict, over: int) -> list[Fault]:
    """Return faults of one entry between its fields."""
    found = []
    order = [("birth_date", "first_day"), ("first_day", "return_day")]
    for earlier, later in order:
        if earlier in day and later in day and day[later] < day[earlier]:
            found.append(Fault(file, number, later, values[later], Message.of(BEFORE, earlier=Message.of(earlier))))
    if values.get("return_day") and values.get("outcome") == "out":
        found.append(Fault(file, number, "outcome", "out", Message.of(HAS_RETURN)))
    if values.get("days_missed"):
        try:
            days = float(values["days_missed"])
        except ValueError:
            return [*found, Fault(file, number, "days_missed", values["days_missed"], Message.of(NO_NUMBER))]
        if days <= over:
            found.append(Fault(file, number, "days_missed", values["days_missed"], Message.of(TOO_FEW, over=over)))
    return found


def _two_regions(rows: pd.DataFrame, file: str) -> list[Fault]:
    """Return the entries of a child that is in several regions in one school year."""
    years = rows["school_year"].map(as_school_year)
    regions = rows.groupby([rows["child"], years])["region"].transform("nunique")
    return [
        Fault(file, position + 2, "region", str(rows["region"].iloc[position]), Message.of(OTHER_REGION))
        for position in range(len(rows))
        if regions.iloc[position] > 1
    ]


def counted(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the register counted by columns, one row per group that occurs.

    Columns: those of ``by``, ``registered``, ``returned_mainstream``, ``returned_elsewhere``, ``returned`` and ``out``
    (children). Source: p. 22, Table 3.
    """
    marks = pd.DataFrame({outcome: (rows["outcome"] == outcome).astype("int64") for outcome in OUTCOMES})
    marks["registered"] = 1
    groups = [rows[name] for name in by]
    table = marks.groupby(groups, sort=True).sum().reset_index() if by else marks.sum().to_frame().T
    table["returned"] = table["returned_mainstream"] + table["returned_elsewhere"]
    return table[[*by, "registered", "returned_mainstream", "returned_elsewhere", "returned", "out"]]


def shares(table: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return counts of the register with the share not returned and its Wilson interval, in per cent.

    ``table`` has ``registered`` and ``out`` (children). Adds ``share_pct``, ``low_pct`` and ``high_pct``, missing where
    nobody is registered. Source: p. 22, Table 3; Wilson 1927.
    """
    pairs = [(int(out), int(whole)) for out, whole in zip(table["out"], table["registered"])]
    bounds = [wilson_pct(*pair, confidence) or (None, None) for pair in pairs]
    return table.assign(
        share_pct=pd.array([share_pct(*pair) for pair in pairs], dtype="Float64"),
        low_pct=pd.array([low for low, _ in bounds], dtype="Float64"),
        high_pct=pd.array([high for _, high in bounds], dtype="Float64"),
    )


def profile(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the children still out by characteristic, one row per group; a child may have several.

    ``rows`` has ``outcome`` and the columns of ``PROFILE`` (0 or 1). Columns: those of ``by``, ``registered``, ``out``,
    and each of ``PROFILE`` as ``_n`` (children) and ``_pct`` (of those out, missing where nobody is out).
    Source: p. 67-68, Annex 1, Tables 6 and 7.
    """
    out = (rows["outcome"] == "out").astype("int64")
    marks = pd.DataFrame(
        {"registered": 1, "out": out} | {f"{name}_n": out * rows[name].astype("int64") for name in PROFILE}
    )
    groups = [rows[name] for name in by]
    table = marks.groupby(groups, sort=True).sum().reset_index() if by else marks.sum().to_frame().T
    for name in PROFILE:
        pairs = zip(table[f"{name}_n"], table["out"])
        table[f"{name}_pct"] = pd.array([share_pct(int(part), int(whole)) for part, whole in pairs], dtype="Float64")
    return table
