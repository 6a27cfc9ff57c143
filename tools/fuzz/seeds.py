"""The small documents of our own that mutations start from: the golden files, and what the tests' writers write."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from importlib.util import find_spec

from golden.corpus import documents
from readers.office import cell, docx_of, flat, p, tbl, tc, tr, xlsx_of
from readers.pdf.draw import Sheet, pdf

from jixiao.domain.codec import PLAN_SCHEMAS, plan_to_dict
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.registry import format_of

_ODD_WORD = (
    p("一、总体绩效目标")
    + "<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>"
    + "<w:sdt><w:sdtContent>" + p("二、分项绩效目标") + "</w:sdtContent></w:sdt>"
    + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>'
    + '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:tab/><w:br/></w:r><m:oMath><m:t>x</m:t></m:oMath></w:p>'
    + "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("框") + "</w:txbxContent></mc:Choice>"
    + "<mc:Fallback/></mc:AlternateContent></w:r></w:p>"
    + tbl(tr("一级指标", "二级指标", "三级指标", "指标值"), tr(tc("产出指标", merge="restart"), "数量指标", "甲", "≥1次"),
          tr(tc("", merge="continue"), tc(tbl(tr("内", "表")), p("质量指标")), tc("乙", span=2), before=1))
)  # fmt: skip
_ODD_SHEET = (
    '<sheetData><row r="1">' + cell("A1", "一级指标") + cell("B1", "二级指标") + cell("C1", "三级指标") + cell("D1", "指标值")
    + '</row><row r="2" hidden="1">' + cell("A2", "产出指标") + cell("B2", "数量指标") + cell("C2", "甲")
    + '<c r="D2" s="0"><f>SUM(E1:E9)</f><v>0.95</v></c></row><row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#REF!</v></c>'
    + '<c r="C3" t="d"><v>2026-01-01</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
)  # fmt: skip


def _drawn() -> bytes:
    sheet = Sheet(rotate=90)
    sheet.text(70, 80, "一、总体绩效目标", 14)
    for n, words in enumerate(("一级指标", "二级指标", "三级指标", "指标值", "产出指标", "数量指标", "甲", "≥1次")):
        sheet.cell(70 + 90 * (n % 4), 120 + 30 * (n // 4), 160 + 90 * (n % 4), 150 + 30 * (n // 4), words)
    return pdf(sheet, Sheet())


def _archive(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def _images() -> list[bytes]:
    from PIL import Image

    files = []
    for form, mode in (("PNG", "LA"), ("JPEG", "RGB"), ("TIFF", "1"), ("BMP", "P"), ("GIF", "P"), ("WEBP", "RGBA")):
        out = io.BytesIO()
        Image.new(mode, (40, 30)).save(out, form)
        files.append(out.getvalue())
    return files


@cache
def seeds() -> dict[str, list[bytes]]:
    """For every target of the fuzzer the files it starts from."""
    found: dict[str, list[bytes]] = {}
    for golden in documents():
        if format_of(golden.data).via is None and format_of(golden.data).name != "image":
            found.setdefault(format_of(golden.data).name, []).append(golden.data)
    found["docx"].append(docx_of(_ODD_WORD))
    found["xlsx"].append(xlsx_of(_ODD_SHEET))
    found["docx-xml"] = [flat(data) for data in found["docx"][-3:]]
    found["pdf"].append(_drawn())
    found["image"] = _images() if find_spec("PIL") else []  # of the extra ocr
    text, word = found["txt"][0], found["docx"][-1]
    inner = _archive(("甲局/1.txt", text), ("乙局.docx", word))
    found["zip"] = [inner, _archive(("内.zip", inner), ("2.txt", text))]
    found["ole"] = found["xls"][:1]
    found["mht"] = [
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html;"
        b" charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + found["html"][0] + b"\r\n--b--\r\n"
    ]
    found["codec"] = [_data(data, schema) for data in (found["docx"][0], *found["txt"][:2]) for schema in PLAN_SCHEMAS]
    return found


def _data(file: bytes, schema: str) -> bytes:
    try:
        return json.dumps(plan_to_dict(read_bytes(file, "文件"), schema), ensure_ascii=False).encode()
    except UnreadableFileError:  # a seed that holds no plan
        return b"{}"
