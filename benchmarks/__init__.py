"""How fast this book builds and how heavy its pages are, beside a stock Jupyter Book of the same chapters."""
