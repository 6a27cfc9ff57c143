"""The project pool: budget projects through the years, with the names and codes they went by."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jixiao.readings.text import normalise
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths


class ProjectClass(models.TextChoices):
    """支出项目类别, 财预〔2020〕 integration norms."""

    PERSONNEL = "personnel", "人员类"
    OPERATION = "operation", "其他运转类"
    TARGETED = "targeted", "特定目标类"


class Project(Restricted):
    """A budget project 「项目」 with an id of its own that outlives codes, names and units."""

    paths = Paths(organisation="unit", project="")

    unit = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="projects", verbose_name="单位")
    name = models.CharField("项目名称", max_length=200)
    project_class = models.CharField("项目类别", max_length=20, choices=ProjectClass, blank=True)
    starts_in = models.PositiveSmallIntegerField("起始年度", null=True, blank=True)
    ends_in = models.PositiveSmallIntegerField("终止年度", null=True, blank=True)
    is_key = models.BooleanField("重点项目", default=False)
    upper_document = models.CharField("上级文号", max_length=120, blank=True)
    closed_on = models.DateField("结束日期", null=True, blank=True)
    closed_because = models.CharField("结束原因", max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "name"])]


class ProjectYear(Restricted):
    """A project in one fiscal year 「年度项目」.

    Its code and name there, its money in fen; ``extra`` is what else a list said of it that year,
    by what it is called there (功能科目编码)."""

    paths = Paths(organisation="project__unit", project="project")
    fiscal = ("year", "project__unit__region_id")

    project = models.ForeignKey(Project, models.CASCADE, related_name="years", verbose_name="项目")
    year = models.PositiveSmallIntegerField("年度")
    code = models.CharField("项目编码", max_length=40, blank=True)
    name = models.CharField("当年名称", max_length=200)
    total_fen = models.BigIntegerField("预算数（分）", null=True, blank=True)
    fiscal_fen = models.BigIntegerField("财政资金（分）", null=True, blank=True)
    other_fen = models.BigIntegerField("其他资金（分）", null=True, blank=True)
    extra = models.JSONField("其他内容", default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="project_year_once")]
        indexes = [models.Index(fields=["year", "code"]), models.Index(fields=["year", "name"])]


class Written(Restricted):
    """A way of writing, once confirmed by a person; found again by its words only. ``origin`` says where it was met."""

    label_field = "text"

    text = models.CharField("写法", max_length=200)
    plain = models.CharField(max_length=200, editable=False)
    origin = models.CharField("来自", max_length=200, blank=True)
    made_by = models.CharField("经办", max_length=120, blank=True)
    made_at = models.DateTimeField("时间", null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        self.plain = plain_of(self.text)


def plain_of(text: str) -> str:
    """What two ways of writing have in common: words without blanks and punctuation."""
    return normalise(text).upper()[:200]


class ProjectAlias(Written):
    """Another name or code that documents use for a project 「别名」."""

    paths = Paths(organisation="project__unit", project="project")

    project = models.ForeignKey(Project, models.CASCADE, related_name="aliases", verbose_name="项目")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "plain"], name="project_alias_once")]
        indexes = [models.Index(fields=["plain"])]


class OrganisationAlias(Written):
    """Another name or code that documents use for an organisation 「单位别名」."""

    paths = Paths(organisation="organisation")

    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="aliases", verbose_name="单位"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "plain"], name="organisation_alias_once")]
        indexes = [models.Index(fields=["plain"])]


class Predecessor(Restricted):
    """What a project goes on from 「前身」."""

    paths = Paths(organisation="project__unit", project="project")
    label_field = "kind"

    class Kind(models.TextChoices):
        CONTINUED = "continued", "延续"
        RENAMED = "renamed", "更名"
        SPLIT = "split", "拆分"
        MERGED = "merged", "合并"

    project = models.ForeignKey(Project, models.CASCADE, related_name="predecessors", verbose_name="项目")
    predecessor = models.ForeignKey(Project, models.PROTECT, related_name="successors", verbose_name="前身")
    kind = models.CharField("方式", max_length=10, choices=Kind)
    since = models.PositiveSmallIntegerField("自年度")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "predecessor"], name="predecessor_once"),
            models.CheckConstraint(condition=~Q(project=models.F("predecessor")), name="no_predecessor_of_itself"),
        ]
