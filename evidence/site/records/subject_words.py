"""Words on the page of a subject that a stranger does not know: each is explained once, at the end of the page.

Short forms are spelled out as the documents spell them, by the glossary; what no document spells out is in
:data:`SPELT`. Other words are those of the page itself (:data:`TERMS`).
"""

from __future__ import annotations

import re
from functools import cache

from docutils import nodes

from evidence.data import store
from evidence.figures.sureness import NOT_RATED

READING = "our reading"
PROPOSED = "proposed"
TERMS = {  # words of the page, and what they mean
    "confidence": "How sure we are that the sentence is right: high, moderate, low or very low, by four questions of "
    "GRADE-CERQual, a method for findings from interviews and texts. The link has our reasons.",
    NOT_RATED: "No level is given: the method rates findings from interviews and texts, and no figures, single "
    "sentences or answers that we put together. The words after it say why.",
    READING: "The document names nobody, or not clearly; whom it asks is what we make of it.",
    PROPOSED: "A body that a document asks for, and that did not exist when it was written.",
    "Known in part": "The documents answer a part of the question.",
}
LINKED = (READING, PROPOSED)  # in brackets after whom a call asks
SPELT = {
    "PISA": "Programme for International Student Assessment",
    "UN": "United Nations",
    "UNESCO": "United Nations Educational, Scientific and Cultural Organization",
    "ID": "identification, a number for each child",
    "GRADE-CERQual": "Confidence in the Evidence from Reviews of Qualitative research, of the group GRADE",
    "HIV": "human immunodeficiency virus",
}
NAMES = {"UNICEF", "COVID", "WhatsApp", "UniSat"}  # known by these forms, or names of products
FORM = re.compile(r"(?<![\w-])(?:GRADE-CERQual|[A-Z][A-Za-z]*[A-Z]+)(?=s?(?![A-Za-z]))")
SPELT_OUT = re.compile(r"([A-Za-z]*[A-Z]{2,}[A-Za-z]*)s? \((.+)\)")  # a term of the glossary that explains itself
ANCHOR = "word"


@cache
def spelled_out() -> dict[str, str]:
    """Return what each short form stands for."""
    found = dict(SPELT)
    for row in store.rows("glossary").values():
        if match := SPELT_OUT.fullmatch(row.term):
            found.setdefault(match[1].removesuffix("s"), match[2])
    return found


def short_forms(text: str) -> list[str]:
    """Return the short forms in a text, each once, in the order of letters; names known by theirs are none."""
    return sorted({form for form in FORM.findall(text) if form not in NAMES})


def anchor_of(term: str) -> str:
    """Return the anchor of a word that is explained."""
    return f"{ANCHOR}-{nodes.make_id(term)}"


def with_terms(text: str) -> list[nodes.Node]:
    """Return a text in which words in brackets that the page explains lead to what they mean."""
    pieces = re.split(rf"(?<=\()({'|'.join(LINKED)})(?=\))", text)
    return [
        nodes.reference("", "", nodes.Text(piece), refid=anchor_of(piece), classes=["term"], internal=True)
        if piece in LINKED
        else nodes.Text(piece)
        for piece in pieces
        if piece
    ]


def explained(text: str) -> dict[str, str]:
    """Return the words in a text that a stranger does not know, and what each means."""
    found = {term: meaning for term, meaning in TERMS.items() if term in text}
    spelled, forms = spelled_out(), short_forms(f"{text} {' '.join(found.values())}")
    return found | {form: spelled[form] for form in forms if form in spelled}


def words_nodes(text: str) -> list[nodes.Node]:
    """Return the words in a text that are explained, as a list of definitions."""
    items = [
        nodes.definition_list_item(
            "", nodes.term("", term, ids=[anchor_of(term)]), nodes.definition("", nodes.paragraph("", meaning))
        )
        for term, meaning in explained(text).items()
    ]
    return [nodes.definition_list("", *items, classes=["words"])] if items else []
