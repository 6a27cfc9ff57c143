"""What is being written: the draft of a sheet, and the operations that made it, kept for ever."""

from __future__ import annotations

from django.db import models

from jixiao.web.goals.models import Sheet
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

    @property
    def is_ahead(self) -> bool:
        """Whether there is something in it that no version has."""
        return self.revision > self.named


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
