"""Workbooks on their way: sheets drawn to go out, files read when they come back. Reading is done in a process with limits."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from django.utils import timezone

from jixiao.domain.identity import pointers
from jixiao.readers import UnreadableFileError
from jixiao.readers.entries import EntryBook, read_entries
from jixiao.services.isolation import run_isolated
from jixiao.services.worker import Limits
from jixiao.web.editor.exports import state_of, title_of
from jixiao.web.editor.form import edit_form
from jixiao.web.editor.models import Proposal
from jixiao.web.editor.offline.book import ToFill, workbook
from jixiao.web.editor.offline.changes import CameBack, came_back
from jixiao.web.editor.offline.manifest import NotOursError, from_text
from jixiao.web.editor.offline.proposals import Filled, propose
from jixiao.web.editor.selectors import Written, last_year, layout_of_sheet, written
from jixiao.web.goals.exports import Taken, held
from jixiao.web.goals.models import Sheet
from jixiao.web.goals.selectors import Wanted, sheets
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor

MOST_SHEETS = 60
"""Of one workbook"""
MOST_BYTES = 20 * 1024 * 1024
LIMITS = Limits(seconds=30.0)


def of_one(actor: Actor, found: Written) -> Taken:
    """One sheet as a workbook to be filled in."""
    return _drawn(actor, [found], f"{title_of(found)}-离线填报.xlsx")


def of_set(actor: Actor, year: int, wanted: Wanted) -> Taken:
    """All sheets of a list that somebody may write in, a worksheet each. Raises Refused where there are none or too many."""
    keys = list(
        sheets(actor, year, wanted).order_by("unit__order", "unit_id", "pk").values_list("pk", flat=True)[:1000]
    )
    own = Sheet.objects.restrict(actor, "sheet.edit").filter(pk__in=keys, year=year)
    rows = list(own.order_by("unit__order", "unit_id", "kind", "pk").values_list("pk", flat=True)[: MOST_SHEETS + 1])
    if not rows:
        raise Refused("这个条件下没有您能填的表", status=404)
    if len(rows) > MOST_SHEETS:
        raise Refused(f"超过{MOST_SHEETS}张，一个文件放不下。请加条件（如按部门）再导", status=413)
    return _drawn(actor, [written(actor, year, key) for key in rows], f"{year}年离线填报{len(rows)}张.xlsx")


def _drawn(actor: Actor, found: Sequence[Written], name: str) -> Taken:
    now = clock.now()
    state = ",".join(f"{one.sheet.pk}:{one.revision}" for one in found)
    form = sha256(f"{actor.id}/{now.isoformat()}/{state}".encode()).hexdigest()[:20]
    told = f"{timezone.localtime(now):%Y-%m-%d %H:%M}导出"
    drawn = [
        ToFill(
            one.sheet.year,
            one.sheet.pk,
            one.sheet.title,
            one.revision,
            f"{state_of(one)}，{told}",
            edit_form(one.plan, (), layout_of_sheet(actor, one.sheet), last_year(actor, one.sheet, one.plan)),
        )
        for one in found
    ]
    content = workbook(drawn, form=form, title=name.rsplit(".", 1)[0], day=timezone.localtime(now).date())
    return Taken(name, "xlsx", held(content), tuple(one.sheet.pk for one in found))


def received(actor: Actor, *, year: int, name: str, data: bytes, key: int | None = None) -> list[Proposal]:
    """Take a file that came back: a proposal for each of its sheets that somebody may write in and that says something new.

    ``key``: the sheet on whose page it was handed in, which must be in it. Raises Refused, in Chinese what is wrong.
    """
    if len(data) > MOST_BYTES:
        raise Refused("文件太大，不是这里导出的离线填报表", field="file", status=413)
    ((_, book),) = run_isolated(read_entries, [data], LIMITS, 1)
    if isinstance(book, UnreadableFileError):
        raise Refused(f"文件读不出：{book}", field="file", status=422)
    return kept(actor, year, name, sha256(data).hexdigest(), book, key)


def kept(actor: Actor, year: int, name: str, digest: str, book: EntryBook, key: int | None) -> list[Proposal]:
    """As ``received``, of a workbook that is read. Raises NotThere where none of its sheets is for this person to write in."""
    try:
        manifest = from_text(book.carries)
    except NotOursError:
        met = "这不是从这里导出的离线填报表，或者里面的编号丢了。请用导出的那个文件填；别的文件请到收件台交"
        raise Refused(met, field="file", status=422) from None
    found = list(came_back(book, manifest))
    named = {one.map.key: one.map.title for one in found if one.map.year == year}
    if key is not None and key not in named:
        others = "、".join(f"“{one.map.title}”" for one in found[:3])
        raise Refused(f"这份填的是{others or '别的表'}，不是这张。请到那张表的“填表”页传", field="file", status=422)
    rows = Sheet.objects.restrict(actor, "sheet.edit").filter(pk__in=named, year=year)
    own = set(rows.values_list("pk", flat=True))
    strange = [one.map.title for one in found if one.map.key in own and _is_strange(actor, year, one)]
    if strange:
        met = (
            f"“{strange[0]}”的编号和这里的对不上：这份不是从本系统导出的（可能是别的县的）。请从这里导出离线填报表再填"
        )
        raise Refused(met, field="file", status=422)
    filled = [
        Filled(one.map.key, one.map.revision, one.changes, one.notes)
        for one in found
        if one.map.key in own and (one.changes or one.notes)
    ]
    if not own:
        raise NotThere("这份里没有归您填的表")
    if not filled:
        raise Refused("和导出时一样，没有填新的内容", field="file", status=422)
    return propose(actor, year=year, name=name, digest=digest, form=manifest.form, sheets=filled)


def _is_strange(actor: Actor, year: int, one: CameBack) -> bool:
    """Whether nothing that the workbook names is in the sheet of that number: it went out from another workspace."""
    things = {id_ for id_, listed in one.map.things.items() if not listed.spare}
    named = things | {listed.holder for listed in one.map.things.values() if not listed.holder.startswith("+")}
    named.discard("")
    return bool(named) and named.isdisjoint(pointers(written(actor, year, one.map.key).plan))
