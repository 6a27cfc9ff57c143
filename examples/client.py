#!/usr/bin/env python3
"""用接口办事的例子，只用 Python 自带的库：列出一个年度还有“必须修改”的表。

    JIXIAO_TOKEN=jx_… python3 client.py http://10.1.1.8:8000 2027

令牌在网页的“我的令牌”里新建，只显示一次；给程序用的令牌只勾它用得着的范围，例如 sheet.view、organisation.view。
全部接口见 地址/api/v1/openapi.json。
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


class Refused(Exception):  # noqa: N818 - not an error of the program
    """What the server said no to: ``status``, ``field`` (empty where it is about none), words in Chinese."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.status: int = problem["status"]
        self.field: str = problem.get("field") or ""


class Jixiao:
    """A workspace at ``address``, for whom the token is of."""

    def __init__(self, address: str, token: str) -> None:
        if not address.startswith(("http://", "https://")):
            raise ValueError("地址要以 http:// 或 https:// 开头")
        self.address, self.token = address.rstrip("/"), token

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call; ``path`` as in the description. Raises Refused."""
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
                raise Refused(json.load(error)) from None

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
    """Prints the sheets of a year with what must be changed in them."""
    address, year = arguments
    jixiao = Jixiao(address, os.environ["JIXIAO_TOKEN"])
    try:
        units = {one["id"]: one["name"] for one in jixiao.rows("organisations")}
        sheets = [one for one in jixiao.rows("sheets", year=int(year)) if one["errors"]]
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    for one in sheets:
        print(f"{units.get(one['unit_id'], '—')}\t{one['title']}\t必须修改{one['errors']}处")
    print(f"{year}年度有{len(sheets)}张表还要改")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
