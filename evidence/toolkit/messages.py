"""A sentence for the person who runs a command: English in the code, told in other languages from its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Say = Callable[[str], str]


class Message(str):
    """A sentence in English that knows its template and its parts, which may be messages themselves.

    A part that is a tuple or a list of texts is told with commas between them. As a text it is the English sentence:
    wherever a text will do, a message does.
    """

    template: str
    parts: dict[str, Any]

    @classmethod
    def of(cls, template: str, **parts: Any) -> Message:
        """Return the sentence of a template with ``{names}`` that are filled in."""
        sentence = cls(template.format(**{name: _filled(part, str) for name, part in parts.items()}))
        sentence.template, sentence.parts = template, parts
        return sentence

    def said(self, say: Say) -> str:
        """Return the sentence in the words that ``say`` gives for its template and for its parts."""
        return say(self.template).format(**{name: _filled(part, say) for name, part in self.parts.items()})


class Listed(Message):
    """Several texts as one, with the same sign or word between them."""

    @classmethod
    def joined(cls, items: Sequence[str], between: str) -> Listed:
        """Return texts, which may be messages, as one."""
        sentence = cls(between.join(items))
        sentence.template, sentence.parts = between, {"items": list(items)}
        return sentence

    def said(self, say: Say) -> str:
        """Return the texts in the words of a language; plain ones stay."""
        return say(self.template).join(_filled(item, say) for item in self.parts["items"])


def _filled(part: Any, say: Say) -> Any:
    """Return a part of a message in the words of a language; a plain text, such as the name of a file, stays."""
    if isinstance(part, tuple | list):
        return ", ".join(_filled(one, say) for one in part)
    return part.said(say) if isinstance(part, Message) else part


def in_words(text: str, say: Say) -> str:
    """Return a text in the words of a language: a message from its parts, any other as a whole."""
    said = getattr(text, "said", None)
    return said(say) if said else say(text)


def changed(text: str, change: Callable[[Message], Message]) -> str:
    """Return a text with every message in it changed, those that are parts of others first."""
    if isinstance(text, Listed):
        return Listed.joined([changed(item, change) for item in text.parts["items"]], text.template)
    if not isinstance(text, Message):
        return text
    parts = {name: changed(part, change) if isinstance(part, str) else part for name, part in text.parts.items()}
    return change(text) if parts == text.parts else change(Message.of(text.template, **parts))
