"""A department of the example hands its set in: some sheets are with the bureau, one came back."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.domain.finding import Severity
from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.models import User
from jixiao.web.editor.answering import explain, unanswered_now
from jixiao.web.editor.set_services import give_reason
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.goals.selectors import sheet_shown
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation
from jixiao.web.workflow.handing_in import hand_in
from jixiao.web.workflow.sending_back import send_back
from jixiao.web.workflow.services import agree

_CLERK, _HEAD, _LEAD, _SECTION = "mahong", "guozhi", "tangwei", "zhoukai"
_STAY = 1
"""Sheets that the section of the bureau has not looked at yet"""


def put_on_the_way(people: Mapping[str, User], department: Organisation, year: int) -> None:
    """Hand in the set of ``department``; the head of the unit agrees, the lead department sends one back, the section passes most on."""
    clerk, head, lead, section = (actor_for(people[name]) for name in (_CLERK, _HEAD, _LEAD, _SECTION))
    give_reason(
        clerk,
        unit=department.pk,
        year=year,
        kind=SheetKind.DEPARTMENT_WIDE,
        reason="县里一上先报项目，二上再报部门整体",
    )
    for sheet in _sheets(clerk, department, year):
        for one in unanswered_now(clerk, year=year, key=sheet.pk):
            assert one.finding is not None
            explain(clerk, year=year, key=sheet.pk, words="按省下达的任务数，任务书下达后再核", finding=one.finding.id)
    hand_in(clerk, year, department.pk)
    sheets = _sheets(clerk, department, year)
    for sheet in sheets:
        agree(head, year=year, key=sheet.pk, version=sheet.version, opinion="同意报送")
    back = next((one for one in sheets if one.kind == SheetKind.GOAL and one.warnings), None)
    for sheet in sheets:
        if back is not None and sheet.pk == back.pk:
            _returned(lead, sheet)
        else:
            agree(lead, year=year, key=sheet.pk, version=sheet.version)
    with_bureau = [one for one in sheets if back is None or one.pk != back.pk]
    for sheet in with_bureau[:-_STAY]:
        agree(section, year=year, key=sheet.pk, version=sheet.version)


def _sheets(actor: Actor, unit: Organisation, year: int) -> list[Sheet]:
    return list(Sheet.objects.restrict(actor, "sheet.submit").filter(year=year, unit=unit).order_by("pk"))


def _returned(lead: Actor, sheet: Sheet) -> None:
    found = sheet_shown(lead, sheet.year, sheet.pk).review.findings
    kept = [one.id for one in found if one.severity is not Severity.ADVICE]
    send_back(
        lead,
        year=sheet.year,
        key=sheet.pk,
        version=sheet.version,
        findings=kept,
        opinion="请改这几处，里程和造价写明依据",
    )
