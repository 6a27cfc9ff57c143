"""批复 of many departments, and the mail of 催办, in the background."""

from __future__ import annotations

import smtplib

from django.core.mail import send_mail

from jixiao.web.accounts.models import User
from jixiao.web.jobs.queue import Running, job
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.organisations.models import Organisation
from jixiao.web.workflow.models import Approval, ApprovalBatch, Reminder
from jixiao.web.workflow.services.approving import approve
from jixiao.web.workflow.services.batches import JOB
from jixiao.web.workflow.services.reminding import MAIL
from jixiao.web.workflow.services.way import Looked

_NAMED = 3


@job(JOB, title="批复", is_long=True)
def approve_all(running: Running, *, batch: int) -> str:
    """Approve the departments of a batch that are not approved yet, one transaction each. Those that cannot be by now are told and
    left; killed on the way it goes on where it was."""
    actor = running.actor
    one = ApprovalBatch.objects.restrict(actor, "sheet.approve").filter(pk=batch).first()
    if one is None:
        raise NotThere
    names = dict(Organisation.objects.restrict(actor, "sheet.view").values_list("pk", "name"))
    left: list[str] = []
    for n, (unit, sheets) in enumerate(one.rows):
        name = names.get(unit, "一个部门")
        running.progress(n, len(one.rows), name)
        if Approval.objects.restrict(actor, "sheet.approve").filter(batch=one, unit=unit).exists():
            continue
        try:
            looked = [Looked(*some) for some in sheets]
            approve(actor, year=one.year, unit=unit, sheets=looked, document=one.document, day=one.day, batch=one.pk)
        except Refused as refused:
            left.append(f"{name}：{refused.message}")
    running.progress(len(one.rows), len(one.rows))
    done = len(one.rows) - len(left)
    more = f"等{len(left)}家" if len(left) > _NAMED else ""
    return f"批复了{done}家" + (f"；没有批{len(left)}家：{'；'.join(left[:_NAMED])}{more}" if left else "")


@job(MAIL, title="发催办的邮件")
def mail_reminder(running: Running, *, reminder: int) -> str:
    """Tell by e-mail those that a 催办 told inside, each once; what does not go out is told with why."""
    one = Reminder.objects.unrestricted("mail of the system").filter(pk=reminder).first()
    if one is None:
        return ""
    rows = User.objects.unrestricted("whom to write").filter(pk__in=one.people, is_active=True).exclude(email="")
    people = list(rows.order_by("pk"))
    if not people:
        return "没有人登记邮箱"
    left: list[str] = []
    for n, person in enumerate(people):
        running.progress(n, len(people))
        if person.pk in one.mailed:
            continue
        try:
            send_mail(
                f"催办：{one.department.name}", f"{person.name}：\n{one.text}\n（{one.made_by}）", None, [person.email]
            )
        except (OSError, smtplib.SMTPException) as error:
            left.append(person.name)
            one.mail_trouble = f"{type(error).__name__}：{error}"[:200]
        else:
            one.mailed = [*one.mailed, person.pk]
        one.save(update_fields=["mailed", "mail_trouble"])
    running.progress(len(people), len(people))
    sent = f"发出{len(people) - len(left)}封"
    return sent + (f"，{'、'.join(left[:3])}等{len(left)}人没有发出：{one.mail_trouble}" if left else "")
