"""What is done with appraisals: answered, given files, concluded, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jixiao.web.appraisals.models import LONGEST_ANSWER, AppraisalFile, ExAnteAppraisal, Question
from jixiao.web.files.store import Kept, row_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, Stale, service
from jixiao.web.organisations.services.years import require_open
from jixiao.web.projects.models import Project

MOST_FILES = 30
SHORTEST_REASON = 2


@service("appraisal.written", "写事前绩效评估", right="project.edit")
def write(
    act: Act, *, project: int, year: int, answers: Mapping[str, str], held_on: date | None = None, held_by: str = "",
    version: int = 0,
) -> ExAnteAppraisal:  # fmt: skip
    """Keep answers, complete or not; those that are not given stay as they are. ``version`` is the one they were written upon.

    Raises Stale where somebody else wrote since, Refused where it is concluded or a question is none.
    """
    pool = act.get(Project, project, lock=False)
    require_open(act, year, pool.unit.region_id)
    found = act.all(ExAnteAppraisal).filter(project=pool, year=year).select_for_update(of=("self",)).first()
    one = found or ExAnteAppraisal(project=pool, year=year)
    _not_concluded(one)
    if one.version != version:
        raise Stale("别人刚改过这份评估，您写的还在这一页上。请把两边合在一起再存")
    for name, words in answers.items():
        if name not in Question:
            raise Refused(f"没有“{name}”这一问", field=name, status=422)
        if len(words) > LONGEST_ANSWER:
            raise Refused(f"{Question(name).label}太长，最多{LONGEST_ANSWER}个字", field=name, status=422)
    one.answers = {**one.answers, **{name: words.strip() for name, words in answers.items()}}
    if held_on is not None:
        if held_on > clock.today():
            raise Refused("评估日期不能晚于今天", field="held_on", status=422)
        one.held_on = held_on
    one.held_by = held_by.strip()[:200] or one.held_by
    one.version += 1
    return act.save(one) if found is not None else act.add(one)


@service("appraisal.concluded", "定事前评估结论", right="project.edit")
def conclude(act: Act, *, appraisal: int, conclusion: str, reasons: str) -> ExAnteAppraisal:
    """Draw the conclusion, once all five questions are answered. Raises Refused naming those that are not."""
    one = act.get(ExAnteAppraisal, appraisal)
    _not_concluded(one)
    left = [question.label for question in Question if not one.answers.get(question.value, "").strip()]
    if left:
        raise Refused(f"还没有写：{'、'.join(left)}。五问都写了才能定结论", field="conclusion", status=422)
    if conclusion not in ExAnteAppraisal.Conclusion:
        raise Refused("请选结论：予以支持、完善后支持或不予支持", field="conclusion", status=422)
    if len(reasons.strip()) < SHORTEST_REASON:
        raise Refused("请写结论的理由", field="reasons", status=422)
    one.conclusion, one.reasons = conclusion, reasons.strip()[:LONGEST_ANSWER]
    one.concluded_at, one.concluded_by = clock.now(), act.actor.name
    one.version += 1
    return act.save(one)


@service("appraisal.reopened", "重开事前评估", right="project.edit")
def reopen(act: Act, *, appraisal: int, reason: str) -> ExAnteAppraisal:
    """Write in a concluded appraisal again, with the reason; the log keeps what it said."""
    one = act.get(ExAnteAppraisal, appraisal)
    if not one.is_concluded:
        raise Refused("这份评估还没有定结论，直接改就行")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("请写重开的原因", field="reason", status=422)
    one.conclusion, one.reasons, one.concluded_at, one.concluded_by = "", "", None, ""
    one.version += 1
    return act.save(one, note=f"重开：{reason.strip()[:100]}")


@service("appraisal.file_added", "加事前评估附件", right="project.edit")
def add_file(act: Act, *, appraisal: int, name: str, kept: Kept) -> AppraisalFile:
    """A file of it, whose bytes are kept already."""
    one = act.get(ExAnteAppraisal, appraisal)
    _not_concluded(one)
    if act.all(AppraisalFile).filter(appraisal=one).count() >= MOST_FILES:
        raise Refused(f"附件最多{MOST_FILES}个。请合并以后再传", field="file", status=422)
    stored = row_of(kept)
    if act.all(AppraisalFile).filter(appraisal=one, stored=stored).exists():
        raise Refused("这个附件已经有了，没有重复收", field="file")
    return act.add(
        AppraisalFile(appraisal=one, name=name[-255:], stored=stored, added_at=clock.now(), added_by=act.actor.name)
    )


@service("appraisal.file_removed", "撤下事前评估附件", right="project.edit")
def remove_file(act: Act, *, file: int) -> None:
    """Take a file out again while nothing is concluded."""
    one = act.get(AppraisalFile, file)
    _not_concluded(one.appraisal)
    act.delete(one)


def _not_concluded(one: ExAnteAppraisal) -> None:
    if one.is_concluded:
        raise Refused(
            f"结论已定（{one.get_conclusion_display()}，{one.concluded_by}），不能再改。要改请先重开，写明原因"
        )
