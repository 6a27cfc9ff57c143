"""The vocabulary 「表式用词」: what the words that forms print mean, with the words of a locality among them.

Forms are recognised by these words, never by row or column numbers. A vocabulary is a value that is handed to readers;
what it looked up once it remembers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from jixiao.vocabulary.characters import folded
from jixiao.vocabulary.label import Label
from jixiao.vocabulary.meanings import Meanings
from jixiao.vocabulary.words import Words, shipped_words

_REMEMBERED = 4096


class Vocabulary(Meanings):
    """The meanings of words. Compared and kept by what it is, not by its words: make one and hand it on."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.label: Callable[[str], Label] = lru_cache(maxsize=_REMEMBERED)(self._label)
        """What a text means as a printed label"""

    def __reduce__(self) -> tuple[type[Vocabulary], tuple[Words]]:
        return type(self), (self.words,)  # what was looked up stays behind

    def _label(self, text: str) -> Label:
        return Label(folded(text), self)

    def extended(self, added: Words) -> Vocabulary:
        """This vocabulary with the words of a locality."""
        return Vocabulary(self.words.extended(added))


@cache
def shipped() -> Vocabulary:
    """The vocabulary that comes with the program."""
    return Vocabulary(shipped_words())
