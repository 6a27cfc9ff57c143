"""Documents of Word and Excel 2003 as one XML file each, told by their beginning."""

from __future__ import annotations

from jixiao.readers.raw.content import Content

WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
EXCEL_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_PACKAGE = b"office/2006/xmlPackage"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def _beginning(content: Content) -> bytes:
    """The head of a file, as UTF-8 where it is in UTF-16."""
    head = content.head
    if head.startswith(_UTF_16):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").lstrip().encode("utf-8", "replace")
    return head


def is_excel_2003(content: Content) -> bool:
    """Whether a file is a workbook of Excel 2003 as XML."""
    head = _beginning(content)
    if not head.startswith((b"<?", b"<Workbook", b"<ss:Workbook")):
        return False
    return b"Workbook" in head and EXCEL_2003.encode() in head


def is_word_2003(content: Content) -> bool:
    """Whether a file is a document of Word 2003 as XML; later ones are the parts of a .docx in one file."""
    head = _beginning(content)
    if not head.startswith((b"<?", b"<w:wordDocument")) or _PACKAGE in head:
        return False
    return WORD_2003.encode() in head and b"wordDocument" in head
