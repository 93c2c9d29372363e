"""The only reader of data/: tables by their schema, rules, records as values, how they read."""
