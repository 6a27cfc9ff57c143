"""Cells of one sheet written by two pages at once, as hostile as it gets: any operations in any order, repeated, out of date, while the
sheet changes its state.

What must hold whatever happens: the draft is the fold of the operations that were acknowledged as saved, in the order of their
revisions; what was answered once is answered so for ever and is kept; what is kept aside changes nothing; what is found in the
draft is what is found in the file that is written of it.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar
from uuid import UUID, uuid5

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jixiao.domain.editing import Add, Edit, Move, Put, Remove, edited
from jixiao.domain.identity import Anchor, anchor
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.web.accounts.roles import Role
from jixiao.web.editor.exports import as_written
from jixiao.web.editor.models import Draft, Operation, Outcome
from jixiao.web.editor.selectors import review_alone, written
from jixiao.web.goals.documents import as_document, as_plan, known_again, one_sheet
from jixiao.web.goals.models import WRITABLE, Sheet, SheetState, SheetVersion
from web.editor.sheets import put, send, sheet_of
from web.make import YEAR, Office

_SPACE = UUID("6f0d5bbe-0c4e-4d5f-9a35-0a3c7b1b0001")
_IDS = [f"i_{letter * 10}" for letter in "bcd"]
_CELLS = ("/name", "/target", "/weight", "/class", "/basis", "/target/sign", "/target/value", "/nothing")
_WORDS = (
    "",
    "≥12个",
    "效果良好",
    "约五成",
    "10",
    "产出指标",
    "一行\n两行",
    "≥",
    " 前后有空 ",
    "\u200b",
    "\u200b",
    "=1+1",
    "𠮷" * 3,
)
pages = st.sampled_from((0, 1))
things = st.integers(0, 7)
cells = st.sampled_from(_CELLS)
words = st.sampled_from(_WORDS) | st.text(max_size=12).filter(lambda text: "\x00" not in text and text.isprintable())


class Machine(RuleBasedStateMachine):
    """Two pages at one sheet; each remembers what it sent and what was said of it."""

    sheet: ClassVar[Sheet]
    clients: ClassVar[tuple[Client, Client]]
    first: ClassVar[Plan]
    county: ClassVar[Office]

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.sent: list[dict[str, Any]] = []
        self.answered: dict[str, str] = {}
        self.seen = 0

    def teardown(self) -> None:
        try:
            self._found_is_found_in_the_file()
        finally:
            transaction.savepoint_rollback(self.point)

    def _plan(self) -> Plan:
        draft = Draft.objects.unrestricted("test").filter(sheet=self.sheet).first()
        return as_plan(draft.document) if draft is not None else self.first

    def _thing(self, n: int) -> str:
        known = [row.id for row in self._plan().goal_sheets[0].indicators]
        some = [*known[:4], *_IDS, "i_zzzzzzzzzz"]
        return some[n % len(some)]

    def _key(self) -> str:
        return str(uuid5(_SPACE, str(len(self.sent))))

    def _send(self, page: int, *operations: dict[str, Any], seen: int | None = None) -> None:
        self.sent += [one for one in operations if one not in self.sent]
        before = self._plan()
        state = Sheet.objects.unrestricted("test").get(pk=self.sheet.pk).state
        answer = send(
            self.clients[page],
            self.sheet,
            *operations,
            page=f"page-{page}-of-two",
            seen=self.seen if seen is None else seen,
        )
        assert answer.status_code == 200, answer.content
        told = json.loads(answer.content)
        assert [one["key"] for one in told["answers"]] == [one["id"] for one in operations]
        for one in told["answers"]:
            assert self.answered.setdefault(one["key"], one["outcome"]) == one["outcome"], (
                "a repeat is answered as then"
            )
        if state not in WRITABLE:
            assert as_document(self._plan()) == as_document(before)
        self.seen = told["revision"]

    @rule(page=pages, thing=things, cell=cells, text=words, was=words)
    def writes(self, page: int, thing: int, cell: str, text: str, was: str) -> None:
        self._send(page, put(self._thing(thing), cell, text, was, self._key()))

    @rule(page=pages, thing=things, cell=cells, text=words)
    def writes_over_what_stands_there(self, page: int, thing: int, cell: str, text: str) -> None:
        from jixiao.domain.cells import text_at

        here = self._thing(thing)
        now = text_at(self._plan(), Anchor(here, cell)) or ""
        self._send(page, put(here, cell, text, now, self._key()))

    @rule(page=pages, n=st.integers(0, 2), after=things, text=words)
    def adds(self, page: int, n: int, after: int, text: str) -> None:
        holder = self.first.goal_sheets[0].id
        self._send(
            page,
            {"id": self._key(), "kind": "add", "thing": _IDS[n], "holder": holder, "list": "/indicators", "after": self._thing(after), "cells": {"/name": text, "/target": text}},
        )  # fmt: skip

    @rule(page=pages, thing=things, stale=st.booleans())
    def removes(self, page: int, thing: int, stale: bool) -> None:
        one = {"id": self._key(), "kind": "remove", "thing": self._thing(thing)}
        self._send(page, one, seen=0 if stale else None)

    @rule(page=pages, thing=things, after=things)
    def moves(self, page: int, thing: int, after: int) -> None:
        self._send(page, {"id": self._key(), "kind": "move", "thing": self._thing(thing), "after": self._thing(after)})

    @rule(page=pages, data=st.data())
    def sends_again(self, page: int, data: st.DataObject) -> None:
        """Anything of before, in any order, from either page."""
        if self.sent:
            some = data.draw(st.lists(st.sampled_from(self.sent), max_size=4, unique_by=lambda one: one["id"]))
            self._send(page, *some, seen=0)

    @rule(state=st.sampled_from((SheetState.DRAFTED, SheetState.SUBMITTED, SheetState.SENT_BACK, SheetState.APPROVED)))
    def changes_its_state(self, state: SheetState) -> None:
        Sheet.objects.unrestricted("test").filter(pk=self.sheet.pk).update(state=state)

    @rule(page=pages)
    def names_a_version(self, page: int) -> None:
        before = self._plan()
        answer = self.clients[page].post(f"/{YEAR}/sheets/{self.sheet.pk}/edit/name")
        assert answer.status_code < 500
        if answer.status_code == 302:
            version = SheetVersion.objects.unrestricted("test").filter(sheet=self.sheet).order_by("-number").first()
            assert version is not None
            assert {**version.document, "source": 0, "provenance": 0} == {
                **as_document(before),
                "source": 0,
                "provenance": 0,
            }

    @invariant()
    def the_draft_is_the_fold_of_what_was_saved(self) -> None:
        rows = Operation.objects.unrestricted("test").filter(sheet=self.sheet)
        done = list(rows.filter(outcome=Outcome.SAVED).order_by("revision"))
        assert [one.revision for one in done] == list(range(1, len(done) + 1))
        plan = self.first
        for one in done:
            plan = edited(plan, _edit(one))
        assert as_document(self._plan()) == as_document(plan)

    @invariant()
    def what_was_answered_is_kept(self) -> None:
        rows = Operation.objects.unrestricted("test").filter(sheet=self.sheet)
        assert {str(key): outcome for key, outcome in rows.values_list("key", "outcome")} == self.answered

    def _found_is_found_in_the_file(self) -> None:
        actor = self.county.actor(Role.CLERK)
        now = written(actor, YEAR, self.sheet.pk)
        taken = as_written(actor, now, "docx")
        with taken.content as stream:
            read = known_again(one_sheet(read_bytes(stream.read(), "x.docx"), 0), now.plan)
        here, there = (
            sorted((one.rule, *_place(plan, one.pointer)) for one in review_alone(actor, self.sheet, plan).findings)
            for plan in (now.plan, read)
        )
        assert here == there


def _place(plan: Plan, pointer: str) -> tuple[str, str]:
    """By the id of the row: a row in which nothing was written is not printed, those after it stand one higher in the file."""
    at = anchor(plan, pointer)
    return at.id, at.below


def _edit(one: Operation) -> Edit:
    match one.kind:
        case "put":
            return Put(Anchor(one.thing, one.cell), one.after)
        case "add":
            told = one.details
            return Add(Anchor(told["holder"], told["list"]), one.thing, told["after"], told["cells"])
        case "remove":
            return Remove(one.thing)
    return Move(one.thing, one.details["after"])


@pytest.mark.fuzz
def test_whatever_two_pages_send_the_draft_is_what_was_acknowledged(county: Office) -> None:
    sheet = sheet_of(county)
    version = SheetVersion.objects.unrestricted("test").get(sheet=sheet)
    clients = (Client(), Client())
    for client, role in zip(clients, (Role.CLERK, Role.UNIT_HEAD), strict=True):
        client.force_login(county.people[role])
    own = type(
        "Own", (Machine,), {"sheet": sheet, "first": as_plan(version.document), "clients": clients, "county": county}
    )
    run_state_machine_as_test(
        own,
        settings=settings(
            max_examples=5, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
