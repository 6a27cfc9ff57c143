"""Marks of secrecy: a line of its own at the head, a part of a name; words of a text are none."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from readers.pdf.draw import Sheet, pdf
from readers.scan.paper import Paper

from jixiao.services.files import Document
from jixiao.services.secrecy import HEAD_LINES, Inspected, inspect, mark_in_lines, mark_in_name

MARKS = [
    ("秘密★10年", "秘密"),
    ("机 密 ★ 20 年", "机密"),
    ("绝密★长期", "绝密"),
    ("000012　机密★1年", "机密"),
    ("密级：秘密", "秘密"),
    ("密级:机密★5年", "机密"),
    ("【秘密】", "秘密"),
    ("机密", "机密"),
    ("绝密★启用前", "绝密"),
    ("机密★会议结束前", "机密"),
    ("秘密☆3年　特急", "秘密"),
    ("秘密级", "秘密"),
    ("机密*10年", "机密"),
]


@pytest.mark.parametrize(("line", "grade"), MARKS)
def test_a_mark_is_a_line_of_its_own(line: str, grade: str) -> None:
    assert mark_in_lines(["", line, "关于报送预算的函"], at_head=True) == grade


WORDS = [
    "保密费",
    "秘密投票",
    "项目涉及国家秘密的，按规定管理",
    "本单位2026年机密级计算机购置费",
    "密级：□绝密 □机密 □秘密 ☑非密",
    "密级：公开",
    "保守商业秘密",
    "机密件传递经费",
    "其中：秘密级设备3台",
    "开展保密检查，机密文件管理合格率100%",
]


@pytest.mark.parametrize("line", WORDS)
def test_words_of_a_text_are_none(line: str) -> None:
    assert mark_in_lines([line], at_head=True) is None


def test_a_grade_alone_is_a_mark_at_the_head_only_and_with_its_star_everywhere() -> None:
    assert mark_in_lines(["秘密"], at_head=False) is None
    assert mark_in_lines(["秘密★10年"], at_head=False) == "秘密"


def test_a_cell_beside_its_label_is_a_mark_wherever_it_stands() -> None:
    assert mark_in_lines(["密级", "机密"], at_head=False) == "机密"
    assert mark_in_lines(["密级", "公开", "机密"], at_head=False) is None


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("秘密★10年-关于预算的函.docx", "秘密"),
        ("关于预算的函（机密）.docx", "机密"),
        ("机密/预算.docx", "机密"),
        ("【绝密】预算.doc", "绝密"),
        ("材料.zip/秘密_预算.docx", "秘密"),
        ("保密费项目.docx", None),
        ("秘密投票经费绩效目标表.docx", None),
        ("涉密机房改造.xlsx", None),
    ],
)
def test_a_name_marks_by_a_part_of_its_own(name: str, grade: str | None) -> None:
    assert mark_in_name(name) == grade


def _written(path: Path, *lines: str, header: str = "") -> Document:
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return Document(path, path.name)


def test_a_document_is_looked_into(tmp_path: Path) -> None:
    plain = [
        "清源县商务局2026年部门预算绩效文本",
        *(f"第{n}段，保密费和秘密投票各1项。" for n in range(HEAD_LINES + 5)),
    ]
    assert inspect(_written(tmp_path / "a.docx", "秘密★10年", *plain)) == Inspected("docx", "秘密")
    assert inspect(_written(tmp_path / "b.docx", *plain)) == Inspected("docx", None)
    assert inspect(_written(tmp_path / "c.docx", *plain, "机密★5年")) == Inspected("docx", "机密"), "an annex"
    assert inspect(_written(tmp_path / "d.docx", *plain, header="机密★5年")) == Inspected("docx", "机密")
    assert inspect(_written(tmp_path / "e.docx", *plain, "机密")) == Inspected("docx", None), "an answer in a form"


def _pdf(path: Path, *lines: str) -> Document:
    sheet = Sheet()
    for n, line in enumerate(lines):
        sheet.text(70, 70 + 22 * n, line, 12)
    path.write_bytes(pdf(sheet))
    return Document(path, path.name)


def test_the_first_page_of_a_pdf_is_looked_at(tmp_path: Path) -> None:
    words = ["关于报送2026年预算的函", *["正文，保密费和秘密投票各一项。"] * 25]
    assert inspect(_pdf(tmp_path / "a.pdf", "秘密★10年", *words)) == Inspected("pdf", "秘密")
    assert inspect(_pdf(tmp_path / "b.pdf", *words)) == Inspected("pdf", None)


@pytest.mark.ocr
@pytest.mark.font
@pytest.mark.parametrize(("words", "mark"), [("机密★20年", "机密"), ("商务局文件", None)])
def test_the_head_of_a_scan_is_looked_at(tmp_path: Path, words: str, mark: str | None) -> None:
    page = Paper()
    page.text(180, 220, words, 44)
    for n in range(30):
        page.text(180, 420 + 60 * n, "保密费和秘密投票的说明文字，各写一遍")
    path = tmp_path / "a.png"
    path.write_bytes(page.file("PNG"))
    assert inspect(Document(path, path.name)).mark == mark


def test_what_cannot_be_opened_is_told_later(tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(b"\x00\x01\x02" * 100)
    assert inspect(Document(path, "x.bin")).mark is None
