"""The words of a locality's forms in its ruleset folder: ``labels.yaml``, added to those that the program knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jixiao.review.folder_files import MAPPING, TEXT, TEXTS, Kind, YamlFile
from jixiao.vocabulary import LISTS, PATTERNS, SLOTS, Vocabulary, shipped, words_of
from jixiao.vocabulary.composed import tokens_of

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
    local = shipped().extended(words_of(given, file.name))
    _patterns_hold(file, given, local)
    return local


def _patterns_hold(file: YamlFile, given: Mapping[str, Any], local: Vocabulary) -> None:
    """Every pattern is written right and names groups of words that there are."""
    for group in PATTERNS:
        for thing, patterns in given.get(group, {}).items():
            for pattern in patterns:
                try:
                    tokens_of(pattern, local.words.lists)
                except ValueError:
                    message = (
                        f"“{pattern}”的写法不对：方括号里写词组的名字（如 [times]），方括号外面只写汉字，圆括号里用 | 隔开，"
                        "后面可以有 *、?、+；词组的名字见 parts.yaml。"
                    )
                    raise file.wrong(message, group, thing) from None


def _no_word_twice(file: YamlFile, group: str, things: Mapping[str, list[str]]) -> None:
    seen: set[str] = set()
    for thing, words in things.items():
        for word in words:
            if word in seen:
                raise file.wrong(f"“{word}”写了两次，请留一处：一个词在一张表里只能是一个栏目。", group, thing)
            seen.add(word)
