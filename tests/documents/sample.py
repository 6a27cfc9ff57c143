"""A document with one of everything."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from jixiao.documents import (
    A4_LANDSCAPE,
    Align,
    Cell,
    Column,
    Document,
    Heading,
    Look,
    Paragraph,
    Role,
    Row,
    Run,
    Section,
    Table,
    Tone,
    listing,
)

DAY = date(2026, 1, 1)
GRID = (Column("甲", 10), Column("乙", 30, Align.LEFT), Column("丙", 10, Align.RIGHT, "0.0"))
FORM = Table(
    GRID,
    (
        (Cell("预算单位", look=Look.LABEL), Cell("示例县商务局", columns=2)),
        (Cell("指标", rows=2, look=Look.LABEL), "走访企业数", Decimal("1.50")),
        ("签约\n项目数", Cell((Run("急", strong=True), Run("：3")), tone=Tone.GRAVE)),
        (Cell("以下空白", columns=3, look=Look.BAND),),
    ),
    (("栏目", Cell("内容", columns=2)),),
)
LIST = listing(GRID, [(1, "走访", Decimal("2.50")), (2, "签约", None)], frozen=1)
DOCUMENT = Document(
    "样本\n文件",
    DAY,
    (
        Section(
            (
                Heading("样本\n文件", 0),
                Paragraph("示例县商务局：", Role.OPENING),
                Paragraph((Run("正文"), Run("重点", strong=True), Run("。"))),
                Heading("一、表", 1),
                Heading("（一）单子", 2),
                Paragraph("说明", Role.REMARK, keep=True),
                FORM,
                FORM,
                Paragraph("盖章：", Role.SIGNATURE),
            ),
            name="表",
        ),
        Section((LIST,), A4_LANDSCAPE, "单子"),
    ),
)
HOSTILE = (
    "<script>alert(1)</script>",
    "]]>&amp;<!--",
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "_x0041_",
    "控制\x00\x01\x0b\x1f字符\ufffe\ud800",
    '"><img src=x onerror=alert(1)>',
    "行一\r\n行二\u2028行三",
    "#N/A",
    " 前后有空格 ",
    "",
)
"""Words that have harmed programs"""


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, int, list[Row]]:
    """A grid cut into cells of all sizes, at random."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    rows: list[Row] = []
    for r in range(height):
        row: list[Cell | str] = []
        for c in range(width):
            if (r, c) in taken:
                continue
            free = next((k for k in range(c, width) if (r, k) in taken), width) - c
            columns, down = draw(st.integers(1, free)), draw(st.integers(1, height - r))
            taken |= {(r + i, c + k) for i in range(down) for k in range(columns)}
            row.append(f"{r}.{c}" if (columns, down) == (1, 1) else Cell(f"{r}.{c}", columns, down))
        rows.append(tuple(row))
    return height, width, rows
