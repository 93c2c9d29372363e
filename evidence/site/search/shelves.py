"""The index of the search as scripts: what answers questions is loaded first, single records after it.

Scripts are loaded from a server and from a folder alike. A shelf holds lists as lines of text, which browsers read
fastest: records, and for each stem or concept the records that have it, each with how well it stands for them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from os.path import commonprefix
from string import ascii_uppercase
from typing import NamedTuple

from evidence.data import own_limits
from evidence.site.search.result import Record, Wording, weights
from evidence.site.search.stems import stems_of
from evidence.site.search.thesaurus import ADDED, PLACE, STOP, WHOLE, concepts, concepts_in, lexicon, telling, untreated
from evidence.site.search.words import joined_words
from evidence.site.unbroken import with_kept_spaces

FIRST = ("topic", "question", "chapter", "document", "page")  # kinds loaded first
# search: what a word in each part of a record counts
FIELDS = {"title": 3.0, "names": 2.5, "asked": 1.5, "summary": 1.2, "text": 1.0}
LEVELS = "abcdefgh"  # how well a word stands for a record, from little to fully
DAMPING, LENGTH = 0.6, 0.9  # search: how soon a repeated word counts no more, and how far a long part lessens it
CONCEPT = "#"  # before the number of a concept, among stems
# speed: parts of the second shelf that have scripts of their own: a phone answers between two scripts, not within one
PIECES = {"rest-titles": ("titles",), "rest-texts": ("addresses", "where", "wheres", "summaries")}


class Shelf(NamedTuple):
    """Records with the words that find them: for each term (number of the record, level) in their order.

    A shelf brings what is left to say of the one ``before`` it: names that its first results can do without.
    """

    name: str
    records: list[Record]
    postings: dict[str, list[tuple[int, int]]]
    before: Shelf | None = None


def numbered_concepts() -> dict[str, int]:
    """Return the number of each concept, as the index names it."""
    return {name: number for number, name in enumerate(sorted({name for ids in concepts().values() for name in ids}))}


def terms_of(text: str, numbers: dict[str, int], language: str = "") -> Counter[str]:
    """Return how often a text has each stem and each concept."""
    words = telling(text)
    found = Counter(stem for word in [*words, *joined_words(text)] for stem in stems_of(word, language))
    found.update(f"{CONCEPT}{numbers[concept]}" for concept in concepts_in(words, language))
    return found


def parts_of(record: Record) -> dict[str, list[Wording]]:
    """Return the wordings of each part of a record."""
    parts = {part: [Wording(getattr(record, part))] for part in ("title", "names", "summary", "text")}
    return parts | {"names": [*parts["names"], *record.spoken], "asked": list(record.asked)}


def counted(record: Record, numbers: dict[str, int]) -> dict[str, Counter[str]]:
    """Return how often each part of a record has each term."""
    return {
        part: sum((terms_of(text, numbers, language) for text, language in wordings), Counter())
        for part, wordings in parts_of(record).items()
    }


def titled(record: Record, numbers: dict[str, int]) -> list[Counter[str]]:
    """Return how often each title of a record has each term."""
    return [terms_of(text, numbers, language) for text, language in (Wording(record.title), *record.titles)]


def _lengths(records: list[dict[str, Counter[str]]]) -> dict[str, float]:
    """Return the usual number of terms of each part of a record."""
    sums = {part: [sum(terms[part].values()) for terms in records if terms[part]] for part in FIELDS}
    return {part: sum(some) / len(some) if some else 1.0 for part, some in sums.items()}


def _filled(terms: Counter[str], term: str, usual: float) -> float:
    """Return how far a term fills a text, 0 to 1: often, in few words beside those that such texts usually have."""
    length = sum(terms.values()) / usual
    return terms[term] / (terms[term] + DAMPING * (1 - LENGTH + LENGTH * length)) if terms[term] else 0.0


def strength(titles: list[Counter[str]], terms: dict[str, Counter[str]], term: str, usual: dict[str, float]) -> float:
    """Return how well a term stands for a record, 0 to 1: often, in a title of it, in few words (after BM25F)."""
    total = FIELDS["title"] * max(_filled(title, term, usual["title"]) for title in titles)
    total += sum(FIELDS[part] * _filled(terms[part], term, usual[part]) for part in FIELDS if part != "title")
    return total / sum(FIELDS.values())


def shelf(name: str, records: list[Record], numbers: dict[str, int]) -> Shelf:
    """Return records with the words that find them."""
    found = [counted(record, numbers) for record in records]
    usual = _lengths(found)
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, (record, terms) in enumerate(zip(records, found, strict=True)):
        titles = titled(record, numbers)
        for term in sorted({term for counts in (*titles, *terms.values()) for term in counts}):
            level = round(strength(titles, terms, term, usual) * len(LEVELS) * 1.4)
            postings[term].append((number, min(max(level, 1), len(LEVELS))))
    return Shelf(name, records, dict(sorted(postings.items())))


def shelves(records: list[Record]) -> list[Shelf]:
    """Return the two shelves of an index."""
    numbers = numbered_concepts()
    first = [record for record in records if record.kind in FIRST]
    rest = [record for record in records if record.kind not in FIRST]
    one = shelf("first", first, numbers)
    return [one, shelf("rest", rest, numbers)._replace(before=one)]


# --- as files ------------------------------------------------------------------------------------


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts)


def front_coded(words: Iterable[str]) -> str:
    """Return sorted words, each as a capital for how many letters it shares with the one before, and its other letters.

    Words of the index have no capitals. ``abroad abroads above`` is ``AabroadGsCove`` (front coding: Witten, Moffat and
    Bell, Managing Gigabytes, 1999, chapter 4).
    """
    found, before = [], ""
    for word in words:
        shared = min(len(commonprefix([word, before])), len(ascii_uppercase) - 1)
        found.append(ascii_uppercase[shared] + word[shared:])
        before = word
    return "".join(found)


def _posting(entries: list[tuple[int, int]]) -> str:
    """Return the records of a term as text: the step from the last number, if it is not 1, then the level as letter."""
    found, last = [], -1
    for number, level in entries:
        step = number - last
        found.append(f"{step if step > 1 else ''}{LEVELS[level - 1]}")
        last = number
    return "".join(found)


def _addresses(records: list[Record]) -> tuple[list[str], list[str]]:
    """Return the pages of records, and of each record the number of its page with its anchor: ``3#fact-x``."""
    split = [record.url.partition("#") for record in records]
    pages = list(dict.fromkeys(page for page, _, _ in split))
    number = {page: position for position, page in enumerate(pages)}
    return pages, [f"{number[page]}#{anchor}" for page, _, anchor in split]


def content(shelf: Shelf) -> dict:
    """Return a shelf as its script holds it."""
    pages, addresses = _addresses(shelf.records)
    kinds = list(dict.fromkeys(record.kind for record in shelf.records))
    wheres = {where: number for number, where in enumerate(dict.fromkeys(record.where for record in shelf.records))}
    return {
        "kinds": kinds,
        "weights": [weights()[kind] for kind in kinds],
        "pages": pages,
        "kind": " ".join(str(kinds.index(record.kind)) for record in shelf.records),
        "titles": _lines(record.title for record in shelf.records),
        "addresses": _lines(addresses),
        "wheres": with_kept_spaces(_lines(wheres)),
        "where": " ".join(str(wheres[record.where]) for record in shelf.records),
        "summaries": _lines(record.summary for record in shelf.records),
        "terms": front_coded(shelf.postings),
        "postings": " ".join(map(_posting, shelf.postings.values())),
    }


def named() -> dict[str, str]:
    """Return the names of concepts as stems, front-coded, by the numbers of those that share them: ``12 40``."""
    numbers = numbered_concepts()
    found: dict[str, list[str]] = defaultdict(list)
    for form, ids in concepts().items():
        found[" ".join(str(numbers[name]) for name in ids)].append(" ".join(form))
    return {ids: front_coded(sorted(some)) for ids, some in sorted(found.items())}


def names_for(shelf: Shelf) -> dict:
    """Return the names of concepts that a shelf finds something by, or, after another, those that this one does not."""
    first = (shelf.before or shelf).postings
    is_first = {ids: any(f"{CONCEPT}{number}" in first for number in ids.split()) for ids in named()}
    wanted = shelf.before is None
    return {"forms": _lines(f"{ids}={some}" for ids, some in named().items() if is_first[ids] == wanted)}


def vocabulary() -> dict:
    """Return what a query is understood by beside names: places, words that tell little, and the names of subjects that
    no document treats; and which results are left out, or called weak (parts of 1).
    """
    numbers = numbered_concepts()
    places = " ".join(str(number) for name, number in numbers.items() if name.startswith(PLACE) and name != WHOLE)
    missing = (f"{name}={front_coded(' '.join(form) for form in some)}" for name, some in untreated().items())
    return {
        "places": places,
        "added": " ".join(str(numbers[name]) for name in ADDED if name in numbers),  # a small book lacks some
        "untreated": _lines(missing),
        "stop": " ".join(sorted(STOP)),
        "limits": {"least": own_limits.search_least_pct() / 100, "weak": own_limits.search_weak_pct() / 100},
    }


def translations() -> dict:
    """Return the words of the lexicon: English stems with the forms that stand for them."""
    lines = (
        f"{' '.join(english)}={front_coded(' '.join(form) for form in some)}" for english, some in lexicon().items()
    )
    return {"lexicon": _lines(lines)}


def spoken(records: Iterable[Record]) -> dict:
    """Return what records are called in each other language, as lines: nothing for one that has no name in it."""
    named = [{language: text for text, language in reversed(record.spoken) if language} for record in records]
    return {"spoken": {language: _lines(names.get(language, "") for names in named) for language in ("ru", "kk")}}


def held_by(shelf: Shelf) -> dict:
    """Return what the scripts of a shelf hold: what a query is understood by, then its records.

    What only comes to bear with the second shelf comes with it: words of the lexicon, and what the records before it
    are called in other languages. The first one names the scripts of the second (``later``).
    """
    also = (
        translations() | spoken(shelf.before.records) if shelf.before else vocabulary() | {"later": ["rest", *PIECES]}
    )
    return content(shelf) | also | names_for(shelf)


def _script(name: str, held: dict) -> str:
    text = json.dumps({"name": name} | held, ensure_ascii=False, separators=(",", ":"))
    return f"(window.evidenceShelves??=[]).push({text});\n"


def scripts(shelf: Shelf) -> dict[str, str]:
    """Return by name the scripts that hand a shelf over to the search: the first shelf is one, the second several."""
    held = held_by(shelf)
    pieces = {name: {part: held.pop(part) for part in parts} for name, parts in PIECES.items() if shelf.before}
    return {name: _script(name, piece) for name, piece in ({shelf.name: held} | pieces).items()}
