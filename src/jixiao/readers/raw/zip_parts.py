"""Opens zip archives without trusting what they say about themselves."""

from __future__ import annotations

import io
import zipfile

from jixiao.readers.errors import UnreadableFileError

_MOST_ENTRIES = 10_000
_SMALL = 1024 * 1024
"""Bytes that cannot hold so many entries that listing them takes much memory"""
ZIP_MAGIC = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_TOO_LARGE = "请删去多余内容或拆成几个文件后重试"


class Archive:
    """A zip archive in memory. Whatever is wrong with it comes as UnreadableFileError with ``remedy``."""

    def __init__(self, opened: zipfile.ZipFile, remedy: str) -> None:
        self._zip = opened
        self._remedy = remedy
        self.names = frozenset(opened.namelist())

    @classmethod
    def of(cls, data: bytes, remedy: str) -> Archive:
        """The archive in some bytes. Raises UnreadableFileError where it is damaged."""
        if len(data) > _SMALL and data.count(_ENTRY) > _MOST_ENTRIES:
            raise UnreadableFileError("压缩包里的文件太多，不是普通的 Word 或 Excel 文件", remedy)
        try:
            return cls(zipfile.ZipFile(io.BytesIO(data)), remedy)
        except Exception as error:  # zipfile, zlib and struct each have their own
            raise _damaged(remedy) from error

    def with_remedy(self, remedy: str) -> Archive:
        """The same archive, of which something else is told to do where it is damaged."""
        return Archive(self._zip, remedy)

    def declared_size(self) -> int:
        """Bytes of all files together when unpacked, as the archive states them."""
        return sum(info.file_size for info in self._zip.infolist())

    def read(self, name: str, most: int) -> bytes:
        """One file, of at most ``most`` bytes by its statement and in fact."""
        info = self._zip.getinfo(name)
        if info.file_size > most:
            raise self._too_large(name, most)
        try:
            with self._zip.open(info) as file:
                content = file.read(most + 1)
        except Exception as error:  # encrypted, truncated, wrong check sum, unknown compression
            raise _damaged(self._remedy) from error
        if len(content) > most:
            raise self._too_large(name, most)
        return content

    @staticmethod
    def _too_large(name: str, most: int) -> UnreadableFileError:
        return UnreadableFileError(f"文件内部的 {name} 展开后超过 {most // 1024 // 1024} MB", _TOO_LARGE)


def _damaged(remedy: str) -> UnreadableFileError:
    return UnreadableFileError("文件已损坏或被加密，无法解开", remedy)
