"""An example of every chart builder: a small frame, its numbers made up, and the call that draws it.

A function has the name of its builder. Its last line is what an author copies; what describes it is the row
``example-NAME`` of ``exhibits.csv``.
"""

from __future__ import annotations

import pandas as pd

from evidence.exhibits import charts

Drawn = tuple[pd.DataFrame, charts.Chart]
GROUPS = ["Group A", "Group B", "Group C", "A group with a longer name"]


def bars() -> Drawn:
    """Return an example of ``charts.bars``."""
    frame = pd.DataFrame({"Example group": GROUPS, "Example value": [42, 18, 64, 27]})
    return frame, charts.bars(frame, "Example group", "Example value", "Example value")


def stacked() -> Drawn:
    """Return an example of ``charts.stacked``."""
    frame = pd.DataFrame({"Example group": GROUPS[:2], "Yes": [12, 8], "Partly": [6, 7], "No": [3, 5]})
    return frame, charts.stacked(frame, "Example group", ["Yes", "Partly", "No"], "Example answers")


def over_time() -> Drawn:
    """Return an example of ``charts.over_time``."""
    seasons = ["Spring", "Summer", "Autumn", "Winter"]
    frame = pd.DataFrame({"Example season": ["Spring", "Summer", "Winter"], "Example value": [30, 45, 38]})
    return frame, charts.over_time(frame, "Example season", "Example value", seasons, "bar")


def lines() -> Drawn:
    """Return an example of ``charts.lines``."""
    frame = pd.DataFrame({"Example season": ["Spring", "Summer", "Autumn", "Winter"]}).assign(
        Towns=[62, 64, 67, 74], Villages=[30, 60, 37, 41]
    )
    series, doubtful = ["Towns", "Villages"], [("Villages", "Summer")]
    return frame, charts.lines(frame, "Example season", series, "Example share, %", doubtful)


def dots() -> Drawn:
    """Return an example of ``charts.dots``."""
    share, ticks = "Example share, %", [0, 50, 100]
    frame = pd.DataFrame({"Example group": GROUPS[1:], share: [58, None, 81]})
    return frame, charts.dots(frame, "Example group", share, share, ticks)


def intervals() -> Drawn:
    """Return an example of ``charts.intervals``."""
    share, ticks = "Example share, %", [0, 50, 100]
    frame = pd.DataFrame({"Example group": GROUPS, share: [35, 58, 44, 81], "From": [28, 41, 39, 70]})
    frame["To"] = [43, 73, 50, 89]
    return frame, charts.intervals(frame, "Example group", share, ["From", "To"], share, ticks)


def dumbbell() -> Drawn:
    """Return an example of ``charts.dumbbell``."""
    frame = pd.DataFrame({"Example group": GROUPS[:2], "Earlier": [35, 58], "Later": [52, 49]})
    pair, ticks = ["Earlier", "Later"], [0, 50, 100]
    return frame, charts.dumbbell(frame, "Example group", pair, "Example share, %", ticks)


def spans() -> Drawn:
    """Return an example of ``charts.spans``."""
    frame = pd.DataFrame({"Example offer": ["Offer A", "Offer B", "Offer C"], "From": [0, 6, 12], "To": [5, 11, 29]})
    frame["For whom"] = ["everyone", "everyone", "some"]
    ticks = [0, 10, 20, 30]
    return frame, charts.spans(frame, "Example offer", ["From", "To"], "For whom", "Example age", ticks)


def grid() -> Drawn:
    """Return an example of ``charts.grid``."""
    met = [("Group A", "Place A", 4), ("Group A", "Place C", 9), ("Group B", "Place B", 2), ("Group C", "Place C", 6)]
    frame = pd.DataFrame(met, columns=["Example group", "Place", "Example count"])
    places = ["Place A", "Place B", "Place C"]
    return frame, charts.grid(frame, "Example group", "Place", places, number="Example count")


def moments() -> Drawn:
    """Return an example of ``charts.moments``."""
    happened = [("Rule A", 2011, "made"), ("Rule A", 2016, "changed"), ("Rule B", 2014, "made")]
    frame = pd.DataFrame(happened, columns=["Example rule", "Year", "What"])
    kinds, ticks = ["made", "changed"], [2010, 2015, 2020]
    return frame, charts.moments(frame, "Example rule", "Year", "What", kinds, ticks)


def tree() -> Drawn:
    """Return an example of ``charts.tree``."""
    named = [("Head", "", "now"), ("Branch A", "Head", "now"), ("Branch B", "Head", "later")]
    named += [("Leaf", "Branch A", "now")]
    frame = pd.DataFrame(named, columns=["Example body", "Below", "When"])
    return frame, charts.tree(frame, "Example body", "Below", "When", ["now", "later"])


def journeys() -> Drawn:
    """Return an example of ``charts.journeys``."""
    steps = [("Journey A", "Door 1", 1, "opened"), ("Journey A", "Door 2", 2, "stayed shut")]
    steps += [("Journey B", "Door 2", 1, "opened"), ("Journey B", "Door 1", 2, "opened")]
    frame = pd.DataFrame(steps, columns=["Example journey", "Door", "Step", "Result"])
    results = ["opened", "stayed shut"]
    return frame, charts.journeys(frame, "Example journey", "Door", "Step", "Result", results)


def region_map() -> Drawn:
    """Return an example of ``charts.region_map``."""
    title, limits, tips = "Example share, %", [15, 25], ["Region"]
    shares = [("akmola", "Akmola", 10), ("aktobe", "Aktobe", 20), ("atyrau", "Atyrau", 30)]
    frame = pd.DataFrame([*shares, ("pavlodar", "Pavlodar", None)], columns=["place_id", "Region", title])
    return frame, charts.region_map(frame, "place_id", "Example share, %", title, limits, tips)


def arcs() -> Drawn:
    """Return an example of ``charts.arcs``."""
    joined = [
        ("Register A", "Register B", "joined"),
        ("Register B", "Survey", "apart"),
        ("Register A", "Office", "apart"),
    ]
    frame = pd.DataFrame(joined, columns=["Example name", "Other name", "Link"])
    return frame, charts.arcs(frame, "Example name", "Other name", "Link", ["joined", "apart"])
