"""The interface: who may call it, what it refuses in which words, lists by key, an operation for every service."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.models import ApiToken
from jixiao.web.accounts.roles import ACTIONS, Role
from jixiao.web.accounts.scopes import scope_groups, scope_label, scopes_there_are
from jixiao.web.accounts.services import change_password
from jixiao.web.accounts.tokens import make_token
from jixiao.web.accounts.words import SUBJECT_WORDS
from jixiao.web.api import acts
from jixiao.web.api.offered import BESIDES, INSTEAD, NOT_HERE, THEMSELVES
from jixiao.web.api.urls import api
from jixiao.web.audit.models import AuditEntry
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, Refused
from web.make import YEAR, Office

PROBLEM = "application/problem+json; charset=utf-8"


@dataclass(frozen=True)
class Part:
    name: str
    on: date | None = None


@dataclass(frozen=True)
class Whole:
    parts: tuple[Part, ...]
    one: Part | None = None


@pytest.fixture
def call(county: Office) -> Any:
    return Calls(county)


class Calls:
    """The interface as a program of somebody calls it."""

    def __init__(self, county: Office) -> None:
        self.county = county
        self.client = Client(enforce_csrf_checks=True)
        self.tokens: dict[Role, str] = {}

    def __call__(
        self, role: Role | None, path: str, body: Any = None, *, token: str | None = None, method: str | None = None
    ) -> tuple[int, Any]:
        if token is None and role is not None:
            if role not in self.tokens:
                self.tokens[role] = make_token(self.county.actor(role), title="test", scopes=["*"]).value
            token = self.tokens[role]
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        kind = method or ("GET" if body is None else "POST")
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        answer = self.client.generic(kind, f"/api/v1/{path}", content, "application/json", headers=headers)
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == PROBLEM
            assert json.loads(answer.content)["status"] == answer.status_code
        return answer.status_code, json.loads(answer.content)


def test_without_a_token_nothing(call: Calls) -> None:
    assert call(None, "projects")[0] == 401
    assert call(None, "projects", token="jx_wrong")[0] == 401
    assert call(None, "acts/token.make", {})[0] == 401


@pytest.mark.parametrize(
    ("path", "body", "status", "field", "words"),
    [
        ("projects?unti=3", None, 400, "unti", "不认得参数“unti”。可以用的有：after、department"),
        ("projects?unit=三", None, 422, "unit", "unit：要写成整数"),
        ("projects?size=1000", None, 422, "size", "不能大于 200"),
        ("projects?after=x", None, 409, "after", "从第一页看起"),
        ("projects/999999", None, 404, "", "没有这一项，或者您无权查看"),
        ("nowhere", None, 404, "", "没有这个页面"),
        ("acts/token.make", {}, 422, "title", "没有填。请补上（另有1处）"),
        ("acts/token.make", {"title": "x", "scopes": [], "daze": 1}, 422, "daze", "没有这个字段"),
        ("acts/token.make", {"title": "x", "scopes": "*"}, 422, "scopes", "要写成列表"),
        ("acts/token.make", {"title": 1, "scopes": []}, 422, "title", "要写成文字"),
        ("acts/token.make", {"title": "a\0", "scopes": []}, 422, "title", "不能用的字符"),
        ("acts/token.make", {"title": "x", "scopes": ["*"], "days": "3"}, 422, "days", "要写成整数"),
        ("acts/token.make", b'{"title": ', 400, "", "不是合格的 JSON"),
        ("acts/audit.root", {"day": "11月"}, 422, "day", "要写成日期，如 2026-11-30"),
    ],
)
def test_every_refusal_names_the_field_and_what_to_do(
    call: Calls, path: str, body: Any, status: int, field: str, words: str
) -> None:
    got, problem = call(Role.AUDIT_ADMIN if "audit" in path else Role.CLERK, path, body)
    assert (got, problem.get("field", "")) == (status, field)
    assert words in problem["detail"]


def test_a_method_that_an_address_does_not_know(call: Calls) -> None:
    status, problem = call(Role.CLERK, "projects", method="DELETE")
    assert status == 405
    assert problem["detail"] == "这个地址不能用 DELETE，可以用 GET"


def test_each_sees_as_far_as_they_go(call: Calls) -> None:
    names = {row["name"] for row in call(Role.CLERK, "projects")[1]["rows"]}
    assert names == {"招商费用"}
    other = call.county.projects["河道疏浚"].pk
    assert call(Role.CLERK, f"projects/{other}")[0] == 404
    assert call(Role.PERFORMANCE_SECTION, f"projects/{other}")[1]["name"] == "河道疏浚"
    assert call(Role.SYSTEM_ADMIN, "projects")[0] == 403


def test_lists_go_on_by_key_and_filter(call: Calls) -> None:
    seen: list[int] = []
    after = ""
    while True:
        status, page = call(Role.SECURITY_ADMIN, f"people?size=4&after={after}")
        assert status == 200
        seen += [row["id"] for row in page["rows"]]
        after = page["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == page["total"] == len(call.county.people) + len(call.county.others)
    assert all("phone" not in row and "password" not in row for row in page["rows"])
    (year,) = call(Role.CLERK, "years?state=open")[1]["rows"]
    assert (year["year"], year["label"]) == (YEAR, f"{YEAR}年度")


def test_seeing_a_persons_telephone_is_noted(call: Calls) -> None:
    clerk = call.county.people[Role.CLERK]
    one = call(Role.SECURITY_ADMIN, f"people/{clerk.pk}")[1]
    assert set(one) >= {"phone", "email"}
    assert not set(one) & {"password", "otp_secret", "failures"}
    (entry,) = AuditEntry.objects.unrestricted("test").filter(action="personal.viewed")
    assert (entry.object_id, entry.note, entry.chain) == (str(clerk.pk), "接口", call.county.commerce.pk)


def test_a_token_goes_no_further_than_its_scopes(call: Calls, county: Office) -> None:
    reads = make_token(county.actor(Role.CLERK), title="读", scopes=["*.view"]).value
    assert call(None, "projects", token=reads)[0] == 200
    status, problem = call(None, "acts/account.password", {"old": "x", "new": "y"}, token=reads)
    assert (status, problem["detail"]) == (
        403,
        "这个令牌的范围里没有“管自己的账号”（account.own）。请在网页的“我的令牌”里新建一个，勾上它",
    )
    status, problem = call(Role.SYSTEM_ADMIN, "projects")
    assert (status, problem["detail"]) == (
        403,
        "您没有“看项目”的权限。需要时请找本单位管理员，或财政部门的安全管理员",
    )
    with pytest.raises(NotAllowed, match="这个令牌的范围不包括“修改密码”"):
        change_password(actor_for(county.people[Role.CLERK], scopes=frozenset({"*.view"})), old="a", new="b")
    assert call(Role.CLERK, "acts/token.make", {"title": "又一个", "scopes": ["*"]})[0] == 403, (
        "a token makes no tokens"
    )


def test_every_scope_and_every_operation_has_its_words(county: Office) -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    assert [one for one in scopes_there_are() if not chinese.search(scope_label(one))] == []
    assert {one.partition(".")[0] for one in ACTIONS} == set(SUBJECT_WORDS)
    offered = {code for group in scope_groups(lambda _: True) for code, _ in group.actions}
    assert offered == ACTIONS
    unsaid = [
        operation["operationId"]
        for path in api.get_openapi_schema()["paths"].values()
        for operation in path.values()
        if "权限：" not in operation.get("description", "")
    ]
    assert unsaid == []
    client = Client()
    client.force_login(county.people[Role.CLERK])
    make_token(county.actor(Role.CLERK), title="月报", scopes=["sheet.view", "intake.*"])
    page = client.get("/account/tokens").content.decode()
    shown = re.sub(r"<[^>]*>", " ", page)
    assert "看表" in shown
    assert "收件台：全部" in shown
    assert not re.search(r"\b[a-z]+\.(view|own|edit|\*)", shown), "a code on the page"


def test_fields_of_a_form_that_are_not_declared_are_refused(call: Calls) -> None:
    token = make_token(call.county.actor(Role.CLERK), title="x", scopes=["*"]).value
    answer = Client().post(
        "/api/v1/import-files",
        {"kind": "people", "file": SimpleUploadedFile("a.xlsx", b"x"), "yaer": "2027"},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "yaer")
    assert "可以有的是：file、kind、year" in answer.json()["detail"]
    answer = Client().post(
        "/api/v1/import-files",
        {"kind": "people", "file": SimpleUploadedFile("a.xlsx", b"")},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "file")


def test_an_empty_file_among_others_is_named(call: Calls) -> None:
    token = make_token(call.county.actor(Role.CLERK), title="x", scopes=["*"]).value
    headers = {"Authorization": f"Bearer {token}"}
    opened = call(Role.CLERK, "acts/intake.open", {"organisation": call.county.commerce.pk, "year": YEAR})
    batch = opened[1]["things"][0]["id"]
    files = [SimpleUploadedFile("a.txt", "一、总体绩效目标".encode()), SimpleUploadedFile("空.docx", b"")]
    answer = Client().post(f"/api/v1/batches/{batch}/files", {"files": files}, headers=headers)
    assert (answer.status_code, answer.json()["field"]) == (422, "files.1")
    assert "“空.docx”是空的" in answer.json()["detail"]
    assert call(Role.CLERK, f"files?batch={batch}")[1]["total"] == 0, "nothing of it came in"


def test_a_token_ends(call: Calls, county: Office) -> None:
    made = make_token(county.actor(Role.CLERK), title="月报", scopes=["*"], days=1)
    with clock.at(made.token.expires_on):
        assert call(None, "projects", token=made.value)[0] == 200, "its last day is still in it"
    with clock.at(made.token.expires_on + timedelta(days=1)):
        assert call(None, "projects", token=made.value)[0] == 401
    made.token.refresh_from_db()
    assert made.token.used_at is not None
    assert call(None, "acts/token.revoke", {"token": made.token.pk}, token=made.value)[0] == 200
    assert call(None, "projects", token=made.value)[0] == 401


@pytest.mark.parametrize("change", [{"is_active": False}, {"first_password": True}])
def test_a_token_of_somebody_who_left_or_must_change_the_password_is_no_good(
    call: Calls, county: Office, change: dict[str, bool]
) -> None:
    value = make_token(county.actor(Role.CLERK), title="x", scopes=["*"]).value
    for name, set_to in change.items():
        setattr(county.people[Role.CLERK], name, set_to)
    county.people[Role.CLERK].save()
    assert call(None, "projects", token=value)[0] in (401, 403)


def test_the_value_of_a_token_is_nowhere_kept(county: Office) -> None:
    made = make_token(county.actor(Role.CLERK), title="x", scopes=["sheet.view"])
    kept = json.dumps(list(ApiToken.objects.unrestricted("test").values()), default=str)
    log = json.dumps(list(AuditEntry.objects.unrestricted("test").values()), default=str)
    assert made.value not in kept + log
    assert made.token.digest not in log


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": " ", "scopes": ["*"]}, "没有填用途"),
        ({"title": "x", "scopes": []}, "没有选"),
        ({"title": "x", "scopes": ["sheets"]}, "没有“sheets”"),
        ({"title": "x", "scopes": ["*"], "days": 367}, "1到366天"),
    ],
)
def test_tokens_that_are_refused(county: Office, given: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        make_token(county.actor(Role.CLERK), **given)


def test_nobody_has_more_than_twenty(county: Office) -> None:
    for number in range(20):
        make_token(county.actor(Role.CLERK), title=str(number), scopes=["*"])
    with pytest.raises(Refused, match="20个"):
        make_token(county.actor(Role.CLERK), title="x", scopes=["*"])


def test_somebody_signed_in_needs_the_csrf_header_for_changes(county: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.people[Role.CLERK])
    assert client.get("/api/v1/projects").status_code == 200
    body = {"title": "从网页", "scopes": ["sheet.view"]}
    answer = client.post("/api/v1/acts/token.make", body, content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, PROBLEM)
    client.get("/account/password")
    header = {"X-CSRFToken": client.cookies["csrftoken"].value}
    answer = client.post("/api/v1/acts/token.make", body, content_type="application/json", headers=header)
    assert answer.status_code == 200
    assert answer.json()["value"]["value"].startswith("jx_")
    assert answer.json()["things"][0]["kind"] == "accounts.apitoken"


def test_a_first_password_is_changed_on_a_page(county: Office) -> None:
    clerk = county.people[Role.CLERK]
    clerk.first_password = True
    clerk.save()
    client = Client()
    client.force_login(clerk)
    answer = client.get("/api/v1/projects")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, PROBLEM)


def test_every_service_stands_in_one_list_and_is_there_or_has_a_reason() -> None:
    there = {path.rpartition("/")[2] for path in api.get_openapi_schema()["paths"] if "/acts/" in path}
    codes = {service.code for service in acts.services() if not service.code.startswith("test.")}
    lists = [set(THEMSELVES), set(INSTEAD), set(NOT_HERE)]
    assert codes - set().union(*lists) == set(), (
        "neither offered to programs nor said why not: src/jixiao/web/api/offered.py"
    )
    assert set().union(*lists) - codes == set(), "a service there is not"
    assert sum(map(len, lists)) == len(set().union(*lists)), "a service in two lists"
    assert there == lists[0] | lists[1] | set(BESIDES)
    assert all(len(why) > 5 for why in NOT_HERE.values())


def test_what_a_body_gives_is_what_the_service_takes() -> None:
    shape = acts.in_body(Whole)
    made = shape.model_validate({"parts": [{"name": "a", "on": "2026-11-30"}, {"name": "b"}], "one": {"name": "c"}})
    assert acts.as_given(made, Whole) == Whole((Part("a", date(2026, 11, 30)), Part("b")), Part("c"))
    assert acts.as_given([made], Sequence[Whole]) == [acts.as_given(made, Whole)]
    with pytest.raises(acts.UnreachableError):
        acts.in_body(bytes)


def test_who_acts_by_token_is_in_the_log(call: Calls, county: Office) -> None:
    token = make_token(county.actor(Role.AUDIT_ADMIN), title="x", scopes=["log.*"]).value
    answer = call.client.get("/api/v1/log-export?since=2026-01-01", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert b"".join(answer).splitlines()[0].startswith(b'{"export":{"format":"jixiao/audit/1"')  # type: ignore[arg-type]
    entry = AuditEntry.objects.unrestricted("test").get(action="audit.export")
    assert (entry.actor, entry.address) == (county.people[Role.AUDIT_ADMIN].name, "127.0.0.1")
    assert actor_for(county.people[Role.AUDIT_ADMIN]).may("log.verify")


def test_tokens_on_a_page(county: Office) -> None:
    client = Client()
    client.force_login(county.people[Role.CLERK])
    page = client.post("/account/tokens", {"title": "月报", "days": "30", "scopes": ["sheet.view"]}).content.decode()
    value = page.partition("<code>")[2].partition("</code>")[0]
    assert Client().get("/api/v1/sheets", headers={"Authorization": f"Bearer {value}"}).status_code == 200
    assert value not in client.get("/account/tokens").content.decode(), "shown once"
    assert client.post("/account/tokens", {"title": "x", "days": "0", "scopes": ["*"]}).status_code == 422
    key = ApiToken.objects.unrestricted("test").get().pk
    other = Client()
    other.force_login(county.people[Role.UNIT_HEAD])
    assert other.post(f"/account/tokens/{key}/revoke").status_code == 404
    assert client.post(f"/account/tokens/{key}/revoke").status_code == 302
    assert Client().get("/api/v1/sheets", headers={"Authorization": f"Bearer {value}"}).status_code == 401
