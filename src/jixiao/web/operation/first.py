"""The first people of an empty installation: a link that works once, for the bureau and the three administrators (三员)."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.services import add_person, grant
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import OrganisationKind
from jixiao.web.organisations.services.units import add_organisation, add_region

KEY_FILE = "first.key"
ADMINISTRATORS: Mapping[Role, str] = {
    Role.SYSTEM_ADMIN: "sysadmin",
    Role.SECURITY_ADMIN: "secadmin",
    Role.AUDIT_ADMIN: "auditadmin",
}
"""Role → the user name that is proposed"""


@dataclass(frozen=True)
class Printed:
    """A person with the first password, to be printed and handed over."""

    role: str
    name: str
    username: str
    password: str


def is_unused() -> bool:
    """Whether there is nobody yet."""
    return not User.objects.unrestricted("whether there is anybody").exists()


def first_link(folder: Path) -> str | None:
    """The address, from the root of the site, by which the first administrators are made; None where there are people."""
    path = folder / KEY_FILE
    if not is_unused():
        path.unlink(missing_ok=True)
        return None
    if not path.exists():
        path.touch(0o600)
        path.write_text(secrets.token_urlsafe(24), encoding="ascii")
    return f"/first?key={path.read_text(encoding='ascii')}"


def is_key(folder: Path, given: str) -> bool:
    """Whether this is the key, and still of use."""
    try:
        key = (folder / KEY_FILE).read_text(encoding="ascii")
    except OSError:
        return False
    return bool(key) and hmac.compare_digest(key.encode(), given.encode()) and is_unused()


@service("installation.begin", "登记首批管理员", right="person.edit")
def begin(
    act: Act, *, region_code: str, region: str, bureau_code: str, bureau: str, people: Mapping[Role, tuple[str, str]]
) -> Sequence[Printed]:
    """Region, bureau and the three administrators (role → name, user name), each another person. Raises Refused where there
    are people already, or one is to be two."""
    if not is_unused():
        raise Refused("已经有人员了，这一步只能办一次。请用管理员账号登录")
    if set(people) != set(ADMINISTRATORS):
        raise Refused("系统、安全、审计三位管理员都要有")
    names = [name.strip() for name, _ in people.values()]
    if len(set(names)) < len(names):
        raise Refused("三位管理员要是三个人（三员分立），不能由一个人兼", field="name", status=422)
    place = add_region(act.actor, code=region_code.strip(), name=region.strip())
    office = add_organisation(
        act.actor,
        region=place.pk,
        kind=OrganisationKind.FINANCE_BUREAU,
        code=bureau_code.strip(),
        name=bureau.strip(),
        order=1,
    )
    printed = []
    for role, (name, username) in people.items():
        made = add_person(act.actor, username=username, name=name, organisation=office.pk)
        grant(act.actor, user=made.user.pk, role=role.value)
        printed.append(Printed(role.label, made.user.name, made.user.username, made.password))
    return printed
