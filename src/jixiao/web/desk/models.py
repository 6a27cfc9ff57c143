"""What a person decided about the findings in a file that came in."""

from __future__ import annotations

from django.db import models

from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths


class FindingDecision(Restricted):
    """A finding of a file that somebody does not take 「不采纳」, with the reason; findings without one are taken.

    ``finding`` is the id of the finding: it stays as long as the same is said of the same thing, so the decision holds
    when the file is read again.
    """

    paths = Paths(organisation="file__batch__organisation")
    label_field = "title"

    class Reason(models.TextChoices):
        NOT_FITTING = "not_fitting", "规则不适用"
        EXPLAINED = "explained", "已说明"
        MISREAD = "misread", "读取有误"
        OTHER = "other", "其他"

    file = models.ForeignKey("intake.IncomingFile", models.CASCADE, related_name="decisions", verbose_name="文件")
    finding = models.CharField("问题", max_length=80)
    title = models.CharField("问题名称", max_length=120)
    reason = models.CharField("理由", max_length=20, choices=Reason)
    words = models.CharField("说明", max_length=300, blank=True)
    made_by = models.CharField("经办", max_length=120)
    made_at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "finding"], name="finding_decision_once")]
