"""Rights said in words: 「王芳能在县商务局填表、看表；不能给人授权」."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jixiao.web.accounts.models import Assignment
from jixiao.web.accounts.roles import ROLES, Role, role_of
from jixiao.web.kernel.reach import Span

ACTION_WORDS: Mapping[str, str] = {
    "account.own": "管自己的账号",
    "approval.hand_down": "把批复下达到单位",
    "flow.edit": "定审核流程",
    "help.view": "看帮助",
    "import.own": "看自己的导入",
    "intake.accept": "收下读出的表",
    "intake.add": "收文件",
    "intake.register": "登记已批复的表",
    "intake.view": "看收件台",
    "job.own": "看自己的后台任务",
    "library.propose": "提指标",
    "library.review": "管指标库",
    "library.view": "看指标库",
    "log.verify": "校验日志",
    "log.view": "看日志",
    "operation.run": "备份和维护系统",
    "operation.view": "看运行情况",
    "organisation.edit": "管机构",
    "organisation.view": "看机构",
    "person.edit": "管人员账号",
    "person.view": "看人员",
    "project.edit": "改项目",
    "project.import": "导入项目",
    "project.view": "看项目",
    "history.view": "看改动记录",
    "review.business": "业务股室会审",
    "review.lead": "主管部门审核",
    "review.performance": "绩效股审核",
    "review.unit": "单位负责人审签",
    "right.delegate": "委托别人代办",
    "right.grant": "给人授权",
    "right.staff": "分派填报人",
    "round.edit": "定轮次和延期",
    "sheet.comment": "在表上写批注",
    "set.remind": "催办",
    "control.set": "下控制数",
    "sheet.approve": "批复",
    "sheet.decide": "同意和退回",
    "sheet.edit": "填表",
    "sheet.export": "导出",
    "sheet.review": "审核表",
    "sheet.submit": "送审和撤回",
    "sheet.view": "看表",
    "token.own": "用接口令牌",
    "year.open": "开启和关闭年度",
    "year.view": "看年度",
}
"""What an action is called after 能 or 不能; every action has its words"""

SUBJECT_WORDS: Mapping[str, str] = {
    "library": "指标库",
    "sheet": "报送的表",
    "review": "各步审核",
    "approval": "批复",
    "flow": "审核流程",
    "set": "催办",
    "control": "控制数",
    "project": "项目库",
    "intake": "收件台",
    "import": "导入",
    "history": "办理历史",
    "year": "年度",
    "round": "轮次",
    "organisation": "机构",
    "person": "人员",
    "right": "授权",
    "account": "自己的账号",
    "token": "令牌",
    "job": "自己的后台任务",
    "log": "日志",
    "operation": "运行",
    "help": "帮助",
}
"""What the part of an action before its dot is about, in the order of the day's work; every subject has its words"""

SPAN_WORDS: Mapping[Span, str] = {
    Span.OWN: "自己的",
    Span.UNIT: "本单位",
    Span.DEPARTMENT: "本部门及所属单位",
    Span.SECTION: "归口的部门",
    Span.REGION: "本级全部",
    Span.ASSIGNED: "指定的项目",
    Span.ALL: "全系统",
}
_FIRST = ("sheet.edit", "sheet.view", "project.edit", "project.view", "intake.add", "intake.accept", "intake.register")
_TOLD_LACKING = ("sheet.view", "sheet.edit", "intake.accept", "person.edit", "right.grant", "log.view")
"""What people ask about most: said where somebody may not do it"""


def who_may(action: str) -> str:
    """The roles that may do something: 「绩效股或系统管理员」. Raises KeyError for an action that is none."""
    roles = [role.label for role in Role if action in ROLES[role]]
    if not roles:
        raise KeyError(action)
    return f"{'、'.join(roles[:-1])}或{roles[-1]}" if len(roles) > 1 else roles[0]


def in_order(actions: Sequence[str]) -> list[str]:
    """The actions people ask about first, then by name."""
    return sorted(actions, key=lambda one: (_FIRST.index(one) if one in _FIRST else len(_FIRST), one))


def place_words(one: Assignment) -> str:
    """Where a role is held: 县商务局, or 「招商费用等4个项目」."""
    projects = [link.project.name for link in one.assignment_projects.all()]
    place = one.organisation.name if one.organisation else ""
    if projects:
        named = projects[0] if len(projects) == 1 else f"{projects[0]}等{len(projects)}个项目"
        return f"{place}{named}" if not place else f"{place}（{named}）"
    return place


def time_words(one: Assignment) -> str:
    """「长期」, 「至2026年12月31日」."""
    since = f"{one.since.year}年{one.since.month}月{one.since.day}日起" if one.since else ""
    until = f"至{one.until.year}年{one.until.month}月{one.until.day}日" if one.until else "长期"
    return f"{since}，{until}" if since else until


def sentence(name: str, held: Sequence[Assignment]) -> str:
    """All that somebody may and, of what matters most, may not do."""
    if not held:
        return f"{name}还没有角色：能登录、改自己的密码，看不到任何表"
    parts: list[str] = []
    can: set[str] = set()
    for one in held:
        role = role_of(one.role)
        can |= set(ROLES[role])
        does = "；".join(f"{words}（{SPAN_WORDS[span]}）" for span, words in _by_span(role))
        behalf = f"代{one.delegated_from.user.name}，" if one.delegated_from is not None else ""
        parts.append(f"{behalf}{place_words(one)}{role.label}，能{does}")
    lacking = [ACTION_WORDS[action] for action in _TOLD_LACKING if action not in can]
    return f"{name}：{'。'.join(parts)}" + (f"。不能{'、'.join(lacking)}" if lacking else "")


def _by_span(role: Role) -> list[tuple[Span, str]]:
    found: dict[Span, list[str]] = {}
    for action in in_order([*ROLES[role]]):
        found.setdefault(ROLES[role][action], []).append(ACTION_WORDS[action])
    return [(span, "、".join(words)) for span, words in found.items()]


def short(one: Assignment) -> str:
    """A role with its place, for lists."""
    behalf = f"代{one.delegated_from.user.name} " if one.delegated_from is not None else ""
    place = place_words(one)
    return f"{behalf}{role_of(one.role).label}{f'（{place}）' if place else ''}"


def roles_in_words() -> list[tuple[Role, list[tuple[str, str]]]]:
    """Of every role, how far (in words) and what."""
    return [(role, [(SPAN_WORDS[span], words) for span, words in _by_span(role)]) for role in Role]
