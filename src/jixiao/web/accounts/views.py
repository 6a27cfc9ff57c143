"""Signing in, the own account, the first page."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.backend import is_locked
from jixiao.web.accounts.models import User
from jixiao.web.accounts.services import change_password, sign_in_failed, signed_in
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import system
from jixiao.web.site.pages import Request, page


@page(None, parameters=("next",), methods=("GET", "POST"), signed_in=False)
def sign_in(request: Request) -> HttpResponse:
    """登录。"""
    after = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = "/"
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(after)
    username, trouble = "", ""
    if request.method == "POST":
        username = request.POST.get("username", "").strip()
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if isinstance(user, User):
            login(request, user)
            signed_in(actor_for(user, request_id=request.request_id, address=request.META.get("REMOTE_ADDR", "")))
            return redirect(after)
        failed = sign_in_failed(
            replace(system("登录"), request_id=request.request_id, address=request.META.get("REMOTE_ADDR", "")),
            username=username,
        )
        trouble = (
            "密码连续输错，这个用户名先停用15分钟。着急请找本单位管理员解锁"
            if failed is not None and is_locked(failed)
            else "用户名或密码不对。忘了密码请找本单位管理员重置"
        )
    content = {"username": username, "trouble": trouble, "next": after}
    return render(request, "accounts/login.html", content, status=422 if trouble else 200)


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
    return render(request, "accounts/password.html", {"trouble": trouble}, status=trouble.status if trouble else 200)


@page(None)
def home(request: Request) -> HttpResponse:
    """首页。"""
    return render(request, "accounts/home.html")
