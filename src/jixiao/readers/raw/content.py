"""The bytes of a file, and what formats ask of them to tell whether they are theirs: looked up once."""

from __future__ import annotations

from enum import Enum, auto
from functools import cached_property

from jixiao.readers.raw.ole import OLE_MAGIC, OleDirectory, ole_directory
from jixiao.readers.raw.zip_parts import ZIP_MAGIC, Archive

_HEAD = 2048
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_REMEDY = "请重新复制或重新导出后再试"


class Container(Enum):
    """What a file is packed in."""

    ZIP = auto()
    OLE = auto()
    NONE = auto()


class Content:
    """The bytes of a file."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def container(self) -> Container:
        """What the file is packed in."""
        if self.data.startswith(ZIP_MAGIC):
            return Container.ZIP
        return Container.OLE if self.data.startswith(OLE_MAGIC) else Container.NONE

    @cached_property
    def head(self) -> bytes:
        """The beginning of a file that is packed in nothing, without blanks; b"" of any other."""
        return self.data[:_HEAD].lstrip(_BLANKS) if self.container is Container.NONE else b""

    @cached_property
    def _archive(self) -> Archive | None:
        return Archive.of(self.data, _REMEDY) if self.container is Container.ZIP else None

    def archive(self, remedy: str) -> Archive:
        """The zip archive; ``remedy`` is what to do where it is damaged. Raises UnreadableFileError where it is none."""
        return self._archive.with_remedy(remedy) if self._archive is not None else Archive.of(self.data, remedy)

    @property
    def parts(self) -> frozenset[str]:
        """The names of the files in a zip archive. Raises UnreadableFileError where it is damaged."""
        return self._archive.names if self._archive is not None else frozenset()

    def part(self, name: str, most: int) -> bytes:
        """A file in a zip archive, of at most ``most`` bytes; b"" where there is none."""
        return self._archive.read(name, most) if self._archive is not None and name in self.parts else b""

    @cached_property
    def ole(self) -> OleDirectory | None:
        """What is in an OLE file, None of any other. Raises UnreadableFileError where it is damaged or locked."""
        return ole_directory(self.data) if self.container is Container.OLE else None
