"""Reviews as a program asks for them: of a plan, of one sheet of it, of many files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import jixiao
from jixiao.domain.plan import Plan
from jixiao.services.digest import digest
from jixiao.services.files import Document
from jixiao.services.reviewing import review_files, review_sheet, without_findings

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def plan() -> Plan:
    (file,) = COUNTY.glob("*教育*.docx")
    return jixiao.read_plan(file)


def test_a_sheet_is_told_what_the_plan_is_told_of_it(plan: Plan) -> None:
    whole = jixiao.review_plan(plan, as_of=DAY)
    sheets = [review_sheet(plan, n, as_of=DAY, wide=True) for n in range(len(plan.goal_sheets))]
    of_sheets = [f for f in whole.findings if f.pointer.startswith("/goal_sheets/")]
    assert [f for sheet in sheets for f in sheet.findings] == of_sheets
    assert [sheet.grade for sheet in sheets] == [one.grade for one in whole.sheet_grades]


def test_at_once_a_sheet_is_told_what_it_shows_by_itself(plan: Plan) -> None:
    for n in range(len(plan.goal_sheets)):
        at_once, after = (review_sheet(plan, n, as_of=DAY, wide=wide) for wide in (False, True))
        assert at_once.grade is None
        assert {f.id for f in at_once.findings} <= {f.id for f in after.findings}
    assert any(review_sheet(plan, n, as_of=DAY).findings for n in range(len(plan.goal_sheets)))
    alone = replace(plan, goal_sheets=plan.goal_sheets[:1], activities=(), safeguards=())
    there, here = (review_sheet(p, 0, as_of=DAY, ruleset="national-88") for p in (plan, alone))
    assert [f.id for f in there.findings] == [f.id for f in here.findings], "nothing else of the plan is asked"


def test_what_a_person_does_not_take_is_left_out_and_costs_nothing(plan: Plan) -> None:
    whole = jixiao.review_plan(plan, as_of=DAY)
    assert without_findings(plan, whole, ()) is whole
    none = without_findings(plan, whole, {one.id for one in whole.findings})
    assert not none.findings
    assert none.grade.score > whole.grade.score
    same = without_findings(plan, whole, {"unknown"})
    assert same == whole
    first = whole.findings[0]
    less = without_findings(plan, whole, {first.id})
    assert [one.id for one in less.findings] == [one.id for one in whole.findings[1:]]
    assert all(first.id not in deduction.findings for deduction in less.grade.deductions)


def test_a_sheet_that_is_not_there(plan: Plan) -> None:
    for index in (-1, len(plan.goal_sheets)):
        with pytest.raises(IndexError):
            review_sheet(plan, index, as_of=DAY)


def test_files_are_told_in_the_order_given_and_progress_is_heard(tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04")
    files = [max(COUNTY.glob("*.txt")), broken, max(COUNTY.glob("*.docx"))]
    heard: list[tuple[int, int]] = []
    documents = [Document(file, file.name) for file in files]
    batch = review_files(documents, title="示例", as_of=DAY, progress=lambda *at: heard.append(at))
    assert [one.plan.source.name for one in batch.reviewed] == [files[0].name, files[2].name]
    assert [one.name for one in batch.unread] == ["坏.docx"]
    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3)]
    alone = review_files(documents, title="示例", as_of=DAY, isolate=False)
    assert alone == batch
    told = digest(batch.reviewed)
    assert told.plans == 2
    assert told.sheets == sum(len(one.plan.goal_sheets) for one in batch.reviewed)
    assert sum(told.counts.values()) == sum(len(one.review.findings) for one in batch.reviewed)
