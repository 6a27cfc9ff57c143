"""What changes drafts: operations are applied one by one, each answered for itself; a draft becomes a version."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from jixiao.domain.cells import text_at, words_of
from jixiao.domain.edit import CannotEditError
from jixiao.domain.editing import Add, Edit, GoneError, Move, Put, Remove, edited
from jixiao.domain.plan import Plan
from jixiao.web.editor.models import Begun, Draft, Operation, Outcome
from jixiao.web.editor.protocol import Asked, Save
from jixiao.web.goals.contents import Content
from jixiao.web.goals.documents import as_document, as_plan
from jixiao.web.goals.models import WRITABLE, Sheet, SheetState, SheetVersion, Stage
from jixiao.web.goals.services import before_version, write_version
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotThere, Refused, Stale, service
from jixiao.web.kernel.door import RestrictedQuerySet


@dataclass(frozen=True)
class Answer:
    """What became of one operation. ``text`` is what its cell shows now; in a conflict ``who`` wrote that, and at what ``time``."""

    key: str
    outcome: str
    message: str = ""
    text: str = ""
    who: str = ""
    time: str = ""


@dataclass(frozen=True)
class Saved:
    """The draft after a request: what it says, its revision, an answer an operation."""

    plan: Plan
    revision: int
    answers: tuple[Answer, ...]


@service("sheet.edited", "填表", right="sheet.edit")
def save(act: Act, *, year: int, key: int, asked: Save) -> Saved:
    """Apply the operations of a page in their order. What cannot be applied is kept with the reason, and answered so.

    Operations that were sent before are answered as then. One audit entry holds all that a request changed.
    """
    return apply(act, act.get(Sheet, key, year=year), asked)


def apply(act: Act, sheet: Sheet, asked: Save) -> Saved:
    """The same within a service that holds the sheet locked."""
    known = {one.key: one for one in act.all(Operation).filter(sheet=sheet, key__in=[o.key for o in asked.operations])}
    draft = act.all(Draft).filter(sheet=sheet).select_for_update(of=("self",)).first()
    work = _Work(act, sheet, draft, asked.client)
    answers = []
    for one in asked.operations:
        kept = known.get(one.key) or work.kept(one)
        known[one.key] = kept
        answers.append(work.answer(kept, one.edit))
    work.write()
    return Saved(work.plan, work.revision, tuple(answers))


class _Work:
    """A request at work on one sheet."""

    def __init__(self, act: Act, sheet: Sheet, draft: Draft | None, client: str) -> None:
        self._act, self._sheet, self._client = act, sheet, client
        self._draft = draft if draft is not None else _begun(act, sheet)
        self._frozen = sheet.state not in WRITABLE
        self._made: list[Operation] = []
        self.plan = as_plan(self._draft.document)
        self.revision = self._draft.revision

    def kept(self, asked: Asked) -> Operation:
        """The operation as it is stored, applied where it may be."""
        one = _stored(asked, self._sheet, self._client)
        one.made_at, one.made_by, one.person = clock.now(), self._act.actor.name, self._act.actor.id
        if self._frozen:
            one.outcome = Outcome.ASIDE
            one.message = f"这张表{SheetState(self._sheet.state).label}，这一处另放着，没有改到表里"
        else:
            self._apply(one, asked)
        self._made.append(one)
        return one

    def _apply(self, one: Operation, asked: Asked) -> None:
        edit = asked.edit
        if isinstance(edit, Put):
            now = text_at(self.plan, edit.place)
            one.before, one.words = now or "", words_of(self.plan, edit.place.id, edit.place.below)
            if now is not None and now not in (asked.was, edit.text) and not self._is_own(one.thing, one.cell):
                one.outcome, one.message = Outcome.CONFLICT, "别人也改了这一格，请选用哪个"
                return
        elif not isinstance(edit, Add):
            one.words = words_of(self.plan, edit.id)
        if isinstance(edit, Remove) and (other := self._since(edit.id, asked.seen)) is not None:
            one.outcome = Outcome.CONFLICT
            one.message = f"{other.made_by}刚改过这一行，所以没有删。看过再删"
            return
        try:
            self.plan = edited(self.plan, edit)
        except GoneError as error:
            one.outcome, one.message = Outcome.REFUSED, self._who_removed(edit) or str(error)
        except CannotEditError as error:
            one.outcome, one.message = Outcome.REFUSED, str(error)
        else:
            self.revision += 1
            one.outcome, one.revision = Outcome.SAVED, self.revision
            one.words = one.words or words_of(self.plan, one.thing)

    def _is_own(self, thing: str, cell: str) -> bool:
        """Whether it was this very page that wrote what a cell shows: it may not have heard of it yet."""
        own = any((one.thing, one.cell, one.outcome) == (thing, cell, Outcome.SAVED) for one in self._made)
        if own:
            return True
        rows = self._operations().filter(thing=thing, cell=cell, outcome=Outcome.SAVED)
        last = rows.order_by("-revision").values_list("client", flat=True).first()
        return last == self._client

    def _since(self, thing: str, seen: int) -> Operation | None:
        """What another page did to a thing after the revision that this one knows of."""
        rows = self._operations().filter(thing=thing, outcome=Outcome.SAVED, revision__gt=seen)
        return rows.exclude(client=self._client).order_by("-revision").first()

    def _who_removed(self, edit: Edit) -> str:
        thing = edit.place.id if isinstance(edit, Put) else edit.id
        rows = self._operations().filter(thing=thing, kind=Operation.Kind.REMOVE, outcome=Outcome.SAVED)
        gone = rows.order_by("-revision").first()
        return "" if gone is None else f"{gone.made_by}{timezone.localtime(gone.made_at):%H:%M}删了这一行"

    def _operations(self) -> RestrictedQuerySet[Operation]:
        return Operation.objects.unrestricted("of a sheet that was asked for").filter(sheet=self._sheet)

    def answer(self, one: Operation, edit: Edit) -> Answer:
        text = (text_at(self.plan, edit.place) or "") if isinstance(edit, Put) else ""
        who, at = "", ""
        if one.outcome == Outcome.CONFLICT and isinstance(edit, Put):
            rows = self._operations().filter(thing=one.thing, cell=one.cell, outcome=Outcome.SAVED)
            other = rows.order_by("-revision").first()
            if other is not None:
                who, at = other.made_by, f"{timezone.localtime(other.made_at):%H:%M}"
        return Answer(str(one.key), one.outcome, one.message, text, who, at)

    def write(self) -> None:
        if not self._made:
            return
        Operation.objects.bulk_create(self._made)
        applied = [one for one in self._made if one.outcome == Outcome.SAVED]
        if applied:
            draft = self._draft
            draft.document, draft.revision = as_document(self.plan), self.revision
            draft.changed_at, draft.changed_by = clock.now(), self._act.actor.name
            draft.save()
        before = {f"{one.thing}{one.cell}": one.before for one in self._made if one.before}
        after = {str(one.key): [one.outcome, one.kind, f"{one.thing}{one.cell}", one.after] for one in self._made}
        self._act.record(self._sheet, before, after, note=f"改动{len(applied)}处，至第{self.revision}次")


def _begun(act: Act, sheet: Sheet) -> Draft:
    """The draft of a sheet that has none, as its current version says."""
    version = act.all(SheetVersion, "sheet.view").filter(sheet=sheet, number=sheet.version).first()
    if version is None:
        raise NotThere("这张表还没有内容")
    last = (
        Operation.objects.unrestricted("of a sheet that was asked for")
        .filter(sheet=sheet)
        .order_by("-revision")
        .first()
    )
    at = last.revision if last is not None else 0
    return Draft(sheet=sheet, document=version.document, revision=at, named=at, base=version.number)


def _stored(asked: Asked, sheet: Sheet, client: str) -> Operation:
    made = Operation(sheet=sheet, key=asked.key, client=client, group=asked.group)
    match asked.edit:
        case Put(place, text):
            made.kind, made.thing, made.cell, made.after = Operation.Kind.PUT, place.id, place.below, text
        case Add(holder, id_, after, cells):
            made.kind, made.thing = Operation.Kind.ADD, id_
            made.details = {"holder": holder.id, "list": holder.below, "after": after, "cells": dict(cells or {})}
        case Remove(id_):
            made.kind, made.thing = Operation.Kind.REMOVE, id_
        case Move(id_, after):
            made.kind, made.thing, made.details = Operation.Kind.MOVE, id_, {"after": after}
    return made


# --- versions ---------------------------------------------------------------------------------------------


@service("sheet.named", "存为一版", right="sheet.edit")
def name_version(act: Act, *, year: int, key: int, revision: int, content: Content, reason: str) -> SheetVersion:
    """The draft as it stood at ``revision`` as a version of its sheet; ``content`` was made of it before.

    Raises Stale where somebody wrote in it since, Refused where there is nothing that the last version does not have.
    """
    sheet = act.get(Sheet, key, year=year)
    draft = act.all(Draft).filter(sheet=sheet).select_for_update(of=("self",)).first()
    if draft is None or not draft.is_ahead:
        raise Refused("和上一版一样，没有新的改动，不用再存一版")
    if draft.revision != revision:
        raise Stale("刚才又有人改了这张表。请再存一次")
    rows = act.all(Operation).filter(sheet=sheet, revision__gt=draft.named, outcome=Outcome.SAVED)
    said = f"{reason}（{rows.count()}处改动）"
    draft.named, draft.base = draft.revision, sheet.version + 1
    draft.save(update_fields=["named", "base"])
    stage = Stage.ADJUSTED if sheet.state == SheetState.ADJUSTING else Stage.DRAFTED
    return write_version(act, sheet, content, reason=said, stage=stage)


@before_version
def _leave_nothing_behind(act: Act, sheet: Sheet) -> None:
    """A version from elsewhere takes the place of a draft that says nothing new; one with words of its own is not passed over.
    What the sheet was copied from, cell by cell, is no longer what it says."""
    del act
    Begun.objects.unrestricted("of a sheet that is written").filter(sheet=sheet).update(cells={})
    draft = Draft.objects.unrestricted("of a sheet that is written").filter(sheet=sheet).first()
    if draft is None:
        return
    if draft.is_ahead:
        raise Refused("这张表在网页上改过，还没有存为一版，收下会盖掉。请先打开这张表“存为一版”，再收")
    draft.delete()
