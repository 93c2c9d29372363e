"""Files that are put in place whole, and folders that keep only what is still asked for."""

from __future__ import annotations

from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Put a file in place at once: whoever reads it meanwhile gets the old one or the new one, whole."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)


def keep_only(folder: Path, names: set[str]) -> None:
    """Remove every file of a folder that has none of these names."""
    for path in folder.glob("*") if folder.is_dir() else ():
        if path.name not in names:
            path.unlink()
