"""The report as one HTML page that needs no network and prints."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from evidence.listening.analyses import PLATFORMS, TONE
from evidence.listening.correction import TOPIC
from evidence.listening.languages import WITHOUT_LETTERS, scored
from evidence.listening.reading.text import QUESTION_MARKS
from evidence.listening.rulebook import LIMITS, RULEBOOK
from evidence.listening.sensitivity import COUNTS
from evidence.listening.suppression import SMALL_CELLS
from evidence.toolkit import drawing
from evidence.toolkit.drawing import Bar
from evidence.toolkit.page import banner, document, html_table, listed, section, shown

CORPUS = {"public": "The public", "organisations": "Organisations"}
HEADS = {
    "corpus": "Corpus", "month": "Month", "posts": "Posts", "of": "Of", "share_pct": "Share, %", "low_pct": "from, %",
    "high_pct": "to, %", "title": "Code", "authors": "Authors known", "platform": "Platform", "hashtag": "Hashtag",
    "region": "Region", "base_pct": "Share of the base, %", "quotient": "Quotient", "low": "from", "high": "to",
    "placed": "With a place", "unknown": "With a place not in the table", "without": "Without a place", "word": "Word",
    "public": "By the public", "organisations": "By organisations", "log_likelihood": "Log-likelihood",
    "log_ratio": "Log ratio", "unit": "Unit", "both_are": "Those with both are", "boys": "Boys", "girls": "Girls",
    "both": "Both", "neither": "Neither", "boys_pct": "Boys, %", "measure": "Measure", "value": "Value",
    "labelled": "Posts labelled", "one": "One", "other": "Other", "agreed": "Agreed", "kappa": "Kappa",
    "headline": "Headline", "choice": "Choice", "as_chosen": "As chosen", "otherwise": "Otherwise", "change": "Change",
    "file": "File", "rule": "Rule", "rows": "Rows", "column": "Column", "on_topic": "On the topic", "months": "Months",
    "growth_pct": "Growth a month, %", "week": "Week from", "usual": "Usual", "score": "Score",
    "by": "By", "accounts": "Accounts", "language": "Language", "topic": "Topic", "words": "Words", "number": "Topics",
    "coherence": "Coherence", "stability": "Stability", "is_chosen": "Chosen", "slice": "Where",
    "corrected_pct": "Corrected, %", "left_out": "Left out",
}  # fmt: skip
MEASURES = {"precision_pct": "Precision, %", "recall_pct": "Recall, %", "relevant_posts": "Relevant posts, estimated"}
SYNTHETIC = banner("post, person or organisation")
OF = {"public": "of the public", "organisations": "of organisations"}
LOCAL = "This report was made on one machine and needs no network; no post, name or count was sent anywhere."
UNMODELLED = (
    "No model was used: letters tell, and a dictionary of Russian. Another language in Cyrillic letters counts as "
    "Russian or Kazakh."
)
TRIED = "Tried on invented lines: {right} of {of} in Kazakh typed without its letters were told as Kazakh."
ASKED = "The model is asked about Kazakh, Russian and English only; a post in another language counts as one of these."
DIVIDED = (
    "Posts on which people are evenly divided count for neither. Where two people labelled, that leaves out each post "
    "on which they differ, so the figures look better than they are; a third person settles such posts."
)
ALONE = "No post was labelled by two people, so nothing says how far they would agree."
OWN_QUERIES = "if your topic is another, put your own into queries.csv"
DOUBTS = "doubts"  # where they stand on the page
MOST = 25  # rows of a long table on the page; the file has all


def table_of(frame: pd.DataFrame, columns: Sequence[str], caption: str, most: int = MOST, decimals: int = 1) -> str:
    """Return columns of a table with the words that readers see; of many rows the first."""
    if "corpus" in frame:
        frame = frame.assign(corpus=frame["corpus"].map(CORPUS).fillna(frame["corpus"]))
    if "measure" in frame:
        frame = frame.assign(measure=frame["measure"].map(MEASURES))
    return html_table(frame, columns, caption, HEADS, most, decimals)


def _share_bars(table: pd.DataFrame, label: str, what: str) -> str:
    """Return bars of shares for each corpus; hidden ones are left out."""
    parts = []
    for corpus, rows in table.dropna(subset=["share_pct"]).groupby("corpus", sort=False):
        found = [
            Bar(
                str(row[label]),
                row["share_pct"],
                f"{shown(float(row['share_pct']))}\u00a0%",
                row["low_pct"],
                row["high_pct"],
            )
            for row in rows.to_dict("records")
        ]
        caption = f"{CORPUS[str(corpus)]}: {what}, per cent, with intervals. Posts: {shown(int(rows['of'].iloc[0]))}."
        parts.append(drawing.bars(found, f"{CORPUS[str(corpus)]}: {what}", caption))
    return "".join(parts)


def html_page(tables: dict[str, pd.DataFrame], facts: dict[str, Any]) -> str:
    """Return the page of a report.

    ``facts`` has ``title``, ``made`` (date), ``files``, ``notes``, ``doubts``, ``silent`` and ``untold`` (texts),
    ``hidden`` (counts and rows not shown), ``under``, ``parameters``, ``own`` (books the user gave), ``has_model`` (of
    languages) and ``is_synthetic``.
    """
    small = SMALL_CELLS.text(under=facts["under"])
    parts = [SYNTHETIC] if facts["is_synthetic"] else []
    parts += [
        f"<p class='lead'>{escape(_lead(tables))}</p><p class='lead'>{escape(_most(tables, facts))}</p>",
        f"<p>{escape(_topic(tables, facts))}</p>",
        f"<p>{_doubts(tables, facts)}</p>",
        f"<p>{LOCAL} <a href='dashboard.html'>All tables</a>, to choose, filter and sort.</p>",
        table_of(tables["read"], list(tables["read"]), f"Read on {facts['made']}: {', '.join(facts['files'])}"),
        section("What this cannot say", listed(LIMITS)),
        _volume(tables),
        section("Platforms", f"<p class='note'>{escape(PLATFORMS.sentence)}.</p>",
                 _share_bars(tables["platforms"], "platform", "posts by platform"),
                 table_of(tables["platforms"], list(tables["platforms"]), "Posts on the topic by platform")),
        _codes(tables["subtopics"], "Sub-topics", "posts that a query of the sub-topic finds"),
        _codes(tables["barriers"], "Barriers", "posts that mention a barrier"),
        _codes(tables["programmes"], "State programmes", "posts that name a programme"),
        section("Hashtags", table_of(tables["hashtags"], list(tables["hashtags"]), "Hashtags of posts")),
        _regions(tables),
        _gender(tables),
        section("Key words", table_of(
            tables["key_words"],
            ["word", "corpus", "public", "organisations", "log_likelihood", "log_ratio", "low", "high"],
            "Words by how differently the corpora use them; log ratio above 0: organisations use it more")),
        _languages(tables["languages"], facts["has_model"]),
        _topics(tables),
        section("Tone", f"<p>{escape(TONE.sentence)}.</p>"),
        _quality(tables),
        _corrected(tables["corrected"]),
        section("How the answers move with the choices", "<p>One choice is changed at a time.</p>",
                 _moves(tables), listed([f"Not tried. {words}" for words in facts["untold"]])),
        _set_aside(tables, facts),
        section("The rules, and who set what", _rules(facts["parameters"] | {"under": facts["under"]})),
        section("What this page contains", "<p>Counts, and shares of them. No post, no name, no identifier. "
                 f"{facts['hidden']} counts or rows are not shown. {escape(small)}</p>"),
    ]  # fmt: skip
    return document(facts["title"], parts)


def _lead(tables: dict[str, pd.DataFrame]) -> str:
    """Return what was read and found, in a sentence for each corpus."""
    return " ".join(_found(row, tables["corrected"]) for row in tables["read"].to_dict("records"))


def _most(tables: dict[str, pd.DataFrame], facts: dict[str, Any]) -> str:
    """Return what the posts name most and whether they grow, with intervals; of the first corpus, where it is shown."""
    said = []
    barriers = tables["barriers"].dropna(subset=["posts", "share_pct"])
    barriers = barriers[(barriers["corpus"] == tables["read"]["corpus"].iloc[0]) & (barriers["posts"] > 0)]
    if len(barriers):
        row = barriers.sort_values("posts", ascending=False, kind="stable").iloc[0].to_dict()
        part, of = (shown(int(row[name])) for name in ("posts", "of"))
        share, low, high = (shown(float(row[name])) for name in ("share_pct", "low_pct", "high_pct"))
        unit = facts["parameters"].get("unit", "posts")
        words = f"The barrier that queries find most in {unit} {OF[row['corpus']]} on the topic is “{row['title']}”"
        said.append(f"{words}: {part} of {of} ({share}\u00a0%; {low} to {high}).")
    trend = tables["trend"].dropna(subset=["growth_pct"])
    for row in trend[trend["corpus"] == tables["read"]["corpus"].iloc[0]].to_dict("records"):
        growth, low, high = (shown(row[name]) for name in ("growth_pct", "low_pct", "high_pct"))
        is_clear = row["low_pct"] > 0 or row["high_pct"] < 0
        words = (
            "Posts on the topic changed from month to month by" if is_clear else "Posts neither clearly grow nor fall:"
        )
        said.append(f"{words} {growth}\u00a0% ({low} to {high}) over {row['months']} months.")
    return " ".join(said)


def _found(row: dict[str, Any], corrected: pd.DataFrame) -> str:
    """Return how many posts of a corpus are on the topic, and what labels make of it, or that it is not shown."""
    of, posts, found = OF[row["corpus"]], row["posts"], row["on_topic"]
    if pd.isna(posts) or pd.isna(found):
        return f"How many of the posts {of} are on the topic is not shown, to protect people."
    share = f" ({shown(100 * found / posts)}\u00a0%)" if posts else ""
    words = f"Of {shown(int(posts))} posts {of}, {shown(int(found))} are on the topic{share}."
    known = corrected[
        (corrected["corpus"] == row["corpus"]) & (corrected["book"] == TOPIC) & (corrected["by"] == "all")
    ]
    known = known[known["labelled"] > 0].dropna(subset=["corrected_pct"])
    if known.empty:
        return words
    value, low, high = (shown(float(known[name].iloc[0])) for name in ("corrected_pct", "low_pct", "high_pct"))
    return f"{words} By what people said of a sample it is {value}\u00a0% ({low} to {high})."


def _topic(tables: dict[str, pd.DataFrame], facts: dict[str, Any]) -> str:
    """Return what is meant by the topic, whose queries say so, and whether people have checked them."""
    titles = "; ".join(tables["subtopics"]["title"].unique())
    whose = "queries.csv of the folder" if "queries" in facts["own"] else f"the toolkit’s own draft: {OWN_QUERIES}"
    checked = "Precision and recall are below" if "quality" in tables else "Nobody has checked yet what they find"
    return f"A post is on the topic if a query of a sub-topic finds it: {titles}. The queries are {whose}. {checked}."


def _doubts(tables: dict[str, pd.DataFrame], facts: dict[str, Any]) -> str:
    """Return how much was set aside or is doubtful, with the way there: it stands far below."""
    rows = int(tables["set_aside"]["rows"].sum()) if len(tables["set_aside"]) else 0
    spoilt = [note for note in facts["notes"] if QUESTION_MARKS in note]
    first = f"<strong>{escape('. '.join(spoilt))}.</strong> " if spoilt else ""
    many = f"{shown(rows)} row{'' if rows == 1 else 's'} set aside, {shown(len(facts['notes']))} notes on files"
    return (
        f"{first}Before you use a count, read <a href='#{DOUBTS}'>what was left out, and what is doubtful</a>: {many}."
    )


def _volume(tables: dict[str, pd.DataFrame]) -> str:
    parts = []
    for corpus, rows in tables["volume"].groupby("corpus", sort=False):
        counts = [(month, None if pd.isna(count) else int(count)) for month, count in zip(rows["month"], rows["posts"])]
        title = f"{CORPUS[str(corpus)]}: posts on the topic by month"
        parts.append(drawing.columns(counts, title, f"{title}. The first and the last month may be cut."))
    weeks = tables["unusual_weeks"]
    parts.append(table_of(tables["trend"], list(tables["trend"]), "Growth from month to month"))
    parts.append(table_of(weeks, list(weeks), "Unusual weeks") if len(weeks) else "<p>No week is unusual.</p>")
    return section("Volume", *parts)


def _codes(table: pd.DataFrame, title: str, what: str) -> str:
    columns = ["title", "corpus", "posts", "of", "share_pct", "low_pct", "high_pct", "authors"]
    caption = f"{what[0].upper()}{what[1:]}; one post may have several"
    return section(title, _share_bars(table, "title", what), table_of(table, columns, caption))


def _regions(tables: dict[str, pd.DataFrame]) -> str:
    """Return the part on regions, or why there is none."""
    if "regions" not in tables:
        words = (
            "There is no <code>places.csv</code> in the folder, so places are not counted. It has the columns region, "
        )
        words += "names (as posts have them, with semicolons between) and base, such as people."
        return section("Regions", f"<p>{words}</p>")
    table = tables["regions"]
    parts = []
    for corpus, rows in table.dropna(subset=["quotient"]).groupby("corpus", sort=False):
        found = [
            Bar(row["region"], row["quotient"], shown(float(row["quotient"]), 2), row["low"], row["high"])
            for row in rows.to_dict("records")
        ]
        title = f"{CORPUS[str(corpus)]}: location quotients"
        caption = f"{title}, with intervals; the line is 1, as many posts as the base lets expect."
        parts.append(drawing.bars(found, title, caption, mark=1.0))
    parts.append(table_of(table, list(table), "Posts by region, of those with a place", decimals=2))
    parts.append(table_of(tables["placed"], list(tables["placed"]), "Which posts have a place"))
    return section("Regions", *parts)


def _gender(tables: dict[str, pd.DataFrame]) -> str:
    columns = ["corpus", "unit", "both_are", "boys", "girls", "both", "neither", "boys_pct", "low_pct", "high_pct"]
    return section(
        "Boys and girls",
        "<p>The share depends on what is counted, and on posts that mention both. Those with neither tell nothing.</p>",
        table_of(tables["gender"], columns, "Mentions of boys and girls, as chosen"),
        table_of(tables["gender_choices"], columns, "The same under every choice"),
    )


def _quality(tables: dict[str, pd.DataFrame]) -> str:
    """Return what people found when they checked, or that nobody did."""
    if "quality" not in tables:
        words = (
            "Nobody has checked what the queries find: evidence listening sample FOLDER --key FILE draws posts to read."
        )
        return section("Checked by people", f"<p class='note'><strong>{words}</strong></p>")
    quality, agreement = tables["quality"], tables["agreement"]
    return section(
        "Checked by people",
        f"<p class='note'>{DIVIDED}</p>",
        table_of(quality, list(quality), "What the queries find, held against labels of people"),
        table_of(agreement, list(agreement), "How far two people agree", decimals=2)
        if len(agreement)
        else f"<p class='note'>{ALONE}</p>",
    )


def _corrected(table: pd.DataFrame) -> str:
    """Return what shares become with the errors of the queries, and for which nobody knows them."""
    columns = ["title", "by", "slice", "posts", "of", "share_pct", "corrected_pct", "low_pct", "high_pct", "labelled"]
    parts = []
    for corpus, rows in table[table["by"] != "month"].groupby("corpus", sort=False):
        known, unknown = rows[rows["labelled"] > 0], rows[(rows["labelled"] == 0) & (rows["by"] == "all")]
        if len(known):
            parts.append(table_of(known, columns, f"{CORPUS[str(corpus)]}: shares as found, and corrected", 40))
        if len(unknown):
            words = ", ".join(unknown["title"])
            parts.append(f"<p class='note'>{CORPUS[str(corpus)]}: not checked by people, so taken as found: "
                         f"{escape(words)}.</p>")  # fmt: skip
    return section("Shares corrected for the errors of the queries", *parts)


def _languages(table: pd.DataFrame, has_model: bool) -> str:
    right, of = scored(WITHOUT_LETTERS, has_model)
    how = f"{ASKED if has_model else UNMODELLED} {TRIED.format(right=right, of=of)}"
    return section(
        "Languages",
        f"<p class='note'>{how}</p>",
        table_of(table, list(table), "Posts read by language; a mixed post is in one"),
    )


def _topics(tables: dict[str, pd.DataFrame]) -> str:
    """Return the topics with how their number was chosen, or why there are none."""
    if "topics" not in tables:
        return section("Topics", "<p class='note'>Not computed: the library for topics is not installed.</p>")
    table, numbers = tables["topics"], tables["topic_numbers"]
    groups = numbers.groupby(["corpus", "language"])
    unstable = ", ".join(f"{CORPUS[corpus]}, {name}" for (corpus, name), rows in groups if not rows["is_chosen"].any())
    words = f"<p class='note'>Seeds do not agree, so topics may not come again: {unstable}.</p>" if unstable else ""
    return section(
        "Topics", words, table_of(table, list(table), "Topics of posts, by their words"),
        table_of(numbers, list(numbers), "How the number of topics was chosen", decimals=2))  # fmt: skip


def _moves(tables: dict[str, pd.DataFrame]) -> str:
    """Return how each headline moves; choices that change nothing are named in a sentence."""
    parts = []
    for headline, rows in tables["sensitivity"].groupby("headline", sort=False):
        columns = ["choice", "value", "as_chosen", "otherwise", "change"]
        decimals = 0 if headline in COUNTS else 1
        rows = rows.assign(change=rows["change"].astype("Float64").round(decimals) + 0.0)
        moved = rows[rows["change"].ne(0).fillna(True)]
        table = table_of(moved, columns, f"{headline}: under other choices", 40, decimals) if len(moved) else ""
        same = [
            f"{choice} ({value})" for choice, value in rows[rows["change"].eq(0)][columns[:2]].itertuples(index=False)
        ]
        rest = f"<p>These change nothing: {escape(', '.join(same))}.</p>" if same else ""
        size = rows["change"].abs().max()
        most = "" if pd.isna(size) else f": moves by up to {shown(float(size), decimals)}"
        parts.append(f"<details><summary>{escape(str(headline))}{most}</summary>{table}{rest}</details>")
    return "".join(parts)


def _set_aside(tables: dict[str, pd.DataFrame], facts: dict[str, Any]) -> str:
    """Return what was left out, set aside or doubtful, and how files were read."""
    parts = []
    for name, caption in (("set_aside", "Rows set aside for a fault"), ("left_out", "Rows left out by a rule")):
        table = tables[name]
        parts.append(table_of(table, list(table), caption) if len(table) else f"<p>{caption}: none.</p>")
    if "accounts" in tables:
        accounts = tables["accounts"]
        parts.append(table_of(accounts, list(accounts), "Accounts that post one text again and again"))
    parts.append(listed(facts["notes"]))
    if facts["doubts"]:
        parts.append(f"<h3>Doubtful queries</h3>{listed(facts['doubts'])}")
    if facts["silent"]:
        words = ", ".join(facts["silent"])
        parts.append(f"<details><summary>Words of queries that no post has</summary><p>{escape(words)}</p></details>")
    own = ", ".join(f"{name}.csv" for name in facts["own"]) or "none"
    parts.append(f"<p>Books of the user: {escape(own)}. The others are the toolkit's own, a draft to be replaced.</p>")
    return f"<div id='{DOUBTS}'>{section('What was left out, and what is doubtful', *parts)}</div>"


def _rules(used: dict[str, Any]) -> str:
    """Return the texts of all rules, made from the rules themselves, with the parameters that were used."""
    items = []
    for rule in RULEBOOK:
        named = {one.name: used[one.name] for one in rule.parameters if one.name in used}
        items.append(f"<li><strong>{escape(rule.title)}.</strong> {escape(rule.text(**named))}</li>")
    return f"<ul>{''.join(items)}</ul>"
