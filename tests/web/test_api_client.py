"""The example of a client, as somebody copies it, against a running server; the description kept with the documentation."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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
    token = make_token(
        county.actor(Role.LEAD_REVIEWER), title="例子", scopes=["sheet.view", "organisation.view", "year.view"]
    ).value
    monkeypatch.setenv("JIXIAO_TOKEN", token)
    assert client_example.main([live_server.url, str(YEAR)]) == 0
    assert capsys.readouterr().out == (
        f"清源县商务局\t表1\t必须修改1处\n清源县商务局\t表2\t必须修改2处\n{YEAR}年度有2张表还要改\n"
    )
    assert client_example.main([live_server.url, str(YEAR + 60)]) == 2
    assert capsys.readouterr().err == f"没有{YEAR + 60}年度。有的是：{YEAR}\n"
    jixiao = client_example.Jixiao(live_server.url, token)
    with pytest.raises(client_example.Refused, match="不认得参数“unti”") as refused:
        list(jixiao.rows("sheets", unti=1))
    assert (refused.value.status, refused.value.field) == (400, "unti")
    with pytest.raises(client_example.Refused) as refused:
        jixiao.act("account.password", old="a", new="b")
    assert refused.value.status == 403
    monkeypatch.setenv("JIXIAO_TOKEN", "jx_wrong")
    assert client_example.main([live_server.url, str(YEAR)]) == 2
    assert "令牌不对、过期、已吊销" in capsys.readouterr().err
    made = make_token(county.actor(Role.LEAD_REVIEWER), title="短", scopes=["*.view"], days=1)
    made.token.expires_on = clock.today() - timedelta(days=1)
    made.token.save()
    monkeypatch.setenv("JIXIAO_TOKEN", made.value)
    assert client_example.main([live_server.url, str(YEAR)]) == 2
    assert "过期" in capsys.readouterr().err
    narrow = make_token(county.actor(Role.LEAD_REVIEWER), title="窄", scopes=["organisation.view"]).value
    monkeypatch.setenv("JIXIAO_TOKEN", narrow)
    assert client_example.main([live_server.url, str(YEAR)]) == 2
    assert "这个令牌的范围里没有“看表”" in capsys.readouterr().err
    assert client_example.main([f"{live_server.url}/2027", str(YEAR)]) == 2
    assert "不是绩效工作平台" in capsys.readouterr().err, "an address of a page"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class _Other(BaseHTTPRequestHandler):
    """A server that is no workspace."""

    def do_GET(self) -> None:
        content = b"<html>it works</html>"
        self.send_response(404 if "lost" in self.path else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("arguments", "token", "words"),
    [
        ((), "jx_x", "要写两样"),
        (("http://127.0.0.1:1", "2027", "more"), "jx_x", "要写两样"),
        (("http://127.0.0.1:1", "今年"), "jx_x", "年度“今年”不对"),
        (("http://127.0.0.1:1", "2027"), "", "没有令牌。请在网页的“我的令牌”里新建"),
        (("http://127.0.0.1:1", "2027"), "jx_令牌", "令牌里有不该有的字符"),
        (("127.0.0.1:8000", "2027"), "jx_x", "不是网址"),
        (("http://", "2027"), "jx_x", "不是网址"),
        (("http://127.0.0.1:port", "2027"), "jx_x", "不是网址"),
        (("http://绩效 系统", "2027"), "jx_x", "不是网址"),
        (("OFF", "2027"), "jx_x", "连不上"),
        (("http://no-such-host.invalid", "2027"), "jx_x", "连不上"),
        (("OTHER", "2027"), "jx_x", "不是绩效工作平台"),
        (("OTHER/lost", "2027"), "jx_x", "（它答的是 404）"),
    ],
)
def test_what_goes_wrong_is_said_in_a_line_and_ends_with_2(
    arguments: tuple[str, ...], token: str, words: str, elsewhere: str
) -> None:
    """As somebody runs it, with what they forget: no traceback, whatever it is."""
    off = f"http://127.0.0.1:{_free_port()}"
    given = [one.replace("OFF", off).replace("OTHER", elsewhere) for one in arguments]
    environment = {"JIXIAO_TOKEN": token, "PYTHONIOENCODING": "utf-8"} if token else {"PYTHONIOENCODING": "utf-8"}
    run = [sys.executable, str(_EXAMPLE), *given]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_description_kept_is_the_one_served() -> None:
    assert api_page.PAGE.read_text(encoding="utf-8") == api_page.description(), "run make docs"
