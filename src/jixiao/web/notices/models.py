"""News for one person."""

from __future__ import annotations

from django.db import models

from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths


class Notice(Restricted):
    """A piece of news 「动态」 for one person, told once: ``key`` says what it is about."""

    paths = Paths(person="person")
    label_field = "text"

    class Kind(models.TextChoices):
        REMINDER = "reminder", "提醒"
        OVERDUE = "overdue", "逾期"
        DECISION = "decision", "办理"

    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices", verbose_name="给谁")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    key = models.CharField("事由", max_length=80)
    text = models.CharField("内容", max_length=400)
    year = models.PositiveSmallIntegerField("年度")
    made_at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [models.Index(fields=["person", "made_at"])]
