"""Pages of people: list, one person, new, changed, first password, leaving; rights given and taken."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.accounts.forms import EditPerson, FirstPasswords, GrantForm, LeaveForm, NewPerson, StaffForm
from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.selectors import never_signed_in, people, person, projects_named
from jixiao.web.accounts.services import (
    add_person,
    assign_clerk,
    cancel_second_factor,
    edit_person,
    grant,
    issue_passwords,
    leave,
    reset_password,
    restore,
    unlock,
    withdraw,
    withdraw_clerk,
)
from jixiao.web.accounts.services.leaving import in_hand
from jixiao.web.accounts.services.people import MOST_AT_ONCE, FirstPassword
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import viewed
from jixiao.web.organisations.models import Organisation
from jixiao.web.organisations.selectors import choices, one_of
from jixiao.web.site.address import address_for_others
from jixiao.web.site.forms import done, filled, status_of
from jixiao.web.site.pages import Request, page


@page("person.view", parameters=("q", "organisation", "role", "left", "after"))
def people_page(request: Request) -> HttpResponse:
    """人员与权限。"""
    given = request.GET
    organisation = given.get("organisation", "")
    role = given.get("role", "")
    rows, found = people(
        request.actor,
        words=given.get("q", "").strip(),
        organisation=int(organisation) if organisation.isdecimal() else None,
        role=role,
        left=given.get("left") == "1",
        after=given.get("after", ""),
    )
    content = {
        "rows": rows,
        "found": found,
        "words": given.get("q", "").strip(),
        "organisation": organisation,
        "role": role,
        "left": given.get("left") == "1",
        "units": choices(request.actor, "person.view"),
        "roles": [(one.value, one.label) for one in Role],
        "may_edit": request.actor.may("person.edit"),
        "may_import": request.actor.may("person.edit"),
        "new": never_signed_in(request.actor).count() if request.actor.may("person.edit") else 0,
        "conditions": sum(bool(given.get(name)) for name in ("q", "organisation", "role", "left")),
    }
    return render(request, "accounts/people.html", content)


@page("person.view", about=("accounts.user", "key"))
def person_page(request: Request, key: int) -> HttpResponse:
    """一个人：能做什么，不能做什么。"""
    shown = person(request.actor, key)
    if key != request.actor.id and (shown.person.phone or shown.person.email):
        viewed(request.actor, shown.person, "人员页面")
    locked = shown.person.locked_until
    content = {
        "shown": shown,
        "one": shown.person,
        "locked": locked is not None and locked > clock.now(),
        "is_self": key == request.actor.id,
        "may_grant": request.actor.may("right.grant"),
        "may_staff": request.actor.may("right.staff"),
    }
    return render(request, "accounts/person.html", content)


def _printed(request: Request, made: FirstPassword, title: str) -> HttpResponse:
    """The page with a first password: shown once, to be printed; it is stored nowhere."""
    content = {"made": made, "title": title, "address": address_for_others(request)}
    return render(request, "accounts/first_password.html", content)


@page("person.edit", methods=("GET", "POST"))
def new_person(request: Request) -> HttpResponse:
    """新增人员。"""
    form = filled(NewPerson, request, request.actor)
    made = done(form, lambda: add_person(request.actor, **form.cleaned_data))
    if made is not None:
        return _printed(request, made, f"{made.user.name}已新增")
    content = {
        "title": "新增人员",
        "intro": "新增后给首次密码，打印交本人；还要授权，他才看得到表。",
        "form": form,
        "word": "新增这个人",
        "back": reverse("people"),
    }
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("person.edit", parameters=("organisation",), methods=("GET", "POST"))
def first_passwords(request: Request) -> HttpResponse:
    """发首次密码：给还没登录过的人，一次打印。"""
    organisation = request.GET.get("organisation", "")
    place = int(organisation) if organisation.isdecimal() else None
    rows = list(never_signed_in(request.actor, place).order_by("organisation__order", "name", "pk")[: MOST_AT_ONCE + 1])
    form = filled(FirstPasswords, request, [(one.pk, one.name) for one in rows[:MOST_AT_ONCE]])
    made = done(form, lambda: issue_passwords(request.actor, users=form.cleaned_data["users"]))
    if made is not None:
        printed = {"made": made, "address": address_for_others(request)}
        return render(request, "accounts/first_passwords.html", printed)
    content = {
        "form": form,
        "rows": rows[:MOST_AT_ONCE],
        "more": len(rows) > MOST_AT_ONCE,
        "units": choices(request.actor, "person.edit"),
        "organisation": place,
    }
    return render(request, "accounts/issue_passwords.html", content, status=status_of(form))


@page("person.edit", methods=("GET", "POST"), about=("accounts.user", "key"))
def edit(request: Request, key: int) -> HttpResponse:
    """改人员资料。"""
    one: User = one_of(User, request.actor, "person.edit", key)
    if one.phone or one.email:
        viewed(request.actor, one, "改资料的页面")
    names = ("name", "phone", "email")
    initial = {**{name: getattr(one, name) for name in names}, "organisation": one.organisation_id}
    form = filled(EditPerson, request, request.actor, initial=initial)
    if done(form, lambda: edit_person(request.actor, user=key, **form.given())) is not None:
        messages.success(request, "改好了")
        return redirect("person", key)
    content = {"title": f"{one.name}的资料", "form": form, "word": "保存", "back": reverse("person", args=[key])}
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("person.edit", methods=("POST",))
def reset(request: Request, key: int) -> HttpResponse:
    """重置密码。"""
    return _printed(request, made := reset_password(request.actor, user=key), f"{made.user.name}的密码已重置")


@page("person.edit", methods=("POST",))
def unlock_page(request: Request, key: int) -> HttpResponse:
    """解锁。"""
    messages.success(request, f"{unlock(request.actor, user=key).name}可以登录了")
    return redirect("person", key)


@page("person.edit", methods=("GET", "POST"), about=("accounts.user", "key"))
def leave_page(request: Request, key: int) -> HttpResponse:
    """离任交接。"""
    one: User = one_of(User, request.actor, "person.edit", key)
    lines = in_hand(one)
    form = filled(LeaveForm, request, request.actor, key, bool(lines))
    made = done(
        form,
        lambda: leave(request.actor, user=key, on=form.cleaned_data["on"], successor=form.cleaned_data["successor"]),
    )
    if made is not None:
        messages.success(request, f"{made.name}自{made.left_on:%Y-%m-%d}起停用，历史署名不变")
        return redirect("person", key)
    content = {"one": one, "lines": lines, "form": form}
    return render(request, "accounts/leave.html", content, status=status_of(form))


@page("person.edit", methods=("POST",))
def restore_page(request: Request, key: int) -> HttpResponse:
    """恢复离任的人。"""
    return _printed(request, made := restore(request.actor, user=key), f"{made.user.name}已恢复")


@page("right.grant", methods=("POST",))
def cancel_factor(request: Request, key: int) -> HttpResponse:
    """停用他人的动态口令。"""
    messages.success(request, f"{cancel_second_factor(request.actor, user=key).name}登录不再要动态口令")
    return redirect("person", key)


@page("right.grant", methods=("GET", "POST"), about=("accounts.user", "key"))
def grant_page(request: Request, key: int) -> HttpResponse:
    """授权。"""
    one: User = one_of(User, request.actor, "right.grant", key)
    form = filled(GrantForm, request, request.actor, initial={"organisation": one.organisation_id})

    def act() -> Assignment:
        given = dict(form.cleaned_data)
        given["projects"] = projects_named(given["projects"], _place(given["organisation"]))
        return grant(request.actor, user=key, **given)

    made = done(form, act)
    if made is not None:
        messages.success(request, f"{one.name}有了这个角色，下次打开页面就生效")
        return redirect("person", key)
    content = {"title": f"给{one.name}授权", "form": form, "word": "授权", "back": reverse("person", args=[key])}
    return render(request, "organisations/form.html", content, status=status_of(form))


@page("right.staff", methods=("GET", "POST"), about=("accounts.user", "key"))
def staff(request: Request, key: int) -> HttpResponse:
    """分派填报人。"""
    one: User = one_of(User, request.actor, "right.staff", key)
    form = filled(StaffForm, request, request.actor)

    def act() -> Assignment:
        given = dict(form.cleaned_data)
        given["projects"] = projects_named(given["projects"], _place(given["organisation"]))
        return assign_clerk(request.actor, user=key, **given)

    if done(form, act) is not None:
        messages.success(request, f"{one.name}可以填报了")
        return redirect("person", key)
    content = {"title": f"让{one.name}填报", "form": form, "word": "分派", "back": reverse("person", args=[key])}
    return render(request, "organisations/form.html", content, status=status_of(form))


def _place(key: int | None) -> Organisation | None:
    if key is None:
        return None
    found: Organisation | None = Organisation.objects.unrestricted("where a right is given").filter(pk=key).first()
    return found


@page("right.grant", methods=("POST",))
def withdraw_page(request: Request, key: int) -> HttpResponse:
    """收回授权。"""
    made = withdraw(request.actor, assignment=key)
    messages.success(request, "已收回")
    return redirect("person", made.user_id)


@page("right.staff", methods=("POST",))
def withdraw_clerk_page(request: Request, key: int) -> HttpResponse:
    """收回填报分派。"""
    made = withdraw_clerk(request.actor, assignment=key)
    messages.success(request, "已收回")
    return redirect("person", made.user_id)
