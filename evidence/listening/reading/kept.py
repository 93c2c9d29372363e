"""What was read of each file, masked, kept while a report is made: a run that was broken off goes on from there."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

import evidence
from evidence.listening.reading.generic import MAPPING
from evidence.listening.reading.posts import Post, Settings
from evidence.toolkit.faults import Fault

Read = tuple[list[Post], list[Fault], list[str]]
TIME = Post._fields.index("time")


def name_of(path: Path, corpus: str, file: str, settings: Settings) -> str:
    """Return the name under which a file is kept: it changes with the file, the settings, the key and the version."""
    digest = hashlib.sha256(f"{evidence.__version__}\0{corpus}\0{file}\0".encode())
    for one in (path, path.with_name(MAPPING)):
        digest.update(hashlib.sha256(one.read_bytes()).digest() if one.is_file() else b"")
    chosen = (settings.zone, settings.encoding, settings.day_first, sorted(settings.organisations))
    digest.update(repr(chosen).encode() + hashlib.sha256(settings.key).digest())
    return f"{digest.hexdigest()}.json"


def take(folder: Path, name: str) -> Read | None:
    """Return what is kept under a name, None where nothing is or it was cut off."""
    try:
        content = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    posts = [Post._make([*row[:TIME], datetime.fromisoformat(row[TIME]), *row[TIME + 1 :]]) for row in content["posts"]]
    return posts, [Fault(*row) for row in content["faults"]], content["notes"]


def put(folder: Path, name: str, read: Read) -> None:
    """Keep what was read of a file: whole or not at all, for its owner's eyes only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    posts = [[*post[:TIME], post.time.isoformat(), *post[TIME + 1 :]] for post in read[0]]
    text = json.dumps({"posts": posts, "faults": read[1], "notes": read[2]}, ensure_ascii=False)
    new = folder / f".{name}"
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
    os.replace(new, folder / name)


def forget(folder: Path | None) -> None:
    """Delete what was kept, if anything; anything else in the folder stays."""
    if folder is None:
        return
    for path in folder.glob("*.*") if folder.is_dir() else ():
        if len(path.stem.lstrip(".")) == 64 and path.suffix in (".json", ".parquet"):
            path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
