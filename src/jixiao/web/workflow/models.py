"""Flows in their versions, the run of a sheet through one, what was decided on the way, 批复."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jixiao.web.goals.models import Sheet, SheetVersion
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths


class Flow(Restricted):
    """A version of a workflow of a region 「流程」, as data (``definition.as_data``); never changed."""

    paths = Paths(region="region")
    label_field = "title"

    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="flows", verbose_name="行政区划")
    number = models.PositiveIntegerField("版本")
    title = models.CharField("名称", max_length=60)
    definition = models.JSONField("定义")
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="flow_version_once")]


class RoundFlow(Restricted):
    """Which version of a flow the sheets of a round go through, where it is not the latest of the region 「轮次用的流程」."""

    paths = Paths(region="round__fiscal_year__region")
    label_field = "round_id"

    round = models.OneToOneField("organisations.Round", models.CASCADE, related_name="flow", verbose_name="轮次")
    flow = models.ForeignKey(Flow, models.PROTECT, related_name="rounds", verbose_name="流程")


class Phase(models.TextChoices):
    """Where a run stands."""

    WITH_UNIT = "with_unit", "在单位"
    WAITING = "waiting", "等人办"
    OPENED = "opened", "已开审"
    PASSED = "passed", "审核通过"
    APPROVED = "approved", "已批复"
    ENDED = "ended", "已结束"


class Run(Restricted):
    """A sheet on its way through a flow 「办理」: of a round, or of an adjustment after 批复 (``is_adjustment``).

    ``step`` is the code of the step it stands at, ``since`` when it came there; ``submissions`` counts 送审, ``returns`` 退回 to
    the unit. ``version`` is what was handed in last. While somebody looks at it (``opener``) nobody else decides.
    """

    paths = Paths(organisation="sheet__unit", project="sheet__project")
    fiscal = ("sheet__year", "sheet__unit__region_id")
    label_field = "sheet_id"

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="runs", verbose_name="表")
    round = models.ForeignKey(
        "organisations.Round", models.PROTECT, null=True, blank=True, related_name="runs", verbose_name="轮次"
    )
    flow = models.ForeignKey(Flow, models.PROTECT, related_name="runs", verbose_name="流程")
    is_current = models.BooleanField("在办", default=True)
    is_adjustment = models.BooleanField("调整", default=False)
    phase = models.CharField("到了哪里", max_length=10, choices=Phase, default=Phase.WITH_UNIT)
    step = models.CharField("步骤", max_length=30, blank=True)
    since = models.DateTimeField("到这一步的时间")
    version = models.ForeignKey(
        SheetVersion, models.PROTECT, null=True, blank=True, related_name="runs", verbose_name="送审的版本"
    )
    submissions = models.PositiveSmallIntegerField("送审次数", default=0)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    submitter = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送审人"
    )
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True)
    opener = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="开审人"
    )
    opened_at = models.DateTimeField("开审时间", null=True, blank=True)
    assignee = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转给谁办"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet"], condition=Q(is_current=True), name="one_current_run"),
        ]
        indexes = [models.Index(fields=["phase", "step", "id"])]


class HeldBack(Restricted):
    """A lead department that is left out when the others are approved 「暂缓批复」, by whom and why."""

    paths = Paths(organisation="unit")
    fiscal = ("year", "unit__region_id")
    label_field = "reason"

    unit = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="held_back", verbose_name="部门"
    )
    year = models.PositiveSmallIntegerField("年度")
    reason = models.CharField("原因", max_length=200)
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="held_back_once")]


class ApprovalBatch(Restricted):
    """批复 of many departments by one document 「一批批复」, done in the background, a department at a time.

    ``rows`` are [department, [[sheet, version], …]] as somebody looked at them; nothing else is approved. What is done are its
    ``approvals``: broken off, it goes on with the rest.
    """

    paths = Paths(region="region")
    label_field = "document"

    region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="approval_batches", verbose_name="行政区划"
    )
    year = models.PositiveSmallIntegerField("年度")
    document = models.CharField("文号", max_length=120)
    day = models.DateField("批复日期")
    rows = models.JSONField("部门和表")
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)

    class Meta:
        indexes = [models.Index(fields=["region", "year", "id"])]


class Approval(Restricted):
    """A 批复 to a unit 「批复」: by the finance bureau to a lead department, or by a lead department to a unit beneath it
    (``after`` is then the one it got itself). ``hand_down_by``: until when it is to be handed down to units beneath."""

    paths = Paths(organisation="unit")
    fiscal = ("year", "unit__region_id")
    label_field = "document"

    unit = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="approvals", verbose_name="单位"
    )
    year = models.PositiveSmallIntegerField("年度")
    document = models.CharField("文号", max_length=120)
    day = models.DateField("批复日期")
    is_adjustment = models.BooleanField("调整批复", default=False)
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="handed_down", verbose_name="所据批复"
    )
    hand_down_by = models.DateField("下达到单位的期限", null=True, blank=True)
    batch = models.ForeignKey(
        ApprovalBatch, models.PROTECT, null=True, blank=True, related_name="approvals", verbose_name="一批批复"
    )
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)

    class Meta:
        indexes = [models.Index(fields=["year", "unit", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "unit"], condition=Q(batch__isnull=False), name="approved_once_a_batch"
            )
        ]


class Control(Restricted):
    """What a project, or a lead department as a whole (no ``project``), may have 「控制数」, in fen, by a document. Never changed: a later
    one sets another, the latest ``day`` holds."""

    paths = Paths(organisation="unit", project="project")
    fiscal = ("year", "unit__region_id")
    label_field = "document"

    unit = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="controls", verbose_name="单位")
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, null=True, blank=True, related_name="controls", verbose_name="项目"
    )
    year = models.PositiveSmallIntegerField("年度")
    total_fen = models.BigIntegerField("控制数（分）")
    document = models.CharField("文号", max_length=120)
    day = models.DateField("日期")
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)

    class Meta:
        indexes = [models.Index(fields=["year", "project", "id"])]


class Reminder(Restricted):
    """That a department was reminded 「催办」: ``people`` were told inside, those of them ``mailed`` by e-mail; what did not go out, why."""

    paths = Paths(organisation="department")
    fiscal = ("year", "department__region_id")
    label_field = "text"

    department = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="reminders", verbose_name="部门"
    )
    year = models.PositiveSmallIntegerField("年度")
    round = models.ForeignKey(
        "organisations.Round", models.PROTECT, null=True, blank=True, related_name="reminders", verbose_name="轮次"
    )
    text = models.CharField("内容", max_length=400)
    people = models.JSONField("告诉了谁（编号）", default=list)
    mailed = models.JSONField("邮件发给了谁（编号）", default=list, blank=True)
    mail_trouble = models.CharField("邮件没有发出的原因", max_length=200, blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)

    class Meta:
        indexes = [models.Index(fields=["year", "department", "id"])]


class Verb(models.TextChoices):
    """What was done."""

    SUBMIT = "submit", "送审"
    SKIP = "skip", "跳过"
    OPEN = "open", "开审"
    RELEASE = "release", "解除开审"
    SIGN = "sign", "会签同意"
    AGREE = "agree", "同意"
    PASS = "pass", "审核通过"
    SEND_BACK = "send_back", "退回"
    WITHDRAW = "withdraw", "撤回"
    REASSIGN = "reassign", "转办"
    APPROVE = "approve", "批复"
    ADJUST = "adjust", "开始调整"
    REVISE = "revise", "按控制数修改"


class Decision(Restricted):
    """What was done with a run, never changed 「办理记录」: by whom, at which step, on which version, in which words.

    ``counts`` are the findings by severity it was decided with; rule set and findings stand in the version, ``program`` is the
    version of the program that decided. ``submission`` says in which 送审. ``undone``: taken back before anybody opened it.
    """

    paths = Paths(organisation="run__sheet__unit", project="run__sheet__project")
    fiscal = ("run__sheet__year", "run__sheet__unit__region_id")
    label_field = "verb"

    run = models.ForeignKey(Run, models.CASCADE, related_name="decisions", verbose_name="办理")
    verb = models.CharField("做了什么", max_length=10, choices=Verb)
    step = models.CharField("在哪一步", max_length=30, blank=True)
    to_step = models.CharField("到哪一步", max_length=30, blank=True)
    submission = models.PositiveSmallIntegerField("第几次送审", default=0)
    version = models.ForeignKey(
        SheetVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="版本"
    )
    approval = models.ForeignKey(
        Approval, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="批复"
    )
    opinion = models.TextField("意见", blank=True)
    counts = models.JSONField("当时的问题", default=dict, blank=True)
    program = models.CharField("程序版本", max_length=30)
    person = models.PositiveBigIntegerField("人员", null=True, blank=True)
    made_by = models.CharField("谁", max_length=120)
    made_at = models.DateTimeField("时间")
    undone = models.BooleanField("已撤回", default=False)

    class Meta:
        indexes = [models.Index(fields=["run", "id"])]
