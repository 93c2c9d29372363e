"""Exhibits and how they look: charts, maps, theme."""
