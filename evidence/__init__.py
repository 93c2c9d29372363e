"""The package behind an executable evidence synthesis on children in Kazakhstan."""

__version__ = "0.2.0"
