"""Tools of authors: starting a document, a row or a page, and putting tables in order."""
