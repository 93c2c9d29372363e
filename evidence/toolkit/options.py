"""Options of a command line whose mistakes are told in the language of who types them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from functools import partial
from typing import Any, NoReturn

from evidence.toolkit.messages import Message, Say, in_words

MISTAKES = (  # what argparse says of a mistake; the first that fits counts
    "the following arguments are required: {names}",
    "unrecognized arguments: {names}",
    "argument {name}: expected one argument",
    "argument {name}: expected at least one argument",
    "argument {name}: invalid choice: {value} (choose from {choices})",
    "argument {name}: ignored explicit argument {value}",
    "ambiguous option: {name} could match {names}",
)
USAGE = "usage: "


def _pattern(template: str) -> str:
    """Return a pattern with a group for each part of a template that is filled in."""
    parts = re.split(r"\{(\w+)\}", template)
    return "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))


def mistake(text: str, templates: Sequence[str] = MISTAKES) -> str:
    """Return what argparse says as a message that other languages can tell; the text itself where none fits."""
    for template in templates:
        if found := re.fullmatch(_pattern(template), text, re.DOTALL):
            return Message.of(template, **found.groupdict())
    return text


class Parser(argparse.ArgumentParser):
    """A parser that tells mistakes, also those of its commands, in the words that ``say`` gives.

    ``templates`` are the mistakes that the caller's own types of options name, beside those of argparse.
    """

    def __init__(self, *given: Any, say: Say = str, templates: Sequence[str] = (), **options: Any):
        super().__init__(*given, **options)
        self.say, self.templates = say, tuple(templates)

    def add_subparsers(self, **options: Any) -> Any:
        """Add commands, whose parsers are of this kind too."""
        own = partial(type(self), say=self.say, templates=self.templates)
        return super().add_subparsers(parser_class=own, **options)  # type: ignore[call-overload]

    def error(self, message: str) -> NoReturn:
        """Tell a mistake and how the command is written, and end with the exit code 2."""
        usage = self.format_usage().removeprefix(USAGE)
        told = in_words(
            message if isinstance(message, Message) else mistake(message, (*self.templates, *MISTAKES)), self.say
        )
        self.exit(2, f"{self.say(USAGE)}{usage}{self.prog}: {told}\n")


def language_of(options: Sequence[str], languages: Sequence[str]) -> str:
    """Return the language that options ask for, before anything is known of the others; the first where none does."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--language", default=languages[0])
    try:
        found = first.parse_known_args(list(options))[0].language
    except argparse.ArgumentError:
        return languages[0]
    return found if found in languages else languages[0]
