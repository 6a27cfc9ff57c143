"""People out of a list: new ones without a password (first passwords are printed afterwards), changes of those there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jixiao.web.accounts.backend import as_stored
from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.phones import LOOKS, MEANS
from jixiao.web.accounts.roles import Role, role_of
from jixiao.web.accounts.services import assign_clerk, edit_person, grant, import_person
from jixiao.web.imports.fields import Choice, Code, Field, Text
from jixiao.web.imports.kinds import Change, Difference, Kind, PlanRow, Row, Scope, register
from jixiao.web.kernel.acts import Refused
from jixiao.web.organisations.models import Organisation

_ROLES: Mapping[str, Sequence[str]] = {
    one.value: (one.label,) for one in Role if one not in (Role.EXPERT, Role.SECURITY_ADMIN)
}
FIELDS = (
    Field(
        "username",
        "用户名",
        Text(60, r"[\w.-]{2,60}", "用户名（2到60个字母、数字或汉字）"),
        required=True,
        aliases=("账号", "登录名"),
    ),
    Field("name", "姓名", Text(60), required=True, aliases=("人员姓名", "名字")),
    Field("unit", "单位编码", Code(30), required=True, aliases=("预算单位编码", "编码", "单位代码")),
    Field("role", "角色", Choice(_ROLES), aliases=("岗位",), hint="本单位只能给填报人，别的角色要安全管理员导入"),
    Field("phone", "电话", Text(30, LOOKS, MEANS), aliases=("手机", "手机号", "联系电话")),
    Field("email", "邮箱", Text(120, r"[^@\s]+@[^@\s]+\.[^@\s]+", "邮箱地址"), aliases=("电子邮箱", "邮件")),
)
_CHANGES = (("name", "姓名"), ("phone", "电话"), ("email", "邮箱"))


def plan(scope: Scope, rows: Sequence[Row]) -> PlanRow:
    """What rows mean to whoever imports: within their reach, and no rights they may not give."""
    units = {
        one.code: one
        for one in Organisation.objects.restrict(scope.actor, "person.edit").filter(closed_on__isnull=True)
    }
    names = [as_stored(str(row["username"])) for row in rows]
    known = {
        one.username: one for one in User.objects.unrestricted("user names are used once").filter(username__in=names)
    }
    mine = set(
        User.objects.restrict(scope.actor, "person.edit").filter(username__in=names).values_list("pk", flat=True)
    )
    staffed = set(Organisation.objects.restrict(scope.actor, "right.staff").values_list("pk", flat=True))
    held = {
        (one.user_id, one.role, one.organisation_id)
        for one in Assignment.objects.unrestricted("roles there are").filter(
            user__in=[one.pk for one in known.values()], withdrawn_on__isnull=True
        )
    }
    may_grant = scope.actor.may("right.grant")

    def one(row: Row) -> Change:
        unit = units.get(str(row["unit"]))
        if unit is None:
            raise Refused(f"没有编码是{row['unit']}的单位，或者不归您管", field="unit")
        role = row["role"]
        if role and not may_grant and (role != Role.CLERK.value or unit.pk not in staffed):
            raise Refused(f"您不能给{role_of(role).label}。请把角色空着，由安全管理员授权", field="role")
        there = known.get(as_stored(str(row["username"])))
        part = str(unit.department_id or unit.pk)
        if there is None:
            return Change(part, str(row["name"]), payload=(unit.pk, row.values))
        if there.pk not in mine:
            raise Refused("这个用户名已经有人用。请换一个", field="username")
        found = [
            Difference(label, getattr(there, name), str(row[name]))
            for name, label in _CHANGES
            if row[name] is not None and row[name] != getattr(there, name)
        ]
        if there.organisation_id != unit.pk:
            found.append(Difference("单位", there.organisation.name if there.organisation else "", unit.name))
        if role and (there.pk, role, unit.pk) not in held:
            found.append(Difference("角色", "", role_of(role).label))
        return Change(part, str(row["name"]), str(there.pk), tuple(found), payload=(unit.pk, row.values))

    return one


def apply(scope: Scope, changes: Sequence[Change]) -> Sequence[str]:
    """Store them."""
    return [str(_store(scope, one)) for one in changes]


def _store(scope: Scope, change: Change) -> int:
    unit, values = change.payload
    given: dict[str, Any] = {name: values[name] for name in ("name", "phone", "email") if name in values}
    if change.object_id:
        key = int(change.object_id)
        edit_person(scope.actor, user=key, organisation=unit, **given)
        gets_role = any(one.label == "角色" for one in change.differences)
    else:
        key = import_person(scope.actor, username=values["username"], organisation=unit, **given).pk
        gets_role = bool(values.get("role"))
    if gets_role:
        if scope.actor.may("right.grant"):
            grant(scope.actor, user=key, role=values["role"], organisation=unit)
        else:
            assign_clerk(scope.actor, user=key, organisation=unit)
    return key


KIND = register(
    Kind(
        "people",
        "人员",
        "person.edit",
        FIELDS,
        key=("username",),
        plan=plan,
        apply=apply,
        note="新增的人导入后还没有密码：在“人员与权限”里发首次密码，打印交本人。",
        done_view="people",
        personal=User,
    )
)
