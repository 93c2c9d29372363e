"""The Python package behind the book: data in, chapters out; each module says what it does."""
