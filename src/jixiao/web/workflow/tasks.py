"""批复 of many departments, in the background."""

from __future__ import annotations

from jixiao.web.jobs.queue import Running, job
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.organisations.models import Organisation
from jixiao.web.workflow.models import Approval, ApprovalBatch
from jixiao.web.workflow.services.approving import approve
from jixiao.web.workflow.services.batches import JOB
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
