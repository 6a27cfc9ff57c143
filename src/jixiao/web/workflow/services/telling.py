"""News of what was decided, for those who wrote or handed in 「新动态」; what waits for somebody is no news but their to-do list."""

from __future__ import annotations

from collections.abc import Iterable

from jixiao.web.goals.models import Sheet
from jixiao.web.kernel import clock
from jixiao.web.notices.models import Notice
from jixiao.web.workflow.models import Decision, Phase, Run

_LONGEST = 400


def tell(people: Iterable[int], key: str, text: str, year: int) -> None:
    """Tell people once; who is told already is not told again. It follows from a decision, whose entry stands in the log."""
    now = clock.now()
    made = [
        Notice(person_id=one, kind=Notice.Kind.DECISION, key=key, text=text[:_LONGEST], year=year, made_at=now)
        for one in sorted(set(people))
    ]
    Notice.objects.bulk_create(made, ignore_conflicts=True)


def tell_returned(sheet: Sheet, decision: Decision, people: Iterable[int], title: str) -> None:
    """A sheet came back: from whom, from which step, why."""
    text = f"{sheet.title}在“{title}”被{decision.made_by}退回：{decision.opinion}"
    tell(people, f"decision-{decision.pk}", text, sheet.year)


def tell_passed(sheet: Sheet, run: Run, people: Iterable[int]) -> None:
    """All that a unit handed in in a round passed; nothing while one is on its way."""
    rows = Run.objects.unrestricted("how far a unit is").filter(
        sheet__unit=sheet.unit_id, sheet__year=sheet.year, is_current=True, round=run.round_id
    )
    if rows.exclude(phase__in=(Phase.PASSED, Phase.APPROVED)).exists():
        return
    key = f"passed-{sheet.unit_id}-{sheet.year}-{run.round_id or 0}-{run.pk}"
    tell(people, key, f"{sheet.unit.name}送审的{rows.count()}张都审核通过了，等批复", sheet.year)
