"""Who works in the example county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import Role
from jixiao.web.kernel.acts import Act, service
from jixiao.web.organisations.models import Organisation

PASSWORD = "qingyuan-2026"  # noqa: S105 - printed for everybody: the example answers on this computer only


@dataclass(frozen=True)
class Somebody:
    """A person of the example: user name, name, role, the code of their organisation."""

    username: str
    name: str
    role: Role
    place: str


PEOPLE = (
    Somebody("chenjing", "陈静", Role.CLERK, "305"),
    Somebody("liuyang", "刘洋", Role.CLERK, "301"),
    Somebody("mahong", "马红", Role.CLERK, "310"),
    Somebody("guozhi", "郭志", Role.UNIT_HEAD, "310"),
    Somebody("tangwei", "唐伟", Role.LEAD_REVIEWER, "310"),
    Somebody("zhaomin", "赵敏", Role.UNIT_HEAD, "305"),
    Somebody("sunlei", "孙磊", Role.LEAD_REVIEWER, "305"),
    Somebody("zhoukai", "周凯", Role.BUSINESS_SECTION, "100-02"),
    Somebody("zhangmin", "张敏", Role.PERFORMANCE_SECTION, "100"),
    Somebody("lijuzhang", "李建国", Role.FINANCE_LEADER, "100"),
    Somebody("expert", "王评", Role.EXPERT, "100"),
    Somebody("auditor", "何审", Role.AUDITOR, "100"),
    Somebody("publisher", "高敞", Role.PUBLISHER, "305"),
    Somebody("sysadmin", "系统管理员", Role.SYSTEM_ADMIN, "100"),
    Somebody("secadmin", "安全管理员", Role.SECURITY_ADMIN, "100"),
    Somebody("auditadmin", "审计管理员", Role.AUDIT_ADMIN, "100"),
)


@service("demo.people", "建示例人员", right="person.edit")
def add_people(act: Act, *, places: Mapping[str, Organisation]) -> dict[str, User]:
    """All of them, with a password that is printed with the example's address."""
    found: dict[str, User] = {}
    for one in PEOPLE:
        place = places.get(one.place)
        if place is None:
            continue  # of the county's departments only those with a file are there
        user = User(username=one.username, name=one.name, organisation=place, first_password=False)
        user.set_password(PASSWORD)
        act.add(user, note="示例人员")
        act.add(Assignment(user=user, role=one.role.value, organisation=place), note="示例人员")
        found[one.username] = user
    return found
