"""The library of indicators 「指标库」: what is usually measured of projects of a sort, how, and what shows it."""

from jixiao.library.duplicates import Alike, duplicates
from jixiao.library.entry import Certainty, Entry, Sector
from jixiao.library.store import Library, library
from jixiao.library.suggest import Asked, Index, Suggestion, suggest

__all__ = [
    "Alike",
    "Asked",
    "Certainty",
    "Entry",
    "Index",
    "Library",
    "Sector",
    "Suggestion",
    "duplicates",
    "library",
    "suggest",
]
