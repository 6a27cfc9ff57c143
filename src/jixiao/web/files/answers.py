"""Files as answers: always to be saved, never shown as part of our pages, whatever they say they are."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse

from jixiao.web.files.models import StoredFile
from jixiao.web.files.store import opened
from jixiao.web.kernel.acts import Refused

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


def original(stored: StoredFile, name: str) -> FileResponse:
    """An original under the name it came with. The right to it was asked of the object that refers to it."""
    try:
        content = opened(stored)
    except FileNotFoundError as error:
        raise Refused("原件不在了：数据目录可能被动过。请告诉系统管理员运行 jixiao files verify", status=503) from error
    return attachment(content, name, stored.kind)


def attachment(content: BinaryIO, name: str, kind: str) -> FileResponse:
    """Bytes to be saved under a name; ``kind`` is what they are."""
    response = FileResponse(content, as_attachment=True, filename=Path(name).name, content_type=type_of(kind))
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def type_of(kind: str) -> str:
    """The content type of what a file is (``docx``)."""
    return _TYPES.get(kind, "application/octet-stream")
