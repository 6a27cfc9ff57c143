"""Letters and the workbook of a year: of that year's files only, named as a person said where a file does not say it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from docx import Document
from openpyxl import load_workbook

from jixiao.domain.organisation import Organisation as Named
from jixiao.domain.period import FiscalYear as Year
from jixiao.readers import read_file
from jixiao.web.accounts.roles import Role
from jixiao.web.desk.deciding import decide_of_file
from jixiao.web.desk.handing_out import make
from web.intake.desk import HEALTH, hand_in, health, written
from web.make import Office


def _words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def test_only_files_of_the_year_are_in_its_workbook(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    plan = read_file(HEALTH)
    last = replace(
        plan, fiscal_year=Year(2025), title="清源县卫生健康局2025年部门预算绩效文本", provenance={}, notes=()
    )
    hand_in(section, {"今年.docx": HEALTH.read_bytes(), "去年.docx": written(last)}, year=2026)
    for year, name in ((2026, "今年.docx"), (2025, "去年.docx")):
        book = load_workbook(io.BytesIO(make(section, year, "workbook").content))
        cells = [str(cell) for row in book["总览"].iter_rows(values_only=True) for cell in row if cell]
        assert sum(".docx" in cell for cell in cells) == 1, cells
        assert any(name.removesuffix(".docx") in cell for cell in cells)
        assert len(make(section, year, "letters").files) == 1
    hand_in(section, {"今年又一份.docx": written(plan)}, year=2026)
    book = load_workbook(io.BytesIO(make(section, 2026, "workbook").content))
    cells = [str(cell) for row in book["总览"].iter_rows(values_only=True) for cell in row if cell]
    assert any("同一部门有多份文本" in cell for cell in cells)


def test_a_letter_goes_to_whom_a_person_said(county: Office) -> None:
    department = health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    plan = read_file(HEALTH)
    sheet = replace(plan.goal_sheets[0], budget_unit=Named())
    alone = replace(
        plan, title=None, department=Named(), goal_sheets=(sheet,), overall_goals=(), activities=(), safeguards=(),
        provenance={}, notes=(),
    )  # fmt: skip
    (row,) = hand_in(section, {"单表.docx": written(alone)}, year=2026)
    if row.department_id is None:
        decide_of_file(section, file=row.pk, department=department.pk)
    with zipfile.ZipFile(io.BytesIO(make(section, 2026, "letters").content)) as archive:
        (name,) = archive.namelist()
        text = _words(archive.read(name))
    heading = text.replace("\n", "")
    assert heading.startswith(
        f"关于{department.name}2026年“{sheet.project.name}”绩效目标表的审核意见{department.name}："
    )
