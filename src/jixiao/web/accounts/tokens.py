"""Keys for programs 「接口令牌」: made by a person for themselves, shown once, with scopes and an end."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from jixiao.web.accounts.models import ApiToken
from jixiao.web.accounts.scopes import scopes_there_are
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service

LONGEST = 366
MOST = 20
_START = "jx_"
_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class NewToken:
    """A token with its value, which nobody sees again."""

    token: ApiToken
    value: str


@service("token.make", "新建令牌", right="token.own")
def make_token(act: Act, *, title: str, scopes: Sequence[str], days: int = 90) -> NewToken:
    """A token for oneself, good for ``days`` days. Raises Refused for a scope there is not; a token makes no tokens."""
    person = act.actor.id
    if person is None:
        raise Refused("令牌是给人的程序用的，系统自己不用")
    if act.actor.scopes is not None:
        raise Refused("令牌不能再建令牌。请在网页上登录后新建", status=403)
    if not title.strip():
        raise Refused("没有填用途。请写明给哪个程序用", field="title", status=422)
    unknown = sorted(set(scopes) - scopes_there_are())
    if unknown or not scopes:
        raise Refused(
            f"没有“{unknown[0]}”这个权限范围。写法如 sheet.view（看表）、sheet.*（表的全部）、*.view（查看全部）"
            if unknown
            else "没有选权限范围。请至少选一项",
            field="scopes",
            status=422,
        )
    if not 1 <= days <= LONGEST:
        raise Refused(f"有效期要在1到{LONGEST}天之间", field="days", status=422)
    today = clock.today()
    own = act.all(ApiToken).filter(user_id=person, revoked_at__isnull=True, expires_on__gte=today)
    if own.count() >= MOST:
        raise Refused(f"已经有{MOST}个令牌在用。请先吊销不用的")
    value = _START + secrets.token_urlsafe(32)
    token = ApiToken(
        user_id=person,
        title=title.strip(),
        digest=_digest(value),
        scopes=sorted(set(scopes)),
        made_at=clock.now(),
        expires_on=today + timedelta(days=days),
    )
    return NewToken(act.add(token), value)


@service("token.revoke", "吊销令牌", right="token.own")
def revoke_token(act: Act, *, token: int) -> ApiToken:
    """End a token of one's own at once; once ended it stays so."""
    found = act.get(ApiToken, token)
    if found.revoked_at is None:
        found.revoked_at = clock.now()
        act.save(found)
    return found


def token_of(value: str) -> ApiToken | None:
    """The token of a value, where it is still good and its person still here; notes the time of use, to the minute."""
    if not value.startswith(_START):
        return None
    rows = ApiToken.objects.unrestricted("whose token it is").select_related("user", "user__organisation")
    token: ApiToken | None = rows.filter(digest=_digest(value), revoked_at__isnull=True, user__is_active=True).first()
    if token is None or clock.is_past(token.expires_on):
        return None
    now = clock.now()
    if token.used_at is None or not timedelta() <= now - token.used_at < _USED_EVERY:
        ApiToken.objects.unrestricted("when it was used").filter(pk=token.pk).update(used_at=now)
    return token


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode(errors="replace")).hexdigest()
