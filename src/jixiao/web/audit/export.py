"""The log as files that can be checked elsewhere: see ``jixiao.services.audit_files``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, timedelta
from typing import Any

from jixiao.services.audit_files import lines_of
from jixiao.services.chain import normal
from jixiao.web.audit.chain import as_record
from jixiao.web.audit.models import AuditEntry, DailyRoot
from jixiao.web.audit.roots import Heads, as_root, current_heads, heads_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service

_AT_ONCE = 2000


@service("audit.export", "导出审计日志", right="log.verify")
def note_export(act: Act, *, since: date | None = None, until: date | None = None) -> None:
    """Note that somebody takes the log out; ``export_lines`` then gives it. Raises Refused for days the wrong way round."""
    if since is not None and until is not None and since > until:
        raise Refused("开始日期在结束日期之后，请对调", field="since", status=422)
    act.note("audit.auditentry", "", "审计日志", {"since": normal(since), "until": normal(until)}, note="导出")


def export_lines(since: date | None = None, until: date | None = None) -> Iterator[bytes]:
    """The lines of an export of local days, both ends in it; without ends all there is. Asks no right: call ``note_export`` first."""
    ends = current_heads() if until is None else heads_of(until)
    starts: Heads = heads_of(since - timedelta(days=1)) if since is not None else {}
    roots = DailyRoot.objects.order_by("day")
    if since is not None:
        roots = roots.filter(day__gte=since - timedelta(days=1))
    if until is not None:
        roots = roots.filter(day__lte=until)
    header: Mapping[str, Any] = {
        "made_at": clock.now().astimezone(UTC).isoformat(timespec="seconds"),
        "from": since.isoformat() if since is not None else None,
        "until": until.isoformat() if until is not None else None,
        "starts": [[chain, *starts.get(chain, (0, ""))] for chain in ends],
        "heads": [[chain, *ends[chain]] for chain in ends],
    }
    return lines_of(header, (as_root(one) for one in list(roots)), _entries(starts, ends))


def _entries(starts: Heads, ends: Heads) -> Iterable[Mapping[str, object]]:
    rows = AuditEntry.objects.unrestricted("an export of the log").order_by("number")
    for chain, (last, _) in ends.items():
        done = starts.get(chain, (0, ""))[0]
        while done < last:
            some = rows.filter(chain=chain, number__gt=done, number__lte=last)[:_AT_ONCE]
            found = list(some)
            if not found:
                break  # a gap: whoever checks the file finds it
            yield from map(as_record, found)
            done = found[-1].number
