"""Documents of Word 2003 as one XML file (``w:wordDocument``), written anew as the parts of the .docx that says the same.

The elements are nearly those of today under another namespace. What differs: merged cells (``vmerge``), changes and comments
(``aml:annotation``), headers and footnotes that stand where later files only name them, and numbers that are stored as
printed (``wx:t``).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.formats.docx.package import REMEDY, W, parsed
from jixiao.readers.raw.office_xml import WORD_2003

_W = f"{{{WORD_2003}}}"
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_P, _TBL, _TR, _TC, _R, _T = (_W + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
_BLOCKS = (_TBL, _TR, _TC)
_RENAMED = {_W + "vmerge": _W + "vMerge", _W + "hmerge": _W + "hMerge"}
_DATA = (_W + "binData", _W + "docOleData", _W + "docSuppData")
_NOTES = {_W + "footnote": "footnotes", _W + "endnote": "endnotes"}
_HEADS = {_W + "hdr": "header", _W + "ftr": "footer"}
_CLOSED = tuple("、.．,，:：)）]】〕>》")
"""Signs behind which print needs no blank before the words"""


def as_docx(data: bytes) -> bytes:
    """The same document as the archive that every .docx is. Raises UnreadableFileError where it is damaged."""
    root = parsed(data)
    body = root.find(_W + "body")
    if body is None:
        raise UnreadableFileError("文档没有正文", REMEDY)
    for element in list(body.iter(*_DATA)):
        _remove(element)
    parts: dict[str, list[Any]] = {"comments": [], "footnotes": [], "endnotes": []}
    _annotations(body, parts["comments"])
    _notes(body, parts)
    heads = list(_heads(body))
    _opened(body)
    for element in body.iter(*_RENAMED):
        element.tag = _RENAMED[element.tag]
    for paragraph in body.iter(_P):
        _number(paragraph)
    styles = root.find(_W + "styles")
    written = {f"{name}{n}": head for n, (name, head) in enumerate(heads, 1)}
    for name, found in parts.items():
        if found:
            written[name] = etree.SubElement(root, _W + name)  # within the file: to move much to another takes long
            written[name].extend(found)
    if styles is not None:
        written["styles"] = styles
    xml = {name: _xml(element) for name, element in written.items()}
    root.tag = _W + "document"
    for child in [child for child in root if child is not body]:
        root.remove(child)
    xml["document"] = _xml(root)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, text in xml.items():
            archive.writestr(zipfile.ZipInfo(f"word/{name}.xml"), text)
    return stream.getvalue()


def _xml(element: Any) -> bytes:
    return etree.tostring(element, encoding="utf-8", with_tail=False).replace(WORD_2003.encode(), W[1:-1].encode())


def _remove(element: Any) -> None:
    """Take an element out; what stands behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


# --- changes, comments, notes, headers ---------------------------------------------------------------------


def _annotations(body: Any, comments: list[Any]) -> None:
    """Insertions and deletions as Word marks them today; comments apart; marks of formats and bookmarks out."""
    for element in list(body.iter(_AML + "annotation")):
        kind = (element.get(_W + "type") or "").rpartition(".")[2]
        if kind in ("Insertion", "Deletion"):
            element.tag = _W + ("ins" if kind == "Insertion" else "del")
            element.set(_W + "author", element.get(_AML + "author") or "")
            element[:] = _contents(element)
        elif kind == "Comment":
            comment = etree.Element(_W + "comment")
            comment.extend(_contents(element))
            comments.append(comment)
            element.getparent().replace(element, etree.Element(_W + "commentReference"))
        else:
            _remove(element)


def _contents(annotation: Any) -> list[Any]:
    return [child for content in annotation.findall(_AML + "content") for child in content]


def _notes(body: Any, parts: dict[str, list[Any]]) -> None:
    for element in list(body.iter(*_NOTES)):
        reference = etree.Element(element.tag + "Reference")
        element.getparent().replace(element, reference)
        parts[_NOTES[element.tag]].append(element)


def _heads(body: Any) -> Iterator[tuple[str, Any]]:
    """(header or footer, its element) of every section, out of the body."""
    for element in list(body.iter(*_HEADS)):
        name = _HEADS[element.tag]
        element.getparent().replace(element, etree.Element(f"{_W}{name}Reference"))
        yield name, element


# --- blocks ------------------------------------------------------------------------------------------------


def _opened(parent: Any) -> None:
    """Take away what stands round paragraphs and tables: sections of ``wx``, tags of other namespaces."""
    found = list(_printed_in(parent))
    if around := [child for child in parent if _stands_round(child)]:
        parent.extend(found)  # takes each from where it was
        for child in around:
            parent.remove(child)
    for child in found:
        if child.tag in _BLOCKS:
            _opened(child)


def _printed_in(parent: Any) -> Iterator[Any]:
    for child in parent:
        if _stands_round(child):
            yield from _printed_in(child)
        else:
            yield child


def _stands_round(element: Any) -> bool:
    """Whether an element of another namespace holds paragraphs or tables."""
    if not isinstance(element.tag, str) or element.tag.startswith(_W):
        return False
    return next(element.iter(_P, *_BLOCKS), None) is not None


def _number(paragraph: Any) -> None:
    """The number of a list as it was printed, as words before the others."""
    listed = paragraph.find(f"{_W}pPr/{_W}listPr")
    if listed is None:
        return
    printed = listed.find(_WX + "t")
    words = (printed.get(_WX + "val") or "").strip() if printed is not None else ""
    listed.getparent().remove(listed)
    if not any(map(str.isalnum, words)):
        return  # a bullet
    run, text = etree.Element(_R), etree.Element(_T)
    text.text = words if words.endswith(_CLOSED) else f"{words} "
    run.append(text)
    paragraph.insert(1, run)
