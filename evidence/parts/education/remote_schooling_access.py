"""Tables of the chapter on devices and internet at home."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.data.format import number
from evidence.figures.counts import people, sizes
from evidence.figures.formulas import share_pct
from evidence.figures.intervals import interval_pct
from evidence.parts.education.remote_schooling_voices import TOGETHER, people_in

TABLE = "covidgender2021_infrastructure"
URBAN, RURAL, ALL = "urban", "rural-and-semi-urban", "overall"
GROUPS, ANSWERS, LOCATIONS = (store.labels(TABLE, column) for column in ("group", "category", "location"))
GOOD = "good-connectivity"
INTERNET = {code: ANSWERS[code] for code in ("no-access", "poor-connectivity", GOOD)}
SHOWN = (URBAN, RURAL)  # columns of the table that are not the total
OURS = "our hypothesis"


def size(group: str, location: str) -> float:
    """Return how many of a group live in a kind of place, from Table 2 ("rural" alone too)."""
    parts = {RURAL: ["rural", "semi-urban"], ALL: ["rural", "semi-urban", "urban"]}.get(location, [location])
    return sum(people_in("location", part, group) for part in parts)


def printed(item: str, category: str, group: str, location: str) -> float:
    """Return a share of Table 3, in per cent."""
    wanted = {"item": item, "category": category, "group": group, "location": location}
    return float(store.row(TABLE, "-".join(wanted.values())).percent)


def count(item: str, category: str, group: str, location: str) -> float:
    """Return the people behind a share of Table 3, NaN where no number of people gives it."""
    return people(printed(item, category, group, location), size(group, location))


def who(group: str, location: str) -> str:
    """Return how a row of a table calls some of a group."""
    return f"{GROUPS[group]}, {LOCATIONS[location]}"


def computers() -> pd.DataFrame:
    """Return the people by computer at home, one row per group and kind of place.

    Columns: ``Who``, ``own use``, ``shared with family`` and ``in neither row`` (people; the rest of those heard).
    Source: covidgender2021, Tables 2 and 3.
    """
    found = []
    for group in GROUPS:
        for location in SHOWN:
            own, shared = (count("computer", name, group, location) for name in ("not-shared", "shared-with-family"))
            rest = size(group, location) - own - shared
            row = {"Who": who(group, location), "own use": own, "shared with family": shared, "in neither row": rest}
            found.append(row)
    return pd.DataFrame(found)


def hypothesis() -> dict[str, dict[str, float]]:
    """Return the teachers by internet at home if the first column is of rural teachers only, by place and answer.

    The semi-urban ones are what the total leaves. Source: covidgender2021, Tables 2 and 3; the reading is ours.
    """
    rural = {name: people(printed("internet", name, "teachers", RURAL), size("teachers", "rural")) for name in INTERNET}
    urban = {name: count("internet", name, "teachers", URBAN) for name in INTERNET}
    rest = {name: count("internet", name, "teachers", ALL) - rural[name] - urban[name] for name in INTERNET}
    return {"rural": rural, "semi-urban": rest, URBAN: urban}


def sizes_that_fit() -> list[int]:
    """Return the sizes of a group, up to all rural and semi-urban teachers, that the first column can be of."""
    shares = [printed("internet", name, "teachers", RURAL) for name in INTERNET]
    return sizes(shares, int(size("teachers", RURAL)))


def _of(found: float) -> str:
    """Return a number of people as a cell, and in words that there is none."""
    return number(found) if found == found else "no number fits"


def internet_block() -> pd.DataFrame:
    """Return the rows of Table 3 on the internet of teachers beside what they can and cannot mean (3 and a sum).

    Columns: ``Internet at home``; the first column as printed (%), as people of all rural and semi-urban teachers and
    of the rural ones; the urban column and the total, each as printed and as people; what is left for the semi-urban
    teachers. Source: covidgender2021, Tables 2 and 3; the hypothesis is ours.
    """
    ours = hypothesis()
    heads = {place: int(size("teachers", place)) for place in (RURAL, "rural", "semi-urban", URBAN, ALL)}
    found = []
    for name, label in INTERNET.items():
        first, urban, total = (printed("internet", name, "teachers", place) for place in (RURAL, URBAN, ALL))
        found.append(
            {
                "Internet at home": label,
                "First column, %": first,
                f"of {heads[RURAL]} rural and semi-urban": _of(people(first, heads[RURAL])),
                f"of {heads['rural']} rural ({OURS})": ours["rural"][name],
                "Urban, %": urban,
                f"of {heads[URBAN]} urban": ours[URBAN][name],
                "Overall, %": total,
                f"of all {heads[ALL]}": count("internet", name, "teachers", ALL),
                f"left for {heads['semi-urban']} semi-urban ({OURS})": ours["semi-urban"][name],
            }
        )
    frame = pd.DataFrame(found)
    counted = [column for column in frame if frame[column].dtype == "float64" and not column.endswith("%")]
    sums = {"Internet at home": TOGETHER} | frame[counted].sum().to_dict()
    return pd.concat([frame, pd.DataFrame([sums])], ignore_index=True)


def good_internet() -> pd.DataFrame:
    """Return who had good internet at home, one row per group and kind of place.

    Columns: ``Who`` (with the people: "9 of 12"), ``With good internet`` and ``Asked`` (people), ``Share, %`` with the
    Wilson interval ``Interval from, %`` and ``to, %``. Source: covidgender2021, Tables 2 and 3; teachers outside towns
    by our hypothesis.
    """
    ours, found = hypothesis(), []
    for location in SHOWN:
        with_it = count("internet", GOOD, "students", location)
        found.append((who("students", location), with_it, size("students", location)))
    found.append((who("teachers", URBAN), ours[URBAN][GOOD], size("teachers", URBAN)))
    for place in ("semi-urban", "rural"):
        found.append((f"Teachers, {place} ({OURS})", ours[place][GOOD], size("teachers", place)))
    frame = pd.DataFrame(found, columns=["Who", "With good internet", "Asked"])
    frame["Who"] += ": " + frame["With good internet"].map(number) + " of " + frame["Asked"].map(number)
    pairs = list(zip(frame["With good internet"], frame["Asked"]))
    frame["Share, %"] = [round(share_pct(*pair)) for pair in pairs]
    intervals = [interval_pct(*pair) for pair in pairs]
    frame["Interval from, %"], frame["to, %"] = ([round(bound) for bound in bounds] for bounds in zip(*intervals))
    return frame
