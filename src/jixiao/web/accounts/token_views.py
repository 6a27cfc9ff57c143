"""Tokens of one's own for programs: made, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jixiao.web.accounts.models import ApiToken
from jixiao.web.accounts.scopes import ALL_READING, scope_groups, scope_label, scopes_in_words
from jixiao.web.accounts.tokens import LONGEST, NewToken, make_token, revoke_token
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.site.pages import Request, page


@page("token.own", methods=("GET", "POST"))
def tokens(request: Request) -> HttpResponse:
    """我的令牌。"""
    made: NewToken | None = None
    trouble: Refused | None = None
    if request.method == "POST":
        days = request.POST.get("days", "")
        try:
            made = make_token(
                request.actor,
                title=request.POST.get("title", ""),
                scopes=request.POST.getlist("scopes"),
                days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
            )
        except Refused as refused:
            trouble = refused
    own = ApiToken.objects.restrict(request.actor, "token.own").order_by("-made_at", "-pk")
    content = {
        "tokens": [(one, _state(one), scopes_in_words(one.scopes)) for one in own[:100]],
        "made": made,
        "trouble": trouble,
        "all_reading": (ALL_READING, scope_label(ALL_READING)),
        "groups": scope_groups(request.actor.may),
        "chosen": request.POST.getlist("scopes") if trouble else [ALL_READING],
        "title": request.POST.get("title", "") if trouble else "",
        "longest": LONGEST,
    }
    return render(request, "accounts/tokens.html", content, status=trouble.status if trouble else 200)


def _state(token: ApiToken) -> str:
    if token.revoked_at is not None:
        return "已吊销"
    return "已过期" if clock.is_past(token.expires_on) else "在用"


@page("token.own", methods=("POST",))
def revoke(request: Request, key: int) -> HttpResponse:
    """吊销一个令牌。"""
    found = revoke_token(request.actor, token=key)
    messages.success(request, f"“{found.title}”已吊销，从现在起不能用")
    return redirect("tokens")
