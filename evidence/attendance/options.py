"""Options of the command line: of reading a folder, of numbers within bounds, of codes, and of the language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence

from evidence.attendance.days import PARAMETERS
from evidence.attendance.language import LANGUAGES
from evidence.attendance.reading.folder import NO_CODES
from evidence.attendance.reading.how import How
from evidence.toolkit.messages import Message
from evidence.toolkit.options import Parser

INFINITE = float("inf")
BOUNDS = {"counts_from": (0.01, 1), "sessions": (1, 24)}
BY = ("files", "sheets")
CHOICES = {
    "unrecorded": ("skipped", "present", "absent"),
    "transfers": ("continue", "end"),
    "years": ("apart", "together"),
    "empty": ("marked", "unknown", "present"),
}
AT_LEAST = "{value}: write a number of at least {least}"
BETWEEN = AT_LEAST + " and at most {most}"
AMOUNT = "{value}: write an amount such as 1GB"
MISTAKES = tuple("argument {name}: " + text for text in (BETWEEN, AT_LEAST, AMOUNT))  # as argparse says them
OPTION = "{name}: {value}: {why}"
NO_FOLDER = "which folder? write evidence attendance {command} FOLDER"
TWO_MEANINGS = "one code has two meanings"


def code_of(text: str) -> tuple[str, str]:
    """Return a code of a school and what it means, from ``CODE=meaning``; what is missing of them is ""."""
    code, _, meaning = text.partition("=")
    return code, meaning


def settled(top: Parser, options: Sequence[str]) -> argparse.Namespace:
    """Return the options as they are meant: a folder that stands behind codes is the folder, and no code."""
    arguments = top.parse_args(options)
    if not hasattr(arguments, "codes"):
        return arguments
    words = [word for word in arguments.codes if "=" not in word]
    if arguments.folder is None and len(words) == 1:
        arguments.folder, words = words[0], []
    given = [code_of(word) for word in arguments.codes if "=" in word]
    words += [f"{code}={meaning}" for code, meaning in given if not (code and meaning)]
    if words:
        top.error(Message.of(OPTION, name="--codes", value=" ".join(words), why=Message.of(NO_CODES)))
    if arguments.folder is None:
        top.error(Message.of(NO_FOLDER, command=arguments.command))
    meant: dict[str, set[str]] = {}
    for code, meaning in given:
        meant.setdefault(code.lower(), set()).add(meaning)
    several = [code for code, meanings in meant.items() if len(meanings) > 1]
    if several:
        top.error(Message.of(OPTION, name="--codes", value=" ".join(several), why=Message.of(TWO_MEANINGS)))
    arguments.codes = given
    return arguments


def how_read(arguments: argparse.Namespace) -> How:
    """Return how a folder is read, by the options of :func:`add_reading` as :func:`settled` gives them."""
    given = {name: getattr(arguments, name) for name in How._fields}
    return How(**given | {"codes": dict(arguments.codes)})


def number(kind: type, least: float, most: float) -> Callable[[str], float]:
    """Return how the text of an option becomes a number between bounds; it raises ArgumentTypeError for any other."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = None
        if value is None or not least <= value <= most:
            template = AT_LEAST if most == INFINITE else BETWEEN
            raise argparse.ArgumentTypeError(template.format(value=text, least=f"{least:g}", most=f"{most:g}"))
        return value

    return read


def memory_of(text: str) -> str:
    """Return an amount of memory as DuckDB reads it. Raises ArgumentTypeError for a text that is none."""
    if text and not re.fullmatch(r"[0-9]+(\.[0-9]+)? *[KMGT]i?B", text, re.IGNORECASE):
        raise argparse.ArgumentTypeError(AMOUNT.format(value=text))
    return text


def add_reading(one: argparse.ArgumentParser) -> None:
    """Add the options of reading a folder; each option of a rule is one of its parameters, with its text."""
    one.add_argument("folder", nargs="?", help="folder with absences or a register, and calendar, recorded, enrolment")
    one.add_argument("--set-aside", action="store_true", help="go on without what has faults, and list it")
    one.add_argument(
        "--codes", nargs="+", action="extend", default=[], metavar="CODE=MEANING", help="codes of your own"
    )
    one.add_argument("--school", default="", metavar="NAME", help="school of files in which nothing names it")
    one.add_argument(
        "--school-from", default="", choices=BY, help="take the school of such files from the names of files or sheets"
    )
    for parameter in PARAMETERS:
        kind = number(type(parameter.default), *BOUNDS[parameter.name]) if parameter.name in BOUNDS else str
        choices = CHOICES.get(parameter.name)
        name = f"--{parameter.name.replace('_', '-')}"
        text = parameter.text().replace("%", "%%")
        one.add_argument(name, type=kind, default=parameter.default, choices=choices, help=text)


def add_language(one: argparse.ArgumentParser) -> None:
    """Add the option of the language, which every command has."""
    one.add_argument("--language", default="en", choices=list(LANGUAGES), help="language of page and messages (en)")
