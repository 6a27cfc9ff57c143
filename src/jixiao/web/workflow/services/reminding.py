"""催办: people with whom sheets stand are told inside and by e-mail; how often a department was."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from jixiao.web.accounts.models import User
from jixiao.web.jobs.queue import enqueue
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.notices.models import Notice
from jixiao.web.organisations.models import Organisation, OrganisationKind, Round
from jixiao.web.organisations.services.years import require_open
from jixiao.web.workflow.models import Reminder

MAIL = "reminder.mail"
"""The work in the background that sends what people are told by e-mail"""
LONGEST = 400


@service("department.reminded", "催办", right="set.remind")
def remind(
    act: Act,
    *,
    year: int,
    department: int,
    people: Collection[int],
    text: str,
    round: int | None = None,  # noqa: A002 - the field's name everywhere
    again: bool = False,
) -> Reminder:
    """Tell people of a lead department, or those who have its sheets, what is still to come in.

    ``people`` are those with whom it stands. Raises Refused where it was reminded today, unless ``again``.
    """
    place = act.get(Organisation, department, lock=False)
    require_open(act, year, place.region_id)
    words = " ".join(text.split())
    if place.kind != OrganisationKind.LEAD_DEPARTMENT:
        raise Refused(f"催办按主管部门，{place.name}不是主管部门", status=422)
    if not 2 <= len(words) <= LONGEST:
        raise Refused(f"催办的话要写2到{LONGEST}个字", field="text", status=422)
    where = act.get(Round, round, "year.view", lock=False) if round is not None else None
    rows = Reminder.objects.unrestricted("whether it was reminded today").filter(department=place, year=year)
    last = rows.order_by("-pk").first()
    if last is not None and not again and clock.today() == timezone.localdate(last.made_at):
        raise Refused(f"{place.name}今天催过了（{last.made_by}），再催？")
    known = User.objects.unrestricted("whom a department is reminded through").filter(
        pk__in=set(people), is_active=True
    )
    told = sorted(known.values_list("pk", flat=True))
    if not told:
        raise Refused(f"{place.name}没有可以催的人：请先给它的填报人开账号，或打电话")
    made = act.add(
        Reminder(
            department=place,
            year=year,
            round=where,
            text=words,
            people=told,
            made_at=clock.now(),
            made_by=act.actor.name,
        )
    )
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=one,
                kind=Notice.Kind.REMINDER,
                key=f"reminder-{made.pk}",
                text=f"{words}（{act.actor.name}催办）"[:LONGEST],
                year=year,
                made_at=made.made_at,
            )
            for one in told
        ]
    )
    enqueue(MAIL, key=str(made.pk), actor=None, reminder=made.pk)
    return made


@service("progress.exported", "导出报送进度", right="sheet.export")
def note_progress(act: Act, *, departments: Collection[int], year: int, digest: str, what: str) -> None:
    """Note that the list was taken away as a file, with the people and telephones in it: one entry a department."""
    rows = act.all(Organisation).filter(pk__in=set(departments)).order_by("pk")
    for one in rows:
        act.record(one, {}, {"format": "xlsx", "year": year, "sha256": digest}, note=what)
