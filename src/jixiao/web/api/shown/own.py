"""One's own account, and what waits for one."""

from __future__ import annotations

from typing import Any

from jixiao.web.accounts.actors import current_assignments
from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import ACTIONS
from jixiao.web.accounts.selectors import delegations_of
from jixiao.web.accounts.words import sentence, short, time_words
from jixiao.web.api.router import Operation
from jixiao.web.api.types import Answer, Year
from jixiao.web.home.selectors import counters_of, todos_of
from jixiao.web.jobs.results import all_asked_for
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.selectors import one_of


class HeldRole(Answer):
    """A role somebody holds, by its assignment."""

    assignment: int
    user: int
    role: str
    organisation: int | None
    words: str
    time: str


def held(one: Assignment) -> dict[str, Any]:
    """A role, for a program."""
    return {
        "assignment": one.pk,
        "user": one.user_id,
        "role": one.role,
        "organisation": one.organisation_id,
        "words": short(one),
        "time": time_words(one),
    }


class Account(Answer):
    """Whoever asks."""

    id: int
    username: str
    name: str
    organisation: int | None
    phone: str
    email: str
    letter_keys: bool
    second_factor: bool
    rights: str
    """What they may do, in words"""
    actions: list[str]
    """What they may do, as far as the token reaches"""
    roles: list[HeldRole]
    delegations: list[HeldRole]
    """What they delegated to others"""


def account(actor: Actor) -> Any:
    """自己的账号：能办什么、正在委托谁代办。"""
    user: User = one_of(User, actor, "account.own", actor.id)
    roles = current_assignments(user)
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.name,
        "organisation": user.organisation_id,
        "phone": user.phone,
        "email": user.email,
        "letter_keys": user.letter_keys,
        "second_factor": bool(user.otp_secret),
        "rights": sentence(user.name, roles),
        "actions": sorted(action for action in ACTIONS if actor.may(action)),
        "roles": [held(one) for one in roles],
        "delegations": [held(one) for one in delegations_of(actor)],
    }


class TodoOut(Answer):
    title: str
    words: str
    severity: str
    address: str
    """The page where it is done"""


class CounterOut(Answer):
    title: str
    count: int
    address: str


class Todos(Answer):
    """The first page: what waits, and the numbers of the year."""

    todos: list[TodoOut]
    counters: list[CounterOut]


def todos(actor: Actor, year: Year) -> Any:
    """首页：等着办的事和这一年的数。提醒见 /notices，离任的人交来的见 /hand-overs。"""
    return {
        "todos": [
            {"title": one.title, "words": one.words, "severity": one.severity, "address": one.address}
            for one in todos_of(actor, year)
        ],
        "counters": [
            {"title": one.title, "count": one.count, "address": one.address} for one in counters_of(actor, year)
        ],
    }


class MadeRow(Answer):
    """A file that was asked for in the background."""

    id: int
    title: str
    state: str
    is_there: bool
    """Whether it can be taken away: GET /made-files/{key}/file"""


class MadeFiles(Answer):
    rows: list[MadeRow]


def made_files(actor: Actor) -> Any:
    """自己要在后台做的文件：正在做的和还取得到的。"""
    rows = [
        {"id": one.job.pk, "title": one.job.title, "state": one.job.state, "is_there": one.is_there}
        for one in all_asked_for(actor)
    ]
    return {"rows": rows}


OPERATIONS = (
    Operation("GET", "/made-files", made_files, "job.own", "list_made_files", "后台做的文件", "报送的表", MadeFiles),
    Operation("GET", "/account", account, "account.own", "my_account", "自己的账号", "人员", Account),
    Operation("GET", "/todos", todos, None, "my_todos", "待办和数目", "首页", Todos),
)
