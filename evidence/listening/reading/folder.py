"""A folder of exports to one table of posts, with all that was set aside and why.

``public/`` and ``organisations/`` hold the exports of the two corpora; ``organisations.csv`` beside them the public
handles that may be shown; ``mapping.toml`` in either says how to read other tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from evidence.listening.nearness import with_near_texts
from evidence.listening.pseudonyms import plain
from evidence.listening.reading import kept
from evidence.listening.reading.generic import MAPPING, read_generic, read_mapping
from evidence.listening.reading.leaving_out import AS_USUAL, LeavingOut, without
from evidence.listening.reading.meltwater import is_meltwater, read_meltwater
from evidence.listening.reading.posts import (
    CORPORA,
    NO_WORDS,
    ORGANISATIONS,
    PUBLIC,
    Post,
    Raw,
    Settings,
    protected,
)
from evidence.listening.reading.telegram import read_telegram
from evidence.listening.reading.text import heads_in, read_table
from evidence.toolkit.faults import BadInput, Fault, counted
from evidence.toolkit.files import NOTHING, check_readable, inside, unreadable, why_not

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson", ".parquet")
NO_TEXT = (".jsonl", ".ndjson", ".parquet")  # never an export of Meltwater
OTHERS = {  # data of kinds that are not read, and what to do: posts in them would be missing without a word
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), "save it as XLSX or CSV UTF-8"),
    **dict.fromkeys((".zip", ".gz", ".7z", ".rar"), "unpack it"),
    **dict.fromkeys((".html", ".htm"), "export it as JSON: in Telegram Desktop, format “Machine-readable JSON”"),
    **dict.fromkeys((".db", ".sqlite", ".sav", ".dta", ".doc", ".docx", ".xml"), "save it as CSV UTF-8 or JSONL"),
}
TOML = ".toml"  # of a mapping
NO_CORPUS = "is not a folder; make one of that name, and put the exports into it"
LINKED_FOLDER = "is a link to a folder, and such links are not followed; put the folder itself here"
LIST = "organisations.csv"
BESIDE = (LIST, "places.csv", "labels.csv", "queries.csv", "barriers.csv", "programmes.csv", "gender.csv")


@dataclass(frozen=True)
class Corpus:
    """What was read: posts (columns of :class:`Post`), faults, rows left out by a rule, notes, and names of files.

    ``everything`` are the posts before any rule left one out; ``wordless`` counts rows that are none (``file``,
    ``rule``, ``rows``).
    """

    posts: pd.DataFrame
    everything: pd.DataFrame
    faults: list[Fault]
    left_out: pd.DataFrame
    notes: list[str]
    files: list[str]
    wordless: pd.DataFrame


def _inside(folder: Path) -> list[tuple[str, Path]]:
    """Return (corpus, file) of every file in the folders of both corpora.

    Raises :class:`BadInput` where a corpus is not a folder, and with all in it that cannot be read.
    """
    there = [corpus for corpus in CORPORA if (folder / corpus).exists() or (folder / corpus).is_symlink()]
    no_folders = [corpus for corpus in there if not (folder / corpus).is_dir()]
    if no_folders:
        reasons = [(corpus, why_not(folder / corpus) or NO_CORPUS) for corpus in no_folders]
        raise BadInput([Fault(corpus, None, "", "", why) for corpus, why in reasons])
    found = [(corpus, path) for corpus in there for path in inside(folder / corpus)]
    found = [(corpus, path) for corpus, path in found if not path.name.startswith((".", "~$"))]
    links = [path for _, path in found if path.is_dir() and path.is_symlink()]
    names = {path: f"{corpus}/{name_of(folder, corpus, path)}" for corpus, path in found}
    named_as_files = [path for path in names if path.suffix.lower() in (*SUFFIXES, *OTHERS, TOML) and path not in links]
    faults = [Fault(names[path], None, "", "", LINKED_FOLDER) for path in links]
    if faults := [*faults, *unreadable(named_as_files, names.__getitem__)]:
        raise BadInput(faults)
    return [(corpus, path) for corpus, path in found if not path.is_dir()]


def files_of(folder: Path) -> list[tuple[str, Path]]:
    """Return (corpus, file) of every export of a folder. Raises :class:`BadInput` where none can be read."""
    if not folder.is_dir():
        raise BadInput(
            [
                Fault(
                    str(folder),
                    None,
                    "",
                    "",
                    why_not(folder) or "is not a folder; name the one that holds public/ or organisations/",
                )
            ]
        )
    check_readable(path for path in map(folder.joinpath, BESIDE) if path.exists() or path.is_symlink())
    every = _inside(folder)
    found = [(corpus, path) for corpus, path in every if path.suffix.lower() in SUFFIXES and path.stat().st_size]
    if not found:
        if refused := refused_files(folder, every):
            raise BadInput(refused)
        rule = f"holds no export; put them into {' or '.join(f'{corpus}/' for corpus in CORPORA)} inside it"
        loose = ", ".join(path.name for path in loose_files(folder)[:8])
        where = f"; these lie outside: {loose}. Posts of people go into {PUBLIC}/, of organisations into the other"
        raise BadInput([Fault(str(folder), None, "", "", rule + (where if loose else ""))])
    return found


def refused_files(folder: Path, every: Iterable[tuple[str, Path]] | None = None) -> list[Fault]:
    """Return what is wrong with files that cannot be read at all: data of another kind, and empty ones."""
    faults = []
    for corpus, path in _inside(folder) if every is None else every:
        suffix, name = path.suffix.lower(), name_of(folder, corpus, path)
        if suffix in OTHERS:
            rule = f"is of a kind that is not read; {OTHERS[suffix]}, or take it out of the folder"
            faults.append(Fault(name, None, "", "", rule))
        elif suffix in SUFFIXES and not path.stat().st_size:
            faults.append(Fault(name, None, "", "", NOTHING))
    return faults


def name_of(folder: Path, corpus: str, path: Path) -> str:
    """Return the name of an export inside the folder of its corpus: every export of Telegram is a ``result.json``."""
    return path.relative_to(folder / corpus).as_posix()


def named(folder: Path, files: Iterable[tuple[str, Path]]) -> list[str]:
    """Return the names of exports with their corpus before a stroke."""
    return [f"{corpus}/{name_of(folder, corpus, path)}" for corpus, path in files]


def shared_names(files: Iterable[str]) -> frozenset[str]:
    """Return the names that exports of both corpora bear; ``files`` have their corpus before a stroke."""
    times = Counter(name.split("/", 1)[1] for name in files)
    return frozenset(name for name, count in times.items() if count > 1)


def told_apart(posts: pd.DataFrame, files: Iterable[str]) -> pd.DataFrame:
    """Return posts in whose ``file`` a name that both corpora bear has its corpus before it."""
    is_shared = posts["file"].isin(shared_names(files))
    if not is_shared.any():
        return posts
    names = posts["corpus"].astype(str) + "/" + posts["file"].astype(str)
    return posts.assign(file=names.where(is_shared, posts["file"].astype(object)))


def loose_files(folder: Path) -> list[Path]:
    """Return the files of a folder that look like exports and lie in neither corpus, so that they are not read."""
    kinds = (*SUFFIXES, *OTHERS)
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix.lower() in kinds and not _is_beside(path)
    ]


def _is_beside(path: Path) -> bool:
    """Return whether a file is one that a folder may hold beside its exports."""
    return path.name in BESIDE or path.name.startswith((".", "~$")) or "synthetic" in path.name


def organisations_of(folder: Path, encoding: str = "") -> frozenset[str]:
    """Return the handles that ``organisations.csv`` publishes (its column ``handle``), as names are hashed."""
    path = folder / LIST
    if not path.exists():
        return frozenset()
    table = read_table(path, {"handle"}, 1, encoding)
    place = table.heads.index("handle")
    return frozenset(plain(cells[place]) for _, cells in table.rows if plain(cells[place]))


def read_file(path: Path, settings: Settings) -> tuple[list[Raw], list[Fault], list[str]]:
    """Return the raw posts of a file by what it is: Telegram's JSON, Meltwater's table, or any other table."""
    suffix = path.suffix.lower()
    if suffix == ".json" and not _is_list(path):
        return read_telegram(path, settings)
    if suffix not in (*NO_TEXT, ".json") and any(is_meltwater(set(one)) for one in heads_in(path, settings.encoding)):
        return read_meltwater(path, settings)
    mapping = path.with_name(MAPPING)
    columns, constants = read_mapping(mapping) if mapping.exists() else ({}, {})
    return read_generic(path, replace(settings, columns=columns, constants=constants))


def _is_list(path: Path) -> bool:
    """Return whether a JSON file is a list, as other tools write it; Telegram's is an object."""
    with path.open("rb") as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")


def read_folder(
    folder: Path,
    settings: Settings,
    set_aside: bool = False,
    chosen: LeavingOut = AS_USUAL,
    tell: Callable[[str], None] = lambda _: None,
    keep: Path | None = None,
) -> Corpus:
    """Return the posts of a folder. Raises :class:`BadInput` with every fault unless ``set_aside``.

    What a rule leaves out, as ``chosen``, is no fault: it is counted in ``left_out``, by file. With
    ``keep`` what was read of each file is kept in that folder, masked, and taken from there in a later run.
    """
    settings, unlisted = listed(settings, folder)
    files = files_of(folder)

    def read_one(corpus: str, path: Path, name: str) -> kept.Read:
        return _read(path, corpus, name, settings, keep)

    read, faults, notes = every_file(folder, files, set_aside, read_one, tell, unlisted)
    posts = pd.DataFrame([post for some in read for post in some], columns=list(Post._fields))
    refuse_nothing(folder, posts, faults)
    names = named(folder, files)
    frame = with_near_texts(told_apart(posts, names))
    posts_kept, left_out = without(frame, chosen)
    return Corpus(posts_kept, frame, real(faults), left_out, [*notes, *not_read(folder)], names, wordless(faults))


def not_read(folder: Path) -> list[str]:
    """Return a note on files that look like exports and were not read."""
    return [f"{path.name}: not read; exports lie in {PUBLIC}/ or {ORGANISATIONS}/" for path in loose_files(folder)]


def refuse_nothing(folder: Path, posts: pd.DataFrame, faults: Iterable[Fault]) -> None:
    """Raise :class:`BadInput` where no post is left to count, with the faults that may be the reason."""
    if posts.empty:
        raise BadInput([*real(faults), Fault(str(folder), None, "", "", "has no post that can be counted")])


def real(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults that somebody has to mend; a row without words is none."""
    return [fault for fault in faults if fault.rule != NO_WORDS]


def wordless(faults: Iterable[Fault]) -> pd.DataFrame:
    """Return how many rows of each file have no words: ``file``, ``rule``, ``rows``."""
    return counted(fault._replace(column="") for fault in faults if fault.rule == NO_WORDS)[["file", "rule", "rows"]]


def with_organisations(settings: Settings, folder: Path) -> Settings:
    """Return settings with the handles that the folder publishes."""
    handles = settings.organisations | organisations_of(folder, settings.encoding)
    return replace(settings, organisations=handles)


def listed(settings: Settings, folder: Path) -> tuple[Settings, list[Fault]]:
    """Return settings with the handles that the folder publishes, and what is wrong with its list of them."""
    try:
        return with_organisations(settings, folder), []
    except BadInput as error:
        return settings, error.faults


def every_file(
    folder: Path,
    files: Sequence[tuple[str, Path]],
    set_aside: bool,
    read: Callable[[str, Path, str], tuple[Any, list[Fault], list[str]]],
    tell: Callable[[str], None],
    wrong_beside: Sequence[Fault] = (),
) -> tuple[list[Any], list[Fault], list[str]]:
    """Return what ``read`` gives for each file, all faults and all notes.

    ``read`` is given a corpus, a file and its :func:`name_of`; faults and notes call it by that, with its corpus where
    both corpora have such a file. Rows without words
    are among the faults, and stop nothing: :func:`real` leaves them out. Raises :class:`BadInput`
    with every fault of every file, unless they are of single rows and ``set_aside``; what is ``wrong_beside``
    the exports is told with them.
    """
    found: list[Any] = []
    faults: list[Fault] = []
    notes: list[str] = []
    fatal = [*wrong_beside, *refused_files(folder)]
    both = shared_names(named(folder, files))
    for corpus, path in files:
        name = name_of(folder, corpus, path)
        shown = f"{corpus}/{name}" if name in both else name
        tell(f"reading {corpus}/{name}")
        try:
            some, wrong, said = read(corpus, path, name)
        except BadInput as error:
            fatal += _of(shown, error.faults)
            continue
        found.append(some)
        faults += _of(shown, wrong)
        notes += [f"{shown}{note.removeprefix(path.name)}" for note in said]
    if fatal or (real(faults) and not set_aside):
        every = dict.fromkeys([*fatal, *real(faults)])  # a mapping is read for each file beside it
        raise BadInput(list(every), can_set_aside=None if not fatal else False)
    return found, faults, notes


def _of(name: str, faults: Iterable[Fault]) -> list[Fault]:
    """Return faults of one file under its name; those of the mapping beside it under that of the mapping."""
    beside = PurePosixPath(name).with_name(MAPPING).as_posix()
    return [fault._replace(file=beside if fault.file == MAPPING else name) for fault in faults]


def _read(path: Path, corpus: str, file: str, settings: Settings, keep: Path | None) -> kept.Read:
    """Return the protected posts of a file, what is wrong with other rows, and notes; from what was kept, if it was."""
    name = kept.name_of(path, corpus, file, settings) if keep else ""
    found = kept.take(keep, name) if keep else None
    if found is None:
        raw, wrong, said = read_file(path, settings)
        found = [protected(one, corpus, file, settings) for one in raw], wrong, said
        if keep:
            kept.put(keep, name, found)
    return found
