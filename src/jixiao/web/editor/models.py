"""What is being written: the draft of a sheet, and the operations that made it, kept for ever."""

from __future__ import annotations

from django.db import models

from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths

LONGEST_TEXT = 20_000
"""Of one cell, in characters: more than any official form holds"""


class Draft(Restricted):
    """A sheet as it is being written 「草稿」: the document after all operations, each of which counts ``revision`` up by one.

    There is one from the first operation until a version is taken in from elsewhere. It says the same as version ``base``
    of its sheet while ``revision`` is ``named``.
    """

    paths = Paths(organisation="sheet__unit", project="sheet__project")
    fiscal = ("sheet__year", "sheet__unit__region_id")
    label_field = "sheet_id"

    sheet = models.OneToOneField(Sheet, models.CASCADE, related_name="draft", verbose_name="表")
    document = models.JSONField("内容")
    revision = models.PositiveIntegerField("改动次数", default=0)
    base = models.PositiveIntegerField("所据版本")
    named = models.PositiveIntegerField("成版时的改动次数", default=0)
    changed_at = models.DateTimeField("最近改动")
    changed_by = models.CharField("改动人", max_length=120)
    errors, warnings, advice = (
        models.PositiveIntegerField("必须修改", default=0),
        models.PositiveIntegerField("应当修改或说明", default=0),
        models.PositiveIntegerField("建议完善", default=0),
    )
    counted = models.PositiveIntegerField("数问题时的改动次数", null=True, blank=True)
    """At which revision the findings were counted; None where they never were"""

    @property
    def is_ahead(self) -> bool:
        """Whether there is something in it that no version has."""
        return self.revision > self.named


class Begun(Restricted):
    """What a sheet was started from 「从哪里起的」.

    ``things`` maps the ids of what was copied to those it had before; ``cells`` is what was copied into each: id → pointer below
    it → words. A copied cell is 「去年的」 until somebody writes in it, be it the same words (照旧): ``selectors.copied``.
    """

    class Way(models.TextChoices):
        BLANK = "blank", "空白表"
        LAST_YEAR = "last_year", "去年的表"
        OTHER = "other", "另一个项目的表"
        LIBRARY = "library", "指标库"

    paths = Paths(organisation="sheet__unit", project="sheet__project")
    fiscal = ("sheet__year", "sheet__unit__region_id")
    label_field = "way"

    sheet = models.OneToOneField(Sheet, models.CASCADE, related_name="begun", verbose_name="表")
    way = models.CharField("从哪里起", max_length=10, choices=Way)
    source = models.PositiveBigIntegerField("来自哪张表", null=True, blank=True)
    things = models.JSONField("行的对应", default=dict, blank=True)
    cells = models.JSONField("照抄的格", default=dict, blank=True)


class Unreported(Restricted):
    """Why a set has no sheet of a project, of Part One or of the department 「不报的原因」; gone once there is one."""

    paths = Paths(organisation="unit", project="project")
    fiscal = ("year", "unit__region_id")
    label_field = "reason"

    unit = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+", verbose_name="单位")
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="项目"
    )
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("表类", max_length=20, choices=SheetKind)
    reason = models.CharField("不报的原因", max_length=200)
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year", "kind"],
                condition=models.Q(project__isnull=False),
                name="unreported_once_per_project",
            ),
            models.UniqueConstraint(
                fields=["unit", "year", "kind"],
                condition=models.Q(project__isnull=True),
                name="unreported_once_per_unit",
            ),
        ]


class Outcome(models.TextChoices):
    """What became of an operation."""

    SAVED = "saved", "已存"
    CONFLICT = "conflict", "别人也改了这一格"
    REFUSED = "refused", "没有地方存"
    ASIDE = "aside", "另放着"


class Operation(Restricted):
    """One edit of a sheet by one person 「改动」, whatever became of it: nothing typed is lost.

    ``key`` is given by the browser, so that what is sent twice counts once. ``revision`` is that of the draft after it,
    0 where it was not applied. ``thing`` and ``cell`` name the place, ``words`` says it for people as it was called then, ``before``
    and ``after`` are what it said; what rows are
    added, moved and removed with stands in ``details``. ``group`` holds together what was one step for its user.
    """

    class Kind(models.TextChoices):
        PUT = "put", "填写"
        ADD = "add", "加一行"
        REMOVE = "remove", "删除"
        MOVE = "move", "移动"

    paths = Paths(organisation="sheet__unit", project="sheet__project")
    fiscal = ("sheet__year", "sheet__unit__region_id")
    label_field = "cell"

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="operations", verbose_name="表")
    key = models.UUIDField("编号")
    revision = models.PositiveIntegerField("改动次数", default=0)
    client = models.CharField("网页", max_length=40)
    group = models.CharField("同一步", max_length=40, blank=True)
    kind = models.CharField("做了什么", max_length=8, choices=Kind)
    thing = models.CharField("行", max_length=40, blank=True)
    cell = models.CharField("格", max_length=120, blank=True)
    words = models.CharField("位置", max_length=200, blank=True)
    before = models.TextField("改前", blank=True)
    after = models.TextField("改后", blank=True)
    details = models.JSONField("其他", default=dict, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    message = models.CharField("说明", max_length=300, blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)
    person = models.PositiveBigIntegerField("谁（编号）", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="operation_once")]
        indexes = [
            models.Index(fields=["sheet", "revision"]),
            models.Index(fields=["sheet", "thing", "cell", "revision"]),
        ]


class Presence(Restricted):
    """Who has a sheet open 「也在看」, and when their page last said so."""

    paths = Paths(organisation="sheet__unit", project="sheet__project")
    label_field = "name"

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="present", verbose_name="表")
    client = models.CharField("网页", max_length=40)
    person = models.PositiveBigIntegerField("谁（编号）")
    name = models.CharField("谁", max_length=120)
    thing = models.CharField("行", max_length=40, blank=True)
    cell = models.CharField("格", max_length=120, blank=True)
    seen_at = models.DateTimeField("最近")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "client"], name="presence_once")]


class Proposal(Restricted):
    """What came back filled in 「离线填报」: changes somebody wrote without network, offered against the draft until they are taken
    or put away.

    ``changes`` are data as ``editor.offline.changes`` reads them; ``form`` names the workbook that went out, ``digest`` is that of the
    file that came back, so that the same file counts once.
    """

    class State(models.TextChoices):
        OPEN = "open", "等采用"
        TAKEN = "taken", "已采用"
        DROPPED = "dropped", "不采用"

    paths = Paths(organisation="sheet__unit", project="sheet__project")
    fiscal = ("sheet__year", "sheet__unit__region_id")
    label_field = "name"

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="proposals", verbose_name="表")
    name = models.CharField("文件", max_length=255)
    digest = models.CharField("校验码", max_length=64)
    form = models.CharField("填报表编号", max_length=40)
    went_out = models.PositiveIntegerField("导出时的改动次数", default=0)
    changes = models.JSONField("改动", default=list)
    notes = models.JSONField("没有读到的", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField("收到时间")
    made_by = models.CharField("谁", max_length=120)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_by = models.CharField("谁办结", max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "digest"], name="proposal_once")]
