"""Goals: what a sheet or a department promises in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal 「绩效目标」 as written, without its leading number; or what was reached of one 「实际完成情况」.

    ``id`` stays through edits; see ``jixiao.domain.identity``.
    """

    text: str
    id: str = ""


def goals_of(texts: Iterable[str]) -> tuple[Goal, ...]:
    """Goals as read, without ids."""
    return tuple(map(Goal, texts))


def texts_of(goals: Iterable[Goal]) -> Iterator[str]:
    """The words of goals."""
    return (goal.text for goal in goals)
