"""What goes along with an organisation of people: where they work, what they may do there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q

from jixiao.web.accounts.models import Assignment, AssignmentProject, User
from jixiao.web.kernel.acts import Act
from jixiao.web.organisations.reform.shares import Moved, Share, hands_over


@hands_over(order=10)
def people(act: Act, share: Share) -> Sequence[Moved]:
    """People of the predecessor work at the successor, with the roles they had: dated, so that the old ones stay in history."""
    del act
    rows = User.objects.unrestricted("a reform").filter(organisation=share.predecessor, left_on__isnull=True)
    if share.people is not None:
        rows = rows.filter(pk__in=share.people)
    ids = tuple(rows.values_list("pk", flat=True))
    rights = _assignments(share, ids)
    User.objects.unrestricted("a reform").filter(pk__in=ids).update(organisation=share.successor)
    return [Moved("人员", "人", ids), Moved("授权", "项", rights)]


def _assignments(share: Share, people: Sequence[int]) -> tuple[int, ...]:
    running = (
        Assignment.objects.unrestricted("a reform")
        .filter(
            Q(until__isnull=True) | Q(until__gte=share.since),
            organisation=share.predecessor,
            withdrawn_on__isnull=True,
        )
        .order_by("delegated_from_id", "id")
    )
    if share.people is not None:
        running = running.filter(user__in=people)
    made: dict[int, Assignment] = {}
    rows = sorted(running, key=lambda one: one.delegated_from_id or 0)  # what is stood in for before who stands in
    for old in rows:
        new = Assignment.objects.create(
            user_id=old.user_id,
            role=old.role,
            organisation=share.successor,
            since=max(old.since, share.since) if old.since else share.since,
            until=old.until,
            delegated_from=made.get(old.delegated_from_id or 0) or old.delegated_from,
        )
        links = AssignmentProject.objects.filter(assignment=old)
        AssignmentProject.objects.bulk_create(
            [AssignmentProject(assignment=new, project_id=one.project_id) for one in links]
        )
        if old.since is not None and old.since >= share.since:
            old.withdrawn_on = share.since
        else:
            old.until = share.since - timedelta(days=1)
        old.save(update_fields=["until", "withdrawn_on"])
        made[old.pk] = new
    return tuple(one.pk for one in rows)
