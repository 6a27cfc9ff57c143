"""Opens zip archives without trusting what they say about themselves."""

from __future__ import annotations

import io
import zipfile
from types import TracebackType

from jixiao.readers.errors import UnreadableFileError

_MOST_ENTRIES = 10_000
_SMALL = 1024 * 1024
"""Bytes that cannot hold so many entries that listing them takes much memory"""
ZIP_MAGIC = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_TOO_LARGE = "请删去多余内容或拆成几个文件后重试"


class Archive:
    """A zip archive in memory. Whatever is wrong with it comes as UnreadableFileError with ``remedy``."""

    def __init__(self, data: bytes, remedy: str) -> None:
        if len(data) > _SMALL and data.count(_ENTRY) > _MOST_ENTRIES:
            raise UnreadableFileError("压缩包里的文件太多，不是普通的 Word 或 Excel 文件", remedy)
        self._remedy = remedy
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # zipfile, zlib and struct each have their own
            raise self._damaged() from error
        self.names = frozenset(self._zip.namelist())

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._zip.close()

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
            raise self._damaged() from error
        if len(content) > most:
            raise self._too_large(name, most)
        return content

    def _damaged(self) -> UnreadableFileError:
        return UnreadableFileError("文件已损坏或被加密，无法解开", self._remedy)

    @staticmethod
    def _too_large(name: str, most: int) -> UnreadableFileError:
        return UnreadableFileError(f"文件内部的 {name} 展开后超过 {most // 1024 // 1024} MB", _TOO_LARGE)
