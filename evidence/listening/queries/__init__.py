"""Queries by sub-topic and language: a table, a grammar, its lint, and matching that knows inflected words."""
