"""The search: its records, the words that find them, and its index, the same for a server and a folder.

The index is made here, at the build: words are compared as in :mod:`words`, cut to :mod:`stems`, and stand for concepts
of the :mod:`thesaurus`; a question is found by its ``phrasings`` too, the words of those who have not read it.
:mod:`records` says what is found, :mod:`shelves` in which order it is loaded, and :mod:`index` writes it.
``theme/script/search`` asks it.
"""
