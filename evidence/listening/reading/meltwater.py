"""Exports of Meltwater as CSV, in both generations of their heads.

The study used this platform for its corpus of the general public (Methodology, p. 7-8). Column names were taken from
published code that reads such files, not from a licence holder.
"""

from __future__ import annotations

from pathlib import Path

from evidence.listening.masking import masked
from evidence.listening.reading.dates import ambiguous_note, printable, read_time, time_rule
from evidence.listening.reading.platforms import network_in
from evidence.listening.reading.posts import NO_WORDS, REPOSTS, Raw, Settings, identity, is_wordless
from evidence.listening.reading.text import Table, lost_note, read_table
from evidence.toolkit.faults import Fault

OLD = frozenset(
    "date|headline|url|opening text|hit sentence|source|influencer|country|subregion|state|city|language|reach|"
    "desktop reach|mobile reach|twitter social echo|facebook social echo|reddit social echo|national viewership|ave|"
    "sentiment|key phrases|input name|keywords|document tags|engagement|hashtags|views|estimated views|"
    "custom categories".split("|")
)
NEW = frozenset(
    "date|time|document id|url|input name|keywords|information type|source type|source name|source domain|content type|"
    "author name|author handle|title|opening text|hit sentence|image|hashtags|links|country|region|state|city|language|"
    "sentiment|keyphrases|reach|global reach|national reach|local reach|ave|social echo|editorial echo|engagement|"
    "shares|quotes|likes|replies|reposts|comments|reactions|views|estimated views|document tags|custom categories|"
    "custom fields".split("|")
)
MOST_ROWS = 20_000  # of a file that the platform writes; what a search finds beyond them is in another file, or lost
LEAST_HEADS = 6  # heads of one generation by which a file is known
TEXTS = ("title", "headline", "opening text", "hit sentence")


def is_meltwater(heads: set[str]) -> bool:
    """Return whether heads (plain, lower case) are those of such an export."""
    has_text = not heads.isdisjoint(TEXTS)
    return has_text and "date" in heads and max(len(heads & OLD), len(heads & NEW)) >= LEAST_HEADS


def joined(parts: list[str]) -> str:
    """Return the text of a row: whichever of its columns are filled, without one that another holds already."""
    kept: list[str] = []
    for part in filter(None, (" ".join(part.split()) for part in parts)):
        if not any(part.strip(". …") in other for other in kept):
            kept = [other for other in kept if other.strip(". …") not in part] + [part]
    return "\n".join(kept)


def platform_of(cells: dict[str, str]) -> str:
    """Return the platform of a row, from its kind of source, or the network in its address."""
    kind = cells.get("source type") or cells.get("information type") or ""
    where = f"{cells.get('source domain', '')} {cells.get('source', '')} {cells.get('url', '')}"
    return network_in(kind) or network_in(where) or "News"


def read_meltwater(path: Path, settings: Settings) -> tuple[list[Raw], list[Fault], list[str]]:
    """Return the posts of an export, what is wrong with its other rows, and notes.

    Both generations are read; the text is whichever of title, opening text and hit sentence is filled. Raises
    :class:`evidence.toolkit.faults.BadInput` where the file is no such export.
    """
    table = read_table(path, OLD | NEW, LEAST_HEADS, settings.encoding)
    generation = "new" if "document id" in table.heads else "old"
    notes = [*table.notes, f"{path.name}: Meltwater, {generation} generation of heads"]
    unknown = [head for head in table.heads if head not in OLD | NEW]
    if unknown:
        notes.append(f"{path.name}: columns not known and not read: {', '.join(map(masked, unknown))}")
    if len(table.rows) >= MOST_ROWS:
        notes.append(
            f"{path.name}: {len(table.rows)} rows, as many as such a file holds; look whether posts are missing"
        )
    place = table.heads.index("date")
    notes += ambiguous_note(path.name, (cells[place] for _, cells in table.rows), settings)
    found, faults = _posts(path, table, settings)
    return found, [*table.faults, *faults], [*notes, *lost_note(path.name, [one.text for one in found])]


def _posts(path: Path, table: Table, settings: Settings) -> tuple[list[Raw], list[Fault]]:
    found, faults = [], []
    for number, values in table.rows:
        cells = dict(zip(table.heads, (value.strip() for value in values)))
        moment = read_time(cells.get("date", ""), cells.get("time", ""), settings)
        text = joined([cells.get(name, "") for name in TEXTS])
        identifier = cells.get("document id") or cells.get("url", "")
        if moment is None:
            date = cells.get("date", "")
            shown = printable(f"{date} {cells.get('time', '')}")
            faults.append(Fault(path.name, number, "date", shown, time_rule(date, settings)))
        elif is_wordless(text):
            faults.append(Fault(path.name, number, "", "", NO_WORDS))
        else:
            kind = cells.get("content type", "").casefold()
            author = cells.get("author handle") or cells.get("author name") or cells.get("influencer", "")
            platform = platform_of(cells)
            found.append(
                Raw(
                    number,
                    identifier or identity(moment, platform, author, text),
                    moment,
                    text,
                    author,
                    platform,
                    cells.get("region") or cells.get("state") or cells.get("subregion") or cells.get("city", ""),
                    cells.get("country", ""),
                    cells.get("input name", ""),
                    kind in REPOSTS or text.startswith(("RT @", "QT @")),
                )
            )
    return found, faults
