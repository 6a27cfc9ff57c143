"""What a finding says, as data: a template and the facts of the case, so that writers can group, cut and print them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from string import Formatter


class FactKind(StrEnum):
    """What a fact of a message is; a template names it behind the colon: ``{name:words}``."""

    WORDS = "words"
    """words of the document: a writer may cut them short, or leave them out where they stand beside the message"""
    LIST = "list"
    """several words of the document, printed “甲”、“乙”"""
    NUMBER = "number"
    """a number of the case, as printed"""
    TEXT = "text"
    """words of the rule's own"""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a case 「事实」: its name in the template, its kind, its value (several for a list)."""

    name: str
    kind: FactKind
    value: str | tuple[str, ...]

    @property
    def printed(self) -> str:
        return self.value if isinstance(self.value, str) else "、".join(f"“{word}”" for word in self.value)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a finding 「问题说明」: the key of its template within the rule, the template, the facts put into it.

    Two findings of a rule with equal keys say the same of two cases.
    """

    key: str
    template: str
    facts: tuple[Fact, ...] = ()

    @property
    def text(self) -> str:
        """The sentence in full."""
        if not self.facts:
            return self.template.replace("{{", "{").replace("}}", "}")
        values = {fact.name: fact.printed for fact in self.facts}
        return "".join(text + (values[name] if name else "") for text, name, _ in pieces(self.template))


@lru_cache(maxsize=2048)
def pieces(template: str) -> tuple[tuple[str, str | None, FactKind | None], ...]:
    """(text before, name, kind of the fact) of a template, piece by piece; name and kind are None behind the last fact.

    Raises ValueError where a fact has no known kind.
    """
    found = []
    for text, name, kind, conversion in Formatter().parse(template):
        if conversion or (name is not None and not name.isidentifier()):
            raise ValueError(f"no fact: {name!r} in {template!r}")
        found.append((text, name, FactKind(kind or "") if name is not None else None))
    return tuple(found)


def plain_words(text: str) -> Said:
    """A sentence of which nothing but its words is known."""
    return Said("", text.replace("{", "{{").replace("}", "}}"))
