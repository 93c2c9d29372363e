"""Reading exports: bytes to posts without identifiers, and a fault for every row that cannot be used."""
