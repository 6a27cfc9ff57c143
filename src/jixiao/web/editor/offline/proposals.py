"""What came back filled in, kept as proposals and taken cell by cell or whole: what is taken becomes operations like those of a page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

from jixiao.domain.cells import cell_text, text_at
from jixiao.domain.editing import Add, Put, Remove
from jixiao.domain.form import field_at, field_named
from jixiao.domain.identity import Anchor, pointers
from jixiao.domain.plan import Plan
from jixiao.web.editor.models import Draft, Outcome, Proposal
from jixiao.web.editor.offline.changes import Change, change_of, plain
from jixiao.web.editor.protocol import Asked, Save
from jixiao.web.editor.selectors import Written, written
from jixiao.web.editor.services import apply
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import WRITABLE, Sheet, SheetState, SheetVersion
from jixiao.web.goals.side_by_side import Group, Line, Part, Piece, marked
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotThere, Refused, Stale, service
from jixiao.web.kernel.people import Actor

_CHECK = "文件里没有这一行（或整行清空了）。要删请打钩"


@dataclass(frozen=True)
class Standing:
    """A change as it stands against the draft of now. ``is_off``: it is not taken unless somebody asks for it, and ``why``;
    ``is_void``: it has nowhere to go any more.
    """

    change: Change
    now: str
    is_off: bool = False
    why: str = ""
    is_void: bool = False


def standing(plan: Plan, changes: Sequence[Change]) -> Iterator[Standing]:
    """What of the changes is left: nothing of those that the draft says already."""
    known = pointers(plan)
    for one in changes:
        if one.kind == "put":
            now = text_at(plan, Anchor(one.thing, one.below))
            if now is None or one.thing not in known:
                why = f"网上已经删了这一行，文件里写的“{one.text}”没有地方放"
                yield Standing(one, "", is_off=True, why=why, is_void=True)
            elif plain(now) != one.text:
                both = plain(now) != plain(one.was)
                why = f"导出以后网上也改了这一格（原来是“{one.was or '空白'}”）。要换成文件里的请打钩" if both else ""
                yield Standing(one, now, both, why)
        elif one.kind == "missing" and one.thing in known:
            yield Standing(one, _row_words(plan, one.thing), is_off=True, why=_CHECK)
        elif one.kind == "add" and one.thing not in known:
            yield Standing(one, "")
        elif one.kind == "add":  # taken before, and filled in further since
            for below, text in one.cells.items():
                put = Change(f"put|{one.thing}|{below}", "put", one.thing, below, "", text)
                yield from standing(plan, [put])


def _row_words(plan: Plan, thing: str) -> str:
    pointer = pointers(plan)[thing]
    cells = (cell_text(plan, f"{pointer}{below}") for below in ("", "/name", "/description", "/target"))
    return " ".join(text for text in cells if text)


# --- shown --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offered:
    """A proposal beside its sheet: what is left of it, in groups."""

    proposal: Proposal
    written: Written
    left: tuple[Standing, ...]
    groups: tuple[Group, ...]

    @property
    def can_take(self) -> bool:
        """Whether it can be taken now: it waits while its sheet is frozen."""
        return self.written.is_writable and any(not one.is_void for one in self.left)


def offered(actor: Actor, year: int, key: int, proposal: int) -> Offered:
    """Raises NotThere."""
    row = Proposal.objects.restrict(actor, "sheet.edit").filter(pk=proposal, sheet=key).first()
    if row is None:
        raise NotThere
    found = written(actor, year, key)
    left = tuple(standing(found.plan, [change_of(one) for one in row.changes]))
    return Offered(row, found, left, tuple(_groups(found.plan, left)))


def waiting(actor: Actor, sheet: Sheet) -> list[Proposal]:
    """Those of a sheet that nobody has taken or put away yet; the latest first."""
    rows = Proposal.objects.restrict(actor, "sheet.edit").filter(sheet=sheet, state=Proposal.State.OPEN)
    return list(rows.order_by("-made_at", "-pk")[:20])


def _groups(plan: Plan, left: Sequence[Standing]) -> Iterator[Group]:
    known = pointers(plan)
    held: dict[str, dict[str, list[Line]]] = {}
    for one in left:
        pointer = known.get(one.change.thing, "")
        in_list = one.change.kind == "add" or (pointer.rsplit("/", 1)[-1].isdecimal() and not _is_sheet(pointer))
        title = _list_label(pointer, one.change) if in_list else "表头和其他"
        row = (
            f"第{int(pointer.rsplit('/', 1)[-1]) + 1}行 {_row_words(plan, one.change.thing)}"
            if in_list and pointer
            else ""
        )
        held.setdefault(title, {}).setdefault("" if one.change.kind != "put" else row, []).append(_line(one, pointer))
    for title, parts in held.items():
        yield Group(title, tuple(Part(words, tuple(lines)) for words, lines in parts.items()), ())


def _is_sheet(pointer: str) -> bool:
    return pointer.count("/") == 2 and pointer.startswith("/goal_sheets/")


def _list_label(pointer: str, change: Change) -> str:
    path = pointer.rpartition("/")[0] if pointer else ""
    field = field_at(path) if path else None
    if field is None:
        inside = change.list if not change.holder.startswith("s_") else f"goal_sheets/*/{change.list}"
        try:
            field = field_named(inside)
        except KeyError:
            return "新增"
    return field.label


def _line(one: Standing, pointer: str) -> Line:
    change = one.change
    kind = {"put": "changed", "add": "added", "missing": "removed"}[change.kind]
    if change.kind == "add":
        words = " ".join(change.cells.values())
        return Line(change.key, kind, "新的一行", words, (), (Piece(words),))
    if change.kind == "missing":
        return Line(change.key, kind, "这一行", one.now, (Piece(one.now),), (), is_off=True, why_off=one.why)
    field = field_at(f"{pointer}{change.below}")
    label = field.label if field is not None else change.below
    before, after = marked(one.now or None, change.text or None)
    return Line(change.key, kind, label, label, before, after, is_off=one.is_off, why_off=one.why)


# --- written ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filled:
    """A sheet of a file that came back, for ``propose``."""

    key: int
    went_out: int
    changes: tuple[Change, ...]
    notes: tuple[str, ...]


@service("sheet.proposed", "收到离线填报", right="sheet.edit")
def propose(act: Act, *, year: int, name: str, digest: str, form: str, sheets: Sequence[Filled]) -> list[Proposal]:
    """Keep what a file says, a proposal a sheet. The same file counts once; one that was put away waits again."""
    made = []
    for one in sheets:
        sheet = act.get(Sheet, one.key, year=year)
        known = act.all(Proposal).filter(sheet=sheet, digest=digest).select_for_update(of=("self",)).first()
        if known is not None:
            known.state, known.closed_at, known.closed_by = Proposal.State.OPEN, None, ""
            made.append(act.save(known))
            continue
        row = Proposal(
            sheet=sheet,
            name=name[-255:],
            digest=digest,
            form=form,
            went_out=one.went_out,
            changes=[change.as_data() for change in one.changes],
            notes=list(one.notes),
            made_at=clock.now(),
            made_by=act.actor.name,
        )
        made.append(act.add(row))
    return made


@service("sheet.proposal_taken", "采用离线填报", right="sheet.edit")
def take(act: Act, *, year: int, key: int, proposal: int, seen: int, chosen: Collection[str]) -> Proposal:
    """Take the ``chosen`` changes (by key) as operations of the draft, as it stood at the revision ``seen``.

    Raises Refused where the sheet is frozen or nothing was chosen, Stale where somebody wrote in it since.
    """
    sheet = act.get(Sheet, key, year=year)
    row = act.get(Proposal, proposal, sheet=sheet)
    if sheet.state not in WRITABLE:
        raise Refused(f"这张表{SheetState(sheet.state).label}，现在不能改。这份填报先放着，退回以后再采用")
    draft = act.all(Draft).filter(sheet=sheet).select_for_update(of=("self",)).first()
    if (draft.revision if draft is not None else 0) != seen:
        raise Stale("刚才又有人改了这张表。请再看一遍，再采用")
    version = act.all(SheetVersion, "sheet.view").filter(sheet=sheet, number=sheet.version).first()
    if version is None:
        raise NotThere
    plan = as_plan(draft.document if draft is not None else version.document)
    changes = [change_of(one) for one in row.changes]
    left = [one for one in standing(plan, changes) if one.change.key in chosen and not one.is_void]
    if not left:
        raise Refused("没有选要采用的。请打钩再办，或点“都不采用”")
    asked = tuple(_asked(one, row, seen) for one in left)
    saved = apply(act, sheet, Save(f"offline-{row.pk}", asked, seen))
    refused = [answer for answer in saved.answers if answer.outcome != Outcome.SAVED]
    if refused:
        raise Refused(f"有{len(refused)}处没办成：{refused[0].message}。一处也没有采用，请刷新再看")
    if not any(not one.is_void for one in standing(saved.plan, changes)):
        row.state, row.closed_at, row.closed_by = Proposal.State.TAKEN, clock.now(), act.actor.name
        act.save(row, note=f"采用{len(left)}处")
    return row


def _asked(one: Standing, row: Proposal, seen: int) -> Asked:
    change = one.change
    key = uuid5(NAMESPACE_OID, f"{row.pk}/{row.digest}/{change.key}/{seen}")
    group = f"offline-{row.pk}"
    if change.kind == "put":
        return Asked(key, Put(Anchor(change.thing, change.below), change.text), was=one.now, seen=seen, group=group)
    if change.kind == "missing":
        return Asked(key, Remove(change.thing), seen=seen, group=group)
    holder = Anchor(change.holder, f"/{change.list}")
    return Asked(key, Add(holder, change.thing, change.after, change.cells), seen=seen, group=group)


@service("sheet.proposal_dropped", "不采用离线填报", right="sheet.edit")
def drop(act: Act, *, year: int, key: int, proposal: int) -> Proposal:
    """Put a proposal away; it stays, and the same file brings it back."""
    row = act.get(Proposal, proposal, sheet=act.get(Sheet, key, year=year))
    row.state, row.closed_at, row.closed_by = Proposal.State.DROPPED, clock.now(), act.actor.name
    return act.save(row)
