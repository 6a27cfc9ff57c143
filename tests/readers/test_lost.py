"""Nothing is lost: whatever stands in a file is in the plan or in a note, also what no form foresees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers.lost import lost
from readers.plans import plans
from readers.write import Block, Box, Rows, as_docx, as_txt, as_xlsx, layout

from examples import examples
from jixiao.domain.codec import plan_to_dict
from jixiao.domain.provenance import Location
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.raw import Cell, Grid, Paragraph, RawDocument
from jixiao.readers.registry import read_raw
from jixiao.readers.sheets.plan import read_plan
from jixiao.vocabulary import shipped

COUNTY = sorted((Path(__file__).parents[2] / "examples" / "county" / "files").iterdir())
_STRAY = (
    "备注杂项",
    "另附说明",
    "核定意见。",
    "经办人：张某",
    "2.补充事项",
    "（四）其他情况",
    "合计",
    "338",
    "5%",
    "2026-03-01",
)
_LABELS = ("主管部门", "项目负责人", "实施期限", "备注", "一级指标", "项目名称", "绩效目标", "预算数", "年度")


@pytest.mark.parametrize("file", COUNTY, ids=lambda f: f.stem)
def test_county_files_lose_nothing(file: Path) -> None:
    raw = read_raw(file.read_bytes(), file.name)
    assert lost(raw, read_plan(raw, shipped())) == []


def test_the_helper_sees_a_loss() -> None:
    place = Location("丢了的话", paragraph=1)
    source = read_raw(COUNTY[0].read_bytes(), "x").source
    raw = RawDocument(source, (Paragraph("丢了的话", place), Grid(((Cell("丢了的格", 0, 0, place),),), place)))
    empty = read_plan(RawDocument(source, ()), shipped())
    assert len(lost(raw, empty)) == 2
    assert lost(raw, read_plan(raw, shipped())) == []


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[list[Block], list[str]]:
    """A plan's layout with words where no form has any, and those words."""
    blocks = layout(draw(plans()))
    added: list[str] = []

    def stray() -> str:
        text = f"{draw(st.sampled_from(_STRAY))}之{len(added) + 1}"
        added.append(text)
        return text

    for _ in range(draw(st.integers(1, 3))):
        where = draw(st.integers(0, len(blocks)))
        tables = [b for b in blocks if isinstance(b, Rows)]
        table = draw(st.sampled_from(tables))
        row = draw(st.integers(0, len(table.rows)))
        match draw(st.sampled_from(("paragraph", "row", "labelled", "column", "cells"))):
            case "paragraph":
                blocks.insert(where, stray())
            case "row":
                table.rows.insert(row, [Box(stray(), table.width)])
            case "labelled":
                label = draw(st.sampled_from(_LABELS))
                table.rows.insert(row, [Box(label), Box(stray(), table.width - 1)])
            case "cells":
                table.rows.insert(row, [Box(stray()) for _ in range(table.width)])
            case "column":
                table.width += 1
                for boxes in table.rows:
                    boxes.append(Box(stray() if draw(st.booleans()) else ""))
    return _repaired(blocks), added


def _repaired(blocks: list[Block]) -> list[Block]:
    """A row put between a merged cell and its continuation ends the merge."""
    for block in blocks:
        if isinstance(block, Rows):
            above: set[int] = set()
            for boxes in block.rows:
                column, here = 0, set()
                for n, box in enumerate(boxes):
                    if box.below and column not in above:
                        boxes[n] = box = Box()
                    if box.span == 1:
                        here.add(column)
                    column += box.span
                above = here
    return blocks


@pytest.mark.parametrize("write", [as_docx, as_xlsx, as_txt], ids=["docx", "xlsx", "txt"])
@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(disturbed())
def test_words_no_form_foresees_are_kept(write, given_: tuple[list[Block], list[str]]) -> None:
    blocks, added = given_
    data = write(blocks)
    try:
        plan = read_bytes(data, "plan")
    except UnreadableFileError:  # nothing of a plan was left
        return
    assert lost(read_raw(data, "plan"), plan) == []
    result = "".join(json.dumps(plan_to_dict(plan), ensure_ascii=False).split()).replace("\\n", "")
    assert [words for words in added if words not in result] == []
