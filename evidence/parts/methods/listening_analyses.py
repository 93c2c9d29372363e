"""Tables of the chapter on analyses and sensitivity: the synthetic corpus, beside what was planted in it."""

from __future__ import annotations

import pandas as pd

from evidence.listening import synthetic as planting
from evidence.listening.synthetic import GROWTH, REGIONS
from evidence.parts.methods.listening import CORPUS, analysed, named, synthetic

COMPARED = ["Quantity", "True value", "Found", "Interval from", "Interval to"]
HOLDS = "Interval holds it"
DIGITS = 2  # layout: with fewer, a near miss would look like a hit


def volume() -> pd.DataFrame:
    """Return synthetic posts on the topic by month, a row a month: ``Month``, then a column a corpus."""
    table = analysed()["volume"]
    wide = table.assign(corpus=table["corpus"].map(CORPUS)).pivot(index="month", columns="corpus", values="posts")
    return wide.reset_index().rename(columns={"month": "Month"})[["Month", *CORPUS.values()]].rename_axis(columns=None)


def recovered() -> pd.DataFrame:
    """Return what is true of the public's synthetic posts and what the toolkit finds, per cent.

    Columns: ``COMPARED``, and ``HOLDS`` (yes, or no with where it lies: rounded, a near miss looks like a hit);
    intervals are those of the report.
    """
    tables, truth = analysed(), _relevant()
    rows = [("Growth a month, %", 100 * GROWTH, *_public("trend").iloc[0][["growth_pct", "low_pct", "high_pct"]])]
    for code, row in _public("barriers").set_index("code").iterrows():
        if row["posts"]:
            planted = 100 * float((truth["barrier"] == code).mean())
            rows.append((f"{row['title']}, % of posts", planted, *row[["share_pct", "low_pct", "high_pct"]]))
    boys = tables["gender"].query("corpus == 'public'").iloc[0]
    named_one = truth[truth["gender"].isin(["boys", "girls"])]
    planted = 100 * float((named_one["gender"] == "boys").mean())
    title = "Boys, % of posts that mention boys or girls, not both"
    rows.append((title, planted, *boys[["boys_pct", "low_pct", "high_pct"]]))
    for region, row in _public("regions").set_index("region").iterrows():
        bounds = [row["base_pct"] * row[name] for name in ("low", "high")]
        rows.append((f"{region}, % of posts with a place", 100 * REGIONS[str(region)][0], row["share_pct"], *bounds))
    table = pd.DataFrame(rows, columns=COMPARED)
    table.attrs["digits"] = dict.fromkeys(COMPARED[1:], DIGITS)
    return table.assign(
        **{HOLDS: [held(*row) for row in table[["True value", "Interval from", "Interval to"]].itertuples(index=False)]}
    )


def held(planted: float, low: float, high: float) -> str:
    """Return whether an interval holds what was planted, and by how many points it misses it."""
    if low <= planted <= high:
        return "yes"
    side, points = ("above", planted - high) if planted > high else ("below", low - planted)
    return f"no: true value {points:.{DIGITS}f} points {side}"


def _public(name: str) -> pd.DataFrame:
    table = analysed()[name]
    return table[table["corpus"] == "public"]


def _relevant() -> pd.DataFrame:
    """Return the truth of the public's posts on the topic."""
    truth = synthetic().truth
    return truth[(truth["corpus"] == "public") & truth["relevant"]]


def barriers() -> pd.DataFrame:
    """Return the share of public synthetic posts on the topic by barrier: share, interval, posts, what was planted.

    Barriers that were planted only, the most mentioned first.
    """
    truth, rows = _relevant(), _public("barriers").query("posts > 0").sort_values("posts", ascending=False)
    planted = [100 * float((truth["barrier"] == code).mean()) for code in rows["code"]]
    rows = rows.assign(planted=planted)
    return named(
        rows, title="Barrier", share_pct="Share, %", low_pct="Interval from, %", high_pct="Interval to, %",
        posts="Synthetic posts", of="Of", planted="True share, %",
    )  # fmt: skip


def platforms() -> pd.DataFrame:
    """Return the share of each platform among synthetic posts on the topic, a row a corpus and platform."""
    heads = {
        "posts": "Synthetic posts",
        "of": "Of",
        "share_pct": "Share, %",
        "low_pct": "Interval from, %",
        "high_pct": "Interval to, %",
    }
    table = analysed()["platforms"]
    planted = [100 * planting.PLATFORMS[row.corpus][row.platform] for row in table.itertuples()]
    return named(table.assign(planted=planted), corpus="Corpus", platform="Platform", **heads, planted="True share, %")


def gender() -> pd.DataFrame:
    """Return mentions of boys and girls in the public's synthetic posts under every choice, a row a choice."""
    table = _public("gender_choices").astype({"boys": "Int64", "girls": "Int64"})
    heads = {"unit": "What is counted", "both_are": "Those with both are", "boys": "Boys", "girls": "Girls"}
    return named(table, **heads, boys_pct="Boys, %", low_pct="Interval from, %", high_pct="Interval to, %")


def unusual() -> pd.DataFrame:
    """Return the unusual weeks of the synthetic corpus: ``Corpus``, ``Week from``, posts, what is usual, score."""
    heads = {"week": "Week from", "posts": "Synthetic posts", "usual": "Usual", "score": "Score"}
    return named(analysed()["unusual_weeks"], corpus="Corpus", **heads)


def moves() -> pd.DataFrame:
    """Return how far each headline of the public's synthetic corpus moves, a row a headline.

    Columns: ``Headline``, ``As chosen``, ``Least``, ``by``, ``Most``, ``by this``: the other choices that move it
    furthest down and up.
    """
    rows = []
    for headline, part in analysed()["sensitivity"].dropna(subset="otherwise").groupby("headline", sort=False):
        low, high = part.loc[part["otherwise"].idxmin()], part.loc[part["otherwise"].idxmax()]
        rows.append((headline, low["as_chosen"], low["otherwise"], _choice(low), high["otherwise"], _choice(high)))
    return pd.DataFrame(rows, columns=["Headline", "As chosen", "Least", "by", "Most", "by this"])


def _choice(row: pd.Series) -> str:
    return f"{row['choice']}: {row['value']}"
