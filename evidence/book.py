"""What chapters import: data, values, calculations, exhibits. One line, one place."""

import altair as alt
import pandas as pd

from evidence import charts, child_protection, derivations, maps, out_of_school, theme  # noqa: F401  (derivations declares)
from evidence.calculations import calc_reads, compute, of_document
from evidence.exhibits import exhibit, linked, named, printed
from evidence.provenance import PLACE, fact, reads
from evidence.store import load

__all__ = [
    "PLACE",
    "alt",
    "calc_reads",
    "charts",
    "child_protection",
    "compute",
    "exhibit",
    "fact",
    "linked",
    "load",
    "maps",
    "named",
    "of_document",
    "out_of_school",
    "pd",
    "printed",
    "reads",
    "theme",
]
