"""A second factor 「动态口令」 (RFC 6238): turned on by oneself, asked for when signing in, cancelled by the security administrator."""

from __future__ import annotations

import hmac

import pyotp

from jixiao.web.accounts.models import User
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service

_STEP = 30


def new_secret() -> str:
    """A secret for an authenticator."""
    return pyotp.random_base32()


def address_of(user: User, secret: str) -> str:
    """What the QR code says (otpauth://)."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name="绩效")


def step_of(secret: str, code: str, used: int) -> int | None:
    """The step of 30 seconds a code is of, now or one before or after; None for a wrong one and for one used already."""
    digits = "".join(sign for sign in code if sign.isdigit())
    now = int(clock.now().timestamp()) // _STEP
    for step in (now, now - 1, now + 1):
        if step > used and hmac.compare_digest(pyotp.TOTP(secret).at(step * _STEP), digits):
            return step
    return None


@service("account.second_factor_on", "启用动态口令", right="account.own")
def turn_on_second_factor(act: Act, *, secret: str, code: str) -> User:
    """From now on the sign-in asks for a code. Raises Refused where the code is not of this secret."""
    user = act.get(User, act.actor.id)
    step = step_of(secret, code, 0)
    if step is None:
        raise Refused("动态口令不对。请看手机上现在显示的6位数，并核对手机的时间", field="code", status=422)
    user.otp_secret, user.otp_used = secret, step
    user.save(update_fields=["otp_secret", "otp_used"])
    act.record(user, {"second_factor": False}, {"second_factor": True})
    return user


@service("account.second_factor_off", "停用动态口令", right="account.own")
def turn_off_second_factor(act: Act, *, code: str) -> User:
    """No longer ask for a code; one proves it once more."""
    user = act.get(User, act.actor.id)
    if user.otp_secret and step_of(user.otp_secret, code, user.otp_used) is None:
        raise Refused("动态口令不对。手机丢了请找安全管理员停用", field="code", status=422)
    _off(act, user)
    return user


@service("person.cancel_second_factor", "停用他人的动态口令", right="right.grant")
def cancel_second_factor(act: Act, *, user: int) -> User:
    """For somebody who lost their authenticator."""
    found = act.get(User, user)
    if found.pk == act.actor.id:
        raise Refused("自己的动态口令请另一位安全管理员停用，或在“我的账号”里用口令停用")
    _off(act, found)
    return found


def _off(act: Act, user: User) -> None:
    if not user.otp_secret:
        raise Refused(f"{user.name}没有启用动态口令")
    user.otp_secret, user.otp_used = "", 0
    user.save(update_fields=["otp_secret", "otp_used"])
    act.record(user, {"second_factor": True}, {"second_factor": False})


@service("account.second_factor", "核对动态口令")
def check_second_factor(act: Act, *, user: int, code: str) -> bool:
    """Whether a code is right; it is used up by that. For the sign-in, by the system."""
    found = act.get(User, user)
    step = step_of(found.otp_secret, code, found.otp_used)
    if step is None:
        return False
    found.otp_used = step
    found.save(update_fields=["otp_used"])
    return True
