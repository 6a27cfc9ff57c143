"""The root of a day 「每日根」: one digest over the ends of all chains when the day ended, over the root of the day before.

It is printed, exported, published outside: whoever holds one can tell whether anything up to that day was written anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from django.db.models import Max, Q

from jixiao.services.chain import entry_digest
from jixiao.web.audit.models import AuditEntry, ChainHead, DailyRoot
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.kernel.people import system

Heads = dict[int, tuple[int, str]]
"""Chain → number and digest of its last entry"""


def heads_before(moment: datetime) -> Heads:
    """Where every chain stood just before a moment; chains that had not begun are not in it."""
    rows = AuditEntry.objects.unrestricted("ends of chains").order_by()
    last = dict(rows.filter(at__lt=moment).values_list("chain").annotate(Max("number")))
    found: Heads = {}
    chains = sorted(last)
    for start in range(0, len(chains), 200):
        condition = Q(pk__in=())
        for chain in chains[start : start + 200]:
            condition |= Q(chain=chain, number=last[chain])
        for chain, number, digest in rows.filter(condition).values_list("chain", "number", "digest"):
            found[chain] = (number, digest)
    return {chain: found[chain] for chain in chains}


def heads_of(day: date) -> Heads:
    """Where every chain stood when a local day ended: as its root says, where there is one."""
    root = DailyRoot.objects.filter(day=day).first()
    if root is not None:
        return {chain: (number, digest) for chain, number, digest in root.heads}
    return heads_before(clock.end_of(day))


def current_heads() -> Heads:
    """Where every chain stands."""
    rows = ChainHead.objects.filter(number__gt=0).order_by("chain")
    return {head.chain: (head.number, head.digest) for head in rows}


@service("audit.root", "算出每日根", right="log.verify")
def make_root(act: Act, *, day: date) -> DailyRoot:
    """The root of a local day that is over, and of the days before it that have none. Made once: then it is found.

    Raises Refused for a day that is not over.
    """
    found = DailyRoot.objects.filter(day=day).first()
    if found is not None:
        return found
    if not clock.is_past(day):
        raise Refused(f"{day:%Y-%m-%d} 还没有过完，每日根要到第二天零点以后才能算", field="day", status=422)
    list(ChainHead.objects.select_for_update().order_by("chain"))  # whoever still writes entries of that day ends first
    last = DailyRoot.objects.order_by("-day").first()
    if last is not None and last.day > day:
        raise Refused(f"{day:%Y-%m-%d} 在第一个每日根之前，那天还没有审计日志", field="day", status=422)
    if last is None:
        first = AuditEntry.objects.unrestricted("the first day").order_by("at").values_list("at", flat=True).first()
        begins = min(day, first.astimezone(clock.now().tzinfo).date()) if first is not None else day
        last = _root(begins, None)
    while last.day < day:
        last = _root(last.day + timedelta(days=1), last)
    act.note(
        "audit.dailyroot",
        last.day.isoformat(),
        f"{last.day:%Y-%m-%d} 的每日根",
        {"digest": last.digest, "previous": last.previous, "chains": len(last.heads)},
    )
    return last


def make_roots() -> DailyRoot | None:
    """The root of yesterday with all that are missing before it, made by the program itself; None on the first day."""
    if not AuditEntry.objects.unrestricted("whether the log has begun").exists():
        return None
    return make_root(system("每日根"), day=clock.today() - timedelta(days=1))


def _root(day: date, before: DailyRoot | None) -> DailyRoot:
    heads = heads_before(clock.end_of(day))
    if before is not None:  # a clock set back makes no chain shorter
        for chain, number, digest in before.heads:
            if heads.get(chain, (0, ""))[0] < number:
                heads[chain] = (number, digest)
    made = DailyRoot(
        day=day,
        heads=[[chain, *heads[chain]] for chain in sorted(heads)],
        previous=before.digest if before is not None else "",
        made_at=clock.now().replace(microsecond=0),
    )
    made.digest = entry_digest(as_root(made))
    made.save(force_insert=True)
    return made


def as_root(root: DailyRoot) -> Mapping[str, object]:
    """A root as it is exported and digested."""
    return {
        "day": root.day.isoformat(),
        "heads": root.heads,
        "made_at": root.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "previous": root.previous,
        "digest": root.digest,
    }
