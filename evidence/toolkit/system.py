"""What the system refuses, in words for the person who runs a command: no file, no right, no room, no memory."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from evidence.toolkit.messages import Message

NO_RIGHT = (
    "may not be read or written; where a spreadsheet has it open, close it there, else ask for the right to it or give "
    "another place"
)
NO_ROOM = "there is no room left on the disk; free some, or give another place"
REASONS = {
    errno.EACCES: NO_RIGHT,
    errno.EPERM: NO_RIGHT,
    errno.EROFS: "lies on a disk that cannot be written to; give another place",
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), NO_ROOM),
    errno.ENOENT: "is not there; look at its name and at its folder",
    errno.EISDIR: "is a folder, and a file is needed; name the file itself, or put it in the place of the folder",
    errno.ENOTDIR: "lies in something that is not a folder; give another place",
    errno.EEXIST: "is there already; give another place",
    errno.ENAMETOOLONG: "has a name that is too long; give it a shorter one",
    errno.ELOOP: "is a link that leads back to itself; put the file itself here, or take the link away",
    errno.EIO: "lies on a disk that does not answer; copy it to another one",
}
OTHER = "cannot be read or written (number {number} of the system); copy it to another place, or give another place"
REFUSED = "{file}: {why}. Nothing was written."
DISK, MEMORY = "The disk", "Memory is used up"
MORE_ROOM = "Nothing was written. Free space on the disk, or point TMPDIR at one with more room, and run it again."
MORE_MEMORY = "{what}. {more}"
NOT_READ = re.compile(r'(?:Cannot open file|No files found that match the pattern) "([^"]+)"')  # as DuckDB says it
OF_DUCKDB = {  # kinds of its errors that are no fault of the program
    "OutOfMemoryException": MEMORY,
    "IOException": "A file cannot be read or written",
}


def reason(error: OSError) -> Message:
    """Return why the system refused a file."""
    number = error.errno or 0
    return Message.of(REASONS[number]) if number in REASONS else Message.of(OTHER, number=number)


def of_system(error: OSError) -> Message:
    """Return what the system refused: which file, and why."""
    file = str(error.filename) if error.filename else Message.of(DISK)
    return Message.of(REFUSED, file=file, why=reason(error))


def of_duckdb(error: Exception) -> Message | None:
    """Return what DuckDB, or Python, has no room for, or which file it may not read; None for any other error."""
    if isinstance(error, MemoryError):
        return Message.of(MORE_MEMORY, what=Message.of(MEMORY), more=Message.of(MORE_ROOM))
    what = OF_DUCKDB.get(type(error).__name__)
    if what is None:
        return None
    unread = NOT_READ.search(str(error))
    if unread and (refused := _refused(Path(unread[1]))):
        return of_system(refused)
    file = re.search(r'file "([^"]+)"', str(error))
    named = Message.of("{what}: {file}", what=Message.of(what), file=file[1]) if file else Message.of(what)
    return Message.of(MORE_MEMORY, what=named, more=Message.of(MORE_ROOM))


def _refused(path: Path) -> OSError | None:
    """Return what the system says of a file that is asked for again, None where it can be read now."""
    try:
        with path.open("rb"):
            return None
    except OSError as error:
        return error
