"""Pseudonyms of persons and posts: hashes with a key that the team keeps, so that they join across imports."""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from pathlib import Path

from evidence.listening.rules import Rule
from evidence.toolkit.faults import BadInput, Fault
from evidence.toolkit.files import check_readable

KEYED = Rule(
    "pseudonyms",
    "Pseudonyms",
    "Authors and identifiers of posts become keyed hashes (HMAC-SHA-256). The same key gives the same pseudonym in a "
    "later import; without the key nobody can try out names",
    "imported",
    "RFC 2104; that individuals are anonymised: Ethical Considerations, p. 10-11",
)
KEY_BYTES = 32
SHOWN = 20  # hexadecimal digits of a pseudonym: 80 bits


def plain(value: str) -> str:
    """Return a name as it is hashed: one form of each letter, lower case, no ``@``."""
    return unicodedata.normalize("NFKC", value).strip().lstrip("@").casefold()


def pseudonym(key: bytes, kind: str, value: str) -> str:
    """Return the pseudonym of a value; ``kind`` (person, post) keeps equal values of two kinds apart."""
    message = f"{kind}\0{plain(value)}".encode()
    return f"{kind}-{hmac.new(key, message, hashlib.sha256).hexdigest()[:SHOWN]}"


def write_key(path: Path) -> None:
    """Write a new key that only its owner may read. Raises :class:`BadInput` where the file is there already."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        fault = Fault(str(path), None, "", "", "is there already; a new key would break the link to earlier imports")
        raise BadInput([fault]) from None
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(os.urandom(KEY_BYTES).hex() + "\n")


def read_key(path: Path) -> bytes:
    """Return the key of a file. Raises :class:`BadInput` where there is none, a short one, or none to be read."""
    check_readable([path] if path.exists() or path.is_symlink() else [], str)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (FileNotFoundError, ValueError):
        key = b""
    if len(key) < KEY_BYTES:
        rule = f"holds no key of {KEY_BYTES} bytes; make one: evidence listening key {path}"
        raise BadInput([Fault(str(path), None, "", "", rule)])
    return key
