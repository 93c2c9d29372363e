"""The listening toolkit run on its synthetic corpus, and tables of the chapter on how to run it. No post is real."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd

from evidence.data import store
from evidence.exhibits.frames import labelled
from evidence.listening import demo, places, report, results, validation
from evidence.listening.coding import Study, coded, read_study
from evidence.listening.pseudonyms import pseudonym
from evidence.listening.reading.folder import Corpus, read_folder
from evidence.listening.reading.posts import Settings
from evidence.listening.synthetic import Made

POSTS = (2000, 600)  # made up: of the public and of organisations
CORPUS = {"public": "The public", "organisations": "Organisations"}


class Synthetic(NamedTuple):
    """The synthetic study: what was read, what is asked, what the books find, bases of places, labels, and the truth.

    ``truth`` has the columns of :class:`evidence.listening.synthetic.Made` and ``post``, the name of a public post in
    what was read; a row a post, those of the bot among them and second exports of one left out.
    """

    corpus: Corpus
    study: Study
    hits: pd.DataFrame
    places: Any
    labels: pd.DataFrame
    truth: pd.DataFrame


@cache
def synthetic() -> Synthetic:
    """Return the synthetic study as the toolkit reads it from its files, which are gone afterwards."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        demo.write_demo(folder, *POSTS)
        corpus = read_folder(folder, Settings(demo.KEY))
        where = places.read_places(folder / places.FILE)
        labels = validation.read_labels(folder / report.LABELS)
    study = read_study()
    made = demo.corpus(*POSTS)
    names = [pseudonym(demo.KEY, "post", demo.export_identifier(post)) for post in made]
    truth = pd.DataFrame(made, columns=list(Made._fields)).assign(post=names)
    truth = truth.drop_duplicates("number", ignore_index=True)
    return Synthetic(corpus, study, coded(corpus.everything, study), where, labels, truth)


@cache
def analysed() -> dict[str, pd.DataFrame]:
    """Return all tables of a report of the synthetic study by name, nothing suppressed."""
    made = synthetic()
    return results.analysed(made.corpus, made.study, made.places, made.labels).tables


def named(frame: pd.DataFrame, **heads: str) -> pd.DataFrame:
    """Return columns of a table under the heads that readers see, corpora by their names."""
    if "corpus" in frame:
        frame = frame.assign(corpus=frame["corpus"].map(CORPUS))
    return frame[list(heads)].rename(columns=heads).reset_index(drop=True)


def inputs() -> pd.DataFrame:
    """Return the files that a folder may hold: ``In the folder``, ``What it holds``."""
    return pd.DataFrame(report.INPUTS.items(), columns=["In the folder", "What it holds"])


def outputs() -> pd.DataFrame:
    """Return the tables that come out: ``Table``, ``What it holds``."""
    return pd.DataFrame(report.ABOUT.items(), columns=["Table", "What it holds"])


def read() -> pd.DataFrame:
    """Return what was read of the synthetic corpus, one row a corpus: rows, posts, those on the topic, authors."""
    heads = {"rows": "Synthetic rows", "posts": "Synthetic posts", "on_topic": "On the topic", "authors": "Authors"}
    return named(analysed()["read"], corpus="Corpus", **heads)


def runs() -> pd.DataFrame:
    """Return the measured runs: ``Synthetic posts``, ``What ran``, seconds of CPU and in all, memory, ``Day``.

    ``Posts a CPU second`` falls where the work grows faster than the corpus. ``Plain pandas, times the CPU`` is how
    many times as long plain pandas took for as many posts on the same day, missing where it was not run.
    """
    given = store.load("listening_runs")
    plain = given[given["way"] == "pandas"].set_index(["posts", "measured_on"])["cpu_s"].to_dict()
    times = [
        plain.get((posts, day), float("nan")) / cpu if way == "ours" else float("nan")
        for posts, day, cpu, way in zip(given["posts"], given["measured_on"], given["cpu_s"], given["way"])
    ]
    rows = labelled(given.assign(times=times), "listening_runs", "way").sort_values(["posts", "cpu_s"])
    rows["times"] = rows["times"].round(1)
    rows["speed"] = (rows["posts"] / rows["cpu_s"]).round(-2).astype(int)
    heads = {"posts": "Synthetic posts", "way": "What ran", "cpu_s": "CPU, s", "speed": "Posts a CPU second"}
    heads |= {"times": "Plain pandas, times the CPU", "wall_s": "Seconds"}
    heads |= {"peak_mb": "Memory, MB", "measured_on": "Day", "machine": "Machine"}
    return rows[list(heads)].rename(columns=heads).reset_index(drop=True)


def tools() -> pd.DataFrame:
    """Return what tools for listening can do, a row a task: ``What it does``, then a column a tool."""
    rows = labelled(store.load("listening_tools"), "listening_tools", "tool", "answer")
    said = rows["answer"].str.capitalize() + rows["detail"].map(lambda detail: f": {detail}" if detail else "")
    wide = rows.assign(said=said).pivot(index=["order", "task"], columns="tool", values="said")
    names = list(store.labels("listening_tools", "tool").values())
    return wide.reset_index()[["task", *names]].rename(columns={"task": "What it does"}).rename_axis(columns=None)
