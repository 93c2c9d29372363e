"""What chapters import: data, values, calculations, exhibits. One line, one place."""

import altair as alt
import pandas as pd

from evidence import calculations, charts, derivations, maps, theme  # noqa: F401  (derivations declares)
from evidence.calculations import calc_reads, compute
from evidence.exhibits import exhibit, named, printed
from evidence.provenance import fact, reads
from evidence.store import load

__all__ = [
    "alt",
    "calc_reads",
    "calculations",
    "charts",
    "compute",
    "exhibit",
    "fact",
    "load",
    "maps",
    "named",
    "pd",
    "printed",
    "reads",
    "theme",
]
