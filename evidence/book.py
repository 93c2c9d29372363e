"""What chapters import: data, values, calculations, exhibits. One line, one place."""

import altair as alt
import pandas as pd

from evidence.data.format import reads
from evidence.data.records import PLACE, fact
from evidence.data.store import load, of_document
from evidence.exhibits import charts, maps, theme
from evidence.exhibits.exhibit import exhibit, linked
from evidence.exhibits.frames import labelled, named, printed, side_by_side, whole
from evidence.figures.calculations import calc_reads, compute
from evidence.figures.cards import about

__all__ = [
    "PLACE",
    "about",
    "alt",
    "calc_reads",
    "charts",
    "compute",
    "exhibit",
    "fact",
    "labelled",
    "linked",
    "load",
    "maps",
    "named",
    "of_document",
    "pd",
    "printed",
    "reads",
    "side_by_side",
    "theme",
    "whole",
]
