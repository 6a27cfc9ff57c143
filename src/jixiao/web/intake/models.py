"""Files that came in, and what was read from them, until a person accepted it."""

from __future__ import annotations

from django.db import models

from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths


class Batch(Restricted):
    """Files dropped together 「一批文件」. ``registers_approved``: they are approved sheets of before 「登记已批复」."""

    paths = Paths(organisation="organisation")
    label_field = "title"

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name="收件单位"
    )
    title = models.CharField("名称", max_length=120)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    registers_approved = models.BooleanField("登记已批复", default=False)
    approval_document = models.CharField("文号", max_length=120, blank=True)
    approved_on = models.DateField("批复日期", null=True, blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="收件人")


class IncomingFile(Restricted):
    """One file of a batch 「收到的文件」; what could be read of it is ``document`` (``jixiao/plan/3``), never changed.

    ``met`` and ``remedy`` say what was met where it could not be read, and what to do. ``candidates`` are ids of the
    departments it may be of, where that is in doubt; ``replaces`` is the file it corrects: same department and year.
    """

    paths = Paths(organisation="batch__organisation")

    class State(models.TextChoices):
        WAITING = "waiting", "排队"
        READING = "reading", "读取中"
        TO_CHECK = "to_check", "待核对"
        ACCEPTED = "accepted", "已收下"
        KNOWN = "known", "收过"
        UNREADABLE = "unreadable", "读不出"
        REFUSED = "refused", "拒收"
        DROPPED = "dropped", "不收"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files", verbose_name="批次")
    position = models.PositiveIntegerField("序号", default=0)
    name = models.CharField("文件名", max_length=255)
    stored = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原件"
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.WAITING)
    met = models.CharField("情况", max_length=300, blank=True)
    remedy = models.CharField("怎么办", max_length=300, blank=True)
    pages_done, pages = models.PositiveIntegerField(default=0), models.PositiveIntegerField(default=0)
    document = models.JSONField("读出的内容", null=True, blank=True)
    department = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    candidates = models.JSONField(default=list, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    same_as = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="与之相同"
    )
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="更正的是"
    )
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField("时间")

    class Meta:
        indexes = [models.Index(fields=["batch", "position", "id"])]


class IncomingSheet(Restricted):
    """A sheet read from a file, to be checked and accepted 「待收的表」; ``corrections`` are what a person put right.

    ``index`` is the place of the sheet among the goal sheets of the file's document, None for Part One; ``own_year`` is set
    where the sheet is of another year than the file. ``doubts`` are
    ``[{"pointer", "words"}]`` in the order in which to look; ``corrections`` map a pointer into the file's document to
    ``{"value", "read", "by", "at"}``; ``looked_at`` are the pointers that a person confirmed or put right. ``same_as`` is the
    version of the pool that it said nothing new to when it was read.
    """

    paths = Paths(organisation="file__batch__organisation")
    label_field = "title"

    file = models.ForeignKey(IncomingFile, models.CASCADE, related_name="sheets", verbose_name="文件")
    position = models.PositiveSmallIntegerField()
    index = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField("表类", max_length=20)
    own_year = models.PositiveSmallIntegerField("本表年度", null=True, blank=True)
    title = models.CharField("名称", max_length=200)
    project = models.ForeignKey(
        "projects.Project", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="项目"
    )
    unit = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    is_of_department = models.BooleanField("部门整体", default=False)
    makes_project = models.BooleanField("新项目", default=False, help_text="收下时在项目库里建这个项目")
    candidates = models.JSONField(default=list, blank=True)
    doubts = models.JSONField(default=list, blank=True)
    corrections = models.JSONField(default=dict, blank=True)
    looked_at = models.JSONField(default=list, blank=True)
    dropped = models.BooleanField("不收", default=False)
    same_as = models.ForeignKey(
        "goals.SheetVersion", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="与之一致"
    )
    accepted = models.ForeignKey("goals.SheetVersion", models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    @property
    def year(self) -> int | None:
        """The fiscal year it is of."""
        return self.own_year or self.file.year

    @property
    def is_unchanged(self) -> bool:
        """Whether it says what the version of the pool says that is in force. Looks at ``same_as`` and its sheet."""
        known = self.same_as
        return known is not None and not self.corrections and known.number == known.sheet.version

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="incoming_sheet_once")]
