"""Every refusal as problem+json, in Chinese, naming the field and what to do.

422: a value is not of the documented shape. 409: the shape is right, and yet it cannot be done now; the words say why. 400: a
parameter that is not declared, or a body that is no JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from jixiao.web.api.router import Unknown
from jixiao.web.kernel.acts import Refused
from jixiao.web.site.errors import problem

Context = Mapping[str, Any]

_KINDS: Mapping[str, Callable[[Context], str]] = {
    "missing": lambda _: "没有填。请补上",
    "extra_forbidden": lambda _: "没有这个字段。请对照接口文档去掉，或改正写法",
    "greater_than_equal": lambda c: f"不能小于 {c['ge']}",
    "greater_than": lambda c: f"要大于 {c['gt']}",
    "less_than_equal": lambda c: f"不能大于 {c['le']}",
    "less_than": lambda c: f"要小于 {c['lt']}",
    "string_too_short": lambda c: f"至少要{c['min_length']}个字",
    "string_too_long": lambda c: f"最多{c['max_length']}个字",
    "too_short": lambda c: f"至少要{c['min_length']}项",
    "too_long": lambda c: f"最多{c['max_length']}项",
    "string_pattern_mismatch": lambda _: "有不能用的字符。请去掉不可见的字符",
    "enum": lambda c: f"只能是 {c['expected'].replace(' or ', '、').replace(', ', '、')}",
    "literal_error": lambda c: f"只能是 {c['expected'].replace(' or ', '、').replace(', ', '、')}",
    "string_type": lambda _: "要写成文字（加引号的字符串）",
    "string_unicode": lambda _: "不是完整的 UTF-8 文字",
}
_STARTS: tuple[tuple[str, str], ...] = (
    ("int_", "要写成整数"),
    ("bool_", "要写成 true 或 false"),
    ("date_", "要写成日期，如 2026-11-30"),
    ("datetime_", "要写成时间，如 2026-11-30T14:05:00+08:00"),
    ("decimal_", "要写成数"),
    ("float_", "要写成数"),
    ("list_", "要写成列表 […]"),
    ("tuple_", "要写成列表 […]"),
    ("dict_", "要写成对象 {…}"),
    ("model_", "要写成对象 {…}"),
    ("dataclass_", "要写成对象 {…}"),
    ("json_", "不是合格的 JSON"),
    ("union_", "类型不对"),
)


def words_of(error: Mapping[str, Any]) -> str:
    """What is wrong with a value, by the kind of the error."""
    kind = str(error["type"])
    told = _KINDS.get(kind)
    if told is not None:
        return told(error.get("ctx") or {})
    return next((words for start, words in _STARTS if kind.startswith(start)), "写法不对，请对照接口文档")


def field_of(error: Mapping[str, Any]) -> str:
    """The parameter or field an error is about: ``unit``, ``rows.3.name``."""
    place = [str(part) for part in error.get("loc", ())]
    if place and place[0] in ("body", "query", "path", "header", "form", "file"):
        place = place[1:]
    if place and place[0] in ("content", "body"):
        place = place[1:]
    return ".".join(part for part in place if not part.startswith(("function-", "constrained-")))


def install(api: NinjaAPI) -> None:
    """Make ``api`` answer so."""

    @api.exception_handler(ValidationError)
    def misshapen(_: HttpRequest, error: ValidationError) -> HttpResponse:
        first = error.errors[0]
        field = field_of(first)
        more = f"（另有{len(error.errors) - 1}处）" if len(error.errors) > 1 else ""
        return problem(422, f"{field or '内容'}：{words_of(first)}{more}", field)

    @api.exception_handler(Refused)
    def refused(_: HttpRequest, error: Refused) -> HttpResponse:
        shape_is_right = error.status in (400, 422) and not isinstance(error, Unknown)
        return problem(409 if shape_is_right else error.status, error.message, error.field)

    @api.exception_handler(AuthenticationError)
    def anonymous(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
        answer = problem(
            401, "没有登录，或者令牌不对、过期、已吊销。请在“我的令牌”里新建令牌，写在请求头 Authorization: Bearer 令牌"
        )
        answer.headers["WWW-Authenticate"] = 'Bearer realm="jixiao"'
        return answer

    @api.exception_handler(Throttled)
    def often(_: HttpRequest, __: Throttled) -> HttpResponse:
        return problem(429, "请求太频繁了，请稍后再试")

    @api.exception_handler(HttpError)
    def other(_: HttpRequest, error: HttpError) -> HttpResponse:
        words = "请求的内容不是合格的 JSON。请检查引号、逗号和编码（UTF-8）" if error.status_code == 400 else "没有办成"
        return problem(error.status_code, words)

    @api.exception_handler(Http404)
    def nowhere(_: HttpRequest, __: Http404) -> HttpResponse:
        return problem(404, "没有这一项，或者您无权查看")
