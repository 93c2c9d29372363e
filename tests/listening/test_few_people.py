"""Many posts that few people wrote say what these few write: no count of them is shown or can be worked out."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("lark", reason="lark is not installed: make site")
pytest.importorskip("pymorphy3", reason="pymorphy3 is not installed: make site")

from evidence.listening import coding, places, results  # noqa: E402
from evidence.listening.intervals import growth_pct  # noqa: E402
from evidence.listening.publishing import publishable  # noqa: E402
from evidence.listening.reading.folder import read_folder  # noqa: E402
from evidence.listening.reading.posts import Settings  # noqa: E402
from evidence.listening.sensitivity import GROWTH  # noqa: E402
from tests.listening.test_attack import UNDER, noted  # noqa: E402

HEADS = ("date", "text", "author", "platform", "region")
PLACES = "region,names,base\nNorth,north,100\nSouth,south,100\nEast,east,50\n"


def posts() -> pd.DataFrame:
    """Return posts of many people, and of three who alone write in May, in the East, on VK, of lifts, and in Kazakh."""
    rows = []
    for number in range(240):
        barrier = ("травля", "учебник", "нет")[number % 3]
        gender = ("мальчик", "девочка", "ребёнок")[number % 3]
        month, where = 1 + number % 4, ("north", "south", "")[number % 3]
        platform = ("Instagram", "Facebook")[number % 2]
        rows.append(
            (f"2022-{month:02}-10", f"инклюзия {number} {barrier} {gender}", f"p{number % 60}", platform, where)
        )
    for number in range(30):
        who = f"few{number % 3}"
        rows += [
            ("2022-05-10", f"инклюзия обсуждалась у нас в конце весны {number}", who, "Instagram", "north"),
            ("2022-01-10", f"инклюзия обсуждалась у нас на востоке {number}", who, "Instagram", "east"),
            ("2022-02-10", f"инклюзия обсуждалась у нас во дворе {number}", who, "VK", "north"),
            ("2022-03-10", f"инклюзия и сломанный лифт в нашей школе {number}", who, "Facebook", "south"),
            ("2022-04-10", f"аутизм бар балаға көмек {number}", who, "Facebook", "south"),
        ]
    return pd.DataFrame(rows, columns=list(HEADS))


def analysed(folder: Path, table: pd.DataFrame, **changed) -> results.Results:
    (folder / "public").mkdir(parents=True, exist_ok=True)
    table.to_csv(folder / "public/posts.csv", index=False, quoting=csv.QUOTE_ALL)
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    corpus = read_folder(folder, Settings(bytes(range(32))))
    return results.analysed(corpus, coding.read_study(), places.read_places(folder / "places.csv"), **changed)


def published(found: results.Results, folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables as a reader of the files has them."""
    shown = publishable(found.tables, UNDER, found.few)[0]
    for name, table in shown.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    return {name: pd.read_csv(folder / f"{name}.csv") for name in shown}


def written_by(table: pd.DataFrame, words: str) -> pd.DataFrame:
    return table[table["text"].str.contains(words)]


def cells(table: pd.DataFrame) -> dict:
    """Return the counts that three people are behind, by what an attacker calls them, from the posts themselves."""
    few = {
        ("month", "public", "2022-05"): table[table["date"] == "2022-05-10"],
        ("region", "public", "East"): table[table["region"] == "east"],
        ("platform", "public", "VK"): table[table["platform"] == "VK"],
        ("code", "barriers", "public", "access"): written_by(table, "лифт"),
        ("code", "queries", "public", "autism"): written_by(table, "аутизм"),
        ("language", "public", "Kazakh"): written_by(table, "балаға"),
    }
    assert all(0 < part["author"].nunique() < UNDER <= len(part) for part in few.values())
    return {key: len(part) for key, part in few.items()}


def test_no_count_of_few_people_is_shown_or_can_be_worked_out(tmp_path):
    table = posts()
    found = analysed(tmp_path, table)
    shown = published(found, tmp_path)
    book, few = noted(shown), cells(table)
    truth = noted(found.tables).known
    assert {key: truth[key] for key in few} == few, "the attacker does not know what to look for"
    assert [key for key in few if key in book.known] == []
    for key, (low, high) in book.answers(list(few)).items():
        assert np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= UNDER - 1, (key, few[key], low, high)


def test_growth_does_not_give_the_month_of_few_people_away(tmp_path):
    """Of two months that are not shown their sum is known: the rate of all months would say which is which."""
    found = analysed(tmp_path, posts())
    shown = published(found, tmp_path)
    months = shown["volume"]
    seen = months["posts"].notna().to_numpy()
    rate = growth_pct(months.loc[seen, "posts"].tolist(), periods=np.flatnonzero(seen).tolist())
    trend, whole = shown["trend"].iloc[0], found.tables["trend"].iloc[0]
    assert not seen.all() and trend["months"] == seen.sum() < whole["months"]
    known = (trend["growth_pct"], trend["low_pct"], trend["high_pct"])
    assert known == pytest.approx(rate, nan_ok=True) and trend["growth_pct"] != whole["growth_pct"]
    growth = shown["sensitivity"][shown["sensitivity"]["headline"] == GROWTH]
    assert len(growth) and growth[["as_chosen", "otherwise", "change"]].isna().all(axis=None)


def test_labels_do_not_say_how_many_posts_a_query_found(tmp_path):
    """All posts that a query finds are labelled, and a hundred others: the number of labels less these is the count."""
    table = posts().iloc[:240]
    lifts = [("2022-01-10", f"инклюзия лифт {number}", f"q{number}", "Facebook", "") for number in range(3)]
    analysed(tmp_path, pd.concat([table, pd.DataFrame(lifts, columns=list(HEADS))]))
    corpus = read_folder(tmp_path, Settings(bytes(range(32))))
    every = corpus.everything.assign(
        about="barriers/access", coder="x", label=corpus.everything["text"].str.contains("лифт")
    )
    some = pd.concat([every[every["label"]], every[~every["label"]].head(100)]).astype({"label": int})
    found = results.analysed(corpus, coding.read_study(), labels=some)
    rows = found.tables["corrected"].query("code == 'access'")
    assert rows["labelled"].tolist() == [103] and rows["posts"].tolist() == [3]
    shown = published(found, tmp_path)["corrected"].query("code == 'access'")
    assert shown[["posts", "share_pct", "corrected_pct", "labelled"]].isna().all(axis=None)


def test_the_same_counts_of_many_people_are_shown(tmp_path):
    table = posts()
    table["author"] = [f"p{number}" for number in range(len(table))]
    found = analysed(tmp_path, table)
    shown = published(found, tmp_path)
    assert not any(who for who in found.few.values())
    known = noted(shown).known
    assert all(key in known for key in cells(posts()))


def test_posts_without_an_author_count_as_one_each(tmp_path):
    """Nothing says that they are of few people; where no post has an author, only small counts are left out."""
    table = posts()
    table.loc[table["author"].str.startswith("few"), "author"] = ""
    found = analysed(tmp_path, table)
    known = noted(published(found, tmp_path)).known
    assert all(key in known for key in cells(posts()))


def test_the_rest_of_a_count_is_protected_too(tmp_path):
    """All but two people's posts have the code: what is left would be theirs."""
    table = posts().iloc[:240]
    table = table.assign(text="инклюзия травля " + table["text"])
    rest = [
        (f"2022-0{1 + number % 4}-10", f"инклюзия {number}", f"few{number % 2}", "Facebook", "") for number in range(20)
    ]
    table = pd.concat([table, pd.DataFrame(rest, columns=list(HEADS))])
    found = analysed(tmp_path, table)
    shown = published(found, tmp_path)["barriers"].set_index("code")
    assert pd.isna(shown.loc["violence", "posts"]) and pd.isna(shown.loc["violence", "share_pct"])
    whole = publishable(found.tables, UNDER)[0]["barriers"].set_index("code")
    assert whole.loc["violence", "posts"] == 240


@pytest.mark.parametrize("unit", ["posts", "authors"])
def test_sub_topics_that_few_people_share_are_told_by_no_move(tmp_path, unit):
    """Nine posts are on two sub-topics, all of two people: neither posts nor authors give that away."""
    rows = [("2022-01-10", f"инклюзия {number}", f"p{number}", "Facebook", "") for number in range(60)]
    rows += [("2022-01-10", f"аутизм {number}", f"q{number}", "Facebook", "") for number in range(60)]
    both = [("2022-01-10", f"аутизм и инклюзия {number}", f"r{number % 2}", "Facebook", "") for number in range(9)]
    for some, is_told in ((both, False), ([(*row[:2], f"r{place}", *row[3:]) for place, row in enumerate(both)], True)):
        found = analysed(tmp_path, pd.DataFrame([*rows, *some], columns=list(HEADS)), unit=unit)
        moves = published(found, tmp_path)["sensitivity"]
        moves = moves[moves["value"].isin(["without Inclusive education", "without Autism"])]
        moves = moves[moves["headline"].isin(["Posts on the topic", "Authors of posts on the topic"])]
        assert len(moves) == 4 and moves["otherwise"].notna().all() == is_told


def test_posts_left_out_of_one_account_are_counted_nowhere(tmp_path):
    """With repeating accounts left out, their rows are what one person posted."""
    table = posts().iloc[:240]
    copies = [(f"2022-01-{10 + number}", "купите инклюзия", "bot", "Facebook", "") for number in range(12)]
    table = pd.concat([table, pd.DataFrame(copies, columns=list(HEADS))])
    found = analysed(tmp_path, table, bots="left out", same="nothing")
    assert found.tables["left_out"]["rows"].tolist() == [12]
    shown = published(found, tmp_path)
    assert shown["left_out"]["rows"].isna().all() and shown["read"]["rows"].isna().all()
