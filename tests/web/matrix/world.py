"""A county with something of every kind at four places: one's own unit, a unit beneath, another department, another region."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from jixiao.domain.plan import Plan
from jixiao.readers import ONLY_PROJECTS, read_bytes
from jixiao.web.accounts.models import Assignment, AssignmentProject, User
from jixiao.web.accounts.roles import Role
from jixiao.web.appraisals.models import AppraisalFile, ExAnteAppraisal
from jixiao.web.editor.models import Begun, Draft, Operation, Presence, Proposal, Unreported
from jixiao.web.files.models import StoredFile
from jixiao.web.files.store import keep
from jixiao.web.goals.contents import Content, content_of, reviewed
from jixiao.web.goals.documents import as_document, one_sheet
from jixiao.web.goals.models import Sheet, SheetKind, SheetVersion
from jixiao.web.imports.models import ImportSession
from jixiao.web.intake.models import Batch, IncomingFile, IncomingSheet
from jixiao.web.jobs import results
from jixiao.web.jobs.models import Job, Result
from jixiao.web.kernel import clock
from jixiao.web.library.models import LibraryGram, LibraryIndicator, UsualTarget
from jixiao.web.opinions.models import Comment, Explanation, Point
from jixiao.web.organisations.models import (
    Extension,
    FiscalYear,
    Organisation,
    OrganisationKind,
    Reform,
    Region,
    Responsibility,
    Round,
)
from jixiao.web.projects.models import OrganisationAlias, Project
from jixiao.web.workflow.models import Approval, ApprovalBatch, Control, Decision, HeldBack, Reminder, RoundFlow, Run
from jixiao.web.workflow.services.flows import flow_of_region
from web.make import YEAR, Office, office, organisation, person
from web.matrix.truth import Persona

_FILE = (
    Path(__file__).parents[3] / "examples" / "county" / "files" / "清源县人力资源和社会保障局2026年部门预算绩效文本.txt"
)


@dataclass
class Spot:
    """What there is at one place."""

    unit: Organisation
    person: User
    project: Project
    things: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """The county with its spots by name, and people by persona."""

    office: Office
    spots: dict[str, Spot]
    personas: list[Persona]
    year: FiscalYear
    far: FiscalYear
    things: dict[str, Any] = field(default_factory=dict)


@cache
def _read() -> tuple[Plan, Content]:
    plan = read_bytes(_FILE.read_bytes(), _FILE.name)
    one = one_sheet(plan, 0)
    return plan, content_of(one, reviewed(one, "hebei", date(2026, 11, 30)), SheetKind.GOAL)


def world() -> World:
    """Make it."""
    made = office()
    far_region = Region.objects.create(code="130998", name="邻县")
    far_unit = organisation(far_region, OrganisationKind.LEAD_DEPARTMENT, "301", "邻县商务局")
    far_bureau = organisation(far_region, OrganisationKind.FINANCE_BUREAU, "100", "邻县财政局")
    far_section = organisation(far_region, OrganisationKind.FINANCE_SECTION, "100-1", "邻县经建股", parent=far_bureau)
    Responsibility.objects.create(section=far_section, department=far_unit)
    year = FiscalYear.objects.unrestricted("test").get(region=made.region, year=YEAR)
    far = FiscalYear.objects.create(region=far_region, year=YEAR, state=FiscalYear.State.OPEN, ruleset="hebei")
    spots = {}
    for name, unit in (
        ("own", made.commerce),
        ("beneath", made.centre),
        ("other", made.water),
        ("far", far_unit),
    ):
        project = Project.objects.unrestricted("test").filter(unit=unit).first() or Project.objects.create(
            unit=unit, name="邻县招商工程"
        )
        somebody = person(f"staff-{name}", f"职员{name}", unit, Role.CLERK)
        somebody.phone = f"0311-{len(spots)}7777"
        somebody.save()
        spots[name] = Spot(unit, somebody, project)
        _fill(made, spots[name], year if unit.region_id == made.region.pk else far)
    found = World(made, spots, _personas(made), year, far)
    found.things["job"] = Job.objects.create(
        name="test", state=Job.State.PARKED, due_at=clock.now(), turn_at=clock.now(), made_at=clock.now()
    )
    return found


def _fill(made: Office, spot: Spot, year: FiscalYear) -> None:
    things, unit, now = spot.things, spot.unit, clock.now()
    plan, content = _read()
    kept = keep(_FILE, "txt")
    stored = StoredFile.objects.get_or_create(
        sha256=kept.sha256, defaults={"size": kept.size, "kind": "txt", "stored_at": now}
    )[0]
    for name, project, kind in (("sheet", spot.project, SheetKind.GOAL), ("whole", None, SheetKind.DEPARTMENT_WIDE)):
        sheet = Sheet.objects.create(
            unit=unit, project=project, year=YEAR, kind=kind, title=f"{unit.name}的表", version=1, changed_at=now
        )
        SheetVersion.objects.create(
            sheet=sheet,
            number=1,
            document=content.document,
            digest=content.digest,
            findings=content.findings,
            program="test",
            reason="test",
            source=stored,
            made_at=now,
            made_by="test",
        )
        things[name] = sheet
    things["draft"] = Draft.objects.create(
        sheet=things["sheet"], document=content.document, base=1, changed_at=now, changed_by="test"
    )
    things["operation"] = Operation.objects.create(
        sheet=things["sheet"], key=uuid4(), client="test", kind="put", outcome="saved", made_at=now, made_by="test"
    )
    things["proposal"] = Proposal.objects.create(
        sheet=things["sheet"], name="填好.xlsx", digest="0" * 64, form="test", made_at=now, made_by="test"
    )
    things["presence"] = Presence.objects.create(
        sheet=things["sheet"], client="test", person=spot.person.pk, name="test", seen_at=now
    )
    things["indicator"] = LibraryIndicator.objects.create(
        region=unit.region, unit=unit, code=f"X{unit.pk}", name="招商活动场次", kind="quantity", sector="investment",
        explanation="有签到的活动", changed_at=now, text="招商活动场次",
    )  # fmt: skip
    LibraryGram.objects.create(indicator=things["indicator"], gram="招商")
    UsualTarget.objects.create(indicator=things["indicator"], sheets=1, made_at=now)
    things["point"] = Point.objects.create(
        sheet=things["sheet"], round=1, version=1, title="审核人的意见", severity="warning", message="资金用途写具体",
        raised_at=now, raised_by="test",
    )  # fmt: skip
    things["explanation"] = Explanation.objects.create(
        point=things["point"], words="按合同分期支付", made_at=now, made_by="test"
    )
    things["comment"] = Comment.objects.create(
        sheet=things["sheet"], place="整张表", words="请核对", made_at=now, made_by="test"
    )
    things["begun"] = Begun.objects.create(sheet=things["sheet"], way=Begun.Way.BLANK)
    things["unreported"] = Unreported.objects.create(
        unit=unit, project=spot.project, year=YEAR + 1, kind=SheetKind.GOAL, reason="并入", made_at=now, made_by="test"
    )
    things["appraisal"] = ExAnteAppraisal.objects.create(project=spot.project, year=YEAR)
    things["appraisal_file"] = AppraisalFile.objects.create(
        appraisal=things["appraisal"], name="方案.docx", stored=stored, added_at=now, added_by="test"
    )
    flow = flow_of_region(unit.region_id)
    things["run"] = Run.objects.create(sheet=things["sheet"], flow=flow, since=now)
    things["approval"] = Approval.objects.create(
        unit=unit, year=YEAR, document="清财预〔2027〕1号", day=date(2026, 11, 1), made_at=now, made_by="test"
    )
    things["approval_batch"] = ApprovalBatch.objects.create(
        region=unit.region, year=YEAR, document="清财预〔2027〕2号", day=date(2026, 11, 1), made_at=now, made_by="test", rows=[[unit.pk, []]]
    )  # fmt: skip
    things["control"] = Control.objects.create(
        unit=unit, project=spot.project, year=YEAR, total_fen=1, document="清财预〔2026〕9号", day=date(2026, 11, 1), made_at=now, made_by="test"
    )  # fmt: skip
    things["reminder"] = Reminder.objects.create(department=unit, year=YEAR, text="请送审", made_at=now, made_by="test")
    things["held_back"] = HeldBack.objects.create(unit=unit, year=YEAR, reason="材料没齐", made_at=now, made_by="test")
    things["decision"] = Decision.objects.create(
        run=things["run"], verb="submit", program="test", made_by="test", made_at=now, approval=things["approval"]
    )
    batch = Batch.objects.create(organisation=unit, title="一批", year=YEAR, made_at=now, made_by=spot.person)
    file = IncomingFile.objects.create(
        batch=batch,
        name=_FILE.name,
        stored=stored,
        state=IncomingFile.State.TO_CHECK,
        document=as_document(plan),
        department=unit.department,
        year=YEAR,
        made_at=now,
    )
    things["file"] = file
    things["unit_alias"] = OrganisationAlias.objects.create(
        organisation=unit, text=f"{unit.name}也叫", plain=f"{unit.name}也叫"
    )
    things["project_list"] = IncomingFile.objects.create(
        batch=batch,
        name="项目.xlsx",
        stored=stored,
        state=IncomingFile.State.UNREADABLE,
        met=ONLY_PROJECTS,
        made_at=now,
    )
    things["registration"] = Batch.objects.create(
        organisation=unit,
        title="去年批复的",
        year=YEAR,
        registers_approved=True,
        approval_document="清财预〔2026〕1号",
        approved_on=date(2026, 2, 1),
        made_at=now,
        made_by=spot.person,
    )
    things["incoming"] = IncomingSheet.objects.create(
        file=file, position=0, index=0, kind="goal", title=spot.project.name, unit=unit
    )
    things["session"] = ImportSession.objects.create(
        kind="none", organisation=unit, file_name="a.xlsx", sha256="0" * 64, size=1, made_by=spot.person, made_at=now
    )
    things["made"] = Job.objects.create(
        name="sheet.export", asked_by=spot.person, state=Job.State.DONE, due_at=now, turn_at=now, made_at=now
    )
    held = results.hold(BytesIO(b"made"))
    things["result"] = Result.objects.create(
        job=things["made"],
        name="导出.zip",
        kind="zip",
        file=held.file,
        size=held.size,
        sha256=held.sha256,
        right="sheet.export",
        until=now + results.KEPT,
    )
    things["reform"] = Reform.objects.create(
        kind="rename", about=unit, title="更名", effective_on=date(2030, 1, 1), made_by="test", made_at=now
    )
    things["assignment"] = Assignment.objects.unrestricted("test").get(user=spot.person)
    things["round"] = Round.objects.unrestricted("test").filter(fiscal_year=year).first() or Round.objects.create(
        fiscal_year=year, kind="first_up", opens_on=date(2026, 11, 1), closes_on=date(2030, 12, 3), ruleset="hebei"
    )
    things["round_flow"], _ = RoundFlow.objects.unrestricted("test").get_or_create(
        round=things["round"], defaults={"flow": flow}
    )
    if unit.kind == OrganisationKind.LEAD_DEPARTMENT:
        things["extension"] = Extension.objects.create(
            round=things["round"], department=unit, until=date(2030, 12, 9), reason="雪灾", made_on=date(2026, 11, 1)
        )
        things["responsibility"] = Responsibility.objects.unrestricted("test").filter(
            department=unit
        ).first() or Responsibility.objects.create(section=made.section, department=unit, until=date(2020, 1, 1))


def _personas(made: Office) -> list[Persona]:
    found = []
    commerce = frozenset({made.commerce.pk})
    for role, user in made.people.items():
        held = Assignment.objects.unrestricted("test").get(user=user)
        projects = frozenset(one.project_id for one in held.assignment_projects.all())
        looks_after = commerce if role is Role.BUSINESS_SECTION else frozenset()
        found.append(Persona(role.label, user, role, user.organisation, projects, looks_after))
    other = Project.objects.create(unit=made.commerce, name="别人管的项目")
    limited = person("limited", "只管一个项目", made.commerce, Role.CLERK)
    held = Assignment.objects.unrestricted("test").get(user=limited)
    AssignmentProject.objects.create(assignment=held, project=other)
    found.append(Persona("填报人（另一个项目）", limited, Role.CLERK, made.commerce, frozenset({other.pk})))
    nobody = User.objects.create(username="nobody", name="没有角色", organisation=made.commerce, first_password=False)
    assert not Assignment.objects.unrestricted("test").filter(user=nobody).exists()
    return found
