"""PDF pages: running text, page numbers, turned pages, files that cannot be read."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers.pdf.draw import Sheet, pdf
from readers.pdf.lay import broken

from examples import examples
from jixiao.domain.plan import Source
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.formats.pdf import document, reader
from jixiao.readers.formats.pdf.reader import read_pdf
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.vocabulary import shipped

PLAN = "今年围绕农村公路养护和群众出行，全年完成小修保养一千二百公里，改造危桥五座，打通断头路六条，"


def read(data: bytes) -> RawDocument:
    return read_pdf(data, Source("x.pdf", "0" * 64, "pdf"), shipped())


def paragraphs(raw: RawDocument) -> list[str]:
    return [b.text for b in raw.blocks if isinstance(b, Paragraph)]


def prose(sheet: Sheet, y: float, text: str, *, indent: bool = True) -> float:
    for n, line in enumerate(broken(("　　" if indent else "") + text, 32)):
        y += 22
        first = indent and n == 0
        sheet.text(70 + (28 if first else 0), y, line.removeprefix("　　") if first else line, 14)
    return y


def test_broken_lines_become_paragraphs() -> None:
    s = Sheet()
    y = prose(s, 80, PLAN * 2 + "确保完成。")
    prose(s, y, "（二）" + PLAN + "再接再厉。")
    raw = read(pdf(s))
    assert paragraphs(raw) == [PLAN * 2 + "确保完成。", "（二）" + PLAN + "再接再厉。"]
    first = raw.blocks[0].place
    assert first.page == 1
    assert first.text.count("\n") == 3


def test_paragraph_goes_on_over_the_page_and_furniture_is_left_out() -> None:
    sheets = [Sheet() for _ in range(4)]
    text = PLAN * 10 + "完毕。"
    lines = broken("　　" + text, 32)
    for n, sheet in enumerate(sheets):
        sheet.text(200, 40, "某局绩效文本（送审）", 9)
        sheet.text(290, 810, f"— {n + 1} —", 9)
    for n, line in enumerate(lines):
        first = n == 0
        sheets[n // 5].text(70 + (28 if first else 0), 100 + 22 * (n % 5), line.removeprefix("　　"), 14)
    raw = read(pdf(*sheets))
    assert paragraphs(raw) == [text]
    (note,) = [n for n in raw.notes if n.code == "furniture.dropped"]
    assert "某局绩效文本（送审）" in note.message
    assert "页码" in note.message
    assert raw.source.pages == 4


def test_unit_line_at_the_top_of_every_page_stays() -> None:
    sheets = [Sheet() for _ in range(4)]
    for sheet in sheets:
        sheet.text(70, 50, "某局本级")
        sheet.text(450, 50, "单位：万元")
        sheet.text(70, 200, "正文")
    assert paragraphs(read(pdf(*sheets))).count("某局本级\t单位：万元") == 4


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_page_reads_upright(rotate: int) -> None:
    turns = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}
    s = Sheet(rotate=rotate)
    for n, words in enumerate(("项目名称", "农村公路养护")):
        x, y = {
            0: (100 + 100 * n, 100),
            90: (100, 700 - 100 * n),
            180: (500 - 100 * n, 700),
            270: (500, 100 + 100 * n),
        }[rotate]
        s.text(x, y, words, 10, turns[rotate])
    raw = read(pdf(s))
    assert paragraphs(raw) == ["项目名称\t农村公路养护"]
    bbox = raw.blocks[0].place.bbox
    assert bbox is not None
    assert bbox[2] - bbox[0] > 100 > bbox[3] - bbox[1]


def test_words_running_up_in_a_cell() -> None:
    s = Sheet()
    s.cell(100, 100, 120, 180)
    s.text(114, 175, "产出指标", 10, "0 1 -1 0")
    s.cell(120, 100, 300, 180, "旁边的格子，字数要多一些")
    grid = next(b for b in read(pdf(s)).blocks if isinstance(b, Grid))
    assert [c.text for c in grid.rows[0]] == ["产出指标", "旁边的格子，字数要多一些"]


def test_radicals_read_as_the_characters_they_look_like() -> None:
    s = Sheet()
    s.text(100, 100, "⽬标⻓度")
    assert paragraphs(read(pdf(s))) == ["目标长度"]


def met(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(data, "x.pdf")
    return str(caught.value)


def test_unreadable_files_say_why() -> None:
    good = pdf(Sheet())
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'5a' * 32}> /U <{'a5' * 32}> /P -4 >> /ID [<00> <00>]"
    assert "打开密码" in met(pdf(Sheet(), trailer=lock))
    assert "不完整或已损坏" in met(b"%PDF-1.7\nnothing here")
    assert "损坏" in met(good[:40])
    assert "损坏" in met(pdf())


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_PAGES", 3)
    assert "有 4 页，超过 3 页" in met(pdf(*[Sheet()] * 4))


def test_scan_without_recognition_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "is_installed", lambda: False)
    scan = Sheet(picture=(20, 30, b"\xff" * 600))
    words = Sheet()
    words.text(100, 100, "有字的一页，读得出来")
    message = met(pdf(scan))
    assert "扫描件" in message
    assert "make ocr" in message
    raw = read(pdf(words, words, scan))
    assert [n.message[:9] for n in raw.notes if n.code == "page.unread"] == ["第 3 页是扫描图"]
    assert paragraphs(raw)[0] == "有字的一页，读得出来"


def test_empty_page_is_no_scan() -> None:
    assert read(pdf(Sheet())).blocks == ()


SEED = pdf(Sheet(parts=["BT /F1 10 Tf 1 0 0 1 100 700 Tm <7532> Tj ET", "0.5 w 90 690 100 20 re S", "/X Do"]))


@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 255)), max_size=30), st.integers(0, len(SEED)))
def test_damaged_files_are_read_or_refused(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(SEED)
    for place, value in changes:
        data[place] = value
    with suppress(UnreadableFileError):
        assert isinstance(read(bytes(data[: max(length, 9)])), RawDocument)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.text(st.sampled_from(" 0123456789.-hvclmreSfBQqn\n"), max_size=60), max_size=12))
def test_senseless_drawings_are_read(parts: list[str]) -> None:
    assert isinstance(read(pdf(Sheet(parts=parts))), RawDocument)


def test_hyphen_at_the_end_of_a_line_stays() -> None:
    s = Sheet()
    s.cell(100, 100, 170, 140, "322-0402-JBN-", "EU89")
    s.cell(170, 100, 300, 140, "旁边的格子")
    grid = next(b for b in read(pdf(s)).blocks if isinstance(b, Grid))
    assert grid.rows[0][0].text == "322-0402-JBN-EU89"


@pytest.mark.parametrize("level", [False, True])
def test_watermark_is_no_part_of_the_text(level: bool) -> None:
    s = Sheet()
    s.cell(100, 100, 300, 140, "农村公路养护")
    s.cell(300, 100, 440, 140, "旁边的格子，字数要多一些")
    s.parts.append("0.8 0.8 0.8 rg")
    s.text(120, 130, "内部资料", 48, "1 0 0 1" if level else "0.77 0.64 -0.64 0.77")
    raw = read(pdf(s))
    grid = next(b for b in raw.blocks if isinstance(b, Grid))
    assert [c.text for c in grid.rows[0]] == ["农村公路养护", "旁边的格子，字数要多一些"]
    assert [n.message for n in raw.notes if n.code == "furniture.dropped"] == [
        "盖在正文上面的水印和印章未计入正文：内部资料"
    ]


def test_large_black_title_is_no_watermark() -> None:
    s = Sheet()
    s.text(100, 200, "绩效文本", 48)
    assert paragraphs(read(pdf(s))) == ["绩效文本"]
