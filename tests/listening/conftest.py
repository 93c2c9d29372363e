"""The synthetic study, made once."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
import pytest

from evidence.listening.synthetic import Made

POSTS = (2000, 600)


class Synthetic(NamedTuple):
    """The folder of the exports, the truth (copies among it), what was read, the hits, and the results."""

    folder: Any
    truth: pd.DataFrame
    corpus: Any
    hits: pd.DataFrame
    results: Any


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory) -> Synthetic:
    """Return the synthetic study."""
    for module in ("lark", "pymorphy3", "ijson"):
        pytest.importorskip(module, reason=f"{module} is not installed: make listening")
    from evidence.listening import coding, demo, places, results, validation
    from evidence.listening.reading.folder import read_folder
    from evidence.listening.reading.posts import Settings

    folder = tmp_path_factory.mktemp("listening")
    demo.write_demo(folder, *POSTS)
    truth = pd.DataFrame(demo.corpus(*POSTS), columns=list(Made._fields))
    corpus = read_folder(folder, Settings(demo.KEY))
    study = coding.read_study()
    where, labels = places.read_places(folder / "places.csv"), validation.read_labels(folder / "labels.csv")
    found = results.analysed(corpus, study, where, labels)
    return Synthetic(folder, truth, corpus, coding.coded(corpus.everything, study), found)
