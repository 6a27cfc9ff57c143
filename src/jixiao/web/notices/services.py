"""Telling people."""

from __future__ import annotations

from collections.abc import Collection

from jixiao.services.chain import canonical, sm3
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, service
from jixiao.web.notices.models import Notice


@service("notice.tell", "提醒", right="operation.run")
def tell(
    act: Act, *, people: Collection[int], kind: str, key: str, text: str, year: int, department: int | None = None
) -> int:
    """Tell people something once; how many had not been told. One entry, on the department's chain, with the digest of who."""
    known = set(act.all(Notice).filter(key=key, person__in=people).values_list("person_id", flat=True))
    fresh = sorted(set(people) - known)
    now = clock.now()
    Notice.objects.bulk_create(
        [Notice(person_id=one, kind=kind, key=key, text=text[:400], year=year, made_at=now) for one in fresh]
    )
    if fresh:
        facts = {"text": text, "people": len(fresh), "digest": sm3(canonical(fresh))}
        act.note("notices.notice", key, text[:80], facts, chain=department or 0)
    return len(fresh)
