"""Rules written once for the frames of any engine: what the toolkits share."""

from evidence.toolkit.frames import Frame, distinct, flag, grouped, portable, running

__all__ = ["Frame", "distinct", "flag", "grouped", "portable", "running"]
