"""Scanned pages: set straight, cells from ruling lines, words recognised and put into their cells."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from readers.pdf.draw import Sheet, pdf
from readers.scan.paper import HEIGHT, WIDTH, Paper

from jixiao.domain.plan import Source
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.registry import read_raw
from jixiao.readers.scan import images
from jixiao.vocabulary import shipped

pytestmark = [pytest.mark.ocr, pytest.mark.font]

XS = (150, 208, 420, 760, 1020, 1300, 1500)
YS = (300, 400, 560, 620, 680, 740, 900, 980, 1060)
CELLS = {
    (0, 0, 1, 2): "项目编码",
    (0, 2, 1, 3): "13992526P00Q5G71",
    (0, 3, 1, 4): "项目名称",
    (0, 4, 1, 6): "农村公路养护",
    (1, 0, 2, 2): "资金用途",
    (1, 2, 2, 6): "用于全县农村公路小修保养、保洁和边沟清理，\n其中县道每公里一万元。",
    (2, 0, 3, 2): "资金支出计划",
    (2, 2, 3, 3): "3月底",
    (2, 3, 3, 4): "6月底",
    (2, 4, 3, 5): "10月底",
    (2, 5, 3, 6): "12月底",
    (3, 0, 4, 2): "",
    (3, 2, 4, 3): "15%",
    (3, 3, 4, 4): "45%",
    (3, 4, 4, 5): "85%",
    (3, 5, 4, 6): "100%",
    (4, 0, 5, 2): "一级指标",
    (4, 2, 5, 3): "三级指标",
    (4, 3, 5, 4): "指标值",
    (4, 4, 5, 6): "确定依据",
    (5, 0, 8, 1): "产\n出\n指\n标",
    (5, 1, 7, 2): "数量指标",
    (5, 2, 6, 3): "养护里程",
    (5, 3, 6, 4): "≥1268公里",
    (5, 4, 6, 6): "年度计划",
    (6, 2, 7, 3): "危桥数",
    (6, 3, 7, 4): "5",
    (6, 4, 7, 6): "年度计划",
    (7, 1, 8, 2): "质量指标",
    (7, 2, 8, 3): "合格率",
    (7, 3, 8, 4): "=100%",
    (7, 4, 8, 6): "评定标准",
}


@pytest.fixture(scope="module")
def form() -> Paper:
    paper = Paper()
    paper.text(500, 150, "1.农村公路养护绩效目标表", 44)
    paper.table(XS, YS, CELLS)
    paper.text(800, 2200, "— 3 —", 26)
    return paper


def grid_of(blocks: tuple[Paragraph | Grid, ...]) -> Grid:
    (grid,) = [b for b in blocks if isinstance(b, Grid)]
    return grid


def words(grid: Grid) -> dict[tuple[int, int, int, int], str]:
    return {
        (c.row, c.column, c.row + c.row_span, c.column + c.column_span): "".join(c.text.split()) for c in grid.cells()
    }


WANTED = {place: "".join(text.split()) for place, text in CELLS.items()}


def test_form_reads_back_from_an_image(form: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    raw = read_raw(form.file("PNG"), "表.png")
    assert words(grid_of(raw.blocks)) == WANTED
    assert [b.text for b in raw.blocks if isinstance(b, Paragraph)] == ["1.农村公路养护绩效目标表"]
    assert (raw.source.format, raw.source.pages) == ("image", 1)
    assert [n.code for n in raw.notes] == ["recognition.used", "furniture.dropped"]
    cell = next(c for c in grid_of(raw.blocks).cells() if c.text == "养护里程")
    assert cell.place.page == 1
    assert cell.place.bbox == pytest.approx([x * 842 / HEIGHT for x in (420, 740, 760, 900)], abs=2)


def test_form_askew_in_a_pdf(form: Paper) -> None:
    grey = form.grey(turn=1.3)
    scan = pdf(Sheet(picture=(WIDTH, HEIGHT, grey.tobytes())))
    plan = read_bytes(scan, "扫描.pdf")
    (sheet,) = plan.goal_sheets
    assert (sheet.project.code, sheet.project.name) == ("13992526P00Q5G71", "农村公路养护")
    assert [str(s.percent) for s in sheet.disbursement_plan] == ["15", "45", "85", "100"]
    assert [i.target.text for i in sheet.indicators] == ["≥1268公里", "5", "=100%"]
    assert plan.source.pages == 1


def test_page_on_its_side_is_turned(form: Paper) -> None:
    import numpy as np

    from jixiao.readers.page.document import document_of
    from jixiao.readers.scan.page import read_page

    page = read_page(np.rot90(form.grey()), 1)
    raw = document_of([page], Source("x", "0" * 64, "image"), shipped())
    assert words(grid_of(raw.blocks)) == WANTED


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + bytes(40), b"II*\0" + bytes(20)])
def test_damaged_images_say_so(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"损坏|打不开"):
        read_bytes(data, "x.png")


def test_oversized_image_is_refused_before_it_is_unpacked() -> None:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(UnreadableFileError, match="过大"):
        read_bytes(out.getvalue(), "x.png")


def test_transparent_image_and_several_pages() -> None:
    import io

    from PIL import Image

    see_through = Image.new("RGBA", (100, 50), (0, 0, 0, 0))
    out = io.BytesIO()
    see_through.save(out, "PNG")
    (grey,) = images.frames_of(out.getvalue())
    assert grey.min() == 255
    out = io.BytesIO()
    Image.new("L", (30, 40), 255).save(out, "TIFF", save_all=True, append_images=[Image.new("L", (30, 40), 0)])
    assert [int(g.mean()) for g in images.frames_of(out.getvalue())] == [255, 0]


def test_blank_page_has_no_words() -> None:
    assert read_raw(Paper().file("PNG"), "x.png").blocks == ()


def test_noise_is_no_words() -> None:
    import numpy as np

    from jixiao.readers.scan.ruled import binary, strokes_of

    noise: Any = np.random.default_rng(1).normal(200, 12, (1200, 900)).clip(0, 255).astype("uint8")
    assert strokes_of(binary(noise)) == []


def test_dotted_lines_and_large_characters() -> None:
    """Lines of dots are lines, with gaps where they cross; strokes of characters near them are not."""
    from jixiao.readers.page.lattice import lattices
    from jixiao.readers.page.shapes import Rule
    from jixiao.readers.scan.ruled import binary, strokes_of

    paper = Paper()
    xs, ys = (150, 500, 900, 1400), (300, 380, 460, 540)
    for y in ys:
        for x in range(xs[0], xs[-1], 7):
            paper.draw.rectangle((x, y, x + 3, y + 3), fill=0)
    for x in xs:
        for y in range(ys[0], ys[-1], 7):
            paper.draw.rectangle((x, y, x + 3, y + 3), fill=0)
    for n, words in enumerate(("川州", "小计", "卅川")):
        paper.text(xs[0] + 12, ys[n] + 12, words, 58)
    points = 842 / HEIGHT
    rules = [
        Rule(s.vertical, s.at * points, s.start * points, s.end * points) for s in strokes_of(binary(paper.grey()))
    ]
    (table,) = lattices(rules)
    assert (len(table.xs), len(table.ys), len(table.slots)) == (4, 4, 9)


def test_narrow_strip_is_read_in_bounded_memory() -> None:
    paper = Paper()
    paper.text(150, 20, "农村公路养护里程")
    strip = paper.image.crop((0, 0, WIDTH, 80))
    import numpy as np

    from jixiao.readers.scan.engine import detect
    from jixiao.readers.scan.page import read_page

    assert [run.text for run in read_page(np.asarray(strip), 1).runs] == ["农村公路养护里程"]
    assert detect(np.full((4, 3000, 3), 255, "uint8")) == []
