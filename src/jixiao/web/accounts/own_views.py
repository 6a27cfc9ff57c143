"""Pages of one's own account: rights in words, delegations, second factor, keys."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.accounts.actors import current_assignments
from jixiao.web.accounts.forms import CodeForm, DelegateForm, OwnForm
from jixiao.web.accounts.models import User
from jixiao.web.accounts.selectors import delegations_of, own_assignments, pages_for
from jixiao.web.accounts.services import (
    delegate,
    edit_own,
    end_delegation,
    turn_off_second_factor,
    turn_on_second_factor,
)
from jixiao.web.accounts.services.second_factor import address_of, new_secret
from jixiao.web.accounts.words import sentence
from jixiao.web.organisations.selectors import one_of
from jixiao.web.site.forms import done, filled, status_of
from jixiao.web.site.pages import Request, page

_NEW = "new_factor"


@page("account.own", methods=("GET", "POST"), about=("accounts.user", ""))
def account(request: Request) -> HttpResponse:
    """我的账号。"""
    user: User = one_of(User, request.actor, "account.own", request.actor.id, "organisation")
    initial = {"phone": user.phone, "email": user.email, "letter_keys": "yes" if user.letter_keys else "no"}
    form = filled(OwnForm, request, initial=initial)

    def act() -> User:
        given = form.given()
        if "letter_keys" in given:
            given["letter_keys"] = given["letter_keys"] == "yes"
        return edit_own(request.actor, **given)

    if done(form, act) is not None:
        messages.success(request, "改好了")
        return redirect("account")
    content = {
        "user": user,
        "words": sentence(user.name, current_assignments(user)),
        "pages": pages_for(request.actor),
        "delegations": delegations_of(request.actor),
        "may_delegate": bool(own_assignments(request.actor)),
        "form": form,
    }
    return render(request, "accounts/account.html", content, status=status_of(form))


@page("right.delegate", methods=("GET", "POST"))
def delegate_page(request: Request) -> HttpResponse:
    """委托代办。"""
    form = filled(DelegateForm, request, request.actor)
    made = done(form, lambda: delegate(request.actor, **form.cleaned_data))
    if made is not None:
        messages.success(request, f"{made.user.name}代您办到{made.until:%m-%d}，记录里写明是代办")
        return redirect("account")
    content = {
        "title": "委托代办",
        "intro": "对方能做您这个角色能做的，记录里写“代您”。到期自动收回，也可以提前收回。",
        "form": form,
        "word": "委托",
        "back": reverse("account"),
    }
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("right.delegate", methods=("POST",))
def end_delegation_page(request: Request, key: int) -> HttpResponse:
    """收回委托。"""
    made = end_delegation(request.actor, assignment=key)
    messages.success(request, f"{made.user.name}不再代您办事")
    return redirect("account")


@page("account.own", methods=("GET", "POST"))
def second_factor(request: Request) -> HttpResponse:
    """动态口令：登录时再要一个手机上的数。"""
    user: User = one_of(User, request.actor, "account.own", request.actor.id)
    form = filled(CodeForm, request)
    if user.otp_secret:
        if done(form, lambda: turn_off_second_factor(request.actor, code=form.cleaned_data["code"])) is not None:
            messages.success(request, "登录不再要动态口令")
            return redirect("account")
        content = {
            "title": "停用动态口令",
            "intro": "输入手机上现在的6位数。手机丢了请找安全管理员停用。",
            "form": form,
            "word": "停用",
            "back": reverse("account"),
        }
        return render(request, "organisations/form.html", content, status=status_of(form))
    secret = str(request.session.get(_NEW) or new_secret())
    request.session[_NEW] = secret
    made = done(form, lambda: turn_on_second_factor(request.actor, secret=secret, code=form.cleaned_data["code"]))
    if made is not None:
        request.session.pop(_NEW, None)
        messages.success(request, "动态口令已启用，下次登录会要")
        return redirect("account")
    picture = segno.make(address_of(user, secret), error="m").svg_data_uri(scale=5, border=2)
    content = {"form": form, "picture": picture, "secret": " ".join(secret[i : i + 4] for i in range(0, 32, 4))}
    return render(request, "accounts/second_factor.html", content, status=status_of(form))
