"""The audit log: entries chained per department, the head of each chain, a root over all chains for each day."""

from __future__ import annotations

from django.db import models

from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths


class ChainHead(models.Model):
    """The last entry of a chain. Locked last in a transaction, in the order of ``chain``; 0 is the chain of the system."""

    chain = models.BigIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class AuditEntry(Restricted):
    """One change 「审计日志」: who, when, what, before and after. Never changed, never deleted.

    ``digest`` is SM3 over the canonical JSON of the entry with ``previous``; see ``jixiao.services.chain``.
    """

    paths = Paths(organisation="department")
    label_field = "action"

    chain = models.BigIntegerField("链")
    number = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor = models.CharField("操作人", max_length=120)
    action = models.CharField("操作", max_length=60)
    kind = models.CharField("对象类别", max_length=60)
    object_id = models.CharField("对象编号", max_length=60)
    object_label = models.CharField("对象", max_length=200)
    before = models.JSONField("改前", default=dict)
    after = models.JSONField("改后", default=dict)
    note = models.CharField("说明", max_length=400, blank=True)
    request_id = models.CharField("请求", max_length=40, blank=True)
    address = models.CharField("来源地址", max_length=60, blank=True)
    previous = models.CharField("上一条摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64)
    department = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="部门",
        db_constraint=False,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_once")]
        indexes = [models.Index(fields=["kind", "object_id", "id"]), models.Index(fields=["at", "id"])]
        ordering = ["id"]


class DailyRoot(models.Model):
    """The root over the heads of all chains at the end of a day 「每日根」, chained to the day before; to be published outside."""

    day = models.DateField(primary_key=True)
    heads = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
