"""What pages of accounts say: passwords, telephone numbers, the menu, the address on slips."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from jixiao.web.accounts.phones import phone_of
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.selectors import pages_for
from jixiao.web.kernel.acts import Refused
from jixiao.web.site.address import address_for_others
from web.make import PASSWORD, Office

pytestmark = pytest.mark.django_db


def _in(county: Office, role: Role) -> Client:
    client = Client()
    client.force_login(county.people[role])
    return client


def test_the_first_password_says_why_what_is_asked_and_lets_one_out(county: Office) -> None:
    user = county.people[Role.CLERK]
    user.first_password = True
    user.save()
    client = _in(county, Role.CLERK)
    shown = client.get(reverse("password")).content.decode()
    assert "第一次登录要先改密码" in shown
    assert "至少10个字符" in shown
    assert "先不改" not in shown
    assert f'action="{reverse("logout")}"' in shown
    form = {"old": PASSWORD, "new": "1234567", "again": "1234567"}
    shown = client.post(reverse("password"), form).content.decode()
    assert (
        "密码至少要10个字符，现在是7个。这个密码太常见，容易被猜到，请换一个。密码不能全是数字，请加上字母或符号。"
        in shown
    )


def test_pages_are_called_as_the_menu_calls_them(county: Office) -> None:
    client = _in(county, Role.CLERK)
    shown = client.get(reverse("account")).content.decode()
    pages = pages_for(county.actor(Role.CLERK))
    assert "项目库" in pages
    assert "、".join(pages) in shown
    assert 'class="field-line"' not in shown


@pytest.mark.parametrize(
    "number", ["", "13812345678", "+86 311-1234567", "0311-1234567转12", "(0311)1234567", "１２３４５"]
)
def test_telephone_numbers(number: str) -> None:
    assert phone_of(number).isascii() or "转" in number


@pytest.mark.parametrize("number", ["1234", "电话没有", "abc12345", "1" * 21, "12345<b>"])
def test_other_words_are_no_telephone_numbers(number: str) -> None:
    with pytest.raises(Refused, match="电话号码不对"):
        phone_of(number)


def test_a_wrong_number_is_told_at_its_field(county: Office) -> None:
    answer = _in(county, Role.CLERK).post(reverse("account"), {"phone": "没有"})
    assert answer.status_code == 422
    assert "电话号码不对" in answer.content.decode()


def test_slips_name_the_server_as_others_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "jx.example.gov.cn"])
    at = RequestFactory()
    assert address_for_others(at.get("/", headers={"host": "127.0.0.1:8000"})) == "http://jx.example.gov.cn:8000/"
    assert address_for_others(at.get("/", headers={"host": "jx.example.gov.cn"})) == "http://jx.example.gov.cn/"
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost"])
    assert address_for_others(at.get("/", headers={"host": "localhost"})) == "http://localhost/"
