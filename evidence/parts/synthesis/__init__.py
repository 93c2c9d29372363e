"""Tables of the chapters across documents."""
