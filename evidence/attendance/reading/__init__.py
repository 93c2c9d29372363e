"""Reads the files of a school, a district or a country, and says of every row it cannot use what is wrong with it."""
