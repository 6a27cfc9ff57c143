"""What people change of their own account, and signing in."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jixiao.web.accounts.backend import MOST_FAILURES, PAUSE, is_locked
from jixiao.web.accounts.models import User
from jixiao.web.accounts.phones import phone_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service


@service("account.password", "修改密码", right="account.own")
def change_password(act: Act, *, old: str, new: str) -> User:
    """A password of one's own in the place of the one before. Raises Refused where the old one is wrong or the new one weak."""
    user = act.get(User, act.actor.id)
    if not user.check_password(old):
        raise Refused("原密码不对。忘了密码请找本单位管理员重置", field="old", status=422)
    if old == new:
        raise Refused("新密码不能和原来的一样", field="new", status=422)
    strong_enough(new, user)
    user.set_password(new)
    was_first, user.first_password = user.first_password, False
    user.save(update_fields=["password", "first_password"])
    act.record(user, {"first_password": was_first}, {"first_password": False}, note="改了密码")
    return user


@service("account.settings", "修改个人设置", right="account.own")
def edit_own(act: Act, *, phone: str | None = None, email: str | None = None, letter_keys: bool | None = None) -> User:
    """How one is reached, and whether single letters are keys; None: as it is."""
    user = act.get(User, act.actor.id)
    if phone is not None and phone.strip() != user.phone:
        phone = phone_of(phone)
    for name, value in (("phone", phone), ("email", email), ("letter_keys", letter_keys)):
        if value is not None:
            setattr(user, name, value)
    return act.save(user, ["phone", "email", "letter_keys"])


def strong_enough(password: str, user: User) -> None:
    """Raises Refused where a password is too short, too common, or the name of its owner."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("。".join(error.messages), field="new", status=422) from error


@service("account.signed_in", "登录", right="account.own")
def signed_in(act: Act) -> User:
    """Note a sign-in; failures before it no longer count."""
    user = act.get(User, act.actor.id)
    user.failures, user.locked_until, user.last_login = 0, None, clock.now()
    user.save(update_fields=["failures", "locked_until", "last_login"])
    act.record(user, {}, {"address": act.actor.address})
    return user


@service("account.failed", "登录失败")
def sign_in_failed(act: Act, *, username: str) -> User | None:
    """Count a failed sign-in; the fifth in a row closes the account for a while."""
    user = act.all(User).select_for_update(of=("self",)).filter(username=username).first()
    if user is None:
        return None
    if is_locked(user):
        act.record(user, {}, {"address": act.actor.address}, note="停用期间又试了一次")
        return user
    user.failures += 1
    if user.failures >= MOST_FAILURES:
        user.failures, user.locked_until = 0, clock.now() + PAUSE
    user.save(update_fields=["failures", "locked_until"])
    locked = user.locked_until.isoformat() if user.locked_until else None
    act.record(user, {}, {"failures": user.failures, "locked_until": locked, "address": act.actor.address})
    return user
