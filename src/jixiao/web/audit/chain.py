"""Entries onto their chains, in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from jixiao.services.chain import entry_digest
from jixiao.web.audit.models import AuditEntry, ChainHead
from jixiao.web.kernel.acts import Entry
from jixiao.web.kernel.people import Actor


def append(actor: Actor, entries: Sequence[Entry], moment: datetime) -> None:
    """Write the entries; heads are locked in the order of their chains, so that two transactions never wait for each other."""
    at = moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)
    for chain in sorted({one.chain for one in entries}):
        ChainHead.objects.get_or_create(chain=chain)
        head = ChainHead.objects.select_for_update().get(chain=chain)
        rows = []
        for one in (one for one in entries if one.chain == chain):
            row = AuditEntry(
                chain=chain,
                number=head.number + 1,
                at=at,
                actor_id=actor.id,
                actor=actor.name,
                action=one.action,
                kind=one.kind,
                object_id=one.object_id,
                object_label=one.label[:200],
                before=one.before,
                after=one.after,
                note=one.note[:400],
                request_id=actor.request_id,
                address=actor.address,
                previous=head.digest,
                department_id=chain or None,
            )
            row.digest = entry_digest(as_record(row))
            head.number, head.digest = row.number, row.digest
            rows.append(row)
        AuditEntry.objects.bulk_create(rows)
        head.save(update_fields=["number", "digest"])


def as_record(row: AuditEntry) -> dict[str, object]:
    """An entry as it is exported and digested; ``digest`` itself stays out of what is digested."""
    return {
        "chain": row.chain,
        "number": row.number,
        "at": row.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "actor_id": row.actor_id,
        "actor": row.actor,
        "action": row.action,
        "kind": row.kind,
        "object_id": row.object_id,
        "object": row.object_label,
        "before": row.before,
        "after": row.after,
        "note": row.note,
        "request_id": row.request_id,
        "address": row.address,
        "previous": row.previous,
        "digest": row.digest,
    }
