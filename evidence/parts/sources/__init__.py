"""Tables of the part on the documents and how the book was made, a module a chapter."""
