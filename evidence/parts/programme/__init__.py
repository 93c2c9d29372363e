"""Tables of the part on the situation and the programme of 2023, a module a chapter."""

ANNUAL = "unicefkz2023annual"  # the one document that the part rests on
