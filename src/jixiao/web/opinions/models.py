"""What reviewers say of a sheet and what its people answer: never changed afterwards, never deleted."""

from __future__ import annotations

from django.db import models

from jixiao.web.goals.models import Sheet
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths

LONGEST_WORDS = 1000
"""Of an explanation, a verdict, a comment, a point of a reviewer's own, in characters"""


class Graveness(models.TextChoices):
    """As findings have it."""

    ERROR = "error", "必须修改"
    WARNING = "warning", "应当修改或说明"
    ADVICE = "advice", "建议完善"


class Point(Restricted):
    """One point of what is said of a sheet 「退回意见的一条」: a finding of the program, or a reviewer's own words.

    ``round`` is the return it belongs to (第几次退回), 0 for a finding that was explained before any. ``rule`` is the code of the rule,
    empty for own words; ``also`` those of the other rules that spoke of the same cell; ``finding`` the id it had. ``thing`` and ``cell``
    name the place as ids do, ``place`` in words as it was called then. ``was`` is what stood there (of own words: what they are about),
    None where they are about the sheet as a whole. Whether it is 已改 is never stored: ``checklist.standing``.
    One whose return was taken back (``withdrawn_at``) is kept, counts for nothing, and its round is given again.
    """

    paths = Paths(organisation="sheet__unit", project="sheet__project")
    fiscal = ("sheet__year", "sheet__unit__region_id")
    label_field = "title"

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="points", verbose_name="表")
    round = models.PositiveSmallIntegerField("第几次退回", default=0)
    version = models.PositiveIntegerField("针对第几版")
    rule = models.CharField("规则", max_length=40, blank=True)
    also = models.JSONField("同一格的其他规则", default=list, blank=True)
    finding = models.CharField("问题编号", max_length=80, blank=True)
    thing = models.CharField("行", max_length=40, blank=True)
    cell = models.CharField("格", max_length=120, blank=True)
    place = models.CharField("位置", max_length=200, blank=True)
    title = models.CharField("问题", max_length=120)
    severity = models.CharField("轻重", max_length=8, choices=Graveness)
    message = models.TextField("说的是什么")
    advice = models.TextField("怎么改", blank=True)
    was = models.TextField("当时填的", null=True, blank=True)
    raised_at = models.DateTimeField("时间")
    raised_by = models.CharField("谁", max_length=120)
    person = models.PositiveBigIntegerField("谁（编号）", null=True, blank=True)
    withdrawn_at = models.DateTimeField("退回撤回的时间", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sheet", "round", "id"])]

    @property
    def is_own(self) -> bool:
        """Whether a reviewer said it in their own words."""
        return not self.rule


class Explanation(Restricted):
    """Why something stays as it is 「说明」, and whether that was accepted. What is explained again is another one; the last counts.
    ``was`` is what stood at the place of the point when it was explained."""

    class Verdict(models.TextChoices):
        NONE = "none", "还没有看"
        ACCEPTED = "accepted", "采纳"
        REFUSED = "refused", "不采纳"

    paths = Paths(organisation="point__sheet__unit", project="point__sheet__project")
    fiscal = ("point__sheet__year", "point__sheet__unit__region_id")
    label_field = "words"

    point = models.ForeignKey(Point, models.CASCADE, related_name="explanations", verbose_name="意见")
    was = models.TextField("说明时填的", null=True, blank=True)
    words = models.CharField("说明", max_length=LONGEST_WORDS)
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)
    person = models.PositiveBigIntegerField("谁（编号）", null=True, blank=True)
    verdict = models.CharField("采纳不采纳", max_length=10, choices=Verdict, default=Verdict.NONE)
    verdict_words = models.CharField("为什么", max_length=LONGEST_WORDS, blank=True)
    judged_at = models.DateTimeField("看的时间", null=True, blank=True)
    judged_by = models.CharField("谁看的", max_length=120, blank=True)


class Comment(Restricted):
    """What somebody says of a cell, a row or the whole sheet 「批注」, or answers to it (``reply_to``: the one that began).

    ``place`` says the place in words as it was called then. Only the first of a thread is closed.
    """

    paths = Paths(organisation="sheet__unit", project="sheet__project")
    fiscal = ("sheet__year", "sheet__unit__region_id")
    label_field = "words"

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="comments", verbose_name="表")
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answers", verbose_name="回复"
    )
    thing = models.CharField("行", max_length=40, blank=True)
    cell = models.CharField("格", max_length=120, blank=True)
    place = models.CharField("位置", max_length=200, blank=True)
    words = models.CharField("批注", max_length=LONGEST_WORDS)
    made_at = models.DateTimeField("时间")
    made_by = models.CharField("谁", max_length=120)
    person = models.PositiveBigIntegerField("谁（编号）", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_by = models.CharField("谁办结", max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sheet", "id"])]
