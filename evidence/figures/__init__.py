"""Derived figures: formulas, calculations, counts, sentences whose numbers are roles, cards of records."""
