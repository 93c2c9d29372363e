"""Tables of the part on child protection, a module a chapter."""
