"""What a file format says of itself: how its files are told and named, what reading them takes, how they are read.

Every module and package in ``formats`` has ``FORMATS``, a tuple of these; the registry finds them there, and whatever
depends on the kind of a file asks them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from jixiao.domain.plan import Source
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Content
from jixiao.vocabulary import Vocabulary

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes; a plan of a thousand sheets has a few."""


class Surety(IntEnum):
    """How sure it is that a file is of a format that takes it: the surest is asked first."""

    ANYTHING = 0
    """takes what no other does"""
    LIKELY = 1
    """its lines look like it"""
    MARKED = 2
    """words in its beginning are of this format"""
    PACKED = 3
    """it is packed as files of this format are, and no more is known"""
    SIGNED = 4
    """it begins, or its parts are named, as only files of this format are"""


class Family(IntEnum):
    """What users call files of a format, in the order in which they are named."""

    WORD = 0
    EXCEL = 1
    WEB_PAGE = 2
    PDF = 3
    TEXT = 4
    IMAGE = 5

    @property
    def label(self) -> str:
        return ("Word", "Excel", "网页", "PDF", "文本", "图片")[self]


@dataclass(frozen=True, slots=True)
class Request:
    """What a format reader is given beside the bytes.

    ``vocabulary`` has the words by which some formats tell a table from running text, and a cell from the next.
    ``read_inner`` reads a file inside this one, for a format reader knows no other formats; None where the file is
    itself inside a document.
    """

    source: Source
    vocabulary: Vocabulary
    read_inner: Callable[[bytes], RawDocument] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format that is read.

    ``name`` stands in ``source.format``, ``label`` in messages. ``suffixes`` are the endings of its files, by which they
    are picked out of folders; ``other_suffixes`` those that they may have too but share with other things. ``tells``
    says whether a file is of the format, as surely as ``surety``.

    Either ``read`` reads its files (it raises UnreadableFileError for those that are damaged, locked or beyond its
    bounds), or ``via`` names the format that LibreOffice turns them into first, under ``name`` as their ending.
    ``slow_pages`` counts pages that may take seconds each; ``opening`` gives the lines at the head of the first of them, without
    reading the rest. ``extra`` names the optional part of the program that
    reading takes.
    """

    name: str
    label: str
    family: Family
    suffixes: tuple[str, ...]
    surety: Surety
    tells: Callable[[Content], bool]
    read: Callable[[Content, Request], RawDocument] | None = None
    via: str | None = None
    other_suffixes: tuple[str, ...] = ()
    largest: int = LARGEST_FILE
    slow_pages: Callable[[bytes], int] | None = None
    opening: Callable[[bytes], Sequence[str]] | None = None
    extra: str | None = None

    def __post_init__(self) -> None:
        if (self.read is None) is (self.via is None):
            raise ValueError(f"format {self.name}: either read or via")
        if (self.slow_pages is None) is not (self.opening is None):
            raise ValueError(f"format {self.name}: files that take long say how they open")

    @property
    def reads_inside(self) -> bool:
        """Whether its files are read inside documents: those that take neither another program nor long."""
        return self.via is None and self.slow_pages is None

    @property
    def all_suffixes(self) -> tuple[str, ...]:
        """The endings that its files may have."""
        return (*self.suffixes, *self.other_suffixes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A kind of files that is known and not read; ``refusal`` says what it is and what to do."""

    name: str
    surety: Surety
    tells: Callable[[Content], bool]
    refusal: UnreadableFileError
