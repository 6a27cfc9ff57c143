"""Answers that say no, in plain Chinese: what happened, what to do."""

from __future__ import annotations

import json
import sys

from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

TITLES = {
    400: "地址或内容不对",
    401: "请先登录",
    403: "没有权限",
    404: "没有找到",
    405: "这个地址不这样用",
    409: "没有办成",
    413: "文件太大",
    415: "内容类型不对",
    422: "填的内容不对",
    429: "太频繁了",
    500: "程序出错了",
    503: "暂时打不开",
}


def problem(status: int, detail: str, field: str = "") -> HttpResponse:
    """application/problem+json (RFC 9457) with ``field`` where it is about one."""
    content = {"type": "about:blank", "title": TITLES.get(status, "没有办成"), "status": status, "detail": detail}
    if field:
        content["field"] = field
    return HttpResponse(
        json.dumps(content, ensure_ascii=False), content_type="application/problem+json; charset=utf-8", status=status
    )


def told(request: HttpRequest, status: int, detail: str, title: str = "") -> HttpResponse:
    """A page, or for a part of a page one line. ``title`` is that of the status, where none is given."""
    if request.headers.get("HX-Request"):
        return HttpResponse(detail, status=status, content_type="text/plain; charset=utf-8")
    content = {"title": title or TITLES.get(status, "没有办成"), "detail": detail, "back": _came_from(request, status)}
    return HttpResponse(render_to_string("jixiao/error.html", content), status=status)  # asks nothing of a database


def _came_from(request: HttpRequest, status: int) -> str:
    """The page of ours that was left for this one; nothing where the request itself is in doubt."""
    before = request.headers.get("Referer", "")
    if status == 400 or before.partition("?")[0] == request.build_absolute_uri(request.path):
        return ""
    return before if url_has_allowed_host_and_scheme(before, {request.get_host()}) else ""


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: an old page, or one of another site."""
    del reason
    detail = "这一页放得太久，或者不是从本系统打开的，所以没有保存。请返回上一页，刷新后再办"
    if request.path.startswith("/api/"):
        return problem(403, detail)
    return told(request, 403, detail)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    detail = "没有这个页面，或不归您看。请回首页，或问本单位管理员"
    return problem(404, detail) if request.path.startswith("/api/") else told(request, 404, detail)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        return _under_another_name(request)
    detail = "这个请求不完整或太大，没有处理。请刷新后再办"
    return problem(400, detail) if request.path.startswith("/api/") else told(request, 400, detail)


def _under_another_name(request: HttpRequest) -> HttpResponse:
    """Somebody came by a name of the server that it was not told of. The name is not said again: whoever made the link chose it. The
    terminal says it."""
    detail = (
        "地址栏里的域名，服务器没有登记。请换成管理员发给您的网址再打开。管服务器的人：这个名字该能用的话，写进 jixiao.env 的 "
        "JIXIAO_HOSTS，重新启动"
    )
    if request.path.startswith("/api/"):
        return problem(400, detail)
    return told(request, 400, detail, "请换个网址打开")


def is_unreachable(error: BaseException | None) -> bool:
    """Whether the database does not answer, or is too busy to; not what a program asks of it wrongly (on SQLite of the same class)."""
    return isinstance(error, OperationalError | InterfaceError) and not str(error).startswith("no such ")


def unreachable(request: HttpRequest) -> HttpResponse:
    """The database does not answer: 503, what is kept, when to try again, whom to tell. Asks nothing of it."""
    number = getattr(request, "request_id", "—")
    kept = "已经存好的都在。" if request.method in ("GET", "HEAD") else "这一次没有保存，以前存好的都在。"
    detail = f"系统现在连不上数据库。{kept}请过一两分钟再试；一直不行，把编号{number}告诉管服务器的人，请他运行 jixiao doctor"
    answer = problem(503, detail) if request.path.startswith("/api/") else told(request, 503, detail)
    answer.headers["Retry-After"] = "60"
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """What went wrong without words of its own."""
    if is_unreachable(sys.exc_info()[1]):
        return unreachable(request)
    kept = "您填的还在。请重试" if request.headers.get("HX-Request") else "没有保存。请返回上一页重试"
    detail = f"没办成，{kept}；再不行，把编号{getattr(request, 'request_id', '—')}告诉管理员"
    return problem(500, detail) if request.path.startswith("/api/") else told(request, 500, detail)
