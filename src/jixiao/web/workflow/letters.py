"""批复 as an official letter 「批复文」: made of what was approved, nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.documents import Align, Block, Column, Document, Heading, Paragraph, Role, Section, Table, to_docx
from jixiao.web.goals.models import Sheet, SheetKind, SheetVersion
from jixiao.web.goals.services import note_export
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.web.site.money import wan
from jixiao.web.workflow.approvable import passed_of
from jixiao.web.workflow.models import Approval
from jixiao.web.workflow.services.approving import note_letter, versions_of

NO_NUMBER = "（文号待填）"


@dataclass(frozen=True)
class Line:
    """A sheet in the annex: of which unit, its budget in fen, the version and its digest."""

    unit: str
    title: str
    kind: str
    fen: int | None
    version: int
    digest: str


@dataclass(frozen=True)
class Letter:
    """What a letter says. ``issuer`` signs, ``to`` is addressed; ``hand_down_by``: until when it is to be handed on."""

    issuer: str
    to: str
    year: int
    document: str
    day: date
    is_adjustment: bool
    lines: Sequence[Line]
    hand_down_by: date | None = None
    after: str = ""


def letter_of(actor: Actor, one: Approval) -> Letter:
    """The letter of a 批复 that was given; what somebody may not see is not in it."""
    rows = versions_of(one).filter(pk__in=SheetVersion.objects.restrict(actor, "sheet.view"))
    versions = rows.select_related("sheet__unit").order_by("sheet__unit__order", "sheet__unit_id", "sheet_id")
    lines = [_line(found.sheet, found) for found in versions.defer("document", "findings")]
    issuer = one.after.unit if one.after is not None else bureau_of(one.unit)
    named_as_of([one.unit, issuer], one.year)
    after = one.after.document if one.after is not None else ""
    return Letter(
        issuer.name,
        one.unit.name,
        one.year,
        one.document,
        one.day,
        one.is_adjustment,
        lines,
        one.hand_down_by,
        after,
    )


def preview(actor: Actor, unit: Organisation, year: int, keys: Sequence[int], day: date) -> Letter:
    """The letter as it would be, of sheets that passed, before there is a number."""
    rows = Sheet.objects.restrict(actor, "sheet.approve").filter(pk__in=keys).select_related("unit")
    sheets = list(rows.order_by("unit__order", "unit_id", "pk"))
    versions = SheetVersion.objects.restrict(actor, "sheet.view").filter(sheet__in=sheets)
    digests = {(v, n): digest for v, n, digest in versions.values_list("sheet", "number", "digest")}
    issuer = bureau_of(unit)
    named_as_of([unit, issuer], year)
    lines = [_line(one, None, digests.get((one.pk, one.version), "")) for one in sheets]
    return Letter(issuer.name, unit.name, year, NO_NUMBER, day, is_adjustment=False, lines=lines)


def _line(sheet: Sheet, version: SheetVersion | None, digest: str = "") -> Line:
    kind = SheetKind(sheet.kind).label
    if version is not None:
        return Line(sheet.unit.name, sheet.title, str(kind), sheet.total_fen, version.number, version.digest)
    return Line(sheet.unit.name, sheet.title, str(kind), sheet.total_fen, sheet.version, digest)


def bureau_of(unit: Organisation) -> Organisation:
    """The finance bureau of the region of a unit; the unit itself where none was entered."""
    rows = Organisation.objects.unrestricted("who approves").filter(
        region=unit.region_id, kind=OrganisationKind.FINANCE_BUREAU
    )
    return rows.order_by("closed_on", "pk").first() or unit


def document_of(one: Letter) -> Document:
    """The letter as pages."""
    what = "调整后的预算绩效目标" if one.is_adjustment else "预算绩效目标"
    title = f"{one.issuer}\n关于批复{one.to}{one.year}年度{what}的通知"
    goals = [line for line in one.lines if line.kind == SheetKind.GOAL.label]
    total = sum(line.fen or 0 for line in goals)
    basis = f"根据{one.after}，" if one.after else "经审核，"
    money = f"，其中项目{len(goals)}个、预算合计{wan(total)}万元" if goals else ""
    body: list[Block] = [
        Heading(title, 0),
        Paragraph(one.document, Role.SUBTITLE),
        Paragraph(f"{one.to}：", Role.OPENING),
        Paragraph(f"{basis}现批复你单位{one.year}年度{what}，共{len(one.lines)}张{money}（见附件）。"),
        Paragraph(
            "请按批复的绩效目标执行预算，开展绩效监控和绩效自评。绩效目标批复后一般不作调整；确需调整的，说明原因和依据，重新送审、批复。"
        ),
    ]
    if one.hand_down_by is not None:
        body.append(Paragraph(f"请于{_day(one.hand_down_by)}前批复所属单位。"))
    body += [
        Paragraph("附件：批复的绩效目标一览表", Role.BODY),
        Paragraph(one.issuer, Role.SIGNATURE, keep=True),
        Paragraph(_day(one.day), Role.SIGNATURE),
    ]
    return Document(
        title.replace("\n", ""),
        one.day,
        (Section(tuple(body)), Section((Heading("附件", 1, annex=True), _table(one.lines)))),
    )


def _table(lines: Sequence[Line]) -> Table:
    columns = (
        Column("序号", 5, Align.CENTER),
        Column("单位", 20, Align.LEFT),
        Column("绩效目标", 30, Align.LEFT),
        Column("预算（万元）", 13, Align.RIGHT),
        Column("版本", 6, Align.CENTER),
        Column("校验码", 14, Align.LEFT),
    )
    rows = tuple(
        (n, line.unit, _named(line), wan(line.fen) if line.fen is not None else "", line.version, line.digest[:12])
        for n, line in enumerate(lines, 1)
    )
    return Table(columns, rows, (tuple(one.title for one in columns),), read=True)


def _named(line: Line) -> str:
    return line.title if line.kind in line.title or line.kind == SheetKind.GOAL.label else f"{line.title} {line.kind}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def given(actor: Actor, one: Approval) -> tuple[str, bytes]:
    """The letter of a 批复 as a file: its name and content; noted as taken away."""
    made = letter_of(actor, one)
    name, content = written(made)
    note_letter(actor, approval=one.pk, digest=hashlib.sha256(content).hexdigest(), what=name)
    return name, content


def previewed(actor: Actor, year: int, unit: int) -> tuple[str, bytes]:
    """The same of what passed, before it is approved. Raises NotThere, Refused where nothing passed."""
    place, keys = passed_of(actor, year, unit)
    if not keys:
        raise Refused(f"{place.name}还没有审核通过的表，没有批复文可预览")
    name, content = written(preview(actor, place, year, keys, clock.today()))
    digest = hashlib.sha256(content).hexdigest()
    note_export(actor, sheets=keys, form="docx", digest=digest, what=f"预览 {name}")
    return f"预览 {name}", content


def written(one: Letter) -> tuple[str, bytes]:
    """The name of the file, and the file."""
    number = "" if one.document == NO_NUMBER else f"{one.document} "
    return f"{number}批复 {one.to} {one.year}.docx".replace("/", "／"), to_docx(document_of(one))
