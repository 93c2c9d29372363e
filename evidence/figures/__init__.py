"""Derived figures: formulas, calculations, counts, and sentences whose numbers are roles."""
