"""The example looks after itself: signs in, opens five pages, hands in a file, sees it read. Speaks HTTP as a browser would."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from uuid import uuid4

from jixiao.web.demo.files import of_its_own
from jixiao.web.demo.people import PASSWORD

PAGES = ("/", "/2027/intake/", "/2026/sheets/", "/2027/sheets/", "/organisations/")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_STATE = re.compile(r'class="state state-(\w+)"')
_FILE = re.compile(r'id="file-(\d+)"')
_READ_WITHIN = 60.0


class _Visitor:
    def __init__(self, address: str) -> None:
        self.address = address
        handler = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), handler)

    def get(self, path: str) -> str:
        with self._opener.open(self.address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, body: bytes, kind: str) -> str:
        request = urllib.request.Request(  # noqa: S310 - our own address
            self.address + path, body, {"Content-Type": kind, "Referer": self.address + path}
        )
        with self._opener.open(request, timeout=120) as answer:
            return str(answer.read().decode())


def check(address: str, file: Path) -> str:
    """What went wrong, in words; empty where all is well."""
    visitor = _Visitor(address)
    try:
        token = _token(visitor.get("/login"))
        form = {"username": "zhangmin", "password": PASSWORD, "csrfmiddlewaretoken": token}
        visitor.post("/login", urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded")
        for path in PAGES:
            if "<h1" not in visitor.get(path):
                return f"{path} 没有显示出来"
        if "张敏" not in visitor.get("/"):
            return "没有登录成"
        mark = uuid4().hex[:6]
        return _hand_in(visitor, f"试收{mark}.docx", of_its_own(file, mark))
    except (urllib.error.URLError, OSError) as error:
        return f"{getattr(error, 'url', address)}：{error}"


def _hand_in(visitor: _Visitor, name: str, content: bytes) -> str:
    """Hand in a file that is new and wait until the worker has read it: until it waits to be checked."""
    border = uuid4().hex
    token = _token(visitor.get("/2027/intake/"))
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'.encode(),
        f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode(),
        content + b"\r\n",
        f"--{border}--\r\n".encode(),
    ]
    visitor.post("/2027/intake/upload", b"".join(parts), f"multipart/form-data; boundary={border}")
    end = time.monotonic() + _READ_WITHIN
    while time.monotonic() < end:
        listed = visitor.get("/2027/intake/queue")
        row = listed.partition(name)[2].partition("</li>")[0]
        state = _STATE.search(row)
        if state is not None and state[1] == "to_check":
            return _take_away(visitor, name, listed.partition(name)[0])
        if state is not None and state[1] not in ("waiting", "reading"):
            return f"收的文件没有读成：{re.sub('<[^>]+>', ' ', row).strip()}"
        time.sleep(0.3)
    return "收的文件一分钟还没有读出来"


def _take_away(visitor: _Visitor, name: str, above: str) -> str:
    """Leave the file out again, as a person would: the example is to look as it did. ``above`` is the list up to its name."""
    keys = _FILE.findall(above)
    token = _token(visitor.get("/2027/intake/"))
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode()
    visitor.post(f"/2027/intake/files/{keys[-1]}/drop", body, "application/x-www-form-urlencoded")
    return f"试收的{name}没有撤掉" if name in visitor.get("/2027/intake/queue") else ""


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    if found is None:
        raise OSError("页面里没有表单")
    return found.group(1)
