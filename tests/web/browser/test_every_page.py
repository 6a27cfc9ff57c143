"""Every page there is, for everybody who sees it, by screen and phone: what axe finds grave, what sticks out, what cannot be hit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from needs import NODE_MODULES
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from web.matrix.examples import EXAMPLES
from web.matrix.test_matrix import methods, views, wanted
from web.matrix.truth import Persona
from web.matrix.world import World, world

SIZES = ((1440, 900), (390, 844))
BESIDE = ("/2027/intake/?tab=findings", "/2027/sheets/?q=没有这样的表", "/people/?q=没有这个人", "/nowhere")
"""Addresses of pages as other examples show them: another tab, a list that is empty"""
GRAVE = """axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations
  .filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`))"""
SMALL = """(least) => [...document.querySelectorAll('main .button, main button, main select, main summary, main .title a, .top a, .top summary,'
  + 'main input:not([type=hidden]):not([type=checkbox]):not([type=radio]), main label.choice, main fieldset label')]
  .filter((one) => one.getClientRects().length && !one.closest('.aloud, .skip, .desk-document') && !one.matches('.drop input'))
  .map((one) => [Math.round(one.getBoundingClientRect().height), one.outerHTML.slice(0, 110)])
  .filter(([height]) => height < least).slice(0, 3).map(([height, html]) => `${height} px high: ${html}`)"""
WIDE = """() => document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(0, 2).map((one) => `sticks out: ${one.outerHTML.slice(0, 110)}`) : []"""

RINGS = r"""() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter((one) => one.getClientRects().length && getComputedStyle(one).visibility === 'visible' && !one.closest('.aloud'))
  .filter((one) => {
    one.focus({ preventScroll: true });
    const ring = [one, one.nextElementSibling, one.closest('td'), one.closest('.cell')].filter(Boolean).map((each) => getComputedStyle(each));
    return document.activeElement === one && !ring.some((seen) => (seen.outlineStyle !== 'none' && parseFloat(seen.outlineWidth) >= 2)
      || /rgb\(11, 87, 208\)|inset/.test(seen.boxShadow));
  }).slice(0, 3).map((one) => `no ring where the focus is: ${one.outerHTML.slice(0, 110)}`)"""
"""Of what the Tab key comes to: the ring that shows it"""


def addresses(made: World, who: Persona) -> Iterator[str]:
    """What a person may look at: of every view an example of each kind of object."""
    yield from BESIDE
    for name, view in views().items():
        if not view.signed_in or "GET" not in methods(view):
            continue
        example = EXAMPLES[name]
        query = "&".join(f"{key}={value}" for key, value in example.query.items())
        for one in example.ones(made):
            if wanted(who, view, one, example.needs) == 200:
                yield reverse(name, kwargs=dict(one.kwargs)) + (f"?{query}" if query else "")


def shown(client: Client, address: str) -> str:
    """The page at an address; empty where it is none."""
    answer = client.get(address)
    if getattr(answer, "streaming", False):
        b"".join(answer.streaming_content)
        return ""
    is_page = answer.status_code in (200, 404) and "text/html" in answer.headers["Content-Type"]
    return answer.content.decode() if is_page else ""


def shape(page: str) -> str:
    """What a page is made of, whatever the words, the numbers, and how many rows there are: two of one shape are looked at once."""
    main = page.partition("<main")[2].partition("</main>")[0]
    plain = re.sub(r"\d+|(?:value|title|aria-label|href|action|data-label)=\"[^\"]*\"", "", main)
    return "".join(sorted(set(re.findall(r"<[^>]+>", plain))))


def faults(page: Page, where: str) -> Iterator[str]:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found = [*page.evaluate(WIDE), *page.evaluate(SMALL, 40 if width < 641 else 24)]
        if page.locator(".primary:visible").count() > 1:
            found.append("more than one filled button")
        if width > 640:
            page.keyboard.press("Tab")
            found += page.evaluate(RINGS)
        page.evaluate((NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        found += page.evaluate(GRAVE)
        yield from (f"{where} at {width}: {one}" for one in found)


@pytest.mark.assets
@pytest.mark.front
def test_every_page_is_fit_to_be_used_by_everybody(
    transactional_db: None, live_server: LiveServer, browser: Browser
) -> None:
    made, seen, found = world(), set[str](), list[str]()
    for who in made.personas:
        client = Client()
        client.force_login(who.user)
        context = browser.new_context(locale="zh-CN")
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        for address in dict.fromkeys(addresses(made, who)):
            text = shown(client, address)
            if "<html" not in text:  # a redirection, a file, a part of a page
                continue
            looks = shape(text)
            if looks in seen:
                continue
            seen.add(looks)
            page.goto(live_server.url + address)
            found += faults(page, f"{who} {address}")
        context.close()
    assert len(seen) > 50, f"only {len(seen)} pages met"
    assert not found, f"{len(found)} faults on {len(seen)} pages:\n" + "\n".join(found)
