"""The appraisal of a project before it is begun, and the files that belong to it."""

from __future__ import annotations

from django.db import models

from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths

LONGEST_ANSWER = 4000


class Question(models.TextChoices):
    """The five questions of 事前绩效评估 (中发〔2018〕34号, the part on 事前绩效评估: 立项必要性、投入经济性、绩效目标合理性、实施方案
    可行性、筹资合规性); the words of the hints are ours."""

    NECESSITY = "necessity", "立项必要性"
    ECONOMY = "economy", "投入经济性"
    GOALS = "goals", "绩效目标合理性"
    FEASIBILITY = "feasibility", "实施方案可行性"
    FUNDING = "funding", "筹资合规性"


class ExAnteAppraisal(Restricted):
    """What is asked of a project that is new in a fiscal year 「事前绩效评估」: answers to five questions, files, a conclusion.

    ``answers`` maps questions to words. Once concluded it stands; opened again with a reason.
    """

    paths = Paths(organisation="project__unit", project="project")
    fiscal = ("year", "project__unit__region_id")
    label_field = "project_id"

    class Conclusion(models.TextChoices):
        SUPPORT = "support", "予以支持"
        IMPROVE = "improve", "完善后支持"
        REFUSE = "refuse", "不予支持"

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="appraisals", verbose_name="项目")
    year = models.PositiveSmallIntegerField("年度")
    answers = models.JSONField("五问", default=dict, blank=True)
    conclusion = models.CharField("结论", max_length=10, choices=Conclusion, blank=True)
    reasons = models.TextField("结论的理由", blank=True)
    held_on = models.DateField("评估日期", null=True, blank=True)
    held_by = models.CharField("参加评估的", max_length=200, blank=True)
    concluded_at = models.DateTimeField("定结论的时间", null=True, blank=True)
    concluded_by = models.CharField("谁定的结论", max_length=120, blank=True)
    version = models.PositiveIntegerField("版本", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="appraisal_once")]

    @property
    def is_concluded(self) -> bool:
        return self.concluded_at is not None


class AppraisalFile(Restricted):
    """A file of an appraisal 「评估附件」."""

    paths = Paths(organisation="appraisal__project__unit", project="appraisal__project")
    fiscal = ("appraisal__year", "appraisal__project__unit__region_id")

    appraisal = models.ForeignKey(ExAnteAppraisal, models.CASCADE, related_name="files", verbose_name="事前评估")
    name = models.CharField("文件名", max_length=255)
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="原件")
    added_at = models.DateTimeField("时间")
    added_by = models.CharField("谁", max_length=120)
