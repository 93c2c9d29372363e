"""Runs chapters, keeps results, draws charts."""
