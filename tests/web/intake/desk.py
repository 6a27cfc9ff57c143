"""Files handed in by the way that people take, without a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from jixiao.domain.monitoring import MonitoringRow, MonitoringSheet
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan
from jixiao.domain.self_evaluation import SelfEvaluationRow, SelfEvaluationSheet
from jixiao.domain.target_grammar import parse_target
from jixiao.web.goals.models import SheetVersion
from jixiao.web.intake.acceptance import accept
from jixiao.web.intake.models import IncomingFile, IncomingSheet
from jixiao.web.intake.receiving import receive
from jixiao.web.intake.services import add_files, confirm, decide_sheet, open_batch
from jixiao.web.jobs.queue import run_pending
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.writers.registry import writer_named
from web.make import Office, organisation

COUNTY = Path(__file__).parents[3] / "examples" / "county" / "files"
HEALTH = COUNTY / "清源县卫生健康局2026年部门预算绩效文本.docx"


def health(county: Office) -> Organisation:
    """The department that the example file is of."""
    return organisation(county.region, OrganisationKind.LEAD_DEPARTMENT, "305", "清源县卫生健康局", order=30)


def hand_in(
    actor: Actor, files: Mapping[str, bytes], *, year: int = 2026, batch: int | None = None, read: bool = True
) -> list[IncomingFile]:
    """Files in one batch, read."""
    uploads = [SimpleUploadedFile(name.rsplit("/", 1)[-1], content) for name, content in files.items()]
    received = receive(uploads, list(files))
    assert actor.organisation is not None
    into = batch or open_batch(actor, organisation=actor.organisation, year=year).pk
    rows = add_files(actor, batch=into, files=received)
    if read:
        run_pending()
    found = IncomingFile.objects.unrestricted("test").in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows]


def sheets_of(file: IncomingFile) -> list[IncomingSheet]:
    return list(IncomingSheet.objects.unrestricted("test").filter(file=file).order_by("position"))


def look_at_all(actor: Actor, file: IncomingFile, *, new_projects: bool = True) -> None:
    """Confirm every doubt; sheets without a project are of new ones."""
    for sheet in sheets_of(file):
        confirm(actor, sheet=sheet.pk, pointers=[doubt["pointer"] for doubt in sheet.doubts])
        if new_projects and not sheet.is_of_department and sheet.project_id is None:
            decide_sheet(actor, sheet=sheet.pk, makes_project=True)


def take(actor: Actor, file: IncomingFile) -> list[SheetVersion]:
    look_at_all(actor, file)
    return accept(actor, file=file.pk)


def written(plan: Plan, form: str = "docx") -> bytes:
    content: bytes = writer_named(form).write(plan)
    return content


def monitored(plan: Plan, year: int) -> Plan:
    """The sheets of a plan as they stand in the middle of a year: half of everything is done."""
    later = [
        MonitoringSheet(
            sheet.id,
            rows={
                row.id: MonitoringRow(parse_target((row.target.text or "").lstrip("≥≤=")).target, likelihood="确定能")
                for row in sheet.indicators
            },
        )
        for sheet in plan.goal_sheets
    ]
    whole = replace(
        plan,
        title=f"{plan.department.name}{year}年度项目支出绩效运行监控表",
        fiscal_year=FiscalYear(year),
        overall_goals=(),
        activities=(),
        safeguards=(),
        provenance={},
        notes=(),
    )
    return whole.with_later_sheets(later)


def self_evaluated(plan: Plan, year: int) -> Plan:
    """Last year's self-evaluation of the sheets of a plan: everything as it was promised."""
    later = [
        SelfEvaluationSheet(
            sheet.id,
            total_score=Decimal(96),
            grade="优",
            rows={
                row.id: SelfEvaluationRow(parse_target((row.target.text or "").lstrip("≥≤=")).target, Decimal(8), None)
                for row in sheet.indicators
            },
        )
        for sheet in plan.goal_sheets
    ]
    whole = replace(
        plan,
        title=f"{plan.department.name}{year}年度项目支出绩效自评表",
        fiscal_year=FiscalYear(year),
        overall_goals=(),
        activities=(),
        safeguards=(),
        provenance={},
        notes=(),
    )
    return whole.with_later_sheets(later)
