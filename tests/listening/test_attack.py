"""An attacker who has only the files of a report, all of them, cannot work out a count that was left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("lark", reason="lark is not installed: make site")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make site")

from evidence.listening import coding, demo, places, results, validation  # noqa: E402
from evidence.listening.moving import Part, betrays, overlap_betrays, overlaps_betray  # noqa: E402
from evidence.listening.publishing import publishable  # noqa: E402
from evidence.listening.reading.folder import read_folder  # noqa: E402
from evidence.listening.reading.posts import Settings  # noqa: E402
from evidence.listening.sensitivity import COUNT, REPEATED  # noqa: E402
from tests.attendance.test_attack import Notebook  # noqa: E402

UNDER = 5
CODES = {"subtopics": "queries", "barriers": "barriers", "programmes": "programmes"}


def share(row: dict) -> float:
    """Return the count that a share and its base give away."""
    return round(row["share_pct"] * row["of"] / 100) if not pd.isna(row["share_pct"] * row["of"]) else np.nan


def noted(tables: dict[str, pd.DataFrame]) -> Notebook:
    """Return what the tables say, as one writes it down who knows what they mean."""
    book = Notebook()
    for row in tables["read"].to_dict("records"):
        corpus = row["corpus"]
        book.see(("posts", corpus), row["posts"])
        book.see(("topic", corpus), row["on_topic"])
        book.at_most(("topic", corpus), ("posts", corpus))
    for name, kind in (
        ("volume", "month"),
        ("platforms", "platform"),
        ("regions", "region"),
        ("languages", "language"),
    ):
        whole = {"regions": "placed", "languages": "posts"}.get(name, "topic")
        for corpus, rows in tables[name].groupby("corpus", sort=False):
            for row in rows.to_dict("records"):
                book.see((kind, corpus, row[kind]), row["posts"])
                book.see((kind, corpus, row[kind]), share(row) if "share_pct" in row else np.nan)
            book.equal((whole, corpus), *((kind, corpus, value) for value in rows[kind]))
    for row in tables["placed"].to_dict("records"):
        parts = [(name, row["corpus"]) for name in ("placed", "unknown", "without")]
        for key in parts:
            book.see(key, row[key[0]])
        book.equal(("topic", row["corpus"]), *parts)
    for row in tables["accounts"].to_dict("records"):
        book.see(("flagged", row["corpus"]), row["posts"])
        book.at_most(("flagged", row["corpus"]), ("posts", row["corpus"]))
    for name, of in CODES.items():
        for row in tables[name].to_dict("records"):
            noted_code(book, of, row)
    noted_corrected(book, tables["corrected"])
    noted_gender(book, tables["gender_choices"])
    return book


def noted_code(book: Notebook, of: str, row: dict) -> None:
    key = ("code", of, row["corpus"], row["code"])
    book.see(key, row["posts"])
    book.see(key, share(row))
    book.at_most(key, ("topic", row["corpus"]))


def noted_corrected(book: Notebook, table: pd.DataFrame) -> None:
    for row in table[(table["by"] == "all") & (table["book"] != "topic")].to_dict("records"):
        noted_code(book, row["book"], row)
    for (corpus, by), rows in table[table["by"].isin(["month", "platform", "region"])].groupby(["corpus", "by"]):
        for row in rows.to_dict("records"):
            key = (by, corpus, row["slice"])
            book.see(key, row["posts"])
            book.see(key, share(row))
            if by == "month":
                book.see(("read in", corpus, row["slice"]), row["of"])
                book.at_most(key, ("read in", corpus, row["slice"]))
        if by == "month":
            book.equal(("posts", corpus), *(("read in", corpus, month) for month in rows["slice"]))
    for row in table[table["by"] == "boys or girls"].to_dict("records"):
        key = ("code", "gender", row["corpus"], row["code"])
        book.see(key, row["posts"])
        book.see(key, share(row))
        book.see(("boys or girls", row["corpus"]), row["of"])
        names = (("code", "gender", row["corpus"], name) for name in ("boys", "girls"))
        book.equal(("boys or girls", row["corpus"]), *names)


def noted_gender(book: Notebook, table: pd.DataFrame) -> None:
    for row in table[table["unit"] == "posts"].to_dict("records"):
        corpus = row["corpus"]
        for name in ("boys", "girls"):
            each, alone = ("code", "gender", corpus, name), ("alone", corpus, name)
            book.see(each if row["both_are"] == "in each" else alone, row[name])
            book.equal(each, alone, ("both", corpus))
        for name in ("both", "neither"):
            book.see((name, corpus), row[name])
        book.equal(("topic", corpus), *(("alone", corpus, name) for name in ("boys", "girls")), ("both", corpus),
                   ("neither", corpus))  # fmt: skip


@pytest.fixture(scope="module", params=[(330, 40, 3), (420, 90, 8)], ids=str)
def pair(request, tmp_path_factory) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Return the tables of a synthetic study as published, and with every count."""
    public, organisations, seed = request.param
    folder: Path = tmp_path_factory.mktemp("attack")
    demo.write_demo(folder, public, organisations, seed)
    corpus = read_folder(folder, Settings(demo.KEY))
    where, labels = places.read_places(folder / "places.csv"), validation.read_labels(folder / "labels.csv")
    found = results.analysed(corpus, coding.read_study(), where, labels)
    whole = found.tables
    shown = publishable(whole, UNDER, found.few)[0]
    for name, table in shown.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    return {name: pd.read_csv(folder / f"{name}.csv") for name in shown}, whole


def test_no_small_count_can_be_worked_out_from_all_tables_together(pair):
    shown, whole = pair
    book, truth = noted(shown), noted(whole).known
    cells = {name for terms, _ in book.sums for name in terms}
    small = [name for name, value in truth.items() if 0 < value < UNDER and name in cells]
    assert len(small) > 5, "a report without small counts tests nothing"
    assert [name for name in small if name in book.known] == []
    for name, (low, high) in book.answers(small).items():
        assert low - 1e-6 <= truth[name] <= high + 1e-6, f"the attacker is wrong on {name}"
        assert np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= UNDER - 1, (name, truth[name], low, high)


def test_the_attack_succeeds_where_a_count_is_only_left_out_alone(pair):
    _, whole = pair
    book = noted(whole)
    name = next(name for name, value in book.known.items() if name[0] == "region" and value > 0)
    truth = book.known.pop(name)
    low, high = book.answers([name])[name]
    assert low == pytest.approx(high) == pytest.approx(truth)


def test_most_is_shown(pair):
    shown, whole = pair
    for name in ("volume", "platforms", "barriers", "subtopics", "regions"):
        assert shown[name]["posts"].notna().sum() >= 0.4 * (whole[name]["posts"] >= UNDER).sum(), name


def test_a_choice_that_moves_few_posts_tells_nothing_of_them(pair):
    shown, whole = pair
    moves = whole["sensitivity"]
    few = moves[(moves["headline"] == "Posts on the topic") & moves["change"].abs().between(1, UNDER - 1)]
    for choice, value in few[["choice", "value"]].itertuples(index=False, name=None):
        table = shown["sensitivity"]
        rows = table[(table["choice"] == choice) & (table["value"] == value)]
        assert rows[["otherwise", "change"]].isna().all(axis=None)


@pytest.mark.parametrize("counts", [(40, 20, 3), (3, 1, 60)])
def test_authors_who_are_one_on_a_platform_give_no_small_platform_away(pair, counts):
    """Their platforms add up to all authors, where one author on two platforms stands in both rows."""
    _, whole = pair
    table = pd.DataFrame({"corpus": "public", "platform": list("abc"), "posts": counts, "of": sum(counts)})
    table = table.assign(share_pct=100 * table["posts"] / table["of"], low_pct=0.0, high_pct=100.0)
    shown = publishable(whole | {"platforms": table}, UNDER)[0]["platforms"]
    hidden = shown["posts"].isna()
    assert hidden[table["posts"] < UNDER].all() and shown.loc[hidden, "share_pct"].isna().all()
    possible = table.loc[hidden, "posts"].sum() + 1  # values of each hidden count, where the sum of all is known
    assert shown["of"].isna().all() or (hidden.sum() > 1 and possible >= UNDER)


def test_posts_of_few_repeating_accounts_are_not_shown_by_any_table(pair):
    """Fewer than five accounts, each with many posts: the posts would be those of single persons."""
    shown, whole = pair
    accounts = whole["accounts"].assign(accounts=[2, 0], posts=[24, 0])
    moved = whole["sensitivity"]["choice"].eq(REPEATED)
    assert moved.any(), "nothing to hide"
    table = publishable(whole | {"accounts": accounts}, UNDER)[0]
    assert table["accounts"][["accounts", "posts"]].iloc[0].isna().all() and table["accounts"]["of"].notna().all()
    assert table["sensitivity"].loc[moved, ["otherwise", "change"]].isna().all(axis=None)
    many = publishable(whole | {"accounts": accounts.assign(accounts=[9, 0], posts=[90, 0])}, UNDER)[0]
    assert many["accounts"]["posts"].iloc[0] == 90


def moved(whole, rows):
    """Return the tables with these moves of the number of posts: (choice, value, as chosen, otherwise)."""
    table = pd.DataFrame(rows, columns=["choice", "value", "as_chosen", "otherwise"]).assign(headline=COUNT)
    table = table.assign(change=table["otherwise"] - table["as_chosen"])
    return whole | {"sensitivity": table[list(whole["sensitivity"])]}


def told(tables) -> set[str]:
    table = publishable(tables, UNDER)[0]["sensitivity"]
    return set(table.loc[table["otherwise"].notna() & table["change"].notna(), "value"])


def test_a_window_is_not_told_where_a_month_is_not(pair):
    """The first twelve months less those that are shown would be the one that is not."""
    _, whole = pair
    windows = [("Window", "the first twelve months", 300, 200), ("Reposts", "left out", 300, 250)]
    months = [f"2022-{month:02}" for month in range(1, 13)]
    for small, seen in ((2, {"left out"}), (20, {"left out", "the first twelve months"})):
        volume = pd.DataFrame({"corpus": "public", "month": months, "posts": [small, small + 1, *[30] * 10]})
        corrected = whole["corrected"][whole["corrected"]["by"] != "month"]
        parts = {"volume": volume, "corrected": corrected, "read": whole["read"].assign(on_topic=volume["posts"].sum())}
        assert told(moved(whole | parts, windows)) == seen


def parts_of(posts: dict[str, list[int]], people: int = 10**6) -> dict[str, Part]:
    """Return codes with the posts that each finds; of so many people each wrote every so manieth post."""
    numbers = {code: np.array(some) for code, some in posts.items()}
    return {code: Part("posts", some, some % people) for code, some in numbers.items()}


@pytest.mark.parametrize(
    "posts, is_told",
    [
        ({"a": [*range(50)], "b": [*range(48, 99)]}, True),  # two posts are shared by both
        ({"a": [*range(50)], "b": [*range(50, 99)]}, False),
        ({"a": [*range(50)], "b": [*range(40, 99)]}, False),
        # each shares many with some other, but three codes give every overlap away, and two posts have all three
        ({"a": [*range(22)], "b": [*range(20, 42), *range(2)], "c": [*range(12), *range(30, 42)]}, True),
        # four codes leave the same overlap open
        ({"a": [*range(60)], "b": [*range(40, 99)], "c": [*range(20, 80)], "d": [*range(1), *range(50, 99)]}, False),
    ],
)
def test_posts_that_few_queries_share_are_told_by_no_move(posts, is_told):
    """What a code finds less what it alone finds is what it shares with others: where few are, a person is told."""
    assert overlaps_betray(parts_of(posts), UNDER) == is_told
    assert not overlaps_betray(parts_of(posts), 0)


def test_many_posts_that_few_people_wrote_are_told_by_no_move():
    """Ten posts are shared, by three people: as authors or as posts, they are three people's."""
    posts = {"a": [*range(50)], "b": [*range(40, 99)]}
    assert not overlaps_betray(parts_of(posts, 9), UNDER) and overlaps_betray(parts_of(posts, 3), UNDER)
    whole, less = parts_of({"whole": [*range(60)], "less": [*range(40)]}, 3).values()
    assert betrays([whole], [less], UNDER), "twenty posts went, of three people"
    whole, less = parts_of({"whole": [*range(60)], "less": [*range(40)]}, 30).values()
    assert not betrays([whole], [less], UNDER) and overlap_betrays([whole], [whole.at(np.arange(60) < 3)], UNDER)


def given_away(table: pd.DataFrame) -> list[tuple]:
    """Return the moves whose shares say how many posts went or came, where these are few: (headline, choice, value)."""
    wholes = table[table["headline"] == COUNT].set_index(["choice", "value"])
    found = []
    for row in table[table["headline"].str.startswith("Share of the")].to_dict("records"):
        pair = (row["choice"], row["value"])
        if row["choice"] in ("Unit", "Copies") or pair not in wholes.index:  # no part of the same posts
            continue
        before, after = (row[name] * wholes.loc[pair, name] / 100 for name in ("as_chosen", "otherwise"))
        if not pd.isna(before + after) and 0 < abs(round(before) - round(after)) < UNDER:
            found.append((row["headline"], *pair))
    return found


def test_no_share_of_a_move_gives_a_few_posts_away(pair):
    """A share and its base give a count; the same under another choice gives how many posts the choice moves."""
    shown, whole = pair
    assert given_away(whole["sensitivity"]), "nothing to hide"
    assert given_away(shown["sensitivity"]) == []
    assert shown["sensitivity"]["otherwise"].notna().mean() > 0.3, "so little is shown that nothing is tested"


def test_a_headline_that_no_table_shows_is_in_no_move(pair):
    _, whole = pair
    title = whole["sensitivity"]["headline"].str.extract("Share of the platform “(.*)”")[0].dropna().iloc[0]
    platforms = whole["platforms"]
    platforms = platforms.assign(posts=platforms["posts"].mask(platforms["platform"] == title, 3))
    table = publishable(whole | {"platforms": platforms}, UNDER)[0]["sensitivity"]
    rows = table[table["headline"].str.contains(f"“{title}”")]
    assert len(rows) and rows[["as_chosen", "otherwise", "change"]].isna().all(axis=None)
