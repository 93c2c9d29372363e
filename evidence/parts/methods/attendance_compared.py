"""Tables of the chapter on other systems and on speed: points side by side, and what runs of the toolkit took."""

from __future__ import annotations

import pandas as pd

from evidence.data import store
from evidence.exhibits.frames import labelled


def features() -> pd.DataFrame:
    """Return what each system does, one row per point and one column per system (answers in words).

    Columns: ``Point``, then the systems, this toolkit first.
    """
    table = labelled(store.load("toolkit_features"), "toolkit_features", "system", "answer")
    wide = table.pivot(index=["order", "point"], columns="system", values="answer").reset_index()
    systems = store.labels("toolkit_features", "system").values()
    return wide[["point", *systems]].rename(columns={"point": "Point"}).rename_axis(columns=None)


def details() -> pd.DataFrame:
    """Return what is known of each point, one row per point and system of which something is known.

    Columns: ``Point``, ``System``, ``Answer``, ``How``, ``Origin`` and ``Reference``.
    """
    table = store.load("toolkit_features")
    table = table[table["detail"].fillna("") != ""].sort_values(
        ["order", "origin", "system"], ascending=[True, False, True]
    )
    table = labelled(table, "toolkit_features", "system", "answer", "origin")
    shown = table[["point", "system", "answer", "detail", "origin", "reference"]]
    return shown.set_axis(["Point", "System", "Answer", "How", "Origin", "Reference"], axis=1)


def runs() -> pd.DataFrame:
    """Return the measured runs, one row each, the smallest first.

    Columns: ``File``, ``Part of the country, %``, ``Rows``, ``Way``, ``CPU, s``, ``CPU per 100 million rows, s``,
    ``Seconds``, ``Memory, MB`` and ``Day``.
    """
    table = store.load("toolkit_runs").sort_values(["layout", "percent", "way"], ascending=[False, True, True])
    table = labelled(table, "toolkit_runs", "layout", "way")
    table = table.assign(each=table["cpu_s"] / (table["rows"] / 1e8))
    shown = table[["layout", "percent", "rows", "way", "cpu_s", "each", "wall_s", "peak_mb", "measured_on"]]
    heads = ["File", "Part of the country, %", "Rows", "Way", "CPU, s", "CPU per 100 million rows, s", "Seconds"]
    return shown.set_axis([*heads, "Memory, MB", "Day"], axis=1).reset_index(drop=True)


def machine() -> pd.DataFrame:
    """Return on which machines runs were measured: ``Day``, ``Machine``, ``Runs``."""
    table = store.load("toolkit_runs").groupby(["measured_on", "machine"], as_index=False)["runs"].sum()
    return table.set_axis(["Day", "Machine", "Runs"], axis=1)
