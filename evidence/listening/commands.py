"""The command ``evidence listening``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence.listening.faults import BadInput, Unavailable
from evidence.listening.pseudonyms import write_key

MOST = 200  # faults printed one by one


def _key(arguments: argparse.Namespace) -> int:
    """Write a new key. Returns the exit code."""
    write_key(Path(arguments.file))
    print(f"wrote {arguments.file}: keep it, and keep it secret; pseudonyms join across imports only with it")
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command."""
    top = argparse.ArgumentParser(prog="evidence listening", description=__doc__)
    commands = top.add_subparsers(required=True)
    one = commands.add_parser("key", help="write a key for pseudonyms")
    one.add_argument("file", help="file to write; never inside a folder that is shared")
    one.set_defaults(run=_key)
    return top


def run(options: Sequence[str]) -> int:
    """Run the command with its options. Returns the exit code; bad input gives its faults, never a traceback."""
    arguments = parser().parse_args(options)
    try:
        return arguments.run(arguments)
    except BadInput as error:
        for fault in error.faults[:MOST]:
            print(fault, file=sys.stderr)
        if len(error.faults) > MOST:
            print(f"and {len(error.faults) - MOST} more", file=sys.stderr)
        if any(fault.row and fault.row > 1 for fault in error.faults):
            print("Mend these rows, or go on without them: --set-aside", file=sys.stderr)
    except Unavailable as error:
        print(error, file=sys.stderr)
    return 1
