"""Signing in, the own account, the first page."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from jixiao.web.accounts.actors import actor_for, has_left
from jixiao.web.accounts.backend import as_stored, is_locked
from jixiao.web.accounts.models import User
from jixiao.web.accounts.passwords import WORDS
from jixiao.web.accounts.services import change_password, check_second_factor, sign_in_failed, signed_in
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor, system
from jixiao.web.site.again import carried
from jixiao.web.site.pages import Request, page

_PENDING = "second_factor"
_PENDING_SECONDS = 300


@page(None, parameters=("next",), methods=("GET", "POST"), signed_in=False)
def sign_in(request: Request) -> HttpResponse:
    """登录。"""
    after = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = "/"
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(after)
    username, trouble, kept = "", "", request.POST.get("carried", "")
    if request.method == "POST":
        username = request.POST.get("username", "").strip()
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if isinstance(user, User) and user.otp_secret:
            request.session[_PENDING] = {"user": user.pk, "next": after, "at": int(clock.now().timestamp())}
            return render(request, "accounts/code.html", {"carried": kept})
        if isinstance(user, User):
            return _let_in(request, user, after, kept)
        trouble = _failed(request, as_stored(username))
    content = {"username": username, "trouble": trouble, "next": after, "carried": kept}
    return render(request, "accounts/login.html", content, status=422 if trouble else 200)


@page(None, methods=("GET", "POST"), signed_in=False)
def code(request: Request) -> HttpResponse:
    """登录的第二步：动态口令。"""
    pending = request.session.get(_PENDING)
    if not isinstance(pending, dict) or clock.now().timestamp() - pending["at"] > _PENDING_SECONDS:
        return redirect("login")
    user = User.objects.unrestricted("signing in").filter(pk=pending["user"]).first()
    if user is None or has_left(user) or is_locked(user):
        request.session.pop(_PENDING, None)
        return redirect("login")
    kept, trouble = request.POST.get("carried", ""), ""
    if request.method == "POST":
        given = request.POST.get("code", "")
        if check_second_factor(_nobody(request), user=user.pk, code=given):
            request.session.pop(_PENDING, None)
            user.refresh_from_db()
            user.backend = "jixiao.web.accounts.backend.Backend"
            return _let_in(request, user, pending["next"], kept)
        trouble = _failed(request, user.username, "动态口令不对。手机丢了请找安全管理员停用动态口令")
    return render(request, "accounts/code.html", {"carried": kept, "trouble": trouble}, status=422 if trouble else 200)


def _let_in(request: Request, user: User, after: str, kept: str) -> HttpResponse:
    login(request, user)
    signed_in(actor_for(user, request_id=request.request_id, address=request.META.get("REMOTE_ADDR", "")))
    form = carried(kept) if kept else None
    if form is None:
        return redirect(after)
    return render(request, "accounts/again.html", {"form": form})


def _nobody(request: Request) -> Actor:
    return replace(system("登录"), request_id=request.request_id, address=request.META.get("REMOTE_ADDR", ""))


def _failed(request: Request, username: str, words: str = "用户名或密码不对。忘了密码请找本单位管理员重置") -> str:
    failed = sign_in_failed(_nobody(request), username=username)
    if failed is not None and is_locked(failed):
        return "密码连续输错，这个用户名先停用15分钟。着急请找本单位管理员解锁"
    return words


@page(None, methods=("POST",))
def sign_out(request: Request) -> HttpResponse:
    """退出。"""
    logout(request)
    return redirect("login")


@page(None, methods=("GET", "POST"))
def password(request: Request) -> HttpResponse:
    """修改密码。"""
    trouble = None
    if request.method == "POST":
        try:
            if request.POST.get("new") != request.POST.get("again"):
                raise Refused("两次输入的新密码不一样", field="again", status=422)
            user = change_password(request.actor, old=request.POST.get("old", ""), new=request.POST.get("new", ""))
        except Refused as refused:
            trouble = refused
        else:
            update_session_auth_hash(request, user)
            messages.success(request, "密码改好了")
            return redirect("home")
    content = {"trouble": trouble, "rules": WORDS}
    return render(request, "accounts/password.html", content, status=trouble.status if trouble else 200)
