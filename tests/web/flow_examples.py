"""Examples of the services that move sheets from step to step, for ``service_examples``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from jixiao.web.accounts.roles import Role
from jixiao.web.appraisals import services as appraisals
from jixiao.web.appraisals.models import Question
from jixiao.web.files.store import keep
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.jobs.models import Job
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Round
from jixiao.web.workflow import services
from jixiao.web.workflow.definition import standard_text
from jixiao.web.workflow.models import Flow, Phase, Run
from jixiao.web.workflow.services.approving import note_letter
from jixiao.web.workflow.services.flows import flow_of_region
from jixiao.web.workflow.services.way import Looked
from web.make import YEAR
from web.matrix.world import World


def _sheet(world: World) -> Sheet:
    found: Sheet = world.spots["own"].things["sheet"]
    found.refresh_from_db()
    return found


def _somebody_else(world: World, actor: Actor) -> Actor:
    """Who decides did not hand in."""
    return replace(actor, id=world.office.people[Role.FINANCE_LEADER].pk)


def _handed_in(world: World, actor: Actor) -> Sheet:
    sheet = _sheet(world)
    flow = flow_of_region(sheet.unit.region_id)
    services.submit(actor, year=YEAR, unit=sheet.unit_id, sheets=[Looked(sheet.pk, sheet.version)], flow=flow.pk)
    return sheet


def _opened(world: World, actor: Actor) -> Sheet:
    sheet = _handed_in(world, actor)
    services.open_sheet(_somebody_else(world, actor), year=YEAR, key=sheet.pk, version=sheet.version)
    return sheet


def _released(world: World, actor: Actor) -> Any:
    return services.release(actor, year=YEAR, key=_opened(world, actor).pk)


def _agreed(world: World, actor: Actor) -> Sheet:
    sheet = _handed_in(world, actor)
    services.agree(_somebody_else(world, actor), year=YEAR, key=sheet.pk, version=sheet.version)
    return sheet


def _sent_back(world: World, actor: Actor) -> Any:
    sheet, other = _handed_in(world, actor), _somebody_else(world, actor)
    return services.send_back(other, year=YEAR, key=sheet.pk, version=sheet.version, opinion="请改数量指标")


def _reassigned(world: World, actor: Actor) -> Any:
    sheet = _handed_in(world, actor)
    to = world.office.people[Role.UNIT_HEAD].pk
    return services.reassign(_somebody_else(world, actor), year=YEAR, key=sheet.pk, to=to)


def _taken_back(world: World, actor: Actor) -> Any:
    sheet = _agreed(world, actor)
    return services.take_back(_somebody_else(world, actor), year=YEAR, key=sheet.pk)


def _passed(world: World, actor: Actor) -> Sheet:
    sheet, other = _handed_in(world, actor), _somebody_else(world, actor)
    while services.agree(other, year=YEAR, key=sheet.pk, version=sheet.version).phase != Phase.PASSED:
        pass
    return sheet


def _approved(world: World, actor: Actor) -> Any:
    sheet = _passed(world, actor)
    looked = [Looked(sheet.pk, sheet.version)]
    return services.approve(
        actor, year=YEAR, unit=sheet.unit_id, sheets=looked, document="清财预〔2027〕12号", day=clock.today()
    )


def _begun(world: World, actor: Actor) -> Any:
    sheet = _passed(world, actor)
    going = services.Going(world.office.commerce.pk, [Looked(sheet.pk, sheet.version)])
    region = world.office.region.pk
    return services.begin_batch(
        actor, region=region, year=YEAR, departments=[going], document="清财预〔2027〕12号", day=clock.today()
    )


def _gone_on(world: World, actor: Actor) -> Any:
    made = _begun(world, actor)
    Job.objects.unrestricted("test").filter(name="approval.batch").update(state=Job.State.FAILED)
    return services.go_on_batch(actor, batch=made.pk)


def _handed_down(world: World, actor: Actor) -> Any:
    sheet = _sheet(world)
    beneath = world.spots["beneath"]
    Sheet.objects.unrestricted("test").filter(pk=sheet.pk).update(unit=beneath.unit)
    sheet = _passed(world, actor)
    looked = [Looked(sheet.pk, sheet.version)]
    made = services.approve(
        actor, year=YEAR, unit=world.office.commerce.pk, sheets=looked, document="清财预〔2027〕12号", day=clock.today()
    )
    return services.hand_down(
        actor, approval=made.pk, units=[beneath.unit.pk], document="清商〔2027〕3号", day=clock.today()
    )


def _adjusted(world: World, actor: Actor) -> Any:
    _approved(world, actor)
    return services.start_adjustment(actor, year=YEAR, key=_sheet(world).pk, reason="年中追加资金")


def _revised(world: World, actor: Actor) -> Any:
    sheet = _passed(world, actor)
    today = clock.today()
    second = Round.objects.create(
        fiscal_year=world.year, kind="second_up", opens_on=today, closes_on=today + timedelta(9), ruleset="hebei"
    )
    assert sheet.state == SheetState.DRAFTED
    return services.revise(actor, year=YEAR, key=sheet.pk, round=second.pk)


def _kept(world: World, actor: Actor) -> Flow:
    text = standard_text().replace("业务股室会审", "归口股室会审")
    return services.keep_flow(actor, region=world.office.region.pk, text=text)


def _chosen(world: World, actor: Actor) -> Any:
    Run.objects.unrestricted("test").update(round=None)
    return services.choose_flow(actor, round=world.spots["own"].things["round"].pk, flow=_kept(world, actor).pk)


def _answered(world: World, actor: Actor) -> Any:
    one = _own_things(world)["appraisal"]
    answers = {question.value: "有依据" for question in Question}
    return appraisals.write(actor, project=one.project_id, year=YEAR, answers=answers, version=one.version)


def _own_things(world: World) -> dict[str, Any]:
    return world.spots["own"].things


def _concluded(world: World, actor: Actor) -> Any:
    return appraisals.conclude(
        actor, appraisal=_answered(world, actor).pk, conclusion="support", reasons="任务明确，测算有据"
    )


def _file_added(world: World, actor: Actor) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text("测算", encoding="utf-8")
        kept = keep(path, "txt")
    return appraisals.add_file(actor, appraisal=_own_things(world)["appraisal"].pk, name="测算.txt", kept=kept)


FLOW: Mapping[str, Callable[[World, Actor], object]] = {
    "appraisal.concluded": _concluded,
    "appraisal.file_added": _file_added,
    "appraisal.file_removed": lambda w, a: appraisals.remove_file(a, file=_own_things(w)["appraisal_file"].pk),
    "appraisal.reopened": lambda w, a: appraisals.reopen(a, appraisal=_concluded(w, a).pk, reason="预算有变"),
    "appraisal.written": _answered,
    "approval.handed_down": _handed_down,
    "approval.held_back": lambda w, a: services.hold_back(a, year=YEAR, unit=w.office.commerce.pk, reason="等文件"),
    "approval.letter": lambda w, a: note_letter(
        a, approval=w.spots["own"].things["approval"].pk, digest="0" * 64, what="批复"
    ),
    "approval.let_go": lambda w, a: services.let_go(a, year=YEAR, unit=w.office.commerce.pk),
    "approvals.begun": _begun,
    "approvals.resumed": _gone_on,
    "department.reminded": lambda w, a: services.remind(
        a,
        year=YEAR,
        department=w.office.commerce.pk,
        people=[w.office.people[Role.CLERK].pk],
        text="请今天送审",
        again=True,
    ),
    "progress.exported": lambda w, a: services.note_progress(
        a, departments=[w.office.commerce.pk], year=YEAR, digest="0" * 64, what="报送进度"
    ),
    "control.set": lambda w, a: services.set_control(
        a, year=YEAR, unit=w.office.commerce.pk, total_fen=100, document="清财预〔2026〕9号", day=clock.today()
    ),
    "decision.taken_back": _taken_back,
    "flow.chosen": _chosen,
    "flow.kept": _kept,
    "set.submitted": _handed_in,
    "sheet.adjusted": _adjusted,
    "sheet.agreed": _agreed,
    "sheet.opened": _opened,
    "sheet.reassigned": _reassigned,
    "sheet.released": _released,
    "sheet.revised": _revised,
    "sheet.sent_back": _sent_back,
    "sheet.withdrawn": lambda w, a: services.withdraw(a, year=YEAR, key=_handed_in(w, a).pk),
    "sheets.approved": _approved,
}
"""Code of a service → a call of it that changes something"""
