#!/usr/bin/env python3
"""用接口办事的例子，只用 Python 自带的库：列出一个年度还有“必须修改”的表。

    JIXIAO_TOKEN=jx_… python3 client.py http://10.1.1.8:8000 2027

令牌在网页的“我的令牌”里新建，只显示一次；给程序用的令牌只勾它用得着的范围，例如 sheet.view、organisation.view、year.view。
全部接口见 地址/api/v1/openapi.json。
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

_HOW = "用法：JIXIAO_TOKEN=jx_… python3 client.py http://10.1.1.8:8000 2027"


class Refused(Exception):  # noqa: N818 - not an error of the program
    """What the server said no to: ``status``, ``field`` (empty where it is about none), words in Chinese."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.status: int = problem["status"]
        self.field: str = problem.get("field") or ""


class Unreachable(Exception):  # noqa: N818 - not an error of the program
    """There was nothing to ask: there is no such year, the call is incomplete, nobody answers at the address, or something else than a workspace does."""


class Jixiao:
    """A workspace at ``address``, for whom the token is of."""

    def __init__(self, address: str, token: str) -> None:
        try:
            parts = urlsplit(address)
            is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_address = False
        if not is_address or not address.isascii() or any(sign.isspace() for sign in address):
            raise Unreachable(f"“{address}”不是网址。要写成 http://10.1.1.8:8000，和浏览器里打开工作平台的一样")
        if not token.isascii() or not token.isprintable():
            raise Unreachable("令牌里有不该有的字符。请把 jx_ 开头的那一串原样复制过来")
        self.address, self.token = address.rstrip("/"), token

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call; ``path`` as in the description. Raises Refused, Unreachable."""
        request = Request(  # noqa: S310 - the address was checked
            f"{self.address}/api/v1/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
            method=method,
        )
        try:
            with urlopen(request, timeout=60) as answer:  # noqa: S310
                return json.load(answer)
        except HTTPError as error:
            with error:
                raise self._refusal(error) from None
        except TimeoutError:
            raise Unreachable(f"{self.address} 一分钟没有应答。请过一会儿再试，或请管理员看服务器是不是太忙") from None
        except (URLError, OSError, HTTPException) as error:
            why = getattr(error, "reason", error)
            raise Unreachable(
                f"连不上 {self.address}（{why}）。请核对地址和端口，并请管理员看工作平台（jixiao serve）是不是开着"
            ) from None
        except ValueError:
            raise Unreachable(self._other) from None

    def _refusal(self, error: HTTPError) -> Exception:
        """What the server said; another server than a workspace does not say it in this form."""
        try:
            return Refused(json.load(error))
        except (ValueError, KeyError, TypeError, OSError, HTTPException):
            return Unreachable(f"{self._other}（它答的是 {error.code}）")

    @property
    def _other(self) -> str:
        return f"{self.address} 上答话的不是绩效工作平台。请核对地址和端口"

    def rows(self, path: str, **filters: Any) -> Iterator[dict[str, Any]]:
        """All rows of a list, page after page."""
        after = ""
        while True:
            page = self.call("GET", f"{path}?{urlencode({**filters, 'size': 200, 'after': after})}")
            yield from page["rows"]
            after = page["after"]
            if not after:
                return

    def act(self, code: str, **fields: Any) -> Any:
        """One act, such as ``account.password``; what it made or changed."""
        return self.call("POST", f"acts/{code}", fields)


def main(arguments: list[str]) -> int:
    """Prints the sheets of a year with what must be changed in them. 0: done; 2: it could not be done, and why."""
    try:
        address, year = _asked(arguments)
        jixiao = Jixiao(address, os.environ.get("JIXIAO_TOKEN", "").strip())
        units = {one["id"]: one["name"] for one in jixiao.rows("organisations")}
        every = list(jixiao.rows("sheets", year=year))
        if not every and year not in (years := {one["year"] for one in jixiao.rows("years")}):
            raise Unreachable(f"没有{year}年度。有的是：{'、'.join(map(str, sorted(years))) or '一个也没有'}")
    except (Refused, Unreachable) as trouble:
        print(trouble, file=sys.stderr)
        return 2
    sheets = [one for one in every if one["errors"]]
    for one in sheets:
        print(f"{units.get(one['unit_id'], '—')}\t{one['title']}\t必须修改{one['errors']}处")
    print(f"{year}年度有{len(sheets)}张表还要改")
    return 0


def _asked(arguments: list[str]) -> tuple[str, int]:
    """Address and year. Raises Unreachable."""
    if len(arguments) != 2:
        raise Unreachable(f"要写两样：工作平台的地址，预算年度。{_HOW}")
    address, year = arguments
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Unreachable(f"年度“{year}”不对，要写成 2027 这样的四位数。{_HOW}")
    if not os.environ.get("JIXIAO_TOKEN", "").strip():
        raise Unreachable(f"没有令牌。请在网页的“我的令牌”里新建一个，写在环境变量 JIXIAO_TOKEN 里。{_HOW}")
    return address, int(year)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
