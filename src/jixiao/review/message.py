"""The sentences of a rule: templates with named, typed facts, each with a key of its own within the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.message import Fact, FactKind, Said, pieces
from jixiao.domain.money import plain

FactValue = str | int | Decimal | Sequence[str]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence a rule can say: ``Message("no-unit", "“{name:words}”的值“{value:words}”没有计量单位。")``.

    Calling it with the facts of a case gives what is said. Kinds of facts: ``words`` and ``list`` of the document,
    ``number``, ``text`` of the rule's own. Raises TypeError where facts are missing, unknown or of another kind.
    """

    key: str
    template: str

    def __post_init__(self) -> None:
        pieces(self.template)  # a template that cannot be filled is a defect of the rule

    def __call__(self, **facts: FactValue) -> Said:
        wanted = {name: kind for _, name, kind in pieces(self.template) if name and kind}
        if facts.keys() != wanted.keys():
            raise TypeError(f"{self.key}: facts {sorted(facts)} for {sorted(wanted)}")
        return Said(
            self.key, self.template, tuple(Fact(n, k, _value(self.key, k, facts[n])) for n, k in wanted.items())
        )


def _value(key: str, kind: FactKind, value: FactValue) -> str | tuple[str, ...]:
    if kind is FactKind.LIST:
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise TypeError(f"{key}: a list of words, not {value!r}")
        return tuple(value)
    if kind is FactKind.NUMBER:
        if isinstance(value, Decimal):
            return str(plain(value))
        if isinstance(value, int | str) and not isinstance(value, bool):
            return str(value)
        raise TypeError(f"{key}: a number, not {value!r}")
    if not isinstance(value, str):
        raise TypeError(f"{key}: words, not {value!r}")
    return value
