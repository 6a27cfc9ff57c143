"""Sheets and their versions: one canonical document of the core each, and rows of it for lists."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths
from jixiao.web.organisations.models import title_of_ruleset


class SheetKind(models.TextChoices):
    PART_ONE = "part_one", "绩效文本第一部分"
    DEPARTMENT_WIDE = "department_wide", "部门整体绩效目标表"
    GOAL = "goal", "绩效目标表"
    MONITORING = "monitoring", "绩效监控表"
    SELF_EVALUATION = "self_evaluation", "绩效自评表"


class SheetState(models.TextChoices):
    DRAFTED = "drafted", "填报中"
    SUBMITTED = "submitted", "已送审"
    REVIEWING = "reviewing", "审核中"
    SENT_BACK = "sent_back", "已退回"
    PASSED = "passed", "审核通过"
    APPROVED = "approved", "已批复"
    ADJUSTING = "adjusting", "调整中"
    VOID = "void", "已作废"


WRITABLE = frozenset({SheetState.DRAFTED, SheetState.SENT_BACK, SheetState.ADJUSTING})
"""In which states a sheet may be written in"""


class Stage(models.TextChoices):
    """What a version of a sheet is."""

    DRAFTED = "drafted", "填报稿"
    APPROVED = "approved", "批复稿"
    ADJUSTED = "adjusted", "调整稿"
    EXECUTED = "executed", "执行情况"


class Sheet(Restricted):
    """An official form of a unit in a fiscal year 「表」; what is in it are its versions.

    ``project`` is None for Part One and the sheet of the whole department. ``approved_by`` is the 文号 of a 批复 that
    was given outside the system (``is_external``) or in it.
    """

    paths = Paths(organisation="unit", project="project")
    fiscal = ("year", "unit__region_id")
    label_field = "title"

    unit = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="sheets", verbose_name="单位")
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name="项目"
    )
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("表类", max_length=20, choices=SheetKind)
    title = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=12, choices=SheetState, default=SheetState.DRAFTED)
    version = models.PositiveIntegerField("版本", default=0)
    errors, warnings, advice = (
        models.PositiveIntegerField("必须修改", default=0),
        models.PositiveIntegerField("应当修改或说明", default=0),
        models.PositiveIntegerField("建议完善", default=0),
    )
    grade = models.CharField("等级", max_length=12, blank=True)
    score = models.DecimalField("得分", max_digits=5, decimal_places=1, null=True, blank=True)
    total_fen = models.BigIntegerField("预算数（分）", null=True, blank=True)
    approval_document = models.CharField("批复文号", max_length=120, blank=True)
    approved_on = models.DateField("批复日期", null=True, blank=True)
    is_external = models.BooleanField("系统外批复", default=False)
    registered_by = models.CharField("登记人", max_length=120, blank=True)
    changed_at = models.DateTimeField("最近改动")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year", "kind"],
                condition=Q(project__isnull=False) & ~Q(state="void"),
                name="sheet_once_per_project",
                violation_error_message="这个项目这一年已经有这张表",
            ),
            models.UniqueConstraint(
                fields=["unit", "year", "kind"],
                condition=Q(project__isnull=True) & ~Q(state="void"),
                name="sheet_once_per_unit",
                violation_error_message="这个单位这一年已经有这张表",
            ),
        ]
        indexes = [models.Index(fields=["year", "unit", "id"]), models.Index(fields=["state", "year", "id"])]


class SheetVersion(Restricted):
    """A version of a sheet 「版本」: the document as ``jixiao/plan/3`` with one sheet (or none, for Part One), never changed.

    ``digest`` is SHA-256 of its canonical bytes. ``findings`` is ``jixiao/review/2`` as of the day, by ``ruleset`` and
    ``program``. ``source`` is the file it was accepted from.
    """

    paths = Paths(organisation="sheet__unit", project="sheet__project")
    fiscal = ("sheet__year", "sheet__unit__region_id")
    label_field = "reason"

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="versions", verbose_name="表")
    number = models.PositiveIntegerField("版本")
    document = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)
    findings = models.JSONField("问题", default=dict, blank=True)
    ruleset = models.CharField("规则集", max_length=60, blank=True)
    program = models.CharField("程序版本", max_length=30)
    stage = models.CharField("性质", max_length=12, choices=Stage, default=Stage.DRAFTED)
    reason = models.CharField("来由", max_length=200)
    source = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原件"
    )
    fixed = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="固定的内容"
    )
    """Its canonical bytes, once it was approved (``fixing``); the database then refuses to change the row"""
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("经办", max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="sheet_version_once")]

    @property
    def ruleset_title(self) -> str:
        """What it was reviewed by, as people call it, with its version."""
        name, _, version = self.ruleset.rpartition(" ")
        return f"{title_of_ruleset(name)} {version}版" if name else self.ruleset


class IndicatorRow(Restricted):
    """A row of the current version of a sheet 「指标」, for lists and statistics; can be made anew from the documents at any
    time."""

    paths = Paths(organisation="sheet__unit", project="sheet__project")

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rows", verbose_name="表")
    row_id = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    indicator_class = models.CharField("一级指标", max_length=20, blank=True)
    indicator_kind = models.CharField("二级指标", max_length=30, blank=True)
    name = models.CharField("三级指标", max_length=400)
    target = models.CharField("指标值", max_length=400, blank=True)
    actual = models.CharField("实际完成值", max_length=400, blank=True)
    weight = models.DecimalField("分值", max_digits=7, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "position"], name="indicator_row_once")]
