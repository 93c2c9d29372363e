"""Tests of the parts, a module a chapter; as a package, so that two of them may have one name."""
