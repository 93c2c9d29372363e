"""What a rule of the toolkit is: its place, its parameters, and the text a user reads, made from the rule itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# The document whose social media listening study the toolkit runs again. It prints pages of headings only, in its list
# of contents: pages given here are those between two such headings.
STUDY = "A Tale of Two Studies"
BASES = {"document": STUDY, "imported": "imported", "ours": "ours"}


@dataclass(frozen=True)
class Parameter:
    """What a rule leaves open: name, default, who set it (``document``, ``imported`` or ``ours``), and where or why."""

    name: str
    default: Any
    basis: str
    where: str
    about: str
    choices: tuple[Any, ...] = ()

    def text(self, value: Any = None) -> str:
        """Return one sentence: what the parameter does, its value, and who set it."""
        chosen = self.default if value is None else value
        set_by = "set by the user" if chosen != self.default else f"{BASES[self.basis]}: {self.where}"
        words = ", ".join(map(str, chosen)) if isinstance(chosen, tuple) else chosen if chosen != "" else "none"
        return f"{self.about}: {words} ({set_by})."


@dataclass(frozen=True)
class Rule:
    """A rule: ``sentence`` is a template of its parameters; ``basis`` and ``where`` say who states it."""

    key: str
    title: str
    sentence: str
    basis: str
    where: str
    parameters: tuple[Parameter, ...] = ()

    def values(self, **changed: Any) -> dict[str, Any]:
        """Return the value of every parameter by name. Raises ValueError for a name that the rule does not have."""
        known = {parameter.name: parameter.default for parameter in self.parameters}
        if unknown := set(changed) - set(known):
            raise ValueError(f"{self.key} has no parameter {', '.join(sorted(unknown))}; it has: {', '.join(known)}")
        return known | changed

    def text(self, **changed: Any) -> str:
        """Return what the rule does with these values, its source, and the source of each parameter."""
        values = self.values(**changed)
        notes = [parameter.text(values[parameter.name]) for parameter in self.parameters]
        return " ".join([f"{self.sentence.format(**values)} ({BASES[self.basis]}: {self.where}).", *notes])
