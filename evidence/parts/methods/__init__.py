"""Tables of the part on running the documents' methods on data of one's own, a module a chapter."""
