"""Examples of the services that write and start sheets, for ``service_examples``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from jixiao.domain.editing import Put
from jixiao.domain.identity import Anchor
from jixiao.web.editor import answering, beginnings, set_services, sets
from jixiao.web.editor import services as writing
from jixiao.web.editor.models import Draft
from jixiao.web.editor.offline import proposals
from jixiao.web.editor.offline.changes import Change
from jixiao.web.editor.protocol import Asked, Save
from jixiao.web.goals.contents import content_of, reviewed
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import SheetKind, SheetVersion
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions import services as opinions
from jixiao.web.projects.models import Project, ProjectYear
from web.make import YEAR
from web.matrix.world import World


def _own(world: World) -> dict[str, Any]:
    return world.spots["own"].things


def _edited(world: World, actor: Actor) -> object:
    sheet = _own(world)["sheet"]
    plan = as_plan(SheetVersion.objects.unrestricted("test").get(sheet=sheet).document)
    place = Anchor(plan.goal_sheets[0].id, "/purpose")
    asked = Asked(uuid4(), Put(place, "用于招商"), was=plan.goal_sheets[0].purpose or "")
    return writing.save(actor, year=YEAR, key=sheet.pk, asked=Save("page-of-test", (asked,)))


def _named(world: World, actor: Actor) -> object:
    _edited(world, actor)
    sheet = _own(world)["sheet"]
    draft = Draft.objects.unrestricted("test").get(sheet=sheet)
    plan = as_plan(draft.document)
    content = content_of(plan, reviewed(plan, "hebei", clock.today()), SheetKind.GOAL)
    return writing.name_version(
        actor, year=YEAR, key=sheet.pk, revision=draft.revision, content=content, reason="按会议意见"
    )


def _lacking(world: World, actor: Actor) -> Any:
    """A project that has no sheet, in its set."""
    project = Project.objects.create(unit=world.office.commerce, name="新项目")
    ProjectYear.objects.create(project=project, year=YEAR, name=project.name)
    found = sets.set_of(actor, YEAR, world.office.commerce.pk)
    return found, found.place(f"goal-{project.pk}")


def _started(world: World, actor: Actor) -> object:
    found, place = _lacking(world, actor)
    beginning = beginnings.chosen(actor, found, place, "blank")
    return set_services.start(actor, unit=place.unit.pk, project=place.project.pk, year=YEAR, beginning=beginning)


def _unreported(world: World, actor: Actor) -> object:
    _, place = _lacking(world, actor)
    return set_services.give_reason(
        actor, unit=place.unit.pk, project=place.project.pk, year=YEAR, reason="并入招商费用"
    )


def _proposed(world: World, actor: Actor) -> Any:
    sheet = _own(world)["sheet"]
    plan = as_plan(SheetVersion.objects.unrestricted("test").get(sheet=sheet).document)
    was = plan.goal_sheets[0].purpose or ""
    change = Change("put|1", "put", plan.goal_sheets[0].id, "/purpose", was, "用于招商和会展")
    filled = [proposals.Filled(sheet.pk, 0, (change,), ())]
    return proposals.propose(actor, year=YEAR, name="填好.xlsx", digest="1" * 64, form="test", sheets=filled)[0]


def _taken(world: World, actor: Actor) -> object:
    row, sheet = _proposed(world, actor), _own(world)["sheet"]
    seen = Draft.objects.unrestricted("test").get(sheet=sheet).revision
    return proposals.take(actor, year=YEAR, key=sheet.pk, proposal=row.pk, seen=seen, chosen=["put|1"])


def _dropped(world: World, actor: Actor) -> object:
    row = _proposed(world, actor)
    return proposals.drop(actor, year=YEAR, key=row.sheet_id, proposal=row.pk)


def _comment(world: World, actor: Actor) -> int:
    sheet = _own(world)["sheet"]
    made = answering.comment(actor, year=YEAR, key=sheet.pk, words="请核对单价")
    return made.pk


SHEETS: Mapping[str, Callable[[World, Actor], object]] = {
    "comment.written": _comment,
    "comment.answered": lambda w, a: opinions.answer(a, comment=_comment(w, a), words="已核对"),
    "comment.closed": lambda w, a: opinions.close(a, comment=_comment(w, a)),
    "point.explained": lambda w, a: answering.explain(
        a, year=YEAR, key=_own(w)["sheet"].pk, words="按合同", point=_own(w)["point"].pk
    ),
    "explanation.accepted": lambda w, a: opinions.accept(a, explanation=_own(w)["explanation"].pk),
    "explanation.refused": lambda w, a: opinions.refuse(a, explanation=_own(w)["explanation"].pk, words="请附合同"),
    "sheet.edited": _edited,
    "sheet.named": _named,
    "sheet.proposed": _proposed,
    "sheet.proposal_taken": _taken,
    "sheet.proposal_dropped": _dropped,
    "sheet.started": _started,
    "sheet.unreported": _unreported,
    "sheet.voided": lambda w, a: set_services.void(a, year=YEAR, key=_own(w)["sheet"].pk, reason="起错了"),
}
"""Code of a service → a call of it that changes something"""
