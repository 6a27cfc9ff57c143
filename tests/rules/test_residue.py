"""Residue that a reader took out is told of once; short plans of the cases hold no notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rules.case import plan_of

from jixiao.domain.note import Note
from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.rules import RULES


def test_notes_of_the_reader_are_told_once() -> None:
    notes = tuple(Note("residue.removed", "", f"第 {n} 行有转换残留“TC 目标”，读取时已去掉。") for n in (3, 9))
    plan = replace(plan_of({"goals": ["更新设备3台。"]}), notes=(*notes, Note("cell.merged", "", "合并单元格。")))
    (finding,) = review_plan(plan, {"L68": RULES["L68"]}, rulesets()["national-88"], date(2026, 1, 1)).findings
    assert finding.pointer == "/title"
    assert "2 处" in finding.message
    assert "第 3 行" in finding.evidence
