"""Tables of the chapter on queries and how people check them, from the synthetic corpus and lines of our own."""

from __future__ import annotations

import pandas as pd

from evidence.figures.intervals import interval_pct
from evidence.listening.coding import LEXICON, Coding, Study, coded, on_topic
from evidence.listening.corrected import corrected
from evidence.listening.languages import KINDS, WITHOUT_LETTERS
from evidence.listening.queries.grammar import parsed, plain
from evidence.listening.queries.matching import PLAIN_KAZAKH, Terms, found
from evidence.listening.queries.table import Query, problems
from evidence.parts.methods.listening import analysed, named, synthetic

ASKED = (  # queries that people write, and what is wrong with them
    ("школа дети", "ru"),
    ("школа AND дети OR сад", "ru"),
    ("NOT школа", "ru"),
    ("школа or сад", "ru"),
    ("шк*", "ru"),
    ("тьютор AND (школа OR сад)", "ru"),
)
WORDS = {  # Kazakh words of a query, and words of posts that are or only look like their forms
    "бала": ("балаларымызға", "баланың", "balalar", "балабақша", "балама"),
    "қыз": ("қыздар", "қызымыз", "qyzym", "қызық", "қызамық"),
    "ұл": ("ұлдары", "ulym", "ұлттық", "ұлан"),
}
NARROW = "буллинг OR травля"  # few of the code book's words, in both languages
BOOKS = {"queries": "On the topic", "barriers": "Barriers", "gender": "Boys or girls"}


def lint() -> pd.DataFrame:
    """Return what the toolkit says of queries before it runs them: ``Query``, ``What it says``."""
    rows = []
    for text, language in ASKED:
        _, wrong, doubtful = problems(text, language)
        said = [*(f"refused: {one}" for one in wrong), *(f"doubtful: {one}" for one in doubtful)]
        rows.append((text, "; ".join(said) or "runs"))
    return pd.DataFrame(rows, columns=["Query", "What it says"])


def _query(text: str, code: str = "a", title: str = "", language: str = "kk") -> Query:
    return Query(code, title, language, text, plain(parsed(text)))


def forms() -> pd.DataFrame:
    """Return which words of posts a Kazakh word of a query finds, and which its prefix would find.

    Columns: ``Word of the query``, ``Word of a post``, ``Found by its forms``, ``Found by a prefix``.
    """
    rows = []
    for word, tokens in WORDS.items():
        by_form, by_prefix = Terms([_query(word)]), Terms([_query(f"{word}*")])
        for token in tokens:
            rows.append((word, token, *("yes" if terms.of(token) else "no" for terms in (by_form, by_prefix))))
    return pd.DataFrame(
        rows, columns=["Word of the query", "Word of a post", "Found by its forms", "Found by a prefix"]
    )


def lines() -> pd.DataFrame:
    """Return how the toolkit's draft books do on invented lines that were labelled before, a row a book and measure.

    Columns: ``Book``, ``Measure`` (precision or recall), ``Right``, ``Of``, ``Share, %``, ``Interval from, %``,
    ``Interval to, %`` (Wilson). A line and a code are one case. Lines in Kazakh typed without its letters stand apart
    as well, under both choices for them.
    """
    given = pd.read_csv(LEXICON / "lines.csv", keep_default_na=False)
    rows = [row for book, title in BOOKS.items() for row in _scores(given, book, title)]
    typed = given[given["language"] == WITHOUT_LETTERS].reset_index(drop=True)
    for choice in PLAIN_KAZAKH.choices:
        title = f"On the topic, of lines without Kazakh letters; such words {choice}"
        rows += _scores(typed, "queries", title, choice)
    return pd.DataFrame(
        rows, columns=["Book", "Measure", "Right", "Of", "Share, %", "Interval from, %", "Interval to, %"]
    )


def _scores(given: pd.DataFrame, book: str, title: str, plain_kazakh: str = PLAIN_KAZAKH.default) -> list[tuple]:
    """Return the rows of precision and recall of a book on lines."""
    hits = found(given["text"].tolist(), synthetic().study.books[book], plain_kazakh)
    codes = set(zip(hits["text"], hits["code"])) if book != "queries" else {(line, "") for line in hits["text"]}
    truth, rows = _labelled(given, book), []
    for measure, whole in (("precision", codes), ("recall", truth)):
        right = len(codes & truth)
        low, high = interval_pct(right, len(whole))
        rows.append((title, measure, right, len(whole), 100 * right / len(whole), low, high))
    return rows


def _labelled(given: pd.DataFrame, book: str) -> set[tuple[int, str]]:
    """Return the pairs of line and code that are right."""
    if book == "queries":
        return {(line, "") for line in given.index[given["on_topic"] == 1]}
    if book == "barriers":
        return {(line, code) for line, code in given["barrier"].items() if code}
    return {(line, code) for code in ("boys", "girls") for line in given.index[given[code] == 1]}


def languages() -> pd.DataFrame:
    """Return how the language of invented lines is told, a row a kind of line: ``Lines in``, ``Of``, then a way each.

    The numbers with the model were measured where it is installed; a test there holds them.
    """
    scores = pd.read_csv(LEXICON / "language_scores.csv")
    wide = scores.pivot(index=["kind", "of"], columns="way", values="right").reset_index()
    wide["kind"] = wide["kind"].map(KINDS)
    heads = {"kind": "Lines in", "of": "Of", "letters": "Right by letters"}
    return wide.rename(columns=heads | {"letters, then lingua": "Right with a model"}).rename_axis(columns=None)


def quality() -> pd.DataFrame:
    """Return what people found of the queries in the synthetic corpus of the public, beside what was planted.

    Columns: ``Measure``, ``Found by people``, ``Interval from``, ``Interval to``, ``True value``, ``Synthetic posts
    labelled``.
    """
    made, table = synthetic(), analysed()["quality"]
    public = made.truth[made.truth["corpus"] == "public"]
    hits = public["post"].isin(on_topic(made.corpus.posts, made.hits)["post"])
    right = int((hits & public["relevant"]).sum())
    planted = {
        "precision_pct": 100 * right / hits.sum(),
        "recall_pct": 100 * right / public["relevant"].sum(),
        "relevant_posts": float(public["relevant"].sum()),
    }
    titles = {"precision_pct": "Precision, %", "recall_pct": "Recall, %", "relevant_posts": "Relevant posts"}
    rows = table[table["corpus"] == "public"]
    rows = rows.assign(planted=rows["measure"].map(planted), title=rows["measure"].map(titles))
    heads = {"value": "Found by people", "low": "Interval from", "high": "Interval to", "planted": "True value"}
    return named(rows, title="Measure", **heads, labelled="Synthetic posts labelled")


def agreement() -> pd.DataFrame:
    """Return how the two invented coders agree, one row.

    Columns: ``Synthetic posts``, ``Agreed``, ``Kappa``, ``Interval from``, ``Interval to``.
    """
    heads = {
        "posts": "Synthetic posts",
        "agreed": "Agreed",
        "kappa": "Kappa",
        "low": "Interval from",
        "high": "Interval to",
    }
    return named(analysed()["agreement"], **heads)


def narrow() -> pd.DataFrame:
    """Return the share of the public's synthetic posts on the topic that mention violence, by a poor and a good query.

    Columns: ``Query``, ``Synthetic posts``, ``As found, %``, ``Corrected, %``, ``Interval from, %``, ``Interval to,
    %``, ``True share, %``.
    """
    made = synthetic()
    violence = [query for query in made.study.books["barriers"] if query.code == "violence"]
    poor = [_query(NARROW, "violence", violence[0].title, language) for language in ("ru", "kk")]
    rows = []
    for name, queries in (("A few words, too few", poor), ("All words of the code book", violence)):
        study = Study(made.study.books | {"barriers": queries}, [], ())
        hits = coded(made.corpus.posts, study)
        topic = on_topic(made.corpus.posts, hits)
        table = corrected(made.corpus.posts, topic, Coding(study, hits), made.labels)
        row = table[(table["corpus"] == "public") & (table["code"] == "violence")].iloc[0]
        shares = [row[column] for column in ("share_pct", "corrected_pct", "low_pct", "high_pct")]
        rows.append((name, int(row["of"]), *shares, _planted_pct(topic)))
    heads = [
        "Query",
        "Synthetic posts",
        "As found, %",
        "Corrected, %",
        "Interval from, %",
        "Interval to, %",
        "True share, %",
    ]
    return pd.DataFrame(rows, columns=heads)


def _planted_pct(topic: pd.DataFrame) -> float:
    """Return the planted share of violence among the public's posts on the topic."""
    truth = synthetic().truth
    found = truth[(truth["corpus"] == "public") & truth["post"].isin(topic["post"])]
    return 100 * float((found["barrier"] == "violence").mean())
