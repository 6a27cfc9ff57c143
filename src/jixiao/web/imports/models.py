"""Imports under way and done: the file's rows as read, what each means, which columns were chosen for lists of a source."""

from __future__ import annotations

from django.db import models

from jixiao.web.imports.table import RowSort
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths


class ImportSession(Restricted):
    """A file on its way in 「导入」; it can be left at any step and taken up again by who began it.

    ``mapping`` is field → [column, unit, how found]; ``header`` the numbers of the rows of the head; ``sorts`` what a person said
    a row is, against what was recognised.
    """

    paths = Paths(organisation="organisation", person="made_by")
    label_field = "file_name"

    class State(models.TextChoices):
        READING = "reading", "正在读取"
        READ = "read", "认表头"
        TRYING = "trying", "正在试导入"
        TRIED = "tried", "试导入"
        APPLYING = "applying", "正在导入"
        DONE = "done", "已导入"
        DROPPED = "dropped", "不导了"

    kind = models.CharField("类别", max_length=40)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    file_name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("摘要", max_length=64)
    size = models.PositiveBigIntegerField("大小")
    stored = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原件"
    )
    held = models.CharField("暂存", max_length=64, blank=True, help_text="还没有读的文件放在哪里（holding）")
    state = models.CharField("状态", max_length=10, choices=State, default=State.READ)
    sheet = models.PositiveSmallIntegerField("第几张工作表", default=0)
    notes = models.JSONField("读取说明", default=list, blank=True)
    header = models.JSONField("表头行", default=list, blank=True)
    sorts = models.JSONField("行的类别", default=dict, blank=True)
    mapping = models.JSONField("列的对应", default=dict, blank=True)
    message = models.CharField("说明", max_length=400, blank=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="经办")
    made_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "sha256"]), models.Index(fields=["made_by", "-made_at"])]


class ImportRow(Restricted):
    """A row of the file 「导入的一行」 with words, and once it was tried what it means."""

    paths = Paths(organisation="session__organisation", person="session__made_by")
    label_field = "number"

    class State(models.TextChoices):
        NONE = "", "没有试"
        NEW = "new", "新增"
        CHANGED = "changed", "有变"
        SAME = "same", "相同不动"
        ERROR = "error", "有错"
        TAKEN = "taken", "已导入"

    session = models.ForeignKey(ImportSession, models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField("行")
    cells = models.JSONField("内容", default=list, blank=True)
    sort = models.CharField("类别", max_length=10, choices=[(one.value, one.label) for one in RowSort], blank=True)
    state = models.CharField("情况", max_length=10, choices=State, default=State.NONE, blank=True)
    was_new = models.BooleanField("新增", default=False)
    label = models.CharField("对象", max_length=200, blank=True)
    part = models.CharField("部门", max_length=40, blank=True)
    object_id = models.CharField("对象编号", max_length=60, blank=True)
    problems = models.JSONField("问题", default=list, blank=True)
    differences = models.JSONField("差异", default=list, blank=True)
    remarks = models.JSONField("提醒", default=list, blank=True)
    digest = models.CharField("变更摘要", max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "sheet", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["session", "state", "number"])]


class ImportSheet(Restricted):
    """A worksheet of the file 「导入的工作表」: its name, number of columns, merged ranges ([top, left, bottom, right], rows from 1,
    columns from 0)."""

    paths = Paths(organisation="session__organisation", person="session__made_by")

    session = models.ForeignKey(ImportSession, models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("名称", max_length=120, blank=True)
    merges = models.JSONField("合并的格", default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="import_sheet_once")]


class RememberedColumns(Restricted):
    """Which columns were chosen for lists of a source 「上次照此」: a kind, an organisation, the words of the head."""

    paths = Paths(organisation="organisation")
    label_field = "kind"

    kind = models.CharField("类别", max_length=40)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    fingerprint = models.CharField("表头", max_length=64)
    columns = models.JSONField("列的对应", default=dict, blank=True)
    used_at = models.DateTimeField("上次用")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "organisation", "fingerprint"], name="remembered_columns_once"),
            models.UniqueConstraint(
                fields=["kind", "fingerprint"],
                condition=models.Q(organisation__isnull=True),
                name="remembered_columns_once_nowhere",
            ),
        ]
