"""What is done with the library: proposed, taken in, changed, retired, merged, filled, counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jixiao.domain.indicator import IndicatorKind
from jixiao.library import Entry, library
from jixiao.library.usual import Usual
from jixiao.services.chain import canonical
from jixiao.services.indicator_library import code_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.kernel.door import open_door
from jixiao.web.library.models import (
    FIELDS,
    LibraryGram,
    LibraryIndicator,
    State,
    UsualTarget,
    fields_of,
    grams_of,
)
from jixiao.web.organisations.models import Organisation

_NEEDED = {"name": "指标名称", "kind": "二级指标", "sector": "行业"}
_KINDS = frozenset(kind.value for kind in IndicatorKind)


@service("library.proposed", "提出指标", right="library.propose")
def propose(act: Act, *, fields: Mapping[str, Any]) -> LibraryIndicator:
    """An indicator for the library of the proposer's region, to be reviewed. ``fields`` are of ``FIELDS``; without a code it gets one."""
    place = _place(act)
    made = LibraryIndicator(region=place.region, unit=place, changed_at=clock.now(), **_known(fields))
    return _added(act, made)


@service("library.edited", "修改指标", right="library.review")
def edit(act: Act, *, indicator: int, fields: Mapping[str, Any], verified: bool | None = None) -> LibraryIndicator:
    """What ``fields`` say; what is not in them stays. ``verified``: somebody held it against its source today; False: not any more."""
    found = act.get(LibraryIndicator, indicator)
    for name, value in _known(fields).items():
        setattr(found, name, value)
    if verified is not None:
        found.verified_on = (found.verified_on or clock.today()) if verified else None
    return _saved(act, found)


@service("library.accepted", "收进指标库", right="library.review")
def accept(act: Act, *, indicator: int) -> LibraryIndicator:
    """A proposed or retired indicator is in use."""
    found = act.get(LibraryIndicator, indicator)
    if found.state == State.IN_USE:
        raise Refused(f"“{found.name}”已经在用", status=409)
    found.state, found.merged_into, found.reason = State.IN_USE, None, ""
    return _saved(act, found)


@service("library.retired", "停用指标", right="library.review")
def retire(act: Act, *, indicator: int, reason: str) -> LibraryIndicator:
    """An indicator that is proposed no more; sheets that have it keep it. Of a proposal: it is not taken in."""
    found = act.get(LibraryIndicator, indicator)
    if found.state == State.RETIRED:
        raise Refused(f"“{found.name}”已经停用", status=409)
    found.state, found.reason = State.RETIRED, _reason(reason)
    return _saved(act, found)


@service("library.merged", "合并指标", right="library.review")
def merge(act: Act, *, indicator: int, into: int, reason: str = "") -> LibraryIndicator:
    """An indicator that is the same as another: retired, and the other one stands for it, also for those merged into it before."""
    found = act.get(LibraryIndicator, indicator)
    other = act.get(LibraryIndicator, into)
    if other.pk == found.pk or other.state != State.IN_USE:
        raise Refused("只能并入另一条在用的指标。请先把那一条收进来", field="into", status=422)
    if other.region_id != found.region_id:
        raise Refused("只能并入本级的指标", field="into", status=422)
    for before in act.all(LibraryIndicator).select_for_update(of=("self",)).filter(merged_into=found).order_by("pk"):
        before.merged_into = other
        _saved(act, before)
    found.state, found.merged_into = State.RETIRED, other
    found.reason = (reason.strip() or f"与{other.code} {other.name}是一回事")[:200]
    return _saved(act, found)


@service("library.filled", "装入随程序的指标库", right="library.review")
def fill(act: Act, *, entries: Sequence[Entry]) -> int:
    """Those of ``entries`` whose codes are not there, in use at once; how many. One entry with their digest."""
    region = _place(act).region
    there = set(act.all(LibraryIndicator).filter(region=region).values_list("code", flat=True))
    now = clock.now()
    made = [
        LibraryIndicator(region=region, state=State.IN_USE, changed_at=now, **fields_of(one))
        for one in entries
        if one.code not in there
    ]
    if not made:
        raise Refused("随程序的指标都已经在库里", status=409)
    for one in made:
        one.clean()
    with open_door("many at once"):
        LibraryIndicator.objects.bulk_create(made, batch_size=500)
        _index(made)
    digest = hashlib.sha256(canonical([[getattr(one, name) for name in FIELDS] for one in made])).hexdigest()
    act.record(made[0], {}, {"indicators": len(made), "sha256": digest}, note=f"随程序的指标{len(made)}条")
    return len(made)


@service("library.import", "导入指标", right="library.review")
def take_in(act: Act, *, fields: Mapping[str, Any], indicator: int | None = None) -> LibraryIndicator:
    """An indicator as a list says it is: a new one in use, or what of ``indicator`` the list changes."""
    if indicator is not None:
        found = act.get(LibraryIndicator, indicator)
        for name, value in _known(fields).items():
            setattr(found, name, value)
        return _saved(act, found)
    made = LibraryIndicator(region=_place(act).region, state=State.IN_USE, changed_at=clock.now(), **_known(fields))
    return _added(act, made)


@service("library.counted", "统计常见目标值", right="library.review")
def keep_usual(act: Act, *, found: Mapping[int, Usual]) -> int:
    """The summary of what approved sheets say, by indicator, in the place of the one before; how many have one."""
    rows = list(act.all(LibraryIndicator).filter(pk__in=found).order_by("pk"))
    now = clock.now()
    mine = act.all(LibraryIndicator).filter(region=_place(act).region)
    with open_door("a summary, made anew as a whole"):
        UsualTarget.objects.filter(indicator__in=mine.values("pk")).delete()
        UsualTarget.objects.bulk_create(
            [
                UsualTarget(
                    indicator=row,
                    made_at=now,
                    sheets=one.sheets,
                    numbers=one.numbers,
                    lowest=one.lowest,
                    lower=one.lower,
                    middle=one.middle,
                    upper=one.upper,
                    highest=one.highest,
                )
                for row in rows
                for one in (found[row.pk],)
            ],
            batch_size=500,
        )
    act.note(
        "library.usualtarget", "", "常见目标值", {"indicators": len(rows)}, note=f"{len(rows)}条指标在已批复的表里用过"
    )
    return len(rows)


@service("library.exported", "导出指标库", right="library.view")
def note_export(act: Act, *, count: int, digest: str) -> None:
    """Note that the library was taken away as a file."""
    act.note(
        "library.libraryindicator", "", "指标库", {"indicators": count, "sha256": digest}, note=f"导出指标{count}条"
    )


def _place(act: Act) -> Organisation:
    if act.actor.organisation is None:
        raise Refused("您的账号没有单位，不知道放进哪一级的指标库。请由财政部门或本单位的人办", status=422)
    return (
        Organisation.objects.unrestricted("where somebody works")
        .select_related("region")
        .get(pk=act.actor.organisation)
    )


def _known(given: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(given) - set(FIELDS)):
        raise ValueError(f"no fields {unknown}")
    return dict(given)


def _reason(words: str) -> str:
    found = words.strip()
    if not found:
        raise Refused("请写明原因", field="reason", status=422)
    return found[:200]


def _added(act: Act, made: LibraryIndicator) -> LibraryIndicator:
    _told(made)
    made.code = made.code.strip() or code_of(made.name, made.entry.kind, made.sector)
    _code_is_free(made)
    act.add(made, in_reach=False)
    with open_door("what it is found by"):
        _index([made])
    return made


def _saved(act: Act, changed: LibraryIndicator) -> LibraryIndicator:
    _told(changed)
    _code_is_free(changed)
    changed.changed_at = clock.now()
    changed.clean()
    act.save(changed)
    with open_door("what it is found by"):
        LibraryGram.objects.filter(indicator=changed).delete()
        _index([changed])
    return changed


def _told(made: LibraryIndicator) -> None:
    """Refuse what does not say what it is, or how it is counted."""
    for name, words in _NEEDED.items():
        if not str(getattr(made, name)).strip():
            raise Refused(f"没有填{words}", field=name, status=422)
    if made.kind not in _KINDS:
        raise Refused("二级指标不认得，请选一种", field="kind", status=422)
    if made.sector not in library().sectors:
        raise Refused("行业不认得，请选一个", field="sector", status=422)
    if not made.explanation and not made.formula:
        raise Refused("指标解释和计算公式至少写一样，别人才知道数的是什么", field="explanation", status=422)


def _code_is_free(made: LibraryIndicator) -> None:
    other = (
        LibraryIndicator.objects.unrestricted("codes are once in a region")
        .filter(region=made.region, code=made.code)
        .exclude(pk=made.pk)
        .first()
    )
    if other is not None:
        raise Refused(
            f"编码{made.code}已经是“{other.name}”（{other.get_state_display()}）。同一回事就不用再提",
            field="code",
            status=422,
        )


def _index(made: Iterable[LibraryIndicator]) -> None:
    LibraryGram.objects.bulk_create(
        [LibraryGram(indicator=one, gram=gram) for one in made for gram in sorted(grams_of(one.text))], batch_size=2000
    )
