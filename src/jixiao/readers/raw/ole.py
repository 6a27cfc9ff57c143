"""OLE files (the older office formats): the streams in them, by which they are told, not by their names."""

from __future__ import annotations

import io
from dataclasses import dataclass

from jixiao.readers.errors import UnreadableFileError

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
OLE_REMEDY = "请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后重试"
_LOCKED = UnreadableFileError("文件加了打开密码，读不了", "请用 WPS 或 Office 打开，取消密码，另存后重试")
_FIB_ENCRYPTED = 0x01
"""Bit 8 of the flags at byte 10 of a Word file's header"""
_WORD_MAGIC = (b"\xec\xa5", b"\xdc\xa5")


@dataclass(frozen=True, slots=True)
class OleDirectory:
    """The names of the streams in an OLE file in lower case, and whether one of them opens as Word's text does."""

    streams: frozenset[str]
    is_word: bool


def ole_directory(data: bytes) -> OleDirectory:
    """What is in an OLE file. Raises UnreadableFileError for damaged and for locked files."""
    import olefile  # only old files pay for it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = frozenset(path[-1].casefold() for path in ole.listdir())
            header = ole.openstream("WordDocument").read(32) if ole.exists("WordDocument") else b""
    except MemoryError:
        raise
    except Exception as error:  # damaged files make it raise anything
        raise UnreadableFileError("旧版 Office 文件已损坏", OLE_REMEDY) from error
    is_word = header[:2] in _WORD_MAGIC
    locked = is_word and len(header) > 11 and header[11] & _FIB_ENCRYPTED
    if locked or "encryptedpackage" in streams or "drmcontent" in "".join(streams):
        raise _LOCKED
    return OleDirectory(streams, is_word)
