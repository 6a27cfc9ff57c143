"""Deadlines of rounds, near and past: whom they are told, what is still to come in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from jixiao.web.accounts.models import Assignment
from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet, SheetKind, SheetState
from jixiao.web.kernel import clock
from jixiao.web.organisations.models import FiscalYear, Organisation, OrganisationKind, Round
from jixiao.web.organisations.services.rounds import deadline

BEFORE = (7, 3, 1, 0)
"""Days before a deadline on which one is reminded"""
AFTER = (1, 3, 7, 14)
"""Days after it on which one is told that it has passed"""
_WHY = "what the clock has to tell"
_KINDS = {
    Round.Kind.FIRST_UP: (SheetKind.GOAL, SheetKind.DEPARTMENT_WIDE, SheetKind.PART_ONE),
    Round.Kind.SECOND_UP: (SheetKind.GOAL, SheetKind.DEPARTMENT_WIDE, SheetKind.PART_ONE),
    Round.Kind.MONITORING: (SheetKind.MONITORING,),
    Round.Kind.SELF_EVALUATION: (SheetKind.SELF_EVALUATION,),
}
"""What departments hand in in a round; others have nothing to hand in"""
_MOST_NAMES = 3


@dataclass(frozen=True)
class News:
    """To be told: whom, which kind (reminder, overdue), about what, in which words."""

    people: Sequence[int]
    kind: str
    key: str
    text: str
    year: int
    department: int | None


def news(today: date) -> Iterator[News]:
    """What is to be told on a day: to departments that have units without a sheet, and to the finance bureau who is late."""
    rounds = Round.objects.unrestricted(_WHY).filter(
        fiscal_year__state=FiscalYear.State.OPEN, opens_on__lte=today, kind__in=_KINDS
    )
    for one in rounds.select_related("fiscal_year").order_by("pk"):
        late: list[str] = []
        departments = _departments(one)
        for department in departments:
            last = deadline(one, department.pk)
            left = (last - today).days
            is_told = left in BEFORE or -left in AFTER
            missing = _missing(one, department) if is_told else []
            if not missing:
                continue
            kind = "reminder" if left >= 0 else "overdue"
            if left < 0:
                late.append(department.name)
            yield News(
                _people(department),
                kind,
                f"round-{one.pk}-{last.isoformat()}-{left}",
                _words(one, last, left, missing),
                one.fiscal_year.year,
                department.pk,
            )
        if late:
            text = f"{one.label}逾期{len(late)}家：{'、'.join(late[:_MOST_NAMES])}{'等' if len(late) > _MOST_NAMES else ''}"
            yield News(_bureau(one), "overdue", f"late-{one.pk}-{today.isoformat()}", text, one.fiscal_year.year, None)


def _departments(one: Round) -> list[Organisation]:
    found = Organisation.objects.unrestricted(_WHY).filter(
        region=one.fiscal_year.region_id, kind=OrganisationKind.LEAD_DEPARTMENT, closed_on__isnull=True
    )
    return list(found.order_by("order", "pk"))


def _missing(one: Round, department: Organisation) -> list[str]:
    """The department and its units that have handed in no sheet of the year."""
    sheets = Sheet.objects.unrestricted(_WHY).filter(year=one.fiscal_year.year, kind__in=_KINDS[Round.Kind(one.kind)])
    there = sheets.exclude(state__in=[SheetState.VOID, SheetState.DRAFTED, SheetState.SENT_BACK])
    units = Organisation.objects.unrestricted(_WHY).filter(department=department, closed_on__isnull=True)
    left = units.exclude(pk__in=there.values("unit")).order_by("order", "pk")
    return list(left.values_list("name", flat=True))


def _words(one: Round, last: date, left: int, missing: Sequence[str]) -> str:
    names = "、".join(missing[:_MOST_NAMES]) + (f"等{len(missing)}个单位" if len(missing) > _MOST_NAMES else "")
    when = f"{last.month}月{last.day}日24:00止"
    if left < 0:
        return f"{one.label}已逾期{-left}天（{when}），还没报：{names}。请今天送审；报不了的请向绩效股申请延期"
    gap = f"还剩{left}天" if left else "今天截止"
    return f"{one.label}{gap}（{when}），还没报：{names}"


def _holders(roles: Sequence[Role], where: Q) -> list[int]:
    today = clock.today()
    held = Assignment.objects.unrestricted(_WHY).filter(
        where,
        Q(since__isnull=True) | Q(since__lte=today),
        Q(until__isnull=True) | Q(until__gte=today),
        withdrawn_on__isnull=True,
        user__is_active=True,
        role__in=[role.value for role in roles],
    )
    return sorted(set(held.values_list("user_id", flat=True)))


def _people(department: Organisation) -> list[int]:
    roles = (Role.CLERK, Role.UNIT_HEAD, Role.LEAD_REVIEWER)
    return _holders(roles, Q(organisation__department=department.pk))


def _bureau(one: Round) -> list[int]:
    return _holders((Role.PERFORMANCE_SECTION,), Q(organisation__region=one.fiscal_year.region_id))
