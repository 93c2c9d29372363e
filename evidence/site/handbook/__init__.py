"""Pages for authors, made from the code: chart builders, and what roles, directives, cells and data may name."""
