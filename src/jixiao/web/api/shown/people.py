"""What somebody may do, and what they would have to hand over."""

from __future__ import annotations

from typing import Any

from jixiao.web.accounts.models import User
from jixiao.web.accounts.selectors import person
from jixiao.web.accounts.services.leaving import in_hand
from jixiao.web.api.router import Operation
from jixiao.web.api.shown.own import HeldRole, held
from jixiao.web.api.types import Answer, Key
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.selectors import one_of


class Line(Answer):
    """Something counted."""

    words: str
    count: int


def lines(found: Any) -> list[dict[str, Any]]:
    """Words with numbers, for a program."""
    return [{"words": words, "count": count} for words, count in found]


class Rights(Answer):
    """A person: what they may do now, what they held before."""

    rights: str
    roles: list[HeldRole]
    former: list[HeldRole]
    pages: list[str]
    """What of the menu they can open"""
    has_left: bool
    may_edit: bool
    """Whether the one who asks manages their account"""


def rights(actor: Actor, key: Key) -> Any:
    """一个人能做什么、不能做什么，现在和以前的角色。"""
    found = person(actor, key)
    return {
        "rights": found.sentence,
        "roles": [held(one.assignment) for one in found.held],
        "former": [held(one.assignment) for one in found.former],
        "pages": list(found.pages),
        "has_left": found.has_left,
        "may_edit": found.may_edit,
    }


class InHand(Answer):
    """What a successor would take over."""

    lines: list[Line]


def to_hand_over(actor: Actor, key: Key) -> Any:
    """离任前要交接的事。没有要交接的，person.leave 可以不写接手人。"""
    return {"lines": lines(in_hand(one_of(User, actor, "person.edit", key)))}


OPERATIONS = (
    Operation("GET", "/people/{key}/rights", rights, "person.view", "person_rights", "一个人的权限", "人员", Rights),
    Operation(
        "GET", "/people/{key}/in-hand", to_hand_over, "person.edit", "person_in_hand", "离任要交接的", "人员", InHand
    ),
)
