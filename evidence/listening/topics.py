"""Topics that a model finds without being told: how many, how sure, and which words they are made of.

Latent Dirichlet allocation (Blei, Ng and Jordan 2003) is run with several numbers of topics and several seeds. A number
is argued by coherence (do the words of a topic stand together in posts) and stability (do other seeds find the same
topics). A topic is a pattern of words, not what people mean; where seeds do not agree, the report says so.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd

from evidence.listening.analyses import key_words_of, words_of
from evidence.listening.extras import needed
from evidence.listening.languages import NAMES, by_letters
from evidence.listening.queries.matching import tokens
from evidence.listening.rules import Parameter, Rule

NUMBERS = Parameter("numbers", (3, 5, 8), "ours", "few enough to read", "Numbers of topics that are tried")
SEEDS = Parameter("seeds", (1, 2, 3), "ours", "any numbers", "Seeds of each number")
LEAST_STABLE = Parameter("least_stable", 0.5, "ours", "half of the words are the same", "Stability that a number needs")
LEAST_TEXTS = 100  # below, a model learns nothing that reading would not show
MOST_TEXTS = Parameter("most_texts", 20_000, "ours", "more change no topic and take long", "Texts of a corpus at most")
TOP, ROUNDS, LEAST_POSTS = 10, 200, 5
TOPICS = Rule(
    "topics",
    "Topics",
    "Topics of the distinct texts of a corpus in one language (by its letters) are found by latent Dirichlet "
    "allocation, with several numbers of topics and several seeds. Chosen is the most coherent number (mean normalised "
    "pointwise mutual information) of those whose top words are shared between seeds by at least {least_stable:.0%} on "
    "average (Jaccard, best match); where none is, topics are shown as unstable. Of more texts than {most_texts} "
    "so many are drawn",
    "imported",
    "Blei, Ng and Jordan 2003, Journal of Machine Learning Research 3, 993-1022; the document has topics of "
    "organisations (Key Findings 4, p. 9-10) and names no method",
    (NUMBERS, SEEDS, LEAST_STABLE, MOST_TEXTS),
)
HEADS = ["corpus", "language", "topic", "words", "posts", "of", "share_pct"]
CHOICE = ["corpus", "language", "number", "coherence", "stability", "is_chosen"]


def _model(texts: dict[str, list[str]], number: int, seed: int) -> Any:
    """Return a trained model; the same texts, number and seed give the same one on one kind of processor."""
    tomotopy = needed("tomotopy")
    model = tomotopy.LDAModel(k=number, seed=seed, min_df=LEAST_POSTS, rm_top=0)
    for words in texts.values():
        model.add_doc(words)
    model.train(ROUNDS, workers=1)
    return model


def _tops(model: Any) -> list[tuple[str, ...]]:
    return [tuple(word for word, _ in model.get_topic_words(topic, top_n=TOP)) for topic in range(model.k)]


def stability(runs: list[list[tuple[str, ...]]]) -> float:
    """Return how far runs agree: for each pair of runs the mean of each topic's best Jaccard with the other's."""
    values = []
    for one, other in combinations(runs, 2):
        for first, second in ((one, other), (other, one)):
            values += [max(len({*a} & {*b}) / len({*a} | {*b}) for b in second) for a in first]
    return sum(values) / len(values) if values else float("nan")


def _coherence(model: Any) -> float:
    tomotopy = needed("tomotopy")
    return float(tomotopy.coherence.Coherence(model, coherence="c_npmi", top_n=TOP).get_score())


def _prepared(posts: pd.DataFrame) -> dict[str, list[str]]:
    """Return the words of each distinct text that has some, by its name."""
    texts = posts.drop_duplicates("same_text")
    known = key_words_of({token for text in texts["text"] for token in tokens(text)})
    words = {name: words_of(text, known) for name, text in zip(texts["same_text"], texts["text"])}
    return {name: some for name, some in words.items() if some}


def sampled(posts: pd.DataFrame, most: int = MOST_TEXTS.default, seed: int = 1) -> pd.DataFrame:
    """Return the posts of so many distinct texts of each corpus at most, drawn with a seed."""
    texts = posts[["corpus", "same_text"]].drop_duplicates()
    drawn = [part.sample(min(most, len(part)), random_state=seed) for _, part in texts.groupby("corpus")]
    if not drawn:
        return posts
    wanted = pd.MultiIndex.from_frame(pd.concat(drawn))
    return posts[pd.MultiIndex.from_frame(posts[["corpus", "same_text"]]).isin(wanted)]


def topics(posts: pd.DataFrame, least_authors: int = 5) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return topics by corpus and language (``HEADS``), how their number was chosen (``CHOICE``), and posts of each.

    The last has ``corpus``, ``language`` and ``topic`` under the index of the posts that have a topic. ``posts`` counts
    the posts whose likeliest topic it is; texts of rare words only are in none. Words that fewer authors use are left
    out. Where texts are few there are none. Raises Unavailable where the library is not installed.
    """
    rows: list[tuple] = []
    choice: list[tuple] = []
    of_posts: list[pd.DataFrame] = []
    spoken = posts["text"].map(by_letters).map(NAMES)
    for (corpus, language), part in posts.groupby(["corpus", spoken], sort=False):
        words = _prepared(part)
        if len(words) < LEAST_TEXTS:
            continue
        tried = []
        for number in NUMBERS.default:
            models = [_model(words, number, seed) for seed in SEEDS.default]
            tried.append((number, models[0], _coherence(models[0]), stability([_tops(model) for model in models])))
        stable = [one for one in tried if one[3] >= LEAST_STABLE.default]
        number, model, *_ = max(stable or tried, key=lambda one: one[2])
        choice += [(corpus, language, one[0], one[2], one[3], one[0] == number and bool(stable)) for one in tried]
        likeliest = part["same_text"].map(_likeliest(words, model)).dropna()
        found = _described(part, words, model, likeliest, least_authors)
        rows += [(corpus, language, *row) for row in found]
        of_posts.append(pd.DataFrame({"corpus": corpus, "language": language, "topic": likeliest.map(_name)}))
    sorted_ = pd.concat(of_posts) if of_posts else pd.DataFrame(columns=HEADS[:3])
    return pd.DataFrame(rows, columns=HEADS), pd.DataFrame(choice, columns=CHOICE), sorted_


def _name(number: float) -> str:
    return f"topic {int(number) + 1}"


def _likeliest(words: dict[str, list[str]], model: Any) -> dict[str, int]:
    """Return the likeliest topic of each text; words that the model has left out as rare tell nothing."""
    used, found = set(model.used_vocabs), {}
    for (name, some), document in zip(words.items(), model.docs, strict=True):
        if not used.isdisjoint(some):
            shares = document.get_topic_dist()
            found[name] = max(range(model.k), key=lambda topic: shares[topic])
    return found


def _described(
    part: pd.DataFrame, words: dict[str, list[str]], model: Any, likeliest: pd.Series, least_authors: int
) -> list[tuple]:
    """Return the rows of one corpus and language: each topic with the words that enough authors use, and its posts."""
    authors: dict[str, set[str]] = {}
    for author, name in zip(part["author"], part["same_text"]):
        for word in words.get(name, ()):
            authors.setdefault(word, set()).add(author)
    counts = likeliest.value_counts()
    whole, rows = int(counts.sum()), []
    for topic, top in enumerate(_tops(model)):
        # in the order of letters: by weight, a list can read like a sentence of a post
        shown = ", ".join(sorted(word for word in top if len(authors.get(word, ())) >= least_authors))
        count = int(counts.get(topic, 0))
        rows.append((_name(topic), shown, count, whole, 100 * count / whole))
    return rows
