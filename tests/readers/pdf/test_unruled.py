"""Tables without ruling lines whose words stand in the middle of their cells: rows and shared labels by where words stand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from golden.render import as_docx, load_case
from needs import SHARED
from readers.pdf.draw import Sheet, ems, pdf

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.office import soffice
from tools.pages.__main__ import compared, leaves
from tools.pages.printed import printed
from tools.pages.styles import STYLES

GOLDEN = Path(__file__).parents[2] / "golden" / "forms"
COLUMNS = (60.0, 130.0, 215.0, 290.0, 370.0)
PITCH, SIZE = 14.0, 10.0
HEADER = ("一级指标", "二级指标", "三级指标", "指标值", "备注")
NAMES = (
    ("维修养护水库\n数量", "≥12座"),
    ("工程验收合格\n率", "≥98%"),
    ("汛前完工时间", "2026年5月\n31日前"),
    ("单座水库维修\n成本", "≤7.2万元/座"),
    ("受益人口", "≥2.3万人"),
    ("下游群众满意\n度", "≥90%"),
)
CLASSES = {(0, 4): "产出指标", (4, 5): "效益指标", (5, 6): "满意度\n指标"}
KINDS = {(0, 1): "数量\n指标", (1, 2): "质量指标", (2, 3): "时效指标", (3, 4): "成本指标", (4, 5): "社会效益指标"}
KINDS |= {(5, 6): "服务对象满意\n度指标"}


class Form:
    """A form drawn without lines: words in the middle of cells or at their top, at the left or in the middle."""

    def __init__(self, *, at_top: bool, across: str, pad: float) -> None:
        self.sheet = Sheet()
        self.at_top, self.across, self.pad = at_top, across, pad
        self.y = 100.0

    def cell(self, column: int, y0: float, y1: float, text: str) -> None:
        lines = text.split("\n")
        above = self.pad if self.at_top else (y1 - y0 - PITCH * len(lines)) / 2
        room = (COLUMNS[column + 1] if column + 1 < len(COLUMNS) else 440.0) - COLUMNS[column] - 12
        for n, line in enumerate(lines):
            aside = (room - ems(line) * SIZE) / 2 if self.across == "center" else 0.0
            self.sheet.text(COLUMNS[column] + aside, y0 + above + PITCH * n + 0.8 * PITCH, line, SIZE)

    def row(self, cells: Mapping[int, str], height: int) -> tuple[float, float]:
        y0, y1 = self.y, self.y + PITCH * height + 2 * self.pad
        for column, text in cells.items():
            self.cell(column, y0, y1, text)
        self.y = y1
        return y0, y1

    def rows(self) -> None:
        self.row(dict(enumerate(HEADER)), 1)
        places = [self.row({2: name, 3: value}, 2) for name, value in NAMES]
        for column, labels in enumerate((CLASSES, KINDS)):
            for (first, end), text in labels.items():
                self.cell(column, places[first][0], places[end - 1][1], text)


def form(*, at_top: bool = False, across: str = "left", pad: float = 0.0) -> bytes:
    drawn = Form(at_top=at_top, across=across, pad=pad)
    drawn.sheet.text(200, 70, "项目支出绩效目标表", 14)
    drawn.row({0: "项目名称", 1: "水库养护"}, 1)
    drawn.rows()
    return pdf(drawn.sheet)


def read(data: bytes) -> GoalSheet:
    (sheet,) = read_bytes(data, "x.pdf").goal_sheets
    return sheet


@pytest.mark.parametrize("pad", [0.0, 4.0])
@pytest.mark.parametrize("across", ["left", "center"])
@pytest.mark.parametrize("at_top", [False, True])
def test_rows_by_where_words_stand(at_top: bool, across: str, pad: float) -> None:
    sheet = read(form(at_top=at_top, across=across, pad=pad))
    assert sheet.project.name == "水库养护"
    assert [(i.name, i.target.text) for i in sheet.indicators] == [
        (name.replace("\n", ""), value.replace("\n", "")) for name, value in NAMES
    ]
    classes = [i.class_ and i.class_.value for i in sheet.indicators]
    assert classes == ["output"] * 4 + ["outcome", "satisfaction"]
    kinds = [i.kind and i.kind.value for i in sheet.indicators]
    assert kinds == ["quantity", "quality", "timeliness", "cost", "social", "beneficiary_satisfaction"]


def test_words_across_columns_are_refused() -> None:
    """Where words of one column run into the next it cannot be told whose they are."""
    drawn = Form(at_top=True, across="left", pad=4.0)
    drawn.row({0: "项目名称", 1: "水库养护"}, 1)
    drawn.row(dict(enumerate(HEADER)), 1)
    for n in range(6):
        drawn.row({0: "产出指标", 1: "数量指标", 2: f"维修养护水库数量及其水位监测点位数量之和{n}", 4: "≥12座"}, 1)
    with pytest.raises(UnreadableFileError, match="没有画线"):
        read_bytes(pdf(drawn.sheet), "x.pdf")


@pytest.mark.shared
def test_field_case() -> None:
    folder = SHARED / "cases"
    (printed_,) = read_bytes((folder / "B22c-lo-norules.pdf").read_bytes(), "x.pdf").goal_sheets
    (typed,) = read_bytes((folder / "base.docx").read_bytes(), "x.docx").goal_sheets
    assert [(i.class_, i.kind, i.name, i.target) for i in printed_.indicators] == [
        (i.class_, i.kind, i.name, i.target) for i in typed.indicators
    ]


@pytest.mark.office
def test_golden_forms_printed_in_many_styles(tmp_path: Path) -> None:
    """97 of 100 fields come back from every style that LibreOffice prints, and from those kept unseen together."""
    assert soffice() is not None
    files = {name: as_docx(load_case(GOLDEN / f"{name}.yaml").blocks) for name in ("g01", "g05", "g10", "s01")}
    from jixiao.readers.registry import read_raw

    blocks = {name: read_raw(data, f"{name}.docx").blocks for name, data in files.items()}
    right = {name: leaves(read_bytes(data, f"{name}.docx")) for name, data in files.items()}
    same: dict[str, list[int]] = {}
    for style, name, file in printed(blocks, [s for s in STYLES if not s.browser], tmp_path):
        found = leaves(read_bytes(file.read_bytes(), file.name))
        counts = same.setdefault("unseen" if style.unseen else style.name, [0, 0])
        counts[0] += 2 * compared(right[name], found)[0]
        counts[1] += len(right[name]) + len(found)
    assert {name: got / of for name, (got, of) in same.items() if got < 0.97 * of} == {}
