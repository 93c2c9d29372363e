"""What keeps a file from being read before a sign of it is: a link to nothing, a folder, a pipe, no right to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.messages import Message
from evidence.toolkit.system import reason

NO_TARGET = "is a link to something that is not there; put the file itself here, or take the link away"
NOTHING = "is empty: nothing was saved in it; export it again, or take it away"
NO_FILE = "is not a file, but a pipe or a device; put a file here"


def why_not(path: Path) -> Message | None:
    """Return why a file cannot be read, None where it can: nothing of it is read for that."""
    if path.is_symlink() and not path.exists():
        return Message.of(NO_TARGET)
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would wait for ever
            return Message.of(NO_FILE)
        with path.open("rb"):
            return None
    except OSError as error:
        return reason(error)


def unreadable(paths: Iterable[Path], name: Callable[[Path], str] = lambda path: path.name) -> list[Fault]:
    """Return a fault for each file that cannot be read; ``name`` is what messages call it."""
    found = ((path, why_not(path)) for path in paths)
    return [Fault(name(path), None, "", "", why) for path, why in found if why]


def check_readable(paths: Iterable[Path], name: Callable[[Path], str] = lambda path: path.name) -> None:
    """Raise :class:`BadInput` with every file that cannot be read."""
    if faults := unreadable(paths, name):
        raise BadInput(faults)


def inside(folder: Path) -> list[Path]:
    """Return all that lies in a folder and in those inside it, folders too, in order; linked folders are not entered.

    Raises OSError for a folder that may not be looked into.
    """
    walked = os.walk(folder, onerror=_raised)
    return sorted(Path(root, name) for root, folders, files in walked for name in (*folders, *files))


def _raised(error: OSError) -> None:
    raise error
