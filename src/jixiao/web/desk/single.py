"""The desk of one person 「单人版」: no account, this computer only, opened by a key that works once.

``jixiao desk`` writes a key into the data folder and opens the browser at ``/desk/enter?key=…``. The first to bring it becomes
the one person (a cookie of the session); the key is gone. Requests under another host's name are refused (a page of the
internet could have its name point to this computer), and nobody can sign in by password.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from jixiao.web.accounts.models import Assignment, User
from jixiao.web.accounts.roles import Role
from jixiao.web.desk.keys import take_key
from jixiao.web.kernel.acts import Act, NotThere, service
from jixiao.web.kernel.people import system
from jixiao.web.organisations.models import Organisation, OrganisationKind, Region
from jixiao.web.organisations.selectors import year_of
from jixiao.web.site.errors import told
from jixiao.web.site.middleware import Answer

USERNAME = "desk"
_HERE = frozenset({"127.0.0.1", "localhost"})


@service("desk.person", "准备单人版")
def the_person(act: Act) -> User:
    """The one person, made when the desk is opened for the first time."""
    known = act.all(User).filter(username=USERNAME).first()
    if known is not None:
        return known
    region = act.add(Region(code="000000", name="本机"))
    place = Organisation(region=region, kind=OrganisationKind.FINANCE_BUREAU, code="000", name="本机")
    act.add(place)
    user = User(username=USERNAME, name="本机使用者", organisation=place, first_password=False)
    user.set_unusable_password()
    act.add(user)
    act.add(Assignment(user=user, role=Role.PERFORMANCE_SECTION.value, organisation=place))
    return user


class Single:
    """Middleware of the desk: only this computer's names, and the key in the place of signing in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.DESK:
            return self.get_response(request)
        if request.get_host().partition(":")[0] not in _HERE:
            return told(request, 400, "这是只给本机用的，请从桌面图标打开")
        if request.path == "/login":
            return HttpResponse(
                "请双击桌面上的图标打开。这个窗口可能是以前留下的，可以关掉。",
                content_type="text/plain; charset=utf-8",
                status=403,
            )
        return self.get_response(request)


def enter(request: HttpRequest) -> HttpResponseBase:
    """The key becomes a session."""
    if not settings.DESK or not take_key(settings.DATA, request.GET.get("key", "")):
        raise NotThere("这个链接已经用过了。请再双击一次桌面上的图标")
    user = the_person(system("单人版"))
    login(request, user)
    return redirect("intake", year_of(request))


enter.right, enter.signed_in, enter.parameters = None, False, frozenset({"key"})  # type: ignore[attr-defined]  # as ``page`` does
