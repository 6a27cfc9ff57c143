"""What only a person can say of a file before it can be taken in: whose it is, of which year, about which project.

A question is asked once: the answer is remembered with the file, and names that people confirmed with the pool.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from jixiao.web.desk.selectors import Opened
from jixiao.web.desk.still_open import needs_project
from jixiao.web.intake.models import IncomingSheet
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import FiscalYear, Organisation, OrganisationKind
from jixiao.web.projects.models import Project
from jixiao.web.projects.selectors import named

_MOST = 6
_MOST_FOUND = 12
_SHORTEST = 2


@dataclass(frozen=True)
class Choice:
    """An answer that can be pressed, and why it is offered."""

    value: str
    label: str
    reason: str = ""


@dataclass(frozen=True)
class Question:
    """``name`` is that of the field the answer is sent as; ``sheet`` is set where other answers are found in the pool.

    ``likely``: the first choice is a probable answer, so Enter may begin with it.
    """

    words: str
    name: str
    address: str
    choices: tuple[Choice, ...]
    version: int
    sheet: int | None = None
    is_likely: bool = True


def questions_of(actor: Actor, opened: Opened, sheet: IncomingSheet) -> list[Question]:
    """What is still to be said before the sheet can be taken in; the file's own questions first."""
    if sheet.accepted_id is not None:
        return []
    row = opened.row
    at_file = reverse("desk-decide-file", args=[row.pk])
    found: list[Question] = []
    if row.department_id is None:
        named = opened.plan.department.label
        words = f"文件上写的是“{named}”，是哪个部门？" if named else "看不出是哪个部门的文件。是哪个部门？"
        choices = _departments(actor, opened)
        found.append(Question(words, "department", at_file, choices, row.version, is_likely=bool(row.candidates)))
    if row.year is None:
        years = FiscalYear.objects.restrict(actor, "year.view").filter(
            region=row.batch.organisation.region_id, state=FiscalYear.State.OPEN
        )
        choices = tuple(Choice(str(one.year), f"{one.year}年度") for one in years)
        asked = "文件上没有写年度。是哪一年的预算？"
        found.append(Question(asked, "year", at_file, choices, row.version, is_likely=len(choices) == 1))
    if not found and needs_project(sheet):
        found.append(_project(actor, sheet))
    return found


def found_in_pool(actor: Actor, sheet: IncomingSheet, text: str) -> list[Choice]:
    """Projects of the pool that a text finds, for a sheet: its department's first. Raises nothing for a text too short: finds none."""
    text = " ".join(text.split())
    if len(text) < _SHORTEST:
        return []
    found = named(actor, text, year=sheet.year, department=sheet.file.department_id, most=_MOST_FOUND)
    return [Choice(str(one.project.pk), one.project.name, one.why) for one in found]


def _departments(actor: Actor, opened: Opened) -> tuple[Choice, ...]:
    rows = Organisation.objects.restrict(actor, "organisation.view").filter(
        region=opened.row.batch.organisation.region_id, kind=OrganisationKind.LEAD_DEPARTMENT, closed_on=None
    )
    likely = [one.pk for one in rows.filter(pk__in=opened.row.candidates)]
    order = {pk: n for n, pk in enumerate(opened.row.candidates)}
    ranked = sorted(rows, key=lambda one: (order.get(one.pk, len(order)), one.order, one.pk))
    if not ranked and opened.row.batch.organisation.department is not None:
        own = opened.row.batch.organisation.department  # who sees no other may say that it is their own
        return (Choice(str(own.pk), own.name, "本部门"),)
    most = _MOST if likely else len(ranked)
    return tuple(Choice(str(one.pk), one.name) for one in ranked[: max(most, len(likely))])


def _project(actor: Actor, sheet: IncomingSheet) -> Question:
    rows = Project.objects.restrict(actor, "project.view").filter(closed_on=None)
    likely = list(rows.filter(pk__in=sheet.candidates)[:_MOST])
    order = {pk: n for n, pk in enumerate(sheet.candidates)}
    likely.sort(key=lambda one: order[one.pk])
    choices = [Choice(str(one.pk), one.name, "名称相近") for one in likely]
    choices.append(Choice("new", f"新项目“{sheet.title}”", "收下时放进项目库"))
    words = f"项目库里没有和“{sheet.title}”完全一样的项目。是哪一个？"
    address = reverse("desk-decide", args=[sheet.pk])
    return Question(words, "project", address, tuple(choices), sheet.version, sheet.pk, bool(likely))
