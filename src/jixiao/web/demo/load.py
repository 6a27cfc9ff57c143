"""The example county put into an empty workspace."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import cast

from django.core.files import File

from jixiao.domain.plan import Plan
from jixiao.readers import read_file
from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.models import Assignment, AssignmentProject
from jixiao.web.accounts.roles import Role
from jixiao.web.demo.files import a_year_later, marked_secret, unreadable, written
from jixiao.web.demo.on_the_way import put_on_the_way
from jixiao.web.demo.people import add_people
from jixiao.web.desk.deciding import decide_of_file
from jixiao.web.intake.acceptance import accept
from jixiao.web.intake.models import Batch, IncomingFile, IncomingSheet
from jixiao.web.intake.receiving import Upload, receive
from jixiao.web.intake.services import add_files, confirm, decide_sheet, open_batch, open_registration
from jixiao.web.jobs.queue import run_pending
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, service
from jixiao.web.kernel.people import Actor, system
from jixiao.web.organisations.models import Organisation, OrganisationKind, Region
from jixiao.web.organisations.services.rounds import add_round
from jixiao.web.organisations.services.units import add_organisation, add_region, look_after
from jixiao.web.organisations.services.years import open_year
from jixiao.web.projects.models import Project

NOW = datetime(2026, 11, 30, 9, 30)  # noqa: DTZ001 - local, as the clock takes it
_REGISTERED = datetime(2026, 7, 6, 10, 0)  # noqa: DTZ001
_FIRST, _SECOND = 2026, 2027
_APPROVAL = "清财预〔2026〕12号"
Say = Callable[[str], object]


def load(files: Sequence[Path], say: Say) -> None:
    """Fill an empty database with the county whose first year's plans are ``files``."""
    plans = [(path, read_file(path)) for path in sorted(files)]
    maker = system("示例县")
    with clock.at(_REGISTERED):
        say("建单位和人员 …")
        places = _places(maker, [plan for _, plan in plans])
        people = add_people(maker, places=places)
        reviewer = actor_for(people["zhangmin"])
        open_year(maker, region=places["100"].region_id, year=_FIRST, ruleset="hebei")
        say(f"登记{_FIRST}年已批复的目标表 …")
        _register(reviewer, [path for path, _ in plans[:-1]])
    with clock.at(NOW):
        year = open_year(maker, region=places["100"].region_id, year=_SECOND)
        add_round(reviewer, year=year.pk, kind="first_up", opens_on=date(2026, 11, 20), closes_on=date(2026, 12, 3),
                  review_until=date(2026, 12, 15))  # fmt: skip
        say(f"收{_SECOND}年一上的文件 …")
        _second_year(reviewer, plans)
        if "310" in places:
            say("送审、审核 …")
            put_on_the_way(people, places["310"], _SECOND)
        _expert(maker, people["expert"].pk)


def _places(maker: Actor, plans: Sequence[Plan]) -> dict[str, Organisation]:
    """The county's organisations by code: the bureau with two sections, the departments of the plans with their units."""
    kinds = OrganisationKind
    region: Region = add_region(maker, code="130999", name="清源县")
    found: dict[str, Organisation] = {}

    def add(kind: str, code: str, name: str, parent: str = "") -> Organisation:
        found[code] = add_organisation(
            maker, region=region.pk, kind=kind, code=code, name=name, order=len(found) * 10 + 10,
            parent=found[parent].pk if parent else None, opened_on=date(2020, 1, 1),
        )  # fmt: skip
        return found[code]

    add(kinds.FINANCE_BUREAU, "100", "清源县财政局")
    add(kinds.FINANCE_SECTION, "100-02", "社会保障股", "100")
    add(kinds.FINANCE_SECTION, "100-03", "农业农村股", "100")
    for plan in sorted(plans, key=_code):
        code = _code(plan)
        department = add(kinds.LEAD_DEPARTMENT, code, plan.department.label)
        for sheet in plan.goal_sheets:
            unit = sheet.budget_unit
            if unit.code and unit.name and unit.code not in found and not unit.name.endswith("本级"):
                add(kinds.BUDGET_UNIT, unit.code, unit.name, code)
        section = "100-03" if "农业" in department.name else "100-02"
        look_after(maker, section=found[section].pk, department=department.pk)
    return found


def _code(plan: Plan) -> str:
    """The code of the department: what the codes of its units begin with."""
    return next(sheet.budget_unit.code[:3] for sheet in plan.goal_sheets if sheet.budget_unit.code)


def _register(actor: Actor, files: Sequence[Path]) -> None:
    assert actor.organisation is not None
    batch = open_registration(
        actor, organisation=actor.organisation, year=_FIRST, approval_document=_APPROVAL, approved_on=date(2026, 2, 18)
    )
    _receive(actor, batch, files)
    for row in _rows(actor, batch):
        _take(actor, row)


def _second_year(actor: Actor, plans: Sequence[tuple[Path, Plan]]) -> None:
    """Two files taken in, two to be checked, one that came twice, one unreadable, one refused."""
    assert actor.organisation is not None
    batch = open_batch(actor, organisation=actor.organisation, title=f"{_SECOND}年一上", year=_SECOND)
    with tempfile.TemporaryDirectory(prefix="jixiao-demo-") as place:
        folder = Path(place)
        sent = [written(a_year_later(plan), folder) for _, plan in plans[:4]]
        _receive(actor, batch, [*sent, unreadable(folder), marked_secret(folder)])
        _receive(actor, batch, [sent[0]])
    rows = [row for row in _rows(actor, batch) if row.state == IncomingFile.State.TO_CHECK]
    for row in rows[:2]:
        _take(actor, row)


def _receive(actor: Actor, batch: Batch, files: Sequence[Path]) -> None:
    opened = [File(path.open("rb"), name=path.name) for path in files]
    try:
        add_files(actor, batch=batch.pk, files=receive(cast("list[Upload]", opened)))
    finally:
        for one in opened:
            one.close()
    run_pending()


def _rows(actor: Actor, batch: Batch) -> list[IncomingFile]:
    rows = IncomingFile.objects.restrict(actor, "intake.view").filter(batch=batch, state=IncomingFile.State.TO_CHECK)
    return list(rows.order_by("position"))


def _take(actor: Actor, row: IncomingFile) -> None:
    """Look at what is doubted, say which projects are new, take all of it in."""
    if row.department_id is None and row.candidates:
        decide_of_file(actor, file=row.pk, department=row.candidates[0])
    sheets = IncomingSheet.objects.restrict(actor, "intake.accept").filter(file=row, accepted=None)
    for sheet in sheets.order_by("position"):
        if sheet.doubts:
            confirm(actor, sheet=sheet.pk, pointers=[str(one["pointer"]) for one in sheet.doubts])
        if sheet.kind not in ("part_one", "department_wide") and sheet.project_id is None:
            decide_sheet(actor, sheet=sheet.pk, makes_project=True)
    accept(actor, file=row.pk)


@service("demo.expert", "示例专家", right="right.grant")
def _expert(act: Act, user: int) -> None:
    """The expert sees one project."""
    held = act.all(Assignment).get(user=user, role=Role.EXPERT.value)
    project = act.all(Project).order_by("pk").first()
    if project is not None:
        AssignmentProject.objects.get_or_create(assignment=held, project=project)
        act.record(held, {}, {"project": project.name})
