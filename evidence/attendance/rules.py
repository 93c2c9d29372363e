"""What a rule is: its place, its parameters, and the text a user reads about it, made from the rule itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Say = Callable[[str], str]
STUDY = "Antonowicz 2013"  # the study on out-of-school children in Kazakhstan, whose pages every rule cites
BASES = {"document": "the study", "imported": "imported", "ours": "ours"}


@dataclass(frozen=True)
class Parameter:
    """What a rule leaves open: its name, its default, who says so (``document``, ``imported`` or ``ours``) and where.

    ``where`` is a page of the study, a reference, or for ours the reason.
    """

    name: str
    default: Any
    basis: str
    where: str
    about: str

    def text(self, value: Any = None, say: Say = str) -> str:
        """Return one sentence on the parameter: what it does, its value and who set it; ``say`` puts it in words."""
        chosen = self.default if value is None else value
        set_by = say("set by the user") if chosen != self.default else f"{say(BASES[self.basis])}: {say(self.where)}"
        return f"{say(self.about)}: {say(chosen) if isinstance(chosen, str) else chosen} ({set_by})."


@dataclass(frozen=True)
class Rule:
    """A rule of monitoring.

    ``sentence`` is a template of its parameters; ``basis`` is ``document`` where the study states the rule,
    ``imported`` where another reference does, ``ours`` where neither; ``where`` is the page or the reference.
    """

    key: str
    title: str
    sentence: str
    where: str
    basis: str = "document"
    parameters: tuple[Parameter, ...] = field(default=())

    def values(self, **changed: Any) -> dict[str, Any]:
        """Return the value of every parameter by name, defaults where none is given.

        Raises ValueError for a name that the rule does not have.
        """
        known = {parameter.name: parameter.default for parameter in self.parameters}
        unknown = set(changed) - set(known)
        if unknown:
            has = ", ".join(known) or "none"
            raise ValueError(f"{self.key} has no parameter {', '.join(sorted(unknown))}; it has: {has}")
        return known | changed

    def source(self, say: Say = str) -> str:
        """Return who states the rule and where."""
        by = STUDY if self.basis == "document" else f"{say(BASES[self.basis])}"
        return f"{by}{', ' if self.basis == 'document' else ': '}{say(self.where)}"

    def brief(self, say: Say = str, **changed: Any) -> str:
        """Return what the rule does with these values, and its source, without its parameters."""
        values = self.values(**changed)
        values = {name: say(value) if isinstance(value, str) else value for name, value in values.items()}
        return f"{say(self.sentence).format(**values)} ({self.source(say)})."

    def text(self, say: Say = str, **changed: Any) -> str:
        """Return what a user reads: what the rule does with these values, its source, and each parameter's.

        ``say`` gives the words of a language for those in English.
        """
        values = self.values(**changed)
        notes = [parameter.text(values[parameter.name], say) for parameter in self.parameters]
        return " ".join([self.brief(say, **changed), *notes])
