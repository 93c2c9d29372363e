"""What people call a thing: names in English, Russian and Kazakh that stand for one concept.

The thesaurus has words of every day, the tables of places, terms and bodies the names of these. A concept is found in a
text by its names as stems, one after the other: ``("school", "meal")``. A word of the lexicon is no concept: it stands
for the English words that translate it, wherever these are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from evidence.data import store
from evidence.site.search.stems import stems_of
from evidence.site.search.words import joined_words, words_of

Form = tuple[str, ...]  # the stems of a name

PLACE = "place-"  # begins the concepts that are places
WHOLE = f"{PLACE}kazakhstan"  # the place that goes without saying
ADDED = ("data", "number", "overview", "sources", "statistical-yearbook", "unicef", WHOLE)  # to any question
LONGEST = 6  # search: words of a name that are looked at
STOP = frozenset(
    "a about also am an and any are as at be because been being between by can could did do does during for from "
    "get had has have he her him his i if in into is it its just last me my need needed of on or our really she "
    "should some such than that the their them there these they think this to us very was we were what which "
    "while will with would you your "
    "а бы был была были быть в во для думают его ее есть ж же за и из или их к как какая какие каких какое какой ко ли "
    "между может можно мой мы на надо наш нужен нужна нужно нужны о об от очень по последние при с со также тоже "
    "только у чем что это еще вы я "
    "және мен үшін туралы бар ма ме ба бе па пе да де осы бұл қандай қай бір сол ғана әр арасында ала алады бола "
    "болады".translate(str.maketrans("ұүіғқңөәһ", "ууигкноах")).split()
)
GENERIC = frozenset("region province oblast city область город облысы қаласы г".split())  # beside the name of a place
SPELT_OUT = re.compile(r"(.+?)\s*\(([^()]+)\)")  # "MIA (Ministry of Internal Affairs)"
COLUMNS = {"english": "", "russian": "ru", "kazakh": "kk", "forms": ""}  # with the language of a word in Cyrillic


def telling(text: str) -> list[str]:
    """Return the words of a text that tell something, in their order."""
    return [word for word in words_of(text) if word not in STOP]


def forms_of(name: str, language: str = "") -> Iterator[Form]:
    """Yield a name as stems, of its language or, where none is given, of any; compounds as one word too."""
    for words in (telling(name), joined_words(name) if name.count(" ") == 0 else []):
        if words and len(words) <= LONGEST:
            yield from dict.fromkeys(product(*(stems_of(word, language) for word in words)))


def names_in(text: str) -> list[str]:
    """Return the names a cell holds: "MIA (Ministry of Internal Affairs)" are two."""
    match = SPELT_OUT.fullmatch(text.strip())
    return [match[1], match[2]] if match else [text] if text else []


def _place_names(row) -> list[str]:
    """Return every name that the table of places has for a place."""
    others = (*store.items(row.aliases), *store.items(row.today))
    return [name for name in (row.name, row.name_ru, row.name_kk, *others) if name]


def place_forms(name: str, language: str = "") -> set[Form]:
    """Return the forms of a name of a place, with the word for its kind and without."""
    short = " ".join(word for word in name.split() if word.lower() not in GENERIC)
    return {form for text in (name, short) for form in forms_of(text, language)}


def _own() -> dict[str, set[Form]]:
    """Return the concepts of the thesaurus and of the places, each with its forms."""
    found: dict[str, set[Form]] = {}
    for row in store.rows("places").values():
        found[f"{PLACE}{row.id}"] = {form for name in _place_names(row) for form in place_forms(name)}
    for row in store.rows("thesaurus").values():
        concept = found.setdefault(f"{PLACE}{row.place}" if row.place else row.id, set())
        forms = place_forms if row.place else forms_of
        for column, language in COLUMNS.items():
            for name in store.items(getattr(row, column)):
                concept.update(forms(name, language))
    return found


def _named() -> Iterator[tuple[str, set[Form]]]:
    """Yield the forms of each term and each body that has several names."""
    for row in store.rows("glossary").values():
        spoken = ((row.term, ""), (row.term_ru, "ru"), (row.term_kk, "kk"))
        yield (
            f"term-{row.id}",
            {form for text, language in spoken for name in names_in(text) for form in forms_of(name, language)},
        )
    for row in store.rows("bodies").values():
        names = filter(None, (row.name, row.short_name, row.abbreviation))
        yield f"body-{row.id}", {form for name in names for form in forms_of(name)}


@cache
def concepts() -> dict[Form, tuple[str, ...]]:
    """Return the concepts that each form stands for.

    A term or body that shares a name with a concept has no concept of its own: its names are that one's.
    """
    found: dict[Form, dict[str, None]] = {}
    for concept, forms in _own().items():
        for form in sorted(forms):
            found.setdefault(form, {})[concept] = None
    for concept, forms in _named():
        if len(forms) > 1:
            longest_first = sorted(forms, key=lambda form: (-len(form), form))
            shared = next((found[form] for form in longest_first if form in found), {})
            ids = [name for name in shared if not name.startswith(PLACE)] or [concept]
            for form in sorted(forms):
                found.setdefault(form, dict.fromkeys(ids))
    return {form: tuple(ids) for form, ids in found.items()}


@cache
def lexicon() -> dict[tuple[str, ...], list[Form]]:
    """Return the Russian and Kazakh forms of words that have no concept, by the stems of these words in English."""
    found: dict[tuple[str, ...], set[Form]] = {}
    for row in store.rows("lexicon").values():
        english = dict.fromkeys(stem for word in store.items(row.english) for stem in stems_of(word))
        found[tuple(english)] = {
            form
            for column in ("russian", "kazakh")
            for name in store.items(getattr(row, column))
            for form in forms_of(name, COLUMNS[column])
        }
    return {english: sorted(forms) for english, forms in found.items()}


@cache
def untreated() -> dict[str, list[Form]]:
    """Return the names, as stems, of each subject that no document treats, by what the search says to one who asks.

    That is its English name, with that of the language of the names: ``tuberculosis (туберкулёз)``. Raises
    ``ValueError`` for a name that the thesaurus has too: what finds something cannot be said to be missing.
    """
    found: dict[str, set[Form]] = {}
    for row in store.rows("untreated").values():
        called, *_ = store.items(row.english)
        for column in ("english", "russian", "kazakh"):
            names = store.items(getattr(row, column))
            forms = {form for name in names for form in forms_of(name, COLUMNS[column])}
            if shared := sorted(form for form in forms if form in concepts()):
                raise ValueError(f"untreated.csv, {row.id}: {' '.join(shared[0])} is a name of the thesaurus too")
            found.setdefault(called if column == "english" else f"{called} ({names[0]})", set()).update(forms)
    return {name: sorted(forms) for name, forms in found.items()}


def concepts_in(words: list[str], language: str = "") -> list[str]:
    """Return the concepts that words name: of names that begin with one word, the longest."""
    stems = [stems_of(word, language) for word in words]
    found: list[str] = []
    position = 0
    while position < len(stems):
        step = 1
        for length in range(min(LONGEST, len(stems) - position), 0, -1):
            here = product(*stems[position : position + length])
            ids = [concept for form in here for concept in concepts().get(form, ())]
            if ids:
                found += dict.fromkeys(ids)
                step = length
                break
        position += step
    return found
