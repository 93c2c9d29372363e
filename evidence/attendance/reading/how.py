"""How a folder is to be read, as the person who has it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evidence.attendance.days import EMPTY, SESSIONS


class How(NamedTuple):
    """What :func:`evidence.attendance.reading.folder.read_folder` is told beside the folder: its options by name."""

    set_aside: bool = False
    codes: Mapping[str, str] = {}
    sessions: int = SESSIONS.default
    empty: str = EMPTY.default
    school: str = ""
    school_from: str = ""


AS_IT_COMES = How()
