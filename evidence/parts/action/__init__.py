"""Tables of the chapters on what to do."""
