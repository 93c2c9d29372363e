"""A module beside a chapter."""

WORD = "as imported"
