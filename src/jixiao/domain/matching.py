"""Which row of the edited plan is which of the version before: matched one to one by content, doubt is a question.

In this order, each step among what the steps before left: what says exactly the same; what is called the same; what is
written alike, and clearly more alike than anything else. A row that stands alone between two known ones where one is
gone, and is of its kind, may be that one renamed: nobody can tell, so it is asked and taken as new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from jixiao.domain.identity import COLLECTIONS, identified, things
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.domain.stage import LaterSheet
from jixiao.domain.traces import Trace, trace_of

ALIKE = 0.5
"""Share of common pairs of characters from which two things may be one"""
CLEARLY = 0.1
"""By how much the best must be better than the next"""
_SURE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Pairs (new index, old index), and new indices with the old ones each may be."""

    pairs: dict[int, int]
    doubts: dict[int, tuple[int, ...]]


def matched(plan: Plan, earlier: Trace) -> Plan:
    """``plan`` with the ids of the version before where its things are known again; new things get ids of their own.

    Every doubt is a note ``identity.doubt`` at the thing: it may be one of the version before, and counts as new.
    """
    notes: list[Note] = []
    promised = plan.with_later_sheets(())
    known = identified(_known(promised, trace_of(promised), earlier, "", notes))
    new = {old: id_ for (_, old), (_, id_) in zip(things(promised), things(known), strict=True)}
    followed = known.with_later_sheets(_followed(sheet, new) for sheet in plan.later_sheets.values())
    return identified(replace(followed, notes=(*plan.notes, *notes)))


def _followed(sheet: LaterSheet, new: Mapping[str, str]) -> LaterSheet:
    """What is filled in on a sheet, under the new ids of the sheet and its rows."""
    rows: Any = {new[id_]: row for id_, row in sheet.rows.items()}
    return replace(sheet, sheet=new[sheet.sheet], rows=rows)


def _known(thing: Any, trace: Trace, earlier: Trace | None, pointer: str, notes: list[Note]) -> Any:
    """``thing`` and what it holds with the ids of ``earlier``; without ids where that is None."""
    changes: dict[str, Any] = {} if pointer == "" else {"id": earlier.id if earlier else ""}
    for name in COLLECTIONS:
        if name not in trace.held:
            continue
        olds = earlier.held.get(name, ()) if earlier else ()
        news = trace.held[name]
        pairing = _paired(news, olds)
        items = []
        for n, item in enumerate(getattr(thing, name)):
            old = olds[pairing.pairs[n]] if n in pairing.pairs else None
            here = f"{pointer}/{name}/{n}"
            if n in pairing.doubts:
                notes.append(_doubt(here, pairing.doubts[n]))
            items.append(_known(item, news[n], old, here, notes))
        changes[name] = tuple(items)
    return replace(thing, **changes) if changes else thing


def _doubt(pointer: str, candidates: Sequence[int]) -> Note:
    which = "、".join(str(n + 1) for n in candidates)
    message = (
        f"这一项可能是上一版的第 {which} 项改过名的，分不清，暂按新的一项处理；以前的意见和记录没有跟过来，请确认。"
    )
    return Note("identity.doubt", pointer, message, _SURE)


def _paired(news: Sequence[Trace], olds: Sequence[Trace]) -> _Pairing:
    pairs: dict[int, int] = {}
    if olds:
        _by_digest(news, olds, pairs, lambda trace: trace.exact)
        _by_name(news, olds, pairs)
    doubts = _by_likeness(news, olds, pairs)
    return _Pairing(pairs, {**_alone_between(news, olds, pairs), **doubts})


def _left(count: int, taken: Sequence[int]) -> list[int]:
    gone = set(taken)
    return [n for n in range(count) if n not in gone]


def _by_digest(
    news: Sequence[Trace], olds: Sequence[Trace], pairs: dict[int, int], digest: Callable[[Trace], str]
) -> None:
    """Pair what says the same, copies in their order."""
    free: dict[str, list[int]] = defaultdict(list)
    for k in _left(len(olds), list(pairs.values())):
        free[digest(olds[k])].append(k)
    for n in _left(len(news), list(pairs)):
        if (key := digest(news[n])) and free[key]:
            pairs[n] = free[key].pop(0)


def _by_name(news: Sequence[Trace], olds: Sequence[Trace], pairs: dict[int, int]) -> None:
    """Pair what is called the same, of several the most alike first."""
    new_left, old_left = _left(len(news), list(pairs)), _left(len(olds), list(pairs.values()))
    same = [(n, k) for n in new_left for k in old_left if news[n].called and news[n].called == olds[k].called]
    for n, k in sorted(same, key=lambda pair: (-_likeness(news[pair[0]], olds[pair[1]]), pair)):
        if n not in pairs and k not in pairs.values():
            pairs[n] = k


def _by_likeness(news: Sequence[Trace], olds: Sequence[Trace], pairs: dict[int, int]) -> dict[int, tuple[int, ...]]:
    """Pair what is written alike where nothing else comes near; returns what may be several."""
    new_left, old_left = _left(len(news), list(pairs)), _left(len(olds), list(pairs.values()))
    alike = {(n, k): share for n in new_left for k in old_left if (share := _likeness(news[n], olds[k])) >= ALIKE}
    taken = set(pairs.values())
    for (n, k), share in sorted(alike.items(), key=lambda item: (-item[1], item[0])):
        if n in pairs or k in taken:
            continue
        rivals = (s for (a, b), s in alike.items() if (a == n) != (b == k) and a not in pairs and b not in taken)
        if all(share >= s + CLEARLY for s in rivals):
            pairs[n] = k
            taken.add(k)
    doubts: dict[int, list[int]] = defaultdict(list)
    for n, k in alike:
        if n not in pairs and k not in taken:
            doubts[n].append(k)
    return {n: tuple(ks) for n, ks in doubts.items()}


def _alone_between(news: Sequence[Trace], olds: Sequence[Trace], pairs: dict[int, int]) -> dict[int, tuple[int, ...]]:
    """New things that stand where exactly one old thing is gone, between the same neighbours."""
    taken = {k: n for n, k in pairs.items()}
    found: dict[int, tuple[int, ...]] = {}
    for n in _left(len(news), list(pairs)):
        before = pairs.get(n - 1, -1) if n else -1
        after = pairs.get(n + 1, len(olds)) if n + 1 < len(news) else len(olds)
        alone = (n == 0 or n - 1 in pairs) and (n + 1 == len(news) or n + 1 in pairs)
        if alone and after - before == 2 and before + 1 not in taken:
            found[n] = (before + 1,)
    return found


def _likeness(a: Trace, b: Trace) -> float:
    """Dice coefficient of the pairs of characters."""
    total = len(a.pairs) + len(b.pairs)
    return 2 * len(a.pairs & b.pairs) / total if total else 0.0
