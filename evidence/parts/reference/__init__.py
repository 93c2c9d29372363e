"""Tables of the reference part, a module a chapter."""
