"""The words of a locality's forms in its ruleset folder: ``labels.yaml``, added to those that the program knows."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.review.folder_files import MAPPING, TEXT, TEXTS, Kind, YamlFile
from jixiao.vocabulary import LISTS, SLOTS, Vocabulary, shipped, words_of

LABELS = "labels.yaml"
_GROUPS: Mapping[str, Kind] = {**dict.fromkeys(SLOTS, MAPPING), **dict.fromkeys(LISTS, TEXTS)}


def local_vocabulary(file: YamlFile) -> Vocabulary:
    """The vocabulary with the words of a file. Raises RulesetFolderError where it is faulty."""
    file.check(file.data, {"source": TEXT}, {"title": TEXT, **_GROUPS})
    given = {group: words for group, words in file.data.items() if group in _GROUPS and words}
    for group, things in SLOTS.items():
        if group in given:
            file.check(given[group], {}, {thing.value: TEXTS for thing in things}, group)
            given[group] = {thing: words for thing, words in given[group].items() if words}
            _no_word_twice(file, group, given[group])
    return shipped().extended(words_of(given, file.name))


def _no_word_twice(file: YamlFile, group: str, things: Mapping[str, list[str]]) -> None:
    seen: set[str] = set()
    for thing, words in things.items():
        for word in words:
            if word in seen:
                raise file.wrong(f"“{word}”写了两次，请留一处：一个词在一张表里只能是一个栏目。", group, thing)
            seen.add(word)
