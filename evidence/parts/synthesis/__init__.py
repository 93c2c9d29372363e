"""Tables of the chapters that read all documents together."""
