"""Tables of the part across the documents, a module a chapter."""
