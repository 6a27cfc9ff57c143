"""The files that hold what a run found."""

from __future__ import annotations

from pathlib import Path

from jixiao.domain.codec import plan_to_dict, review_to_dict
from jixiao.services.batch import Progress, unheard
from jixiao.services.json_text import json_text
from jixiao.writers import Batch, write_opinion, write_report, write_summary

PLAN, REVIEW, OPINION = ".plan.json", ".review.json", ".审核意见.docx"
"""Endings of what is written for one plan"""
SUMMARY, REPORT = "审核总表.xlsx", "审核报告.html"
"""What is written for a batch"""


def write_results(folder: Path, batch: Batch, progress: Progress = unheard) -> None:
    """Everything for a batch, into a folder that exists. Raises OSError where that cannot be written."""
    progress(0, len(batch.reviewed))
    for done, one in enumerate(batch.reviewed, 1):
        (folder / f"{one.stem}{PLAN}").write_text(json_text(plan_to_dict(one.plan)), encoding="utf-8")
        (folder / f"{one.stem}{REVIEW}").write_text(json_text(review_to_dict(one.plan, one.review)), encoding="utf-8")
        (folder / f"{one.stem}{OPINION}").write_bytes(write_opinion(one))
        progress(done, len(batch.reviewed))
    (folder / SUMMARY).write_bytes(write_summary(batch))
    (folder / REPORT).write_text(write_report(batch), encoding="utf-8")


def left_over(folder: Path, batch: Batch) -> list[str]:
    """Opinion letters of an earlier run in the folder that the batch does not hold."""
    written = {f"{one.stem}{OPINION}" for one in batch.reviewed}
    return sorted(p.name for p in folder.glob(f"*{OPINION}") if p.name not in written)
