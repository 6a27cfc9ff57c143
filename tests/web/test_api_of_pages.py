"""Programs can do everything that pages do: each page names the operations that stand for it, and these ask for no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from jixiao.web.api.router import declared
from jixiao.web.api.urls import api
from web.matrix.test_api import Op, operations
from web.matrix.test_matrix import methods, views

_TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "pages_and_operations.yaml").read_text("utf-8"))
_FOR: dict[str, list[str]] = _TABLE["operations"]
_NONE: dict[str, str] = _TABLE["none"]


def _operations() -> dict[str, Op]:
    assert api is not None
    return {one.name: one for one in operations()}


def test_every_page_has_its_operations_or_a_reason() -> None:
    pages = set(views()) - {"static"}
    assert sorted(pages - set(_FOR) - set(_NONE)) == [], (
        "name their operations in pages_and_operations.yaml, or why none"
    )
    assert sorted((set(_FOR) | set(_NONE)) - pages) == [], "pages there are not"
    assert set(_FOR) & set(_NONE) == set()
    known = _operations()
    assert [(page, one) for page, found in _FOR.items() for one in found if one not in known] == []
    assert all(found for found in _FOR.values())
    assert all(len(why) > 1 for why in _NONE.values())


def test_what_is_read_is_read_and_what_is_done_is_done() -> None:
    """A page that changes something has an operation that does, one that only shows has one that reads."""
    known, wrong = _operations(), []
    for page, names in _FOR.items():
        posts = {known[name].method for name in names}
        for method in methods(views()[page]):
            shows_a_form_only = method == "GET" and "POST" in posts
            if method not in posts and not shows_a_form_only and (page, method) != ("import_correct", "GET"):
                wrong.append((page, method, names))
    assert wrong == []


def test_operations_ask_for_the_right_of_their_page() -> None:
    """At least one of them for the very right of the page, and none for a right that a page does not know."""
    known, wrong = _operations(), []
    rights = {getattr(view, "right", None) for view in views().values()}
    for page, names in _FOR.items():
        right = getattr(views()[page], "right", None)
        asked = {known[name].right for name in names}
        if right not in asked and right is not None and page not in _TABLE["other_right"]:
            wrong.append((page, right, asked))
        assert asked - rights <= {"import.own", "job.own", "account.own"}, page
    assert wrong == []


def test_what_pages_filter_by_programs_filter_by() -> None:
    known = _operations()
    wrong: list[tuple[str, str, list[str]]] = []
    for page, names in _FOR.items():
        has = {parameter for name in names for parameter in declared(known[name].operation, "query", "path", "form")}
        called = _TABLE["called"].get(page, {})
        page_only = set(_TABLE["only_of_the_page"].get(page, ()))
        wrong += [
            (page, one, sorted(has))
            for one in sorted(getattr(views()[page], "parameters", ()))
            if one not in page_only and called.get(one, one) not in has
        ]
    assert wrong == []
