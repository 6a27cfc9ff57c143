"""The example of a client, as somebody copies it, against a running server; the description kept with the documentation."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.tokens import make_token
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.kernel import clock
from tools import api_page
from web.make import YEAR, office

_EXAMPLE = Path(__file__).parents[2] / "examples" / "client.py"


@pytest.fixture
def client_example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("client_example", _EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.django_db(transaction=True)
def test_the_example_of_a_client(
    client_example: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    county = office()
    project = county.projects["招商费用"]
    for number in range(3):
        Sheet.objects.create(
            unit=county.commerce,
            project=project if number == 0 else None,
            year=YEAR,
            kind=(SheetKind.GOAL, SheetKind.PART_ONE, SheetKind.DEPARTMENT_WIDE)[number],
            title=f"表{number}",
            errors=number,
            changed_at=clock.now(),
        )
    token = make_token(county.actor(Role.LEAD_REVIEWER), title="例子", scopes=["sheet.view", "organisation.view"]).value
    monkeypatch.setenv("JIXIAO_TOKEN", token)
    assert client_example.main([live_server.url, str(YEAR)]) == 0
    assert capsys.readouterr().out == (
        f"清源县商务局\t表1\t必须修改1处\n清源县商务局\t表2\t必须修改2处\n{YEAR}年度有2张表还要改\n"
    )
    jixiao = client_example.Jixiao(live_server.url, token)
    with pytest.raises(client_example.Refused, match="不认得参数“unti”") as refused:
        list(jixiao.rows("sheets", unti=1))
    assert (refused.value.status, refused.value.field) == (400, "unti")
    with pytest.raises(client_example.Refused) as refused:
        jixiao.act("account.password", old="a", new="b")
    assert refused.value.status == 403
    monkeypatch.setenv("JIXIAO_TOKEN", "jx_wrong")
    assert client_example.main([live_server.url, str(YEAR)]) == 1


def test_the_description_kept_is_the_one_served() -> None:
    assert api_page.PAGE.read_text(encoding="utf-8") == api_page.description(), "run make docs"
