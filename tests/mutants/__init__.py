"""Wrong data, wrong settings and wrong files planted on purpose, and what the checks say of them."""
