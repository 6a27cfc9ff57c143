"""催办 from the page: who is reminded with which words, the text for a chat, the list of telephones, the list as a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from jixiao.documents import Align, Column, Document, Page, Paper, Row, Section, listing, to_xlsx
from jixiao.web.accounts.models import User
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused, viewed
from jixiao.web.kernel.people import Actor
from jixiao.web.workflow import services
from jixiao.web.workflow.models import Reminder
from jixiao.web.workflow.progress import STATES, Line, ProgressShown, progress


@dataclass(frozen=True)
class Reminded:
    """What became of a 催办: the departments told, those left out because they were reminded today, those that could not be, why."""

    told: Sequence[Reminder]
    today: Sequence[str]
    trouble: Sequence[str]

    @property
    def people(self) -> int:
        return sum(len(one.people) for one in self.told)


def remind(actor: Actor, *, year: int, departments: Sequence[int], more: str = "", again: bool = False) -> Reminded:
    """Remind departments that have not handed in all: those with whom it stands, each with its own words and ``more``."""
    shown = progress(actor, year)
    lines = {one.unit.pk: one for one in shown.lines}
    told, today, trouble = [], [], []
    for key in dict.fromkeys(departments):
        line = lines.get(key)
        if line is None:
            raise NotThere
        if line.has_all:
            trouble.append(f"{line.unit.name}已经报齐了")
        elif line.was_reminded_today and not again:
            today.append(line.unit.name)
        else:
            try:
                told.append(_reminded(actor, shown, line, more, again=again))
            except Refused as refused:
                trouble.append(refused.message)
    return Reminded(told, today, trouble)


def remind_one(actor: Actor, *, year: int, department: int, more: str = "", again: bool = False) -> Reminder:
    """Remind one department. Raises Refused where it has handed in all, was reminded today, has nobody."""
    if not actor.may("set.remind"):
        raise NotAllowed("您没有“催办”的权限。需要时请找本单位管理员或财政部门的安全管理员")
    shown = progress(actor, year)
    line = next((one for one in shown.lines if one.unit.pk == department), None)
    if line is None:
        raise NotThere
    if line.has_all:
        raise Refused(f"{line.unit.name}已经报齐了，不用催")
    return _reminded(actor, shown, line, more, again=again)


def _reminded(actor: Actor, shown: ProgressShown, line: Line, more: str, *, again: bool) -> Reminder:
    return services.remind(
        actor,
        year=shown.year,
        department=line.unit.pk,
        people=[one.pk for one in line.people],
        text=f"{line.words(shown.round, shown.year)}{' '.join(more.split())}"[:400],
        round=shown.round.pk if shown.round is not None else None,
        again=again,
    )


def chat_text(shown: ProgressShown, lines: Iterable[Line], names: Mapping[int, str]) -> str:
    """What is pasted into a chat: a line a department, with the people it stands with."""
    rows = []
    for one in lines:
        who = "、".join(names[person.pk] for person in one.people if person.pk in names)
        rows.append(f"{one.words(shown.round, shown.year)}" + (f"（{who}）" if who else ""))
    return "\n".join(rows)


def people_seen(actor: Actor, lines: Iterable[Line]) -> dict[int, User]:
    """Of those with whom departments stand, the ones somebody may see; that their telephones were shown is noted."""
    keys = {person.pk for one in lines for person in one.people}
    if not keys or not actor.may("person.view"):
        return {}
    rows = User.objects.restrict(actor, "person.view").filter(pk__in=keys).select_related("organisation")
    found = list(rows.order_by("organisation__order", "name", "pk"))
    shown = [one for one in found if one.phone and one.pk != actor.id]
    if shown:
        viewed(actor, shown, "报送进度：停在谁、电话")
    return {one.pk: one for one in found}


_WIDTHS = (24, 9, *(8 for _ in STATES), 22, 12, 14, 8, 12, 24)


def as_workbook(actor: Actor, shown: ProgressShown, show: str) -> tuple[str, bytes]:
    """The list as it is shown, as a workbook: its name and content, noted."""
    lines = shown.of(show)
    people = people_seen(actor, lines)
    titles = ("部门", "报齐/应报", *STATES.values(), "停在谁", "步骤", "最近动静", "催过", "截止", "延期原因")
    columns = [Column(title, width, Align.LEFT) for title, width in zip(titles, _WIDTHS, strict=True)]
    rows: list[Row] = [
        (
            one.unit.name,
            f"{one.handed}/{one.expected}",
            *(one.counts.get(state, 0) for state in STATES),
            "、".join(f"{people[p.pk].name} {people[p.pk].phone}".strip() for p in one.people if p.pk in people),
            one.step,
            f"{timezone.localtime(one.moved_at):%Y-%m-%d %H:%M}" if one.moved_at is not None else "",
            one.reminded,
            f"{one.last:%Y-%m-%d}" if one.last is not None else "",
            one.extension.reason if one.extension is not None else "",
        )
        for one in lines
    ]
    title = f"{shown.year}年度{shown.round.label if shown.round is not None else ''}报送进度"
    page = Section((listing(columns, rows, frozen=1),), Page(Paper.A4, landscape=True), "报送进度")
    content = to_xlsx(Document(title, clock.today(), (page,)))
    name = f"{title} {clock.today():%Y%m%d}.xlsx"
    services.note_progress(
        actor,
        departments=[one.unit.pk for one in lines],
        year=shown.year,
        digest=hashlib.sha256(content).hexdigest(),
        what=name,
    )
    return name, content
