"""The parts of a .docx: its main document, the parts it names, each parsed within bounds."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import cached_property
from posixpath import basename, dirname, join, normpath
from typing import Any

from lxml import etree

from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.formats.docx.main_part import main_part
from jixiao.readers.raw.zip_parts import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W_VAL = W + "val"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
REMEDY = "请用 WPS 或 Word 打开并另存为 .docx 后重试"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LARGEST_PART = 64 * 1024 * 1024
_MOST_NODES = 3_000_000
"""Elements and attributes; lxml needs about 100 bytes for each"""
_TBL = W + "tbl"
_STYLE_NAMES = (W + "pStyle", W + "rStyle")
_PICTURES = ("}blip", "}imagedata")
_RARE = (
    *(
        W + name
        for name in (
            *("del", "ins", "moveFrom", "cellDel", "pPrChange", "rPrChange", "tcPrChange", "trPrChange", "tblPrChange"),
            *("tblPrExChange", "sectPrChange", "rt", "showingPlcHdr", "vanish", "hidden", "ffData", "hMerge", "numPr"),
            *("txbxContent", "altChunk", "footnoteReference", "endnoteReference", "commentReference"),
            *("headerReference", "footerReference"),
        )
    ),
    MC + "AlternateContent",
    M + "den",
    OLE,
    "{*}blip",
    "{*}imagedata",
)
"""Elements that ask for more than reading on; found in one pass, so that documents without them pay nothing"""
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R_ID[1:-3].encode(),
}
"""The namespaces of Strict Office Open XML, by those every other file has"""
CARRIED = b"urn:jixiao:carried"
"""The namespace of the part that holds what a file carries for us"""
_CUSTOM = re.compile(r"customXml/item\d+\.xml")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


class Package:
    """An opened .docx."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        main = main_part(archive.names)
        if main is None:
            raise UnreadableFileError("压缩包里没有 Word 正文（word/document.xml）", REMEDY)
        self._main = main
        self.names = archive.names
        self._texts: dict[str, bytes] = {}
        self.xml = self.text("document")
        body = parsed(self.xml).find(W + "body")
        if body is None:
            raise UnreadableFileError("文档没有正文", REMEDY)
        self.body = body
        self._rare = set[str]()
        self.styles = set[str]()
        """the styles that paragraphs and words of the body have"""
        self.nests_tables = self.has_pictures = False
        for element in body.iter(_TBL, *_STYLE_NAMES, *_RARE):
            tag = element.tag
            if tag in _STYLE_NAMES:
                self.styles.add(element.get(W_VAL) or "")
                continue
            self._rare.add(tag)
            if tag == _TBL:
                self.nests_tables = self.nests_tables or next(element.iterancestors(_TBL), None) is not None
            elif tag.endswith(_PICTURES):
                self.has_pictures = True

    def has(self, *tags: str) -> bool:
        """Whether one of these rare elements was in the body when the file was opened."""
        return not self._rare.isdisjoint(tags)

    def text(self, part: str) -> bytes:
        """The XML of ``word/PART.xml`` (``document``: the main part) in UTF-8 and the usual namespaces; b"" if none."""
        if part not in self._texts:
            self._texts[part] = self._text(part)
        return self._texts[part]

    def _text(self, part: str) -> bytes:
        name = self._main if part == "document" else f"word/{part}.xml"
        if name not in self.names:
            return b""
        xml = self.part(name)
        if xml.startswith(_UTF_16):
            xml = _DECLARATION.sub("", xml.decode("utf-16", "replace")).encode("utf-8", "replace")
        if b"http://purl.oclc.org/ooxml/" in xml:
            for strict, usual in _TRANSITIONAL.items():
                xml = xml.replace(strict, usual)
        return xml

    def part(self, name: str) -> bytes:
        """The bytes of any part by its full name."""
        return self._archive.read(name, _LARGEST_PART)

    @cached_property
    def related(self) -> Mapping[str, str]:
        """Relationship id → full name of the part inside this file that the main document names by it."""
        name = f"word/_rels/{basename(self._main)}.rels"
        if name not in self.names:
            return {}
        found = {}
        for relation in parsed(self.part(name)):
            target = relation.get("Target") or ""
            inside = target[1:] if target.startswith("/") else normpath(join(dirname(self._main), target))
            if relation.get("TargetMode") != "External" and inside in self.names:
                found[relation.get("Id") or ""] = inside
        return found

    @property
    def carried(self) -> str:
        """What the file carries for us, in a part of its own; empty for files of others."""
        for name in sorted(self.names):
            if _CUSTOM.fullmatch(name) and CARRIED in (xml := self.part(name)):
                return "".join(parsed(xml).itertext())
        return ""


def parsed(xml: bytes) -> Any:
    """The root element. Raises UnreadableFileError for what is too large, broken or declares entities."""
    if len(xml) > _MOST_NODES and xml.count(b"<") + xml.count(b"=") > _MOST_NODES:
        raise UnreadableFileError("文档正文展开后过大，超出可读范围", "请拆成几个文件后重试")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise UnreadableFileError("文档的标记嵌套过深，可能是程序反复套用造成的", REMEDY) from error
        raise UnreadableFileError("文档正文的 XML 不完整或不合规", REMEDY) from error
    # no Word document has a document type; entities and external files come in by it
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError("文档正文含有不应有的 DOCTYPE 声明，可能被改动过", REMEDY)
    return root
