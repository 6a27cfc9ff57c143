"""What of the log is shown to whom."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone

from jixiao.services.audit_files import Verified, verify
from jixiao.web.audit.export import export_lines
from jixiao.web.audit.models import AuditEntry, ChainHead, DailyRoot
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.kernel.people import Actor

MOST_CHECKED = 200_000


@dataclass(frozen=True)
class Wanted:
    """What the log is narrowed to; what is empty narrows nothing."""

    department: int | None = None
    action: str = ""
    kind: str = ""
    object: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None

    def count(self) -> int:
        """How many conditions there are."""
        return sum(bool(value) for value in vars(self).values())


def log(actor: Actor, wanted: Wanted) -> QuerySet[AuditEntry]:
    """Entries somebody may read, in no order."""
    rows = AuditEntry.objects.restrict(actor, "log.view")
    exact: Mapping[str, object] = {
        "department": wanted.department,
        "action": wanted.action,
        "kind": wanted.kind,
        "object_id": wanted.object,
        "actor": wanted.actor,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.since is not None:
        rows = rows.filter(at__gte=_midnight(wanted.since))
    if wanted.until is not None:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    found: QuerySet[AuditEntry] = rows
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


_AT_ONCE = timedelta(minutes=30)


def note_view(actor: Actor, what: str) -> None:
    """Note that somebody reads the log: who did what and from where is personal too. Once for half an hour of reading."""
    since = clock.now() - _AT_ONCE
    own = AuditEntry.objects.unrestricted("whether it is noted already").filter(
        action="audit.viewed", actor_id=actor.id, at__gt=since
    )
    if not own.exists():
        _note_view(actor, what=what)


@service("audit.viewed", "查看审计日志", right="log.view")
def _note_view(act: Act, *, what: str) -> None:
    act.note("audit.auditentry", "", "审计日志", {}, note=what)


@dataclass(frozen=True)
class Card:
    """The log in a few numbers 「摘要卡」."""

    chains: int
    entries: int
    root: DailyRoot | None


def card() -> Card:
    """How long the log is, and its last root."""
    numbers = list(ChainHead.objects.filter(number__gt=0).values_list("number", flat=True))
    return Card(len(numbers), sum(numbers), DailyRoot.objects.order_by("-day").first())


def check() -> Verified:
    """The whole log as ``jixiao audit verify`` sees it. Raises Refused where it is too long to wait for."""
    if card().entries > MOST_CHECKED:
        raise Refused(
            f"日志超过{MOST_CHECKED}条，在网页上核对要等太久。请导出以后运行 jixiao audit verify 核对", status=413
        )
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        file = Path(folder) / "数据库里的日志"
        with file.open("wb") as stream:
            stream.writelines(export_lines())
        return verify([file])


@service("audit.checked", "核对审计日志", right="log.verify")
def note_check(act: Act, *, entries: int, defects: int) -> None:
    """Note that somebody checked the log, and what came of it."""
    act.note("audit.auditentry", "", "审计日志", {"entries": entries, "defects": defects}, note="在网页上核对")
