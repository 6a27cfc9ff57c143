"""What an OLE file (the older office format) is: told by the streams in it, not by its name."""

from __future__ import annotations

import io

from jixiao.readers.errors import UnreadableFileError

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

_REMEDY = "请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后重试"
_LOCKED = UnreadableFileError("文件加了打开密码，读不了", "请用 WPS 或 Office 打开，取消密码，另存后重试")
_FIB_ENCRYPTED = 0x01
"""Bit 8 of the flags at byte 10 of a Word file's header"""
_WORD_MAGIC = (b"\xec\xa5", b"\xdc\xa5")


def kind_of_ole(data: bytes) -> str:
    """``doc``, ``xls`` or ``wps``. Raises UnreadableFileError for locked files and for other kinds."""
    import olefile  # only old files pay for it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {path[-1].casefold() for path in ole.listdir()}
            header = ole.openstream("WordDocument").read(32) if ole.exists("WordDocument") else b""
    except MemoryError:
        raise
    except Exception as error:  # damaged files make it raise anything
        raise UnreadableFileError("旧版 Office 文件已损坏", _REMEDY) from error
    if "encryptedpackage" in streams or "drmcontent" in "".join(streams):
        raise _LOCKED
    if header[:2] in _WORD_MAGIC:
        if len(header) > 11 and header[11] & _FIB_ENCRYPTED:
            raise _LOCKED
        return "doc"
    if streams & {"workbook", "book"}:
        return "xls"
    if "worddocument" in streams:
        return "doc"
    if "contents" in streams or "mn0" in streams:
        return "wps"
    if "powerpoint document" in streams:
        raise UnreadableFileError("这是演示文稿（.ppt），不是绩效文本", "请提供 Word 或 Excel 文件")
    if any(name.startswith("__substg1.0") for name in streams):
        raise UnreadableFileError("这是邮件（.msg），不是绩效文本", "请把邮件里的附件另存出来后重试")
    raise UnreadableFileError("这种旧版 Office 文件不认得", _REMEDY)
