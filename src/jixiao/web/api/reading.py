"""What programs read: every list with its right, order and filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from django.db.models import Q

from jixiao.web.accounts.models import ApiToken, Assignment, HandOver, User
from jixiao.web.accounts.selectors import here, holding
from jixiao.web.api.keeping import INDICATORS
from jixiao.web.api.reading_flow import FLOW
from jixiao.web.api.resources import Resource
from jixiao.web.audit.models import AuditEntry
from jixiao.web.audit.selectors import note_view
from jixiao.web.desk.models import FindingDecision
from jixiao.web.editor.models import Draft, Operation, Proposal
from jixiao.web.goals.models import IndicatorRow, Sheet, SheetVersion
from jixiao.web.goals.selectors import saying
from jixiao.web.imports.models import ImportRow, ImportSession
from jixiao.web.imports.selectors import note_people
from jixiao.web.intake.models import Batch, IncomingFile, IncomingSheet
from jixiao.web.jobs.models import Job
from jixiao.web.notices.models import Notice
from jixiao.web.opinions.models import Comment, Explanation, Point
from jixiao.web.organisations.models import (
    Extension,
    FiscalYear,
    Organisation,
    OrganisationSpell,
    Reform,
    Region,
    Responsibility,
    Round,
    Succession,
)
from jixiao.web.organisations.selectors import called, in_use
from jixiao.web.projects.models import OrganisationAlias, Predecessor, Project, ProjectAlias, ProjectYear


class Severity(StrEnum):
    """The counts of findings of a sheet."""

    ERRORS = "errors"
    WARNINGS = "warnings"
    ADVICE = "advice"


RESOURCES: dict[str, Sequence[Resource]] = {
    "单位和年度": (
        Resource("regions", Region, "organisation.view", "行政区划", ("code",)),
        Resource(
            "organisations",
            Organisation,
            "organisation.view",
            "单位",
            ("order",),
            {
                "kind": ("kind", str),
                "region": ("region_id", int),
                "department": ("department_id", int),
                "code": ("code", str),
                "name": ("name__contains", str),
                "q": (lambda rows, actor, words: rows.filter(called(actor, words)), str),
                "closed": (lambda rows, _, closed: rows.exclude(in_use()) if closed else rows.filter(in_use()), bool),
            },
        ),
        Resource("reforms", Reform, "organisation.view", "机构改革", ("-effective_on",), {"state": ("state", str)}),
        Resource(
            "organisation-spells",
            OrganisationSpell,
            "organisation.view",
            "单位名称与隶属沿革",
            (),
            {"organisation": ("organisation_id", int)},
        ),
        Resource("successions", Succession, "organisation.view", "机构改革的承接", ("since",)),
        Resource("responsibilities", Responsibility, "organisation.view", "归口管理"),
        Resource("years", FiscalYear, "year.view", "预算年度", ("-year",), {"state": ("state", str)}),
        Resource("rounds", Round, "year.view", "轮次", ("opens_on",), {"year": ("fiscal_year__year", int)}),
        Resource("extensions", Extension, "organisation.view", "延期", ("until",), {"round": ("round_id", int)}),
    ),
    "指标库": INDICATORS,
    "人员": (
        Resource(
            "people",
            User,
            "person.view",
            "人员",
            ("username",),
            {
                "organisation": ("organisation_id", int),
                "name": ("name__contains", str),
                "q": (lambda rows, _, words: rows.filter(Q(name__icontains=words) | Q(username__icontains=words)), str),
                "role": (lambda rows, _, role: rows.filter(holding(role)), str),
                "left": (lambda rows, _, left: rows.exclude(here()) if left else rows.filter(here()), bool),
                "signed_in": (lambda rows, _, ever: rows.filter(last_login__isnull=not ever), bool),
            },
            left_out=frozenset({"failures", "last_login", "letter_keys"}),
        ),
        Resource(
            "assignments",
            Assignment,
            "person.view",
            "任职与授权",
            (),
            {"user": ("user_id", int), "role": ("role", str), "organisation": ("organisation_id", int)},
        ),
        Resource("notices", Notice, "account.own", "提醒", ("-made_at",), {"year": ("year", int)}),
        Resource("hand-overs", HandOver, "account.own", "交到我这里的", ("-made_on",)),
        Resource("tokens", ApiToken, "token.own", "我的令牌", ("-made_at",)),
    ),
    "项目库": (
        Resource(
            "projects",
            Project,
            "project.view",
            "项目",
            ("unit__order", "name"),
            {
                "unit": ("unit_id", int),
                "department": ("unit__department_id", int),
                "project_class": ("project_class", str),
                "name": ("name__contains", str),
            },
            join=("unit",),
        ),
        Resource(
            "project-years",
            ProjectYear,
            "project.view",
            "项目的年度",
            ("-year",),
            {"project": ("project_id", int), "year": ("year", int), "code": ("code", str)},
        ),
        Resource(
            "organisation-aliases",
            OrganisationAlias,
            "organisation.view",
            "单位别名",
            (),
            {
                "organisation": ("organisation_id", int),
                "q": (
                    lambda rows, _, words: rows.filter(
                        Q(text__icontains=words) | Q(organisation__name__icontains=words)
                    ),
                    str,
                ),
            },
        ),
        Resource("project-aliases", ProjectAlias, "project.view", "项目别名", (), {"project": ("project_id", int)}),
        Resource("project-predecessors", Predecessor, "project.view", "项目前身", (), {"project": ("project_id", int)}),
    ),
    "报送的表": (
        Resource(
            "sheets",
            Sheet,
            "sheet.view",
            "表",
            ("-year", "unit__order"),
            {
                "year": ("year", int),
                "unit": ("unit_id", int),
                "department": ("unit__department_id", int),
                "project": ("project_id", int),
                "kind": ("kind", str),
                "state": ("state", str),
                "grade": ("grade", str),
                "severity": (lambda rows, _, severity: rows.filter(**{f"{severity.value}__gt": 0}), Severity),
                "q": (lambda rows, actor, words: rows.filter(saying(actor, words)), str),
            },
            join=("unit",),
        ),
        Resource(
            "sheet-versions",
            SheetVersion,
            "sheet.view",
            "表的版本（内容和问题）",
            ("-made_at",),
            {"sheet": ("sheet_id", int), "number": ("number", int)},
            heavy=frozenset({"document", "findings"}),
        ),
        Resource(
            "drafts",
            Draft,
            "sheet.view",
            "草稿",
            (),
            {"sheet": ("sheet_id", int), "year": ("sheet__year", int)},
            heavy=frozenset({"document"}),
        ),
        Resource(
            "sheet-proposals",
            Proposal,
            "sheet.edit",
            "离线填报传回来的",
            ("-made_at",),
            {"sheet": ("sheet_id", int), "state": ("state", str)},
            heavy=frozenset({"changes", "notes"}),
        ),
        Resource(
            "sheet-operations",
            Operation,
            "sheet.view",
            "填表的每一处改动",
            (),
            {"sheet": ("sheet_id", int), "outcome": ("outcome", str)},
        ),
        Resource(
            "points",
            Point,
            "sheet.view",
            "退回意见",
            ("-raised_at",),
            {"sheet": ("sheet_id", int), "round": ("round", int), "year": ("sheet__year", int)},
        ),
        Resource(
            "explanations",
            Explanation,
            "sheet.view",
            "对意见的说明",
            ("-made_at",),
            {"sheet": ("point__sheet_id", int), "point": ("point_id", int), "verdict": ("verdict", str)},
        ),
        Resource(
            "comments",
            Comment,
            "sheet.view",
            "批注",
            ("-made_at",),
            {
                "sheet": ("sheet_id", int),
                "year": ("sheet__year", int),
                "closed": (lambda rows, _, closed: rows.filter(closed_at__isnull=not closed), bool),
            },
        ),
        Resource(
            "indicators",
            IndicatorRow,
            "sheet.view",
            "指标行",
            ("sheet_id", "position"),
            {
                "sheet": ("sheet_id", int),
                "year": ("sheet__year", int),
                "unit": ("sheet__unit_id", int),
                "name": ("name__contains", str),
            },
        ),
    ),
    "审核和批复": FLOW,
    "收件台": (
        Resource("batches", Batch, "intake.view", "一批文件", ("-made_at",), {"year": ("year", int)}),
        Resource(
            "files",
            IncomingFile,
            "intake.view",
            "收到的文件",
            ("-made_at",),
            {"batch": ("batch_id", int), "state": ("state", str)},
            heavy=frozenset({"document"}),
        ),
        Resource(
            "decisions",
            FindingDecision,
            "intake.view",
            "不采纳的问题",
            ("-made_at",),
            {"file": ("file_id", int)},
        ),
        Resource(
            "incoming-sheets",
            IncomingSheet,
            "intake.view",
            "待收的表",
            ("file_id", "position"),
            {"file": ("file_id", int)},
            heavy=frozenset({"doubts", "corrections", "looked_at"}),
        ),
    ),
    "导入": (
        Resource(
            "imports",
            ImportSession,
            "import.own",
            "导入",
            ("-made_at",),
            {"kind": ("kind", str), "state": ("state", str)},
            heavy=frozenset({"mapping", "sorts", "notes", "header"}),
        ),
        Resource(
            "import-rows",
            ImportRow,
            "import.own",
            "导入的行",
            ("session_id", "number"),
            {"session": ("session_id", int), "state": ("state", str)},
            join=("session",),
            noted=note_people,
        ),
    ),
    "运行": (
        Resource(
            "jobs",
            Job,
            "operation.view",
            "后台任务",
            ("-id",),
            {"name": ("name", str), "state": ("state", str)},
            left_out=frozenset({"arguments", "again", "asked_scopes"}),
        ),
    ),
    "审计日志": (
        Resource(
            "log",
            AuditEntry,
            "log.view",
            "审计日志",
            ("-id",),
            {
                "chain": ("chain", int),
                "action": ("action", str),
                "kind": ("kind", str),
                "object": ("object_id", str),
                "actor": ("actor_id", int),
                "since": ("at__date__gte", date),
                "until": ("at__date__lte", date),
            },
            noted=lambda actor, _: note_view(actor, "接口"),
        ),
    ),
}
"""Tag → lists"""
