"""A sheet on its way: where it stands, and who takes it further."""

from __future__ import annotations

from jixiao.web.accounts.roles import Role
from jixiao.web.editor.answering import explain, unanswered_now
from jixiao.web.goals.models import Sheet
from jixiao.web.workflow import services
from jixiao.web.workflow.handing_in import hand_in
from jixiao.web.workflow.models import Run
from web.make import YEAR, Office

STEPS = ((Role.UNIT_HEAD, "unit"), (Role.LEAD_REVIEWER, "lead"), (Role.BUSINESS_SECTION, "business"), (Role.PERFORMANCE_SECTION, "performance"))  # fmt: skip


def run_of(sheet: Sheet) -> Run:
    return Run.objects.unrestricted("test").get(sheet=sheet, is_current=True)


def now(sheet: Sheet) -> tuple[str, str, str]:
    run = run_of(sheet)
    sheet.refresh_from_db()
    return run.phase, run.step, sheet.state


def handed_in(county: Office) -> None:
    hand_in(county.actor(Role.CLERK), YEAR, county.commerce.pk)


def agreed(county: Office, sheet: Sheet, role: Role) -> Run:
    return services.agree(county.actor(role), year=YEAR, key=sheet.pk, version=sheet.version)


def answered(county: Office, sheet: Sheet) -> None:
    """The unit explains all that it was sent back with."""
    clerk = county.actor(Role.CLERK)
    for one in unanswered_now(clerk, year=YEAR, key=sheet.pk):
        explain(clerk, year=YEAR, key=sheet.pk, words="已按要求核对", point=one.point and one.point.pk)


def passed(county: Office, sheet: Sheet) -> None:
    for role, _ in STEPS:
        agreed(county, sheet, role)
