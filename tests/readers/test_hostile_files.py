"""Files that are locked, cut short, bound to the outside, full of macros or nested beyond measure; and all in a batch."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from golden.render import WRITERS, load_case
from plain import goal_words
from readers.office import cell, docx_of, p, packed, tbl, tr, xlsx_of
from readers.pdf.draw import Sheet, pdf
from readers.test_hostile import SANDBOX, ends_well, refused
from readers.test_office import ole_file

from jixiao.cli import main
from jixiao.domain.codec import NotAPlanError, plan_from_dict, plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.services.files import inputs_of
from jixiao.services.scratch import Scratch

pytestmark = pytest.mark.process

GOLDEN = Path(__file__).parents[1] / "golden"
HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
ROW = ("产出指标", "数量指标", "甲", "1次")
PROSE = "一、总体绩效目标\n做好年度工作。\n"
LOCKED_PDF = pdf(
    Sheet(),
    trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'5a' * 32}> /U <{'a5' * 32}> /P -4 >> /ID [<00> <00>]",
)
LOCKED_OFFICE = ole_file({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})
LOCKED_WORD = ole_file({"WordDocument": b"\xec\xa5" + bytes(9) + b"\x01" + bytes(20)})


def whole() -> dict[str, bytes]:
    """One good file of every format."""
    case = load_case(GOLDEN / "forms" / "format.yaml")
    written = {form: WRITERS[form](case.blocks) for form in case.formats}
    kept = {"xls": "excel97.xls", "txt": "text-tabs.txt"}
    return written | {form: (GOLDEN / "files" / name).read_bytes() for form, name in kept.items()}


WHOLE = whole()


def read(data: bytes) -> Plan:
    plan = ends_well(data)
    assert isinstance(plan, Plan), plan
    return plan


@pytest.mark.parametrize("form", WHOLE)
def test_cut_short_at_every_sixteenth(form: str) -> None:
    data = WHOLE[form]
    read(data)
    for n in range(16):
        ends_well(data[: len(data) * n // 16])


@pytest.mark.parametrize("data", [LOCKED_PDF, LOCKED_OFFICE, LOCKED_WORD], ids=["pdf", "docx or xlsx", "doc"])
def test_locked_files_say_how_to_unlock(data: bytes) -> None:
    refused(data, "密码")


@pytest.mark.parametrize("form", WHOLE)
def test_the_name_says_another_kind(form: str) -> None:
    for ending in WHOLE:
        plan = ends_well(WHOLE[form], f"表.{ending}")
        assert isinstance(plan, Plan), plan
        assert plan.source.format == form


# --- the outside -------------------------------------------------------------------------------------------


@contextmanager
def nobody_calls() -> Iterator[str]:
    """An address that a reader must not ask; fails where one does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x"
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(url: str, *kinds: str) -> str:
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{url}" TargetMode="External"/>'
        for n, kind in enumerate(kinds, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>'


def with_parts(data: bytes, **parts: str | bytes) -> bytes:
    """An office file with more parts."""
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        own: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return packed(own | parts)


def test_word_fetches_nothing() -> None:
    body = p("一、总体绩效目标") + p("做好年度工作。") + '<w:p><w:r><w:fldSimple w:instr="INCLUDETEXT r1"/></w:r></w:p>'
    with nobody_calls() as url:
        outside = {
            "word/_rels/document.xml.rels": relations(url, "image", "hyperlink", "aFChunk", "subDocument", "oleObject"),
            "word/_rels/settings.xml.rels": relations(url, "attachedTemplate"),
            "word/settings.xml": '<w:settings xmlns:w="x"><w:attachedTemplate/></w:settings>',
        }
        declared = f'<?xml version="1.0"?><?xml-stylesheet href="{url}"?>'
        read(with_parts(docx_of(body, head=declared), **outside))


def test_workbook_fetches_nothing() -> None:
    rows = "".join(
        f'<row r="{r}">{"".join(cell(f"{c}{r}", words) for c, words in zip("ABCD", row, strict=True))}</row>'
        for r, row in enumerate((HEADER, ROW), 1)
    )
    with nobody_calls() as url:
        linked = (
            f'<sheetData>{rows}<row r="3"><c r="A3"><f>WEBSERVICE(&quot;{url}&quot;)</f></c></row></sheetData>'
            f'<hyperlinks><hyperlink xmlns:r="{_OFFICE}" ref="A1" r:id="r1"/></hyperlinks>'
        )
        parts = {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(url, "hyperlink"),
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": relations(url, "externalLinkPath"),
        }
        read(with_parts(xlsx_of(linked), **parts))


def test_page_fetches_nothing() -> None:
    with nobody_calls() as url:
        page = (
            f'<!DOCTYPE html SYSTEM "{url}"><html><head><base href="{url}"><link rel="stylesheet" href="{url}">'
            f'<meta http-equiv="refresh" content="0;{url}"><script src="{url}"></script></head><body>'
            f'<iframe src="{url}"></iframe><img src="{url}"><object data="{url}"></object><embed src="{url}">'
            f'<p style="background:url({url})">一、总体绩效目标</p><p>做好年度工作。</p></body></html>'
        )
        read(page.encode())


def test_pdf_fetches_nothing_and_runs_nothing() -> None:
    sheet = Sheet()
    sheet.text(70, 90, "一、总体绩效目标", 14)
    sheet.text(70, 120, "做好年度工作。", 14)
    with nobody_calls() as url:
        action = (
            f"/OpenAction << /S /URI /URI ({url}) >> /AA << /O << /S /JavaScript /JS (app.launchURL('{url}')) >> >>"
        )
        read(pdf(sheet).replace(b"/Type /Catalog", b"/Type /Catalog " + action.encode()))


def test_macros_are_left_alone() -> None:
    macro = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen() Shell", "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    for form in ("docx", "xlsx"):
        plain, armed = read(WHOLE[form]), read(with_parts(WHOLE[form], **macro))
        assert armed.goal_sheets == plain.goal_sheets


# --- beyond measure ----------------------------------------------------------------------------------------


def html_table(rows: int, more: int = 0) -> bytes:
    def row(cells: tuple[str, ...]) -> str:
        return f"<tr>{''.join(f'<td>{c}</td>' for c in (*cells, *['乙'] * more))}</tr>"

    return f"<html><body><table>{row(HEADER)}{row(ROW) * rows}</table></body></html>".encode()


def xlsx_table(rows: int, more: int = 0) -> bytes:
    def row(r: int, cells: tuple[str, ...]) -> str:
        return f'<row r="{r}">{"".join(cell(f"{_letters(c)}{r}", w) for c, w in enumerate((*cells, *["乙"] * more)))}</row>'

    body = row(1, HEADER) + "".join(row(r, ROW) for r in range(2, rows + 2))
    return xlsx_of(f"<sheetData>{body}</sheetData>")


def _letters(column: int) -> str:
    first, last = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def csv_table(rows: int, more: int = 0) -> bytes:
    return "\n".join(",".join((*cells, *["乙"] * more)) for cells in (HEADER, *[ROW] * rows)).encode()


@pytest.mark.parametrize("table", [html_table, xlsx_table, csv_table], ids=["html", "xlsx", "csv"])
def test_long_and_wide_tables_are_read(table) -> None:  # type: ignore[no-untyped-def]
    assert read(table(2000)).indicator_count == 2000
    assert read(table(20, 496)).indicator_count == 20


@pytest.mark.parametrize("element", ["div", "span", "table><tr><td", "ul><li", "b", "p", "font", "blockquote"])
def test_web_pages_nested_without_measure(element: str) -> None:
    closing = "".join(f"</{name}>" for name in reversed(element.split("><")))
    page = f"<html><body>{f'<{element}>' * 10_000}一、总体绩效目标{closing * 10_000}</body></html>"
    ends_well(page.encode())


@pytest.mark.parametrize("element", ["w:ins", "w:sdt", "w:moveTo", "w:hyperlink", "mc:AlternateContent", "w:customXml"])
def test_word_groups_side_by_side(element: str) -> None:
    group = f"<{element}>{p('甲')}</{element}>" * 10_000
    ends_well(docx_of(p("一、总体绩效目标") + group + tbl(tr(*HEADER), tr(*ROW))))


def _sandboxed(data: bytes, folder: Path) -> str:
    """What reading says in a process that may take 500 MB of address space and 20 s."""
    file = folder / "文件"
    file.write_bytes(data)
    run = subprocess.run(
        [sys.executable, "-c", SANDBOX, str(file)], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return run.stdout


def test_a_thousand_pages_take_bounded_time_and_memory(tmp_path: Path) -> None:
    sheets = []
    for n in range(1000):
        sheet = Sheet()
        if n == 0:
            sheet.text(70, 90, "一、总体绩效目标", 14)
        for y in range(130, 700, 190):  # other words at every place: what stays the same is furniture
            sheet.text(70, y, f"做好{chr(0x4E00 + (n * y) % 20000) * 3}工作。", 14)
        sheets.append(sheet)
    assert _sandboxed(pdf(*sheets), tmp_path) == "plan\n"


# --- characters --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("stray", [b"\0", b"\xff", b"\xed\xa0\x80", b"\x81", b"\xef\xbf\xbd"], ids=bytes.hex)
def test_stray_bytes_are_told_or_refused(stray: bytes, encoding: str) -> None:
    half = PROSE.encode(encoding)
    plan = ends_well(half + stray + "做好服务。\n".encode(encoding).removeprefix(b"\xff\xfe"))
    if isinstance(plan, Plan):
        text = json.dumps([*goal_words(plan.overall_goals), *(note.message for note in plan.notes)], ensure_ascii=False)
        assert "\0" not in text
        assert text.encode()  # no half character has come through


def test_two_encodings_in_one_file() -> None:
    for first, second in (("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-16", "utf-8"), ("utf-8", "utf-16-le")):
        ends_well(PROSE.encode(first) + "二、分项绩效目标\n（一）服务\n绩效目标：便民。\n".encode(second))


def test_half_characters_and_zero_bytes_in_markup() -> None:
    for words in ("&#0;", "&#xD800;", "&#xFFFE;", "&#x110000;", "\0", "\ud800"):
        data = f"<html><body><p>一、总体绩效目标</p><p>做好{words}工作。</p></body></html>".encode(
            "utf-8", "surrogatepass"
        )
        plan = ends_well(data)
        if isinstance(plan, Plan):
            assert all(goal.encode() for goal in goal_words(plan.overall_goals))
    ends_well(docx_of(p("一、总体绩效目标") + p("做好&#xD800;工作。")))
    ends_well(docx_of(p("一、总体绩效目标") + p("做好&#0;工作。")))


# --- found by the fuzzer -----------------------------------------------------------------------------------

CELLS = (GOLDEN / "files" / "text-cells.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("一级指标\n", "一级指标\n\n一级指标\n"),  # a header that ends at once: rows without end were cut
        ("建成助餐点20个。\n", "预期目标\n\n实际完成情况\n"),  # goals side by side, and none below them
        (CELLS, "项目名称\n年度目标\n\n项目支出绩效目标表\n一级指标\n二级指标"),  # a label is the last word
    ],
)
def test_tables_in_text_that_end_too_soon(words: str, instead: str) -> None:
    ends_well(CELLS.replace(words, instead, 1).encode())


def test_a_merge_beyond_measure_in_an_old_workbook(tmp_path: Path) -> None:
    data = bytearray(WHOLE["xls"])
    record = data.index(b"\xe5\0\x5a\0\x0b\0")  # eleven merges
    data[record + 6 + 5 * 8 + 7] = 81  # the sixth ends 20,000 columns on
    data[record + 6 + 7 * 8 + 3] = 255  # the eighth ends 65,000 rows on
    assert "超出可读范围" in _sandboxed(bytes(data), tmp_path)


def test_a_member_without_a_name(tmp_path: Path) -> None:
    data = packed({"?甲.txt": PROSE, "乙.txt": PROSE}).replace(b"?\xe7\x94\xb2", b"\0\xe7\x94\xb2")
    (tmp_path / "报送.zip").write_bytes(data)
    found = inputs_of([tmp_path / "报送.zip"], Scratch(tmp_path)).documents
    assert [d.name for d in found if d.problem is None] == ["报送.zip/甲.txt", "报送.zip/乙.txt"]


def test_half_a_character_in_plan_data_is_refused() -> None:
    data = plan_to_dict(read(PROSE.encode()))
    assert plan_from_dict(data)
    with pytest.raises(NotAPlanError, match="数据不完整或有误"):
        plan_from_dict(data | {"title": "\ud800"})


# --- all in one folder -------------------------------------------------------------------------------------


def bad_files() -> dict[str, bytes]:
    """Name → file, each with something else wrong."""
    deep = packed({"里.zip": packed({"里.zip": packed({"里.zip": packed({"a.txt": PROSE})})})})
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "哈" * 10}">' for n in range(10))
    return {
        "加密.docx": LOCKED_OFFICE,
        "加密.pdf": LOCKED_PDF,
        "半个.docx": WHOLE["docx"][:700],
        "半个.xlsx": WHOLE["xlsx"][:3000],
        "空.txt": b"",
        "层层.zip": deep,
        "炸弹.zip": packed({"a.txt": bytes(20_000_000)}),
        "实体.docx": docx_of(p("&a9;"), head=f'<?xml version="1.0"?><!DOCTYPE w:document [{laughs}]>'),
        "嵌套.docx": docx_of("<w:sdt>" * 10_000 + "</w:sdt>" * 10_000),
        "零.txt": PROSE.encode() + bytes(100),
        "其实是程序.docx": b"MZ\x90\0" + bytes(500),
        "食谱.txt": "红烧肉的做法\n五花肉 500 克。\n".encode(),
    }


def test_a_folder_of_them_does_not_keep_the_good_file_from_being_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "送审"
    folder.mkdir()
    bad = bad_files()
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    (folder / "好的.docx").write_bytes(WHOLE["docx"])
    assert main(["read", str(folder), "-o", str(tmp_path / "出")]) == 1
    assert [f.name for f in (tmp_path / "出").glob("[!.]*")] == ["好的.plan.json"]
    said = capsys.readouterr().err
    assert "Traceback" not in said
    for name in bad:
        line = next((line for line in said.splitlines() if line.startswith(f"读不出 {name}")), "")
        assert re.search(r"：.+。.*请", line), f"no remedy for {name}: {line}"
