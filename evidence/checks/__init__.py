"""The data and the chapters against the source texts, and against themselves."""
