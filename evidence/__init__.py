"""The Python package behind the book: data in, chapters out. See DESIGN in CONTRIBUTING.md."""
