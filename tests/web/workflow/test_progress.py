"""报送进度 and 催办: who has handed in, with whom it stands, reminding once a day, extension from there."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals.models import Sheet
from jixiao.web.jobs.queue import run_pending
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.notices.models import Notice
from jixiao.web.workflow.chasing import remind, remind_one
from jixiao.web.workflow.models import Reminder
from jixiao.web.workflow.progress import Line, progress
from web.make import YEAR, Office
from web.workflow.on_the_way import agreed, handed_in, passed
from web.workflow.sets import listed, round_of, whole_set


def line_of(county: Office, name: str, role: Role = Role.PERFORMANCE_SECTION) -> Line:
    return next(one for one in progress(county.actor(role), YEAR).lines if one.unit.name == name)


@pytest.fixture
def late(county: Office) -> Sheet:
    """The round is over by two days; the commerce department has one sheet of two, the other department nothing."""
    round_of(county, opens=-20, closes=-2)
    (sheet,) = whole_set(county)
    listed(county, "驻点招商")
    return sheet


def as_(county: Office, role: Role) -> Client:
    client = Client()
    client.force_login(county.people[role])
    return client


def test_a_department_stands_with_those_who_have_to_act_now(county: Office, sheet: Sheet) -> None:
    clerk, head = county.people[Role.CLERK], county.people[Role.UNIT_HEAD]
    one = line_of(county, "清源县商务局")
    assert (one.handed, one.expected, list(one.people), one.step) == (2, 3, [clerk], "填报")
    handed_in(county)
    one = line_of(county, "清源县商务局")
    assert (one.left, list(one.people)) == (1, [head])  # still inside the department
    agreed(county, sheet, Role.UNIT_HEAD)
    agreed(county, sheet, Role.LEAD_REVIEWER)
    one = line_of(county, "清源县商务局")
    assert one.has_all
    assert one.people == [county.people[Role.BUSINESS_SECTION]]
    assert one.counts["submitted"] == 1


def test_what_passed_stands_with_nobody(county: Office, sheet: Sheet) -> None:
    handed_in(county)
    passed(county, sheet)
    one = line_of(county, "清源县商务局")
    assert (one.people, one.counts["reviewed"]) == ([], 1)


def test_late_ones_come_first_and_an_extension_counts(county: Office, late: Sheet) -> None:
    page = as_(county, Role.PERFORMANCE_SECTION).get(f"/{YEAR}/progress/").content.decode()
    assert "已报齐0/2家" in page
    assert "逾期2家" in page
    assert "逾期2天" in page
    lines = progress(county.actor(Role.PERFORMANCE_SECTION), YEAR)
    assert lines.lines[0].unit == county.commerce
    client = as_(county, Role.PERFORMANCE_SECTION)
    assert lines.round is not None
    address = reverse("round-extend", args=[lines.round.pk])
    assert (
        f'value="{county.commerce.pk}" selected'
        in client.get(f"{address}?department={county.commerce.pk}").content.decode()
    )
    until = (clock.today() + timedelta(3)).isoformat()
    sent = {"department": county.commerce.pk, "until": until, "reason": "雪灾"}
    assert client.post(address, sent).status_code == 302
    lines = progress(county.actor(Role.PERFORMANCE_SECTION), YEAR)
    assert [one.unit for one in lines.late] == [county.water]
    assert lines.lines[0].unit == county.water
    assert "雪灾" in client.get(f"/{YEAR}/progress/").content.decode()


def test_the_units_beneath_are_chased_where_it_lacks(county: Office, late: Sheet) -> None:
    """The commerce department lacks a sheet of the centre, which has nobody; its own is with its clerk."""
    one = line_of(county, "清源县商务局")
    assert one.counts["unfilled"] == 1
    assert list(one.people) == [county.people[Role.CLERK]]
    assert one.words(progress(county.actor(Role.PERFORMANCE_SECTION), YEAR).round, YEAR) == (
        f"清源县商务局{YEAR}年一上还差2张，逾期2天，请今天送审。"
    )


def test_all_late_ones_are_reminded_in_one_act_once_a_day(county: Office, late: Sheet) -> None:
    clerk = county.people[Role.CLERK]
    clerk.email = "clerk@example.org"
    clerk.save()
    client = as_(county, Role.PERFORMANCE_SECTION)
    keys = [county.commerce.pk, county.water.pk]
    page = client.post(f"/{YEAR}/progress/remind", {"department": keys, "more": "有困难打电话"}, follow=True)
    assert "已催办2家，站内告诉了2人" in page.content.decode()
    told = Notice.objects.unrestricted("test").get(person=clerk)
    assert told.text == f"清源县商务局{YEAR}年一上还差2张，逾期2天，请今天送审。有困难打电话（绩效股甲催办）"
    run_pending()
    assert [one.to for one in mail.outbox] == [["clerk@example.org"]]
    page = client.post(f"/{YEAR}/progress/remind", {"department": keys}, follow=True)
    assert "今天催过，没有再催" in page.content.decode()
    assert "其中2家今天催过，再催？" in page.content.decode()
    client.post(f"/{YEAR}/progress/remind", {"department": keys, "again": "1"})
    assert Reminder.objects.unrestricted("test").count() == 4
    assert line_of(county, "清源县商务局").reminded == 2
    with clock.at(clock.now() + timedelta(days=1)):
        assert remind(county.actor(Role.PERFORMANCE_SECTION), year=YEAR, departments=keys).today == []


def test_mail_that_does_not_go_out_is_told(county: Office, late: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    from jixiao.web.workflow import tasks

    clerk = county.people[Role.CLERK]
    clerk.email = "clerk@example.org"
    clerk.save()

    def away(*_: object) -> None:
        raise ConnectionRefusedError("拒绝连接")

    made = remind_one(county.actor(Role.PERFORMANCE_SECTION), year=YEAR, department=county.commerce.pk)
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "send_mail", away)
        run_pending()
    made.refresh_from_db()
    assert (made.mailed, made.mail_trouble) == ([], "ConnectionRefusedError：拒绝连接")
    page = as_(county, Role.PERFORMANCE_SECTION).get(f"/{YEAR}/progress/").content.decode()
    assert "邮件没有发出" in page


def test_who_may_remind_whom(county: Office, late: Sheet) -> None:
    with pytest.raises(NotAllowed):
        remind_one(county.actor(Role.CLERK), year=YEAR, department=county.commerce.pk)
    with pytest.raises(NotThere):
        remind_one(county.actor(Role.LEAD_REVIEWER), year=YEAR, department=county.water.pk)
    assert remind_one(county.actor(Role.LEAD_REVIEWER), year=YEAR, department=county.commerce.pk).pk
    with pytest.raises(Refused, match="今天催过了"):
        remind_one(county.actor(Role.PERFORMANCE_SECTION), year=YEAR, department=county.commerce.pk)
    with pytest.raises(NotAllowed):
        remind_one(county.actor(Role.FINANCE_LEADER), year=YEAR, department=county.commerce.pk)


def test_telephones_shown_are_noted(county: Office, late: Sheet) -> None:
    clerk = county.people[Role.CLERK]
    clerk.phone = "13800001111"
    clerk.save()
    for address in ("progress/", "progress/phones", "progress/export"):
        before = AuditEntry.objects.unrestricted("test").filter(action="personal.viewed").count()
        answer = as_(county, Role.PERFORMANCE_SECTION).get(f"/{YEAR}/{address}")
        assert answer.status_code == 200
        assert AuditEntry.objects.unrestricted("test").filter(action="personal.viewed").count() == before + 1, address
    page = as_(county, Role.PERFORMANCE_SECTION).get(f"/{YEAR}/progress/phones").content.decode()
    assert "13800001111" in page
    page = as_(county, Role.AUDITOR).get(f"/{YEAR}/progress/").content.decode()
    assert "13800001111" not in page
    assert "催办" not in page


def test_the_list_goes_out_as_it_is_shown(county: Office, late: Sheet) -> None:
    answer = as_(county, Role.PERFORMANCE_SECTION).get(f"/{YEAR}/progress/export?show=late")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["部门", "清源县商务局", "清源县水利局"]
    assert rows[1][1] == "1/3" or rows[1][1] == "2/4"


def test_an_unknown_filter_is_refused(county: Office) -> None:
    assert as_(county, Role.PERFORMANCE_SECTION).get(f"/{YEAR}/progress/?show=x").status_code == 400
