"""Bytes to text: UTF-8, UTF-16 and GB18030, told by content."""

from __future__ import annotations

import codecs
import re

from jixiao.readers.errors import UnreadableFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_WORDS = re.compile(r"[\t\n\r -~\u2000-\u22ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""What Chinese texts are made of"""
_ENOUGH_WORDS = 0.9
_REMEDY = "请用 WPS 或记事本打开，另存为“UTF-8 文本”后重试"


def decode(data: bytes) -> str:
    """The text of a file. Raises UnreadableFileError where the bytes are no text in any of the usual encodings."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    if guessed := _utf16_without_bom(data):
        return _strict(data, guessed)
    if b"\0" in data[:_SAMPLE]:
        raise UnreadableFileError("文件里有二进制内容，不是文本文件", _REMEDY)
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("文件的文字编码无法识别（不是 UTF-8、UTF-16 或 GB18030）", _REMEDY)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"文件标明是 {encoding} 编码，但第 {error.start} 字节起不合规", _REMEDY) from error


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 without a mark has zero bytes (in digits, line ends, 一) and reads as Chinese one way round only."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or b"\0" not in sample:
        return None
    shares = {encoding: _share_of_words(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _ENOUGH_WORDS else None


def _share_of_words(sample: bytes, encoding: str) -> float:
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return len(_WORDS.findall(text)) / max(1, len(text))
