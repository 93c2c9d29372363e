"""What the system refuses, in words for the person who runs a command: no file, no right, no room, no memory."""

from __future__ import annotations

import errno
import re

from evidence.toolkit.messages import Message

NO_RIGHT = (
    "may not be read or written; where a spreadsheet has it open, close it there, else ask for the right to it or give "
    "another place"
)
REASONS = {
    errno.EACCES: NO_RIGHT,
    errno.EPERM: NO_RIGHT,
    errno.EROFS: "lies on a disk that cannot be written to; give another place",
    errno.ENOSPC: "there is no room left on the disk",
    errno.EDQUOT: "there is no room left on the disk",
    errno.EFBIG: "there is no room left on the disk",
    errno.ENOENT: "is not there",
    errno.EISDIR: "is a folder, and a file is needed",
    errno.ENOTDIR: "lies in something that is no folder",
    errno.EEXIST: "is there already; give another place",
    errno.ENAMETOOLONG: "has a name that is too long",
}
OTHER = "cannot be read or written (number {number} of the system)"
REFUSED = "{file}: {why}. Nothing was written."
DISK, MEMORY = "The disk", "Memory is used up"
MORE_ROOM = "Nothing was written. Free space on the disk, or point TMPDIR at one with more room, and run it again."
MORE_MEMORY = "{what}. {more}"
OF_DUCKDB = {  # kinds of its errors that are no fault of the program
    "OutOfMemoryException": MEMORY,
    "IOException": "A file cannot be read or written",
}


def of_system(error: OSError) -> Message:
    """Return what the system refused: which file, and why."""
    number = error.errno or 0
    why = Message.of(REASONS[number]) if number in REASONS else Message.of(OTHER, number=number)
    file = str(error.filename) if error.filename else Message.of(DISK)
    return Message.of(REFUSED, file=file, why=why)


def of_duckdb(error: Exception) -> Message | None:
    """Return what DuckDB, or Python, has no room for; None for any other error."""
    if isinstance(error, MemoryError):
        return Message.of(MORE_MEMORY, what=Message.of(MEMORY), more=Message.of(MORE_ROOM))
    what = OF_DUCKDB.get(type(error).__name__)
    if what is None:
        return None
    file = re.search(r'file "([^"]+)"', str(error))
    named = Message.of("{what}: {file}", what=Message.of(what), file=file[1]) if file else Message.of(what)
    return Message.of(MORE_MEMORY, what=named, more=Message.of(MORE_ROOM))
