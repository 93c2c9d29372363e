"""From a folder of exports to a report: a page, tidy tables and a data package, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from evidence.listening import places
from evidence.listening.coding import Study, queries_of, read_study
from evidence.listening.dashboard import html_dashboard
from evidence.listening.extras import available
from evidence.listening.large.parts import MANY, is_large, parts_of
from evidence.listening.large.said import OnDisk, corpus_of, on_disk
from evidence.listening.masking import masked_name
from evidence.listening.page import html_page
from evidence.listening.publishing import publishable
from evidence.listening.queries.matching import PLAIN_KAZAKH
from evidence.listening.reading.folder import Corpus, read_folder, refuse_nothing
from evidence.listening.reading.kept import forget
from evidence.listening.reading.posts import Settings
from evidence.listening.results import analysed
from evidence.listening.suppression import UNDER
from evidence.listening.validation import check_about, read_labels
from evidence.toolkit.commands import own_folder
from evidence.toolkit.faults import BadInput, counted, together
from evidence.toolkit.reports import check_place, write_report

NAME, LABELS = "listening-report", "labels.csv"
UNMATCHED = f"{LABELS}: {{}} posts labelled are in no export; were they drawn with another key, or from other files?"
INPUTS = {
    "public/, organisations/": "Exports of the two corpora: CSV or Excel of Meltwater, result.json of Telegram "
    "Desktop, or any CSV, Excel, JSON, JSONL or Parquet",
    "mapping.toml": "Beside exports whose columns have other names: which one holds the text, the time and the rest",
    "organisations.csv": "Public handles that may stay; everybody else becomes a keyed pseudonym",
    "queries.csv": "What is on the topic: keywords by sub-topic and language; without it, the toolkit's draft",
    "barriers.csv, programmes.csv, gender.csv": "Code books of what is counted in posts on the topic",
    "places.csv": "Regions, their names in posts, and a base such as people",
    "labels.csv": "What people said of posts drawn for checking",
}
ABOUT = {
    "read": "Rows of the files, posts after the rules, posts on the topic and their authors, by corpus",
    "left_out": "Rows left out by a rule, by file",
    "accounts": "Accounts that post one text again and again, and their posts",
    "languages": "Posts read by language",
    "topics": "Topics that a model finds, with their words; only with the library for it",
    "topic_numbers": "How the number of topics was chosen: coherence, and stability over seeds",
    "set_aside": "Rows set aside for a fault, by file and rule, without their values",
    "volume": "Posts on the topic by corpus and month",
    "trend": "Growth from month to month, per cent, with its interval",
    "unusual_weeks": "Weeks with unusually many or few posts",
    "subtopics": "Posts by sub-topic; one post may have several",
    "platforms": "Posts by corpus and platform",
    "hashtags": "Posts and authors by hashtag",
    "barriers": "Posts that mention a barrier of the code book",
    "programmes": "Posts that name a state programme",
    "gender": "Mentions of boys and girls, as chosen",
    "gender_choices": "Mentions of boys and girls under every choice of unit and of those that mention both",
    "key_words": "Words by how differently the two corpora use them",
    "regions": "Location quotients by corpus and region",
    "placed": "Posts with and without a place",
    "quality": "Precision, recall and the estimated number of relevant posts",
    "corrected": "Shares as found, and corrected for the errors of the queries where people labelled posts",
    "agreement": "Agreement of people who labelled posts",
    "sensitivity": "Headlines under other choices",
}


def make_report(
    source: Path,
    to: Path,
    settings: Settings,
    set_aside: bool = False,
    under: int = UNDER.default,
    title: str = "",
    tell: Callable[[str], None] = lambda _: None,
    keep: Path | None = None,
    many: int = MANY,
    **parameters: Any,
) -> Corpus:
    """Make a report of a folder of exports and return what was read.

    Beside the exports the folder may hold ``organisations.csv``, ``places.csv``, ``labels.csv`` and the user's own
    books (``queries.csv``, ``barriers.csv``, ``programmes.csv``, ``gender.csv``). ``parameters`` are those of
    :func:`evidence.listening.results.analysed`; ``keep`` is a folder for a run that may be broken off, emptied at the
    end. A corpus of more posts than ``many`` is kept on disk, by DuckDB. Raises :class:`BadInput` with every fault.
    Nothing is written before everything is computed.
    """
    check_place(to, NAME)
    if not is_large(source, many):
        beside, corpus = together(
            lambda: _beside(source), lambda: read_folder(source, settings, set_aside, tell=tell, keep=keep)
        )
        _made(source, to, corpus, beside, None, settings, under, title, tell, parameters)
        forget(keep)
        return corpus
    with nullcontext(keep) if keep else own_folder("evidence-listening") as work:
        beside, parts = together(lambda: _beside(source), lambda: parts_of(source, settings, work, set_aside, tell))
        with on_disk(work) as engine:
            tell("laying out posts")
            corpus = corpus_of(engine, parts)
            refuse_nothing(source, corpus.everything, parts.faults)
            tell("finding words in texts")
            chosen = parameters.get(PLAIN_KAZAKH.name, PLAIN_KAZAKH.default)
            said = OnDisk(engine, replace(beside[0], plain_kazakh=chosen))
            _made(source, to, corpus, beside, said, settings, under, title, tell, parameters)
        forget(keep)
        return corpus


Beside = tuple[Study, Any, pd.DataFrame | None]  # what lies beside the exports: books, places, labels


def _beside(source: Path) -> Beside:
    """Return the books, the places and the labels of a folder. Raises :class:`BadInput` with what is wrong in any."""
    files = {places.FILE: places.read_places, LABELS: read_labels}
    given = [partial(read, source / name) if (source / name).exists() else no_file for name, read in files.items()]
    try:
        study, where, labels = together(lambda: read_study(source), *given)
        if labels is not None:
            check_about(labels, {query.code for query in queries_of(study)}, LABELS)
    except BadInput as error:
        raise BadInput(error.faults, error.notes, can_set_aside=False) from None
    return study, where, labels


def no_file() -> None:
    """Return nothing: what a file is taken for that is not there."""


def _renamed(note: str, names: Mapping[str, str]) -> str:
    """Return a note with the names of files as a page may have them."""
    for name, shown in names.items():
        note = note.replace(name, shown) if name != shown else note
    return note


def _made(
    source: Path,
    to: Path,
    corpus: Corpus,
    beside: Beside,
    said: OnDisk | None,
    settings: Settings,
    under: int,
    title: str,
    tell: Callable[[str], None],
    parameters: dict[str, Any],
) -> None:
    """Make the report of what was read."""
    study, where, labels = beside
    results = analysed(corpus, study, where, labels, tell, said, under, **parameters)
    tables, hidden = publishable(results.tables, under, results.few)
    tables["set_aside"] = counted(corpus.faults)
    names = {name: masked_name(name) for one in corpus.files for name in (one, one.split("/", 1)[1])}
    for table in ("left_out", "set_aside"):
        tables[table] = tables[table].assign(file=tables[table]["file"].map(lambda name: names.get(name, name)))
    facts: dict[str, Any] = {
        "title": title or f"Listening: {source.resolve().name}",
        "made": date.today().isoformat(),
        "files": [names[name] for name in corpus.files],
        "notes": [
            *(_renamed(note, names) for note in corpus.notes),
            *([UNMATCHED.format(results.unmatched)] if results.unmatched else []),
        ],
        "doubts": [str(doubt) for doubt in study.doubts],
        "silent": results.silent,
        "untold": results.untold,
        "hidden": hidden,
        "under": under,
        "parameters": results.parameters | {"zone": settings.zone},
        "own": study.own,
        "has_model": said is None and available("lingua"),
        "is_synthetic": any("synthetic" in name for name in corpus.files),
    }
    tell("writing")
    pages = {
        "index.html": html_page(tables, facts),
        "dashboard.html": html_dashboard(tables, ABOUT, facts["title"], facts["is_synthetic"]),
    }
    write_report(to, NAME, facts["title"], pages, tables, ABOUT)
