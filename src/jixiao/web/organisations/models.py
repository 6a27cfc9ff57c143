"""Regions, organisations with their history, fiscal years and rounds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jixiao.parameters import rulesets
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths


class OrganisationKind(models.TextChoices):
    FINANCE_BUREAU = "finance_bureau", "财政部门"
    FINANCE_SECTION = "finance_section", "业务股室"
    LEAD_DEPARTMENT = "lead_department", "主管部门"
    BUDGET_UNIT = "budget_unit", "预算单位"


class Region(Restricted):
    """「行政区划」: its code (GB/T 2260) and name, beneath another or alone."""

    paths = Paths(region="")

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )


class Organisation(Restricted):
    """A finance bureau, one of its sections, a lead department or a budget unit 「单位」, as it stands today.

    ``department`` is the lead department it belongs to (itself, for one); what it was called and where it belonged before is
    in ``OrganisationSpell``. One that ended keeps its rows; ``closed_on`` and ``Succession`` say what became of it.
    """

    paths = Paths(organisation="")

    kind = models.CharField("类别", max_length=20, choices=OrganisationKind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations", verbose_name="行政区划")
    code = models.CharField("单位编码", max_length=30)
    name = models.CharField("名称", max_length=120)
    order = models.PositiveIntegerField("排序", default=0, help_text="官方顺序，小的在前")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位"
    )
    department = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members", verbose_name="主管部门"
    )
    opened_on = models.DateField("启用日期", null=True, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True, help_text="这一天起停用")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code"],
                condition=Q(closed_on__isnull=True),
                name="organisation_code_once",
                violation_error_message="这个编码已经有单位在用",
            )
        ]
        indexes = [models.Index(fields=["region", "order", "id"]), models.Index(fields=["department"])]


class OrganisationSpell(Restricted):
    """What an organisation was called and where it belonged in a stretch of time 「名称与隶属沿革」; ``until`` is not in it."""

    paths = Paths(organisation="organisation")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="spells", verbose_name="单位")
    name = models.CharField("名称", max_length=120)
    parent = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级单位"
    )
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)
    document = models.CharField("依据文件", max_length=120, blank=True, help_text="这段名称、隶属开始的依据")


class Reform(Restricted):
    """A dated change of organisations 「机构改革」: planned until its day, then carried out once, with what it moved.

    ``plan`` is what was asked for, by the kinds of ``organisations.reform.plans``; ``result`` the lines that were counted.
    """

    paths = Paths(organisation="about")
    label_field = "title"

    class Kind(models.TextChoices):
        RENAME = "rename", "更名"
        MOVE = "move", "改隶属"
        MERGE = "merge", "合并"
        SPLIT = "split", "分设划转"
        CLOSE = "close", "撤销"

    class State(models.TextChoices):
        PLANNED = "planned", "待生效"
        DONE = "done", "已生效"
        STUCK = "stuck", "到期没办成"
        WITHDRAWN = "withdrawn", "已撤回"

    kind = models.CharField("方式", max_length=10, choices=Kind)
    about = models.ForeignKey(Organisation, models.PROTECT, related_name="reforms", verbose_name="单位")
    title = models.CharField("内容", max_length=300)
    effective_on = models.DateField("生效日期")
    document = models.CharField("依据文件", max_length=120, blank=True)
    plan = models.JSONField("方案", default=dict, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    result = models.JSONField("结果", default=list, blank=True)
    trouble = models.CharField("没办成的原因", max_length=400, blank=True)
    made_by = models.CharField("登记人", max_length=120)
    made_at = models.DateTimeField("登记时间")
    done_at = models.DateTimeField("办理时间", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "effective_on"])]


class Succession(Restricted):
    """What one organisation passed on to another 「机构承接」, from when, by which document.

    Where the predecessor is closed, its successor sees all it left; where it goes on, the ``projects`` (ids) that came over,
    with what belongs to them.
    """

    paths = Paths(organisation="successor")
    label_field = "kind"

    class Kind(models.TextChoices):
        MERGE = "merge", "合并"
        SPLIT = "split", "分设划转"
        CLOSE = "close", "撤销"

    kind = models.CharField("方式", max_length=10, choices=Kind)
    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions", verbose_name="原单位")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="inheritances", verbose_name="现单位")
    since = models.DateField("自")
    document = models.CharField("依据文件", max_length=120, blank=True)
    projects = models.JSONField("划出的项目", default=list, blank=True)


class Responsibility(Restricted):
    """The departments a section of the finance bureau looks after 「归口管理」."""

    paths = Paths(organisation="department")
    label_field = "id"

    section = models.ForeignKey(Organisation, models.CASCADE, related_name="responsibilities", verbose_name="股室")
    department = models.ForeignKey(Organisation, models.CASCADE, related_name="sections", verbose_name="部门")
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)


def title_of_ruleset(name: str) -> str:
    """What people call a ruleset; its name where the program has it no more."""
    found = rulesets().get(name)
    return found.title if found else name


class FiscalYear(Restricted):
    """A fiscal year of a region 「预算年度」: planned, open (up to three at once) or closed, with its ruleset."""

    paths = Paths(region="region")

    class State(models.TextChoices):
        PLANNED = "planned", "未开启"
        OPEN = "open", "已开启"
        CLOSED = "closed", "已关闭"

    region = models.ForeignKey(Region, models.PROTECT, related_name="years", verbose_name="行政区划")
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    ruleset = models.CharField("规则集", max_length=60, default="national-88")
    opened_on = models.DateField("开启日期", null=True, blank=True)
    closed_on = models.DateField("关闭日期", null=True, blank=True)
    closing_reason = models.CharField("关闭说明", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="fiscal_year_once")]
        ordering = ["-year"]

    @property
    def label(self) -> str:
        return f"{self.year}年度"

    @property
    def ruleset_title(self) -> str:
        return title_of_ruleset(self.ruleset)


class Round(Restricted):
    """A round of a fiscal year 「轮次」 with its dates; it pins the ruleset it works by, with its values of ``opens_on``."""

    paths = Paths(region="fiscal_year__region")

    class Kind(models.TextChoices):
        FIRST_UP = "first_up", "一上"
        FIRST_DOWN = "first_down", "一下"
        SECOND_UP = "second_up", "二上"
        SECOND_DOWN = "second_down", "二下"
        MONITORING = "monitoring", "绩效监控"
        SELF_EVALUATION = "self_evaluation", "绩效自评"

    fiscal_year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="rounds", verbose_name="年度")
    kind = models.CharField("轮次", max_length=20, choices=Kind)
    name = models.CharField("名称", max_length=60, blank=True)
    opens_on = models.DateField("开始")
    closes_on = models.DateField("截止", help_text="当天24:00止")
    review_until = models.DateField("审核截止", null=True, blank=True)
    ruleset = models.CharField("规则集", max_length=60)
    ruleset_version = models.CharField("规则集版本", max_length=30, blank=True)

    class Meta:
        ordering = ["opens_on", "id"]

    @property
    def label(self) -> str:
        return self.name or self.get_kind_display()

    @property
    def ruleset_title(self) -> str:
        return title_of_ruleset(self.ruleset)


class Extension(Restricted):
    """A later deadline for one department 「延期」, with its reason."""

    paths = Paths(organisation="department")
    label_field = "reason"

    round = models.ForeignKey(Round, models.CASCADE, related_name="extensions", verbose_name="轮次")
    department = models.ForeignKey(Organisation, models.CASCADE, related_name="extensions", verbose_name="部门")
    until = models.DateField("延期到", help_text="当天24:00止")
    reason = models.CharField("原因", max_length=200)
    made_on = models.DateField("登记日期")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "department"], name="one_extension")]
