"""What changes sheets: a version is taken in, rows for lists are made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

import jixiao
from jixiao.domain.finding import Severity
from jixiao.web.goals.contents import Content, RowValues, rows_of_document
from jixiao.web.goals.fixing import fix_version
from jixiao.web.goals.models import IndicatorRow, Sheet, SheetKind, SheetState, SheetVersion, Stage
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, Stale, service
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.models import Project

_FROZEN = {
    SheetState.SUBMITTED: "这张表已送审，等对方退回或撤回后再收新的",
    SheetState.REVIEWING: "这张表正在审核（已开审），不能换。要换请先请审核人退回",
    SheetState.PASSED: "这张表已审核通过，不能换。要换请先请审核人退回",
    SheetState.APPROVED: "这张表已批复，不能直接换。确要改请走调整；是补录批复稿请用“登记已批复”",
    SheetState.ADJUSTING: "这张表正在调整，请在调整里改",
}


@dataclass(frozen=True)
class Approval:
    """A 批复 given outside the system: its 文号 and date."""

    document: str
    day: date


BeforeVersion = Callable[[Act, Sheet], None]
_BEFORE: list[BeforeVersion] = []


def before_version(ask: BeforeVersion) -> BeforeVersion:
    """Have a sheet looked at, locked and as it stood, before it gets another version; ``ask`` raises Refused where that would lose
    something."""
    if ask not in _BEFORE:
        _BEFORE.append(ask)
    return ask


@service("sheet.accept", "收下表", right="intake.accept")
def take_version(
    act: Act,
    *,
    unit: int,
    project: int | None,
    year: int,
    content: Content,
    reason: str,
    source: int | None = None,
    base: int | None = None,
    approval: Approval | None = None,
) -> SheetVersion:
    """A version of a sheet, the sheet made where it is the first; ``approval`` takes it straight to its state.

    ``base`` is the number of the version that ``content`` was compared with, 0 for none. Raises Stale where there is
    another by now, Refused where the sheet is not to be changed in the state it is in.
    """
    place = act.get(Organisation, unit, "organisation.view", lock=False)
    pool = act.get(Project, project, "project.view", lock=False) if project is not None else None
    if pool is not None and pool.unit_id != place.pk:
        raise Refused("项目和单位对不上：这个项目不是这个单位的。请重新选", field="project", status=422)
    sheet = sheet_of(act, place.pk, project, year, content.kind)
    if base is not None and (sheet.version if sheet else 0) != base:
        raise Stale("这张表刚被别人收过一次，您看到的不是最新的。请刷新后再收")
    made = sheet or Sheet(unit=place, project=pool, year=year, kind=content.kind, state=SheetState.DRAFTED)
    if sheet is not None and approval is None and sheet.state in _FROZEN:
        raise Refused(_FROZEN[SheetState(sheet.state)])
    if sheet is not None:
        for ask in _BEFORE:
            ask(act, sheet)
    if approval is not None:
        _approve(act, made, approval)
    stage = _stage(content.kind, approval)
    version = write_version(act, made, content, reason=reason, stage=stage, source=source)
    return fix_version(act, version) if stage == Stage.APPROVED else version


def write_version(
    act: Act, sheet: Sheet, content: Content, *, reason: str, stage: Stage, source: int | None = None
) -> SheetVersion:
    """The next version of a sheet, stored or new, within a service that holds it locked."""
    _describe(sheet, content)
    if sheet.version > 1:
        act.save(sheet)
    else:
        act.add(sheet)
    version = SheetVersion(
        sheet=sheet,
        number=sheet.version,
        document=content.document,
        digest=content.digest,
        findings=content.findings,
        ruleset=content.ruleset,
        program=jixiao.__version__,
        stage=stage,
        reason=reason[:200],
        source_id=source,
        made_at=clock.now(),
        made_by=act.actor.name,
    )
    act.add(version)
    _project_rows(sheet, content.rows)
    return version


def sheet_of(act: Act, unit: int, project: int | None, year: int, kind: str) -> Sheet | None:
    """The sheet of a project, or of a unit where it is of none, in a year; locked."""
    where = {"project": project} if project is not None else {"unit": unit, "project": None}
    rows = act.all(Sheet).exclude(state=SheetState.VOID).select_for_update(of=("self",))
    return rows.filter(year=year, kind=kind, **where).first()


def _describe(sheet: Sheet, content: Content) -> None:
    sheet.title = content.title
    sheet.version += 1
    sheet.errors, sheet.warnings, sheet.advice = (content.counts[severity] for severity in Severity)
    sheet.grade, sheet.score, sheet.total_fen = content.grade, content.score, content.total_fen
    sheet.changed_at = clock.now()


def _approve(act: Act, sheet: Sheet, approval: Approval) -> None:
    goals = sheet.kind in (SheetKind.PART_ONE, SheetKind.DEPARTMENT_WIDE, SheetKind.GOAL)
    sheet.state = SheetState.APPROVED if goals else SheetState.PASSED
    sheet.approval_document, sheet.approved_on = approval.document, approval.day
    sheet.is_external, sheet.registered_by = True, act.actor.name


def _stage(kind: SheetKind, approval: Approval | None) -> Stage:
    if kind in (SheetKind.MONITORING, SheetKind.SELF_EVALUATION):
        return Stage.EXECUTED
    return Stage.DRAFTED if approval is None else Stage.APPROVED


# --- rows for lists ---------------------------------------------------------------------------------------


def _project_rows(sheet: Sheet, rows: tuple[RowValues, ...]) -> None:
    IndicatorRow.objects.unrestricted("projection of a sheet just written").filter(sheet=sheet).delete()
    IndicatorRow.objects.bulk_create([IndicatorRow(sheet=sheet, **vars(row)) for row in rows])


def rebuild_rows() -> int:
    """Make the rows of all sheets anew from the documents of their current versions; returns the number of rows."""
    count = 0
    for key in Sheet.objects.unrestricted("making rows anew").order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            sheet = Sheet.objects.unrestricted("making rows anew").select_for_update().get(pk=key)
            versions = SheetVersion.objects.unrestricted("making rows anew")
            current = versions.filter(sheet=sheet, number=sheet.version).first()
            rows = rows_of_document(current.document) if current is not None else ()
            _project_rows(sheet, rows)
            count += len(rows)
    return count


# --- taken away -------------------------------------------------------------------------------------------


@service("sheet.exported", "导出", right="sheet.export")
def note_export(act: Act, *, sheets: Sequence[int], form: str, digest: str, what: str) -> None:
    """Note that sheets were taken away as a file: one entry a department, with the digest of the file."""
    rows = list(act.all(Sheet).filter(pk__in=sheets).select_related("unit").order_by("pk"))
    by_department: dict[int | None, list[Sheet]] = {}
    for row in rows:
        by_department.setdefault(row.unit.department_id, []).append(row)
    for found in by_department.values():
        taken = {"format": form, "sheets": [row.pk for row in found], "sha256": digest}
        act.record(found[0], {}, taken, note=what)
