"""Tables of the part on what all documents say together, a module a chapter."""
