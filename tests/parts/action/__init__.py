"""Tests of a part, a module a chapter."""
