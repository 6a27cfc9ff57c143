"""Work for the background 「后台任务」."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Q

from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths

_DIGEST = re.compile(r"\d+-[0-9a-f]{20}")


class Job(Restricted):
    """A piece of background work 「后台任务」 under a lease: whoever works on it renews ``leased_until``; where that passes, it is lost.

    Lost once it runs again, lost twice it is parked and told. Work is idempotent: running it again does no harm. It is done for
    ``asked_by`` with what they may do (as far as ``asked_scopes`` let the token they used), or for the system. ``again`` are the
    arguments of another run that was asked for while this one was under way.
    """

    paths = Paths(person="asked_by")
    label_field = "title"

    class State(models.TextChoices):
        WAITING = "waiting", "排队"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        FAILED = "failed", "没有完成"
        PARKED = "parked", "已搁置"

    name = models.CharField("任务", max_length=60)
    title = models.CharField("名称", max_length=120, blank=True)
    key = models.CharField("对象", max_length=80, blank=True, help_text="同一任务、同一对象同时只有一个")
    arguments = models.JSONField(default=dict, blank=True)
    again = models.JSONField(null=True, blank=True)
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁要的"
    )
    asked_scopes = models.JSONField(null=True, blank=True)
    request_id = models.CharField("请求", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField("最早开始")
    turn_at = models.DateTimeField(
        "按什么时间排", help_text="到期的按它排先后：没有人等的晚一些，一个人要得多的，后面的晚一些"
    )
    is_long = models.BooleanField("要做很久", default=False, help_text="这样的同时只做一件")
    made_at = models.DateTimeField("排队时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    leased_until = models.DateTimeField("租期至", null=True, blank=True)
    worker = models.CharField("执行者", max_length=120, blank=True)
    losses = models.PositiveSmallIntegerField("丢失次数", default=0)
    done, total = models.PositiveIntegerField("已完成", default=0), models.PositiveIntegerField("共", default=0)
    message = models.CharField("说明", max_length=400, blank=True)

    @property
    def about(self) -> str:
        """What it is about, where that says something to a reader: a digest of what was asked for does not."""
        return "" if _DIGEST.fullmatch(self.key) else self.key

    class Meta:
        indexes = [models.Index(fields=["state", "turn_at", "id"]), models.Index(fields=["name", "key", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"],
                condition=Q(state__in=["waiting", "running"]) & ~Q(key=""),
                name="job_once",
                violation_error_message="这件事已经在排队或正在做，不用再来一次",
            )
        ]


class Result(Restricted):
    """A file that a job made for who asked 「做好的文件」: to be taken away until ``until``, then it goes.

    The bytes lie in the folder of results under ``file``, a name of no meaning, before there is a row. ``right`` is asked again of who
    takes it. Nothing to be backed up for long: whoever needs it later asks again.
    """

    paths = Paths(person="job__asked_by")
    label_field = "name"

    job = models.OneToOneField(Job, models.CASCADE, related_name="result")
    name = models.CharField("文件名", max_length=255)
    kind = models.CharField("类型", max_length=10)
    file = models.CharField("存放", max_length=64)
    size = models.PositiveBigIntegerField("大小")
    sha256 = models.CharField("摘要", max_length=64)
    right = models.CharField("权限", max_length=40)
    until = models.DateTimeField("保留到")
