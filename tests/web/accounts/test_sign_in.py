"""Signing in with a second factor; a session that ends loses nothing; rights in words."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pyotp
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from jixiao.web.accounts.actors import current_assignments
from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import ACTIONS, Role
from jixiao.web.accounts.words import ACTION_WORDS, SPAN_WORDS, sentence
from jixiao.web.kernel.reach import Span
from tools import roles_page
from web.make import PASSWORD, Office

RIGHT = {"username": "clerk", "password": PASSWORD}


def test_every_action_and_span_has_its_words() -> None:
    assert set(ACTION_WORDS) == set(ACTIONS)
    assert set(SPAN_WORDS) == set(Span)


def test_the_page_of_roles_is_fresh() -> None:
    assert roles_page.PAGE.read_text(encoding="utf-8") == roles_page.roles_page(), "run make docs"


def test_rights_are_said_in_words(county: Office) -> None:
    clerk = county.people[Role.CLERK]
    said = sentence(clerk.name, current_assignments(clerk))
    assert said.startswith("填报人甲：清源县商务局填报人，能填表、看表、改项目")
    assert said.endswith("不能管人员账号、给人授权、看日志")


def with_factor(office: Office) -> str:
    secret = pyotp.random_base32()
    User.objects.unrestricted("test").filter(pk=office.people[Role.CLERK].pk).update(otp_secret=secret)
    return secret


def test_the_second_step_lets_in_and_the_first_alone_does_not(county: Office, client: Client) -> None:
    secret = with_factor(county)
    assert "动态口令" in client.post("/login", {**RIGHT, "next": "/people/"}).content.decode()
    assert client.get("/").status_code == 302, "not in yet"
    answer = client.post("/login/code", {"code": pyotp.TOTP(secret).now()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/people/")
    assert client.get("/").status_code == 200


def test_wrong_codes_close_the_account_as_wrong_passwords_do(county: Office, client: Client) -> None:
    secret = with_factor(county)
    client.post("/login", RIGHT)
    for _ in range(5):
        assert client.post("/login/code", {"code": "000000"}).status_code == 422
    assert client.post("/login/code", {"code": pyotp.TOTP(secret).now()}).status_code == 302
    assert client.get("/").status_code == 302, "closed for a while"


def test_without_the_first_step_there_is_no_second(county: Office, client: Client) -> None:
    secret = with_factor(county)
    answer = client.post("/login/code", {"code": pyotp.TOTP(secret).now()})
    assert answer.headers["Location"] == "/login"


@pytest.mark.parametrize("factor", [False, True])
def test_a_form_sent_after_the_session_ended_is_sent_again(county: Office, factor: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    head = Client()
    head.force_login(county.people[Role.UNIT_HEAD])
    address = f"/people/{county.people[Role.PUBLISHER].pk}/edit"
    token = _token(client.get("/login").content.decode())
    late = client.post(address, {"name": "新名字", "phone": "0311-1", "csrfmiddlewaretoken": token})
    assert late.status_code == 401
    page = late.content.decode()
    assert "填的没丢" in page
    kept = re.search(r'name="carried" value="([^"]+)"', page)
    assert kept is not None
    secret = ""
    right = {"username": "unit_head", "password": PASSWORD}
    if factor:
        secret = pyotp.random_base32()
        User.objects.unrestricted("test").filter(username="unit_head").update(otp_secret=secret)
    again = client.post("/login", {**right, "carried": kept[1], "csrfmiddlewaretoken": _token(page)})
    if factor:
        shown = again.content.decode()
        given = {"code": pyotp.TOTP(secret).now(), "carried": kept[1], "csrfmiddlewaretoken": _token(shown)}
        again = client.post("/login/code", given)
    shown = again.content.decode()
    assert f'action="{address}"' in shown
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', shown))
    fields["csrfmiddlewaretoken"] = _token(shown)
    assert client.post(address, fields).status_code == 302
    changed = User.objects.unrestricted("test").get(pk=county.people[Role.PUBLISHER].pk)
    assert (changed.name, changed.phone) == ("新名字", "0311-1")


def test_secrets_are_not_carried_and_nobody_prepares_a_form_for_another(county: Office, client: Client) -> None:
    late = client.post("/account/password", {"old": "a", "new": "b", "again": "b"}).content.decode()
    assert "carried" not in late
    answer = client.post("/login", {**RIGHT, "carried": "made-up"})
    assert answer.status_code == 302, "a form that was not signed here is dropped"


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_parts_of_pages_and_programs_are_told_in_words(county: Office, client: Client) -> None:
    part = client.post("/people/new", headers={"HX-Request": "true"})
    assert part.status_code == 401
    assert "没有丢" in part.content.decode()
    program = client.post("/people/new", headers={"Accept": "application/json"})
    assert program.status_code == 401
    assert program.json()["status"] == 401


def test_a_session_lasts_from_its_last_use(county: Office, client: Client) -> None:
    client.post("/login", RIGHT)
    session = Session.objects.get()
    stored = client.session
    stored["used"] = int(time.time()) - 700
    stored.save()
    Session.objects.filter(pk=session.pk).update(expire_date=timezone.now() + timedelta(hours=1))
    client.get("/")
    session.refresh_from_db()
    assert session.expire_date > timezone.now() + timedelta(hours=7, minutes=50)
    before = session.expire_date
    client.get("/")
    session.refresh_from_db()
    assert session.expire_date == before, "not written with every page"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/").status_code == 302
