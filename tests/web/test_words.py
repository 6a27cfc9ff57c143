"""What pages say: people's words, in every template, script and message; and every link that a page offers leads somewhere."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from web.matrix.examples import EXAMPLES
from web.matrix.test_matrix import methods, views, wanted
from web.matrix.truth import Persona
from web.matrix.world import World, world

WEB = Path(__file__).parents[2] / "src" / "jixiao" / "web"
SAID = sorted(
    path
    for path in WEB.rglob("*")
    if path.suffix in (".py", ".html", ".js") and not {"vendor", "migrations"} & set(path.parts)
)
NOBODY_SAYS = {
    "提交": "送审、保存、导入、收下 …：说办的是什么",
    "驳回": "退回",
    r"操作(成功|失败|完成)|(保存|修改|删除|添加|提交|上传|导入|注册)(成功|失败)": "说办成了什么、没办成什么、为什么",
    r"系统(错误|异常|繁忙|出错)|服务器(错误|异常|内部)|未知错误|网络异常": "出了什么事，要怎么办",
    r"确定(要|吗)|您确定|是否确[定认]": "按钮上写明办什么，下面说动到谁、怎么撤回",
    r"非法(的)?(参数|输入|请求|操作|字符)|参数(错误|有误|不合法)|不合法|无效的(参数|输入|请求)": "哪一项、为什么、改成什么",
    r"审批(通过|不通过)|上报成功|成功！|失败！": "同意、退回、收下 …",
    "点击此处|请点击": "按钮、链接上写它做什么",
}
"""Words that nobody says, as patterns, with what is said instead"""


def breaches(text: str) -> Iterator[str]:
    """The words of a text that are none for people."""
    for pattern, instead in NOBODY_SAYS.items():
        for found in re.finditer(pattern, text):
            around = text[max(0, found.start() - 20) : found.end() + 20].replace("\n", " ")
            yield f"“{found[0]}” in …{around}…: {instead}"


def test_templates_scripts_and_messages_speak_as_people_do() -> None:
    assert len(SAID) > 200
    assert [
        f"{path.relative_to(WEB)}: {one}" for path in SAID for one in breaches(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    "said", ["提交成功", "请求被驳回", "操作成功", "系统异常，请稍后再试", "确定要删除吗", "非法参数"]
)
def test_what_nobody_says_is_found(said: str) -> None:
    assert [*breaches(said)]


def seen(made: World, who: Persona) -> Iterator[str]:
    """An address of every page that a person may look at."""
    for name, view in views().items():
        if view.signed_in and "GET" in methods(view) and name != "year-switch":
            for one in EXAMPLES[name].ones(made):
                if wanted(who, view, one, EXAMPLES[name].needs) == 200:
                    yield reverse(name, kwargs=dict(one.kwargs))
                    break


def looked(client: Client, address: str) -> Any:
    """The answer, read to its end."""
    answer: Any = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')


def test_every_page_speaks_as_people_do_and_its_links_lead_somewhere(db: None) -> None:
    """As rendered, so that words of libraries are met too; of links that differ in numbers only one is followed."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    made = world()
    wrong, followed = [], 0
    for who in made.personas:
        client = Client()
        client.force_login(who.user)
        met = set[str]()
        for address in seen(made, who):
            answer = looked(client, address)
            if answer.status_code != 200 or answer.streaming or "text/html" not in answer.headers["Content-Type"]:
                continue
            page = answer.content.decode()
            wrong += [f"{who} {address}: {one}" for one in breaches(html.unescape(re.sub(r"<[^>]+>", "", page)))]
            for link in _LINK.findall(page):
                to = urldefrag(urljoin(address, html.unescape(link))).url
                kind = re.sub(r"\d+", "n", re.sub(r"after=[^&]*", "", to))
                if kind in met or urlsplit(to).netloc or to.startswith(("tel:", "/static/")):
                    continue
                met.add(kind)
                followed += 1
                if (status := looked(client, to).status_code) >= 400:
                    wrong.append(f"{who} {address}: the link {to} is answered {status}")
    assert wrong == []
    assert followed > 300
