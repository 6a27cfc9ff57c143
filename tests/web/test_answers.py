"""Answers that say no: a page in words, without the database; a line for a part of a page; problem+json for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from jixiao.web.site.errors import TITLES, bad_request, broken, forged, not_found, told

ANSWERS: dict[Callable[..., HttpResponse], tuple[int, str]] = {
    not_found: (404, "没有这个页面，或不归您看。请回首页，或问本单位管理员"),
    bad_request: (400, "没有处理"),
    forged: (403, "没有保存"),
    broken: (500, "把编号7K2Q告诉管理员"),
}


def asked(**headers: str) -> HttpRequest:
    request = RequestFactory(headers=headers).get("/somewhere")
    request.request_id = "7K2Q"  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(("answer", "says"), ANSWERS.items(), ids=lambda one: getattr(one, "__name__", None))
def test_a_person_reads_a_page_with_a_way_on(answer: Callable[..., HttpResponse], says: tuple[int, str]) -> None:
    page = answer(asked())
    text = re.sub(r"<[^>]+>", " ", page.content.decode())
    assert page.status_code == says[0]
    assert says[1] in text
    assert "回首页" in text
    assert "。。" not in text


@pytest.mark.parametrize(("answer", "says"), ANSWERS.items(), ids=lambda one: getattr(one, "__name__", None))
def test_a_part_of_a_page_gets_a_line(answer: Callable[..., HttpResponse], says: tuple[int, str]) -> None:
    line = answer(asked(**{"HX-Request": "true"}))
    assert line.status_code == says[0]
    assert line["Content-Type"] == "text/plain; charset=utf-8"
    assert says[1] in line.content.decode()


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: getattr(one, "__name__", None))
def test_a_program_gets_a_problem(answer: Callable[..., HttpResponse]) -> None:
    request = RequestFactory().get("/api/v1/sheets")
    request.request_id = "7K2Q"  # type: ignore[attr-defined]
    found = answer(request)
    assert found["Content-Type"].startswith("application/problem+json")
    assert json.loads(found.content)["status"] == found.status_code


@pytest.mark.parametrize("status", sorted(TITLES))
def test_every_status_has_its_heading(status: int) -> None:
    page = told(asked(), status, "这份文件有 300 MB，一份最多 200 MB。请拆开再传")
    assert page.status_code == status
    assert f"<h1>{TITLES[status]}</h1>" in page.content.decode()


def test_one_gets_back_to_pages_of_ours_only() -> None:
    assert (
        'href="http://testserver/2027/intake/"'
        in told(asked(Referer="http://testserver/2027/intake/"), 409, "已被收下").content.decode()
    )
    for other in ("https://elsewhere.example/", "javascript:alert(1)", "http://testserver/somewhere", ""):
        assert "返回" not in told(asked(Referer=other), 409, "已被收下").content.decode()


def test_a_request_for_another_host_is_answered_too() -> None:
    request = RequestFactory(headers={"host": "elsewhere.example", "referer": "http://x/"}).get("/")
    assert bad_request(request).status_code == 400


def test_who_comes_by_another_name_is_told_which_name_to_use(settings: object) -> None:
    settings.ALLOWED_HOSTS = ["jx.example.gov.cn"]  # type: ignore[attr-defined]
    for path in ("/", "/login", "/api/v1/sheets"):
        answer = Client().get(path, headers={"host": "jixiao.local:8000"})
        text = answer.content.decode()
        assert answer.status_code == 400
        assert "服务器没有登记" in text
        assert "jixiao.local" not in text, "a name that somebody else chose"
        assert "JIXIAO_HOSTS" in text
    shown = Client().get("/", headers={"host": "<b>x</b>"}).content.decode()
    assert "<title>请换个网址打开 · 绩效</title>" in shown
    assert "<b>x" not in shown


def test_what_a_program_says_stays_text() -> None:
    assert "<b>" not in told(asked(), 409, "<b>").content.decode()
