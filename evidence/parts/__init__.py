"""The tables that chapters show, a module a chapter."""
