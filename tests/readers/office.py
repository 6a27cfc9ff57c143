"""Builds Word and Excel files out of raw XML, for what python-docx and openpyxl do not write."""

from __future__ import annotations

import base64
import io
import zipfile
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx_of(body: str, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>', **more: str | bytes) -> bytes:
    """A .docx whose body is the given XML; the prefix w is bound. ``more`` adds parts by name."""
    namespaces = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        f'xmlns:r="{_OFFICE}" xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    document = f"{head}<w:document {namespaces}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": _TYPES.format(""), "word/document.xml": document, **more})


WORD_2003 = (
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core" '
    'xmlns:st1="urn:schemas-microsoft-com:office:smarttags" xml:space="preserve">'
)
EXCEL_2003 = (
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">'
)


def word_2003_of(body: str, more: str = "") -> bytes:
    """A document of Word 2003 as XML, in a section as Word puts one round it; ``more`` stands before the body."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>'
    text = f"<w:body><wx:sect>{body}<w:sectPr><w:pgSz w:w='11906'/></w:sectPr></wx:sect></w:body>"
    return f"{head}{WORD_2003}{more}{text}</w:wordDocument>".encode()


def excel_2003_of(rows: str, *, title: str = "表", before: str = "", more: str = "", sheets: str = "") -> bytes:
    """A workbook of Excel 2003 as XML; ``before`` stands before its worksheet, ``more`` behind the table, ``sheets`` behind all."""
    head = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'
    sheet = f'<Worksheet ss:Name="{title}"><Table>{rows}</Table>{more}</Worksheet>'
    return f"{head}{EXCEL_2003}{before}{sheet}{sheets}</Workbook>".encode()


def excel_2003_cell(text: str, column: int = 0, down: int = 0, across: int = 0) -> str:
    """A cell of such a workbook; ``column`` from 1 where it is to be said, rows and columns that it covers besides its own."""
    marks = f' ss:Index="{column}"' if column else ""
    marks += f' ss:MergeDown="{down}"' if down else ""
    marks += f' ss:MergeAcross="{across}"' if across else ""
    words = escape(text).replace("\n", "&#10;")
    return f'<Cell{marks}><Data ss:Type="String">{words}</Data></Cell>' if text else f"<Cell{marks}/>"


def related(**targets: str) -> dict[str, str]:
    """The part that says which id names which part of a .docx."""
    relations = ""
    for name, target in targets.items():
        mode = ' TargetMode="External"' if target.startswith("http") else ""
        relations += f'<Relationship Id="{name}" Type="x" Target="{target}"{mode}/>'
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'}


def part_of(element: str, inner: str) -> str:
    """A part of a .docx with the given root element; the prefix w is bound."""
    return f'<w:{element} xmlns:w="{W}">{inner}</w:{element}>'


def p(*runs: str) -> str:
    """A w:p; a run that is no XML is wrapped in w:r/w:t."""
    inner = "".join(r if r.startswith("<") else f'<w:r><w:t xml:space="preserve">{r}</w:t></w:r>' for r in runs)
    return f"<w:p>{inner}</w:p>"


def tc(*content: str, span: int = 1, merge: str = "") -> str:
    """A w:tc of paragraphs (or XML); ``merge`` is restart or continue."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>" if merge else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(c if c.startswith('<') else p(c) for c in content)}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def tr(*cells: str, before: int = 0) -> str:
    properties = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
    return f"<w:tr>{properties}{''.join(c if c.startswith('<w:') else tc(c) for c in cells)}</w:tr>"


def xlsx_of(sheet: str, **more: str | bytes) -> bytes:
    """A .xlsx with one worksheet of the given XML inside <worksheet>; ``more`` adds or replaces parts by name."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES.format(
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        ),
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="绩效" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
    }
    return packed({**parts, **more})


def cell(place: str, words: str) -> str:
    """A <c> with its words inline."""
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


FLAT_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
FLAT_PACKAGE = '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{}</pkg:package>'


def flat(data: bytes, head: str = FLAT_HEAD) -> bytes:
    """A .docx as Word saves it as one XML file."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                xml = content.decode().split("?>", 1)[-1]
                parts.append(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>')
            else:
                words = base64.b64encode(content).decode()
                parts.append(f'<pkg:part pkg:name="/{name}"><pkg:binaryData>{words}</pkg:binaryData></pkg:part>')
    return (head + FLAT_PACKAGE.format("".join(parts))).encode()
