"""Entries onto their chains, in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from jixiao.services.chain import entry_digest, normal, text
from jixiao.web.audit.models import AuditEntry, ChainHead
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Entry
from jixiao.web.kernel.people import Actor


def append(actor: Actor, entries: Sequence[Entry]) -> None:
    """Write the entries; heads are locked in the order of their chains, so that two transactions never wait for each other.

    The moment is taken while they are locked: on every chain entries stand in the order of their time.
    """
    heads = _locked(sorted({one.chain for one in entries}))
    at = _milliseconds(clock.now())
    rows = []
    for one in entries:
        head = heads[one.chain]
        row = AuditEntry(
            chain=one.chain,
            number=head.number + 1,
            at=at,
            actor_id=actor.id,
            actor=text(f"{actor.name}（{one.behalf}）" if one.behalf else actor.name, 120),
            action=text(one.action, 60),
            kind=text(one.kind, 60),
            object_id=text(one.object_id, 60),
            object_label=text(one.label, 200),
            before=normal(one.before),
            after=normal(one.after),
            note=text(one.note, 400),
            request_id=text(actor.request_id, 40),
            address=text(actor.address, 60),
            previous=head.digest,
            department_id=one.chain or None,
        )
        row.digest = entry_digest(as_record(row))
        head.number, head.digest = row.number, row.digest
        rows.append(row)
    AuditEntry.objects.bulk_create(rows)
    for head in heads.values():
        head.save(update_fields=["number", "digest"])


def _locked(chains: Sequence[int]) -> dict[int, ChainHead]:
    """The heads, locked in the order given. Chains that are new begin before anything is locked."""
    there = set(ChainHead.objects.filter(chain__in=chains).values_list("chain", flat=True))
    for chain in chains:
        if chain not in there:
            ChainHead.objects.get_or_create(chain=chain)
    rows = ChainHead.objects.select_for_update().filter(chain__in=chains).order_by("chain")
    return {head.chain: head for head in rows}


def _milliseconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


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
