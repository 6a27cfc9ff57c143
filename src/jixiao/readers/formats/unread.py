"""Kinds of files that come with plans and are not read: each is told what it is and what to do."""

from __future__ import annotations

from collections.abc import Callable

from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.format import Surety, Unread
from jixiao.readers.raw.content import Container, Content
from jixiao.readers.raw.ole import OLE_REMEDY

_UNPACK = "请解压后把里面的文件放进来"
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")


def _has_part(name: str) -> Callable[[Content], bool]:
    return lambda content: name in content.parts


def _has_stream(prefix: str) -> Callable[[Content], bool]:
    return lambda content: content.ole is not None and any(s.startswith(prefix) for s in content.ole.streams)


FORMATS = (
    Unread(
        name="archive",
        surety=Surety.SIGNED,
        tells=lambda content: content.data.startswith(_OTHER_ARCHIVES),
        refusal=UnreadableFileError("这是压缩包（.rar、.7z 或 .gz），本版本只会解 .zip", _UNPACK),
    ),
    Unread(
        name="ofd",
        surety=Surety.SIGNED,
        tells=_has_part("OFD.xml"),
        refusal=UnreadableFileError("这是 OFD 版式文件，本版本还不能读", "请提供 Word、Excel 原件"),
    ),
    Unread(
        name="pptx",
        surety=Surety.SIGNED,
        tells=_has_part("ppt/presentation.xml"),
        refusal=UnreadableFileError("这是演示文稿（.pptx），不是绩效文本", "请提供 Word 或 Excel 文件"),
    ),
    Unread(
        name="ppt",
        surety=Surety.SIGNED,
        tells=_has_stream("powerpoint document"),
        refusal=UnreadableFileError("这是演示文稿（.ppt），不是绩效文本", "请提供 Word 或 Excel 文件"),
    ),
    Unread(
        name="msg",
        surety=Surety.SIGNED,
        tells=_has_stream("__substg1.0"),
        refusal=UnreadableFileError("这是邮件（.msg），不是绩效文本", "请把邮件里的附件另存出来后重试"),
    ),
    Unread(
        name="zip",
        surety=Surety.PACKED,
        tells=lambda content: content.container is Container.ZIP,
        refusal=UnreadableFileError("这是压缩包，里面不是 Word 或 Excel 文件", _UNPACK),
    ),
    Unread(
        name="ole",
        surety=Surety.PACKED,
        tells=lambda content: content.container is Container.OLE,
        refusal=UnreadableFileError("这种旧版 Office 文件不认得", OLE_REMEDY),
    ),
)
