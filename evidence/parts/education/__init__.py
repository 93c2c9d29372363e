"""Tables of the part on education, a module a chapter."""
