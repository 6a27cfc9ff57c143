"""The words themselves, as data: ``data/*.yaml``, and what a locality adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from jixiao.strict_yaml import load_strict
from jixiao.vocabulary.slots import LISTS, SLOTS

_ABOUT = ("title", "source")


@dataclass(frozen=True, slots=True)
class Words:
    """Words by group. ``slots`` has the groups in which each word names one thing, the surest word of a thing first."""

    slots: Mapping[str, Mapping[StrEnum, tuple[str, ...]]]
    lists: Mapping[str, tuple[str, ...]]

    def extended(self, added: Words) -> Words:
        """These words and those of a locality, which stand first and mean what the locality says."""
        slots = {}
        for group, things in SLOTS.items():
            own = self.slots.get(group, {})
            more = added.slots.get(group, {})
            taken = {word for words in more.values() for word in words}
            slots[group] = {
                thing: (*more.get(thing, ()), *(w for w in own.get(thing, ()) if w not in taken)) for thing in things
            }
        lists = {name: tuple(dict.fromkeys((*added.lists.get(name, ()), *self.lists.get(name, ())))) for name in LISTS}
        return Words(slots, lists)


def words_of(data: Mapping[str, Any], name: str) -> Words:
    """The words of a file. Raises ValueError for groups and things that there are not, and for a word that names two."""
    slots: dict[str, dict[StrEnum, tuple[str, ...]]] = {}
    lists = {}
    for group, found in data.items():
        if group in SLOTS:
            slots[group] = {SLOTS[group](thing): tuple(words) for thing, words in found.items()}
            words = [word for named in slots[group].values() for word in named]
            if doubled := {word for word in words if words.count(word) > 1}:
                raise ValueError(f"{name}: {group}: {'、'.join(sorted(doubled))} stands twice")
        elif group in LISTS:
            lists[group] = tuple(found)
        elif group not in _ABOUT:
            raise ValueError(f"{name}: no group {group}")
    return Words(slots, lists)


@cache
def shipped_words() -> Words:
    """The words that come with the program."""
    words = Words({}, {})
    folder = resources.files("jixiao.vocabulary") / "data"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            words = words.extended(words_of(load_strict(file.read_text(encoding="utf-8"), file.name), file.name))
    return words
