"""People, what they may do and for how long, and keys for programs that act for them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from jixiao.web.accounts.roles import Role
from jixiao.web.kernel.door import Restricted, RestrictedQuerySet
from jixiao.web.kernel.reach import Paths


class UserManager(BaseUserManager["User"].from_queryset(RestrictedQuerySet)):  # type: ignore[misc]
    """Django asks for a person by name when they sign in."""

    def get_by_natural_key(self, username: str | None) -> User:
        found: User = self.unrestricted("signing in").get(username=username)
        return found


class User(AbstractBaseUser, Restricted):
    """A person 「人员」. Who left keeps their name on what they did; they sign in no more.

    ``first_password`` is true until they chose a password of their own. ``otp_secret`` is set where they use a second factor.
    """

    paths = Paths(organisation="organisation", person="")
    personal = frozenset({"phone", "email"})

    username = models.CharField("用户名", max_length=60, unique=True, error_messages={"unique": "这个用户名已经有人用"})
    name = models.CharField("姓名", max_length=60)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="people", verbose_name="单位"
    )
    phone = models.CharField("电话", max_length=30, blank=True)
    email = models.EmailField("邮箱", blank=True)
    first_password = models.BooleanField("须改密码", default=True)
    otp_secret = models.CharField("动态口令密钥", max_length=64, blank=True)
    otp_used = models.BigIntegerField(
        "上次用过的动态口令", default=0, help_text="它那一段30秒的序号：一个口令只能用一次"
    )
    is_active = models.BooleanField("在用", default=True)
    left_on = models.DateField("离任日期", null=True, blank=True)
    failures = models.PositiveSmallIntegerField("连续失败次数", default=0)
    locked_until = models.DateTimeField("锁定到", null=True, blank=True)
    letter_keys = models.BooleanField("使用快捷键", default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ()  # type: ignore[assignment]  # Django only walks it

    objects: ClassVar[UserManager] = UserManager()


class Assignment(Restricted):
    """A role somebody holds in an organisation 「任职与授权」 for a time; ``AssignmentProject`` narrow it to some projects.

    ``delegated_from`` is the assignment it stands in for 「委托代办」. It ends with ``until`` (that day is still in it) or when
    it is withdrawn; rows stay.
    """

    paths = Paths(organisation="organisation", person="user")
    label_field = "role"

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments", verbose_name="人员")
    role = models.CharField("角色", max_length=30, choices=[(one.value, one.label) for one in Role])
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name="单位",
    )
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="delegations", verbose_name="代谁办"
    )
    withdrawn_on = models.DateField("收回日期", null=True, blank=True)


class AssignmentProject(models.Model):
    """A project that an assignment is narrowed to 「指定项目」."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="assignment_projects")
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="assignment_projects")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "project"], name="assignment_project_once")]


class HandOver(Restricted):
    """What somebody who left gave to a successor 「离任交接」: the lines that were counted, for the successor to see."""

    paths = Paths(organisation="successor__organisation", person="successor")
    label_field = "id"

    leaver = models.ForeignKey(User, models.PROTECT, related_name="given", verbose_name="离任人")
    successor = models.ForeignKey(User, models.PROTECT, related_name="taken", verbose_name="接手人")
    lines = models.JSONField("交接内容", default=list, blank=True)
    total = models.PositiveIntegerField("件数", default=0)
    made_on = models.DateField("交接日期")


class ApiToken(Restricted):
    """A key by which a program acts for somebody 「接口令牌」; only its digest is kept."""

    paths = Paths(person="user", organisation="user__organisation")
    personal = frozenset({"digest"})
    label_field = "title"

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name="人员")
    title = models.CharField("用途", max_length=60)
    digest = models.CharField("摘要", max_length=64, unique=True)
    scopes = models.JSONField("权限范围", default=list, blank=True)
    made_at = models.DateTimeField("创建时间")
    expires_on = models.DateField("有效期至")
    used_at = models.DateTimeField("上次使用", null=True, blank=True)
    revoked_at = models.DateTimeField("吊销时间", null=True, blank=True)
