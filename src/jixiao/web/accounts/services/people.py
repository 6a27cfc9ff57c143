"""People: added, changed, a first password anew, unlocked. Administrators of units manage only their own."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from jixiao.web.accounts.actors import current_assignments
from jixiao.web.accounts.backend import as_stored
from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.phones import phone_of
from jixiao.web.accounts.roles import ADMINISTRATORS, role_of
from jixiao.web.kernel.acts import Act, NotAllowed, Refused, service
from jixiao.web.organisations.models import Organisation

_USERNAME = re.compile(r"^[\w.-]{2,60}$")
MOST_AT_ONCE = 200
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another on paper"""


@dataclass(frozen=True)
class FirstPassword:
    """A person with the password that is printed once and never stored in words."""

    user: User
    password: str


def first_password() -> str:
    """A password to be printed and typed once: three groups of four, about 59 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def username_of(text: str) -> str:
    """A user name as it is stored. Raises Refused where it is none."""
    stored = as_stored(text)
    if not _USERNAME.match(stored):
        raise Refused("用户名要2到60个字母、数字或汉字，可以有 . _ -", field="username", status=422)
    return stored


@service("person.add", "新增人员", right="person.edit")
def add_person(
    act: Act, *, username: str, name: str, organisation: int, phone: str = "", email: str = ""
) -> FirstPassword:
    """Somebody new in an organisation the actor manages, with a first password. They may do nothing until they get a role."""
    place = act.get(Organisation, organisation, lock=False)
    if place.closed_on is not None:
        raise Refused(f"{place.name}已停用，请选现在在用的单位", field="organisation", status=422)
    stored = username_of(username)
    password = first_password()
    number = phone_of(phone)
    made = User(username=stored, name=name.strip(), organisation=place, phone=number, email=email, first_password=True)
    made.set_password(password)
    return FirstPassword(act.add(made), password)


@service("person.import", "导入人员", right="person.edit")
def import_person(act: Act, *, username: str, name: str, organisation: int, phone: str = "", email: str = "") -> User:
    """Somebody new out of a list, who gets in only with a first password (``issue_passwords``)."""
    place = act.get(Organisation, organisation, lock=False)
    made = User(username=as_stored(username), name=name, organisation=place, phone=phone_of(phone), email=email)
    made.set_unusable_password()
    return act.add(made)


@service("person.issue_passwords", "发首次密码", right="person.edit")
def issue_passwords(act: Act, *, users: Collection[int]) -> list[FirstPassword]:
    """First passwords for people who never signed in, to be printed together; one entry for each department. Raises Refused
    for more than two hundred at once."""
    if len(users) > MOST_AT_ONCE:
        raise Refused(f"一次最多{MOST_AT_ONCE}人，请按单位分几次发")
    made: list[FirstPassword] = []
    by_department: dict[int | None, list[User]] = {}
    for key in sorted(users):
        found = managed(act, key)
        if found.last_login is not None:
            raise Refused(f"{found.name}已经登录过，他的密码请单独重置")
        password = first_password()
        found.set_password(password)
        found.first_password = True
        found.save(update_fields=["password", "first_password"])
        made.append(FirstPassword(found, password))
        by_department.setdefault(found.organisation.department_id if found.organisation else None, []).append(found)
    for people in by_department.values():
        act.record(people[0], {}, {"users": [one.username for one in people]}, note=f"发首次密码{len(people)}人")
    return made


@service("person.edit", "修改人员")
def edit_person(
    act: Act,
    *,
    user: int,
    name: str | None = None,
    organisation: int | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> User:
    """Name, organisation, how they are reached; None: as it is. Rights do not move along with the organisation."""
    found = managed(act, user)
    if organisation is not None and organisation != found.organisation_id:
        found.organisation = act.get(Organisation, organisation, lock=False)
    if phone is not None and phone.strip() != found.phone:
        phone = phone_of(phone)
    for field, value in (("name", name), ("phone", phone), ("email", email)):
        if value is not None:
            setattr(found, field, value.strip())
    return act.save(found, ["name", "organisation", "phone", "email"])


@service("person.reset_password", "重置密码", right="person.edit")
def reset_password(act: Act, *, user: int) -> FirstPassword:
    """A first password anew; the old one and all sessions end with it."""
    found = managed(act, user)
    if found.pk == act.actor.id:
        raise Refused("自己的密码在“改密码”里改，不用重置")
    password = first_password()
    found.set_password(password)
    was = found.first_password
    found.first_password, found.failures, found.locked_until = True, 0, None
    found.save(update_fields=["password", "first_password", "failures", "locked_until"])
    act.record(found, {"first_password": was}, {"first_password": True}, note="重置了密码")
    return FirstPassword(found, password)


@service("person.unlock", "解锁", right="person.edit")
def unlock(act: Act, *, user: int) -> User:
    """Open an account that too many failures closed."""
    found = managed(act, user)
    found.failures, found.locked_until = 0, None
    return act.save(found, ["failures", "locked_until"])


def managed(act: Act, user: int) -> User:
    """A person whom the actor manages. Raises NotThere outside their reach, NotAllowed where the person may do more than the
    actor manages: whoever resets a password could sign in with it."""
    found = act.get(User, user)
    if act.actor.may("right.grant") or found.pk == act.actor.id:
        return found
    held = current_assignments(found)
    if any(role_of(one.role) in ADMINISTRATORS for one in held):
        raise NotAllowed(f"{found.name}是系统的管理员，他的账号由安全管理员管理")
    mine = set(act.all(Assignment).filter(pk__in=[one.pk for one in held]).values_list("pk", flat=True))
    if any(one.pk not in mine for one in held):
        raise NotAllowed(f"{found.name}在您管的范围以外还有任职，他的账号请找安全管理员")
    return found
