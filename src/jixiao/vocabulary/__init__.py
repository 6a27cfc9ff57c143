"""The words that forms print, whatever file they come in 「表式用词」: labels, headings, the amounts and names beside them.

The words are data with their source (``data/*.yaml``); a locality adds its own in its ruleset folder.
"""

from jixiao.vocabulary.label import Label
from jixiao.vocabulary.slots import (
    LISTS,
    PARTS,
    PATTERNS,
    SLOTS,
    ActivityColumn,
    Chapter,
    Column,
    Field,
    Horizon,
    MoneyColumn,
)
from jixiao.vocabulary.vocabulary import Vocabulary, shipped
from jixiao.vocabulary.words import Words, words_of

__all__ = [
    "LISTS",
    "PARTS",
    "PATTERNS",
    "SLOTS",
    "ActivityColumn",
    "Chapter",
    "Column",
    "Field",
    "Horizon",
    "Label",
    "MoneyColumn",
    "Vocabulary",
    "Words",
    "shipped",
    "words_of",
]
