"""Word documents as one XML file (Flat OPC, ``pkg:package``): the parts of a .docx written one behind the other."""

from __future__ import annotations

import binascii
import io
import zipfile
from typing import Any

from lxml import etree

from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.formats.docx.package import REMEDY, parsed

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def unpacked(data: bytes) -> bytes:
    """The same document as the archive that every other .docx is. Raises UnreadableFileError where it is damaged."""
    root = parsed(data)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        met: set[str] = set()
        for part in root.findall(f"{_PKG}part"):
            name = (part.get(f"{_PKG}name") or "").lstrip("/")
            if name and name not in met:
                met.add(name)
                archive.writestr(zipfile.ZipInfo(name), _content(part))
    return stream.getvalue()


def _content(part: Any) -> bytes:
    holder = part.find(f"{_PKG}xmlData")
    if holder is not None:
        return b"".join(etree.tostring(child, encoding="utf-8") for child in holder)
    try:
        return binascii.a2b_base64(part.findtext(f"{_PKG}binaryData") or "")
    except binascii.Error as error:
        raise UnreadableFileError("文档里的图片或附件不完整", REMEDY) from error
