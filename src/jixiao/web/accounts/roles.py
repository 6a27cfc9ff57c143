"""What each role may do, and how far 「角色与权限」. One table: pages, API, commands and their tests go by it.

An action is ``subject.verb``. The three administrators are kept apart (三员分立): who runs the system sees no sheets, who gives
rights works with none, who reads logs changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from jixiao.web.kernel.reach import Span


class Role(StrEnum):
    """A role, with its Chinese name."""

    label: str

    def __new__(cls, value: str, label: str) -> Role:
        one = str.__new__(cls, value)
        one._value_ = value
        one.label = label
        return one

    CLERK = "clerk", "填报人"
    UNIT_HEAD = "unit_head", "单位负责人"
    LEAD_REVIEWER = "lead_reviewer", "主管部门审核"
    BUSINESS_SECTION = "business_section", "业务股室"
    PERFORMANCE_SECTION = "performance_section", "绩效股"
    FINANCE_LEADER = "finance_leader", "财政领导"
    EXPERT = "expert", "第三方/专家"
    AUDITOR = "auditor", "审计"
    PUBLISHER = "publisher", "公开管理员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""三员: nobody holds two of them, or one with another role"""

_EVERYBODY: Mapping[str, Span] = {
    "year.view": Span.ALL,
    "token.own": Span.OWN,
    "import.own": Span.OWN,
    "account.own": Span.OWN,
    "help.view": Span.ALL,
    "library.view": Span.ALL,
    "job.own": Span.OWN,
}
"""Who is signed in at all"""


def _all(span: Span, *actions: str) -> dict[str, Span]:
    return dict.fromkeys(actions, span)


_READING = ("organisation.view", "project.view", "sheet.view", "history.view")

ROLES: Mapping[Role, Mapping[str, Span]] = {
    Role.CLERK: _all(
        Span.UNIT,
        *_READING,
        "library.propose",
        "person.view",
        "sheet.edit",
        "sheet.comment",
        "sheet.submit",
        "sheet.export",
        "project.edit",
        "intake.view",
        "intake.add",
        "intake.accept",
    ),
    Role.UNIT_HEAD: _all(
        Span.UNIT,
        *_READING,
        "library.propose",
        "sheet.edit",
        "sheet.comment",
        "sheet.submit",
        "sheet.decide",
        "review.unit",
        "sheet.export",
        "person.view",
        "person.edit",
        "right.staff",
        "right.delegate",
        "intake.view",
    ),
    Role.LEAD_REVIEWER: _all(
        Span.DEPARTMENT,
        *_READING,
        "library.propose",
        "sheet.review",
        "sheet.comment",
        "sheet.decide",
        "review.lead",
        "approval.hand_down",
        "set.remind",
        "sheet.export",
        "person.view",
        "person.edit",
        "right.staff",
        "project.edit",
        "right.delegate",
        "intake.view",
        "intake.add",
        "intake.accept",
    ),
    Role.BUSINESS_SECTION: _all(
        Span.SECTION,
        *_READING,
        "sheet.decide",
        "review.business",
        "sheet.review",
        "sheet.comment",
        "sheet.export",
        "person.view",
    ),
    Role.PERFORMANCE_SECTION: _all(
        Span.REGION,
        *_READING,
        "library.propose",
        "library.review",
        "sheet.edit",
        "sheet.comment",
        "sheet.review",
        "sheet.decide",
        "review.performance",
        "sheet.approve",
        "flow.edit",
        "control.set",
        "set.remind",
        "sheet.export",
        "person.view",
        "project.edit",
        "project.import",
        "intake.view",
        "intake.add",
        "intake.accept",
        "intake.register",
        "year.open",
        "round.edit",
        "right.delegate",
    ),
    Role.FINANCE_LEADER: _all(Span.REGION, *_READING, "sheet.export", "person.view", "right.delegate"),
    Role.EXPERT: _all(Span.ASSIGNED, "project.view", "sheet.view"),
    Role.AUDITOR: _all(Span.REGION, *_READING, "sheet.export", "log.view"),
    Role.PUBLISHER: _all(Span.DEPARTMENT, *_READING),
    Role.SYSTEM_ADMIN: _all(
        Span.ALL,
        "organisation.view",
        "organisation.edit",
        "operation.view",
        "operation.run",
        "year.open",
    ),
    Role.SECURITY_ADMIN: _all(Span.ALL, "organisation.view", "person.view", "person.edit", "right.grant"),
    Role.AUDIT_ADMIN: _all(Span.ALL, "log.view", "log.verify", "operation.view"),
}
"""Role → action → how far"""

ACTIONS: frozenset[str] = frozenset(action for rights in (*ROLES.values(), _EVERYBODY) for action in rights)
"""Every action there is"""


def span_of(role: Role, action: str) -> Span | None:
    """How far an action of a role goes; None where the role may not do it."""
    return ROLES[role].get(action)


def everybody(action: str) -> Span | None:
    """How far an action goes that all who are signed in may do."""
    return _EVERYBODY.get(action)


def role_of(value: str) -> Role:
    """The role of a stored value. Raises KeyError for one there is not."""
    return _BY_VALUE[value]


_BY_VALUE: Mapping[str, Role] = {one.value: one for one in Role}
