"""The log: its daily roots, checking it, the history of an object."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.db import connection
from pydantic import Field

from jixiao.web.api.router import Operation
from jixiao.web.api.types import Answer, Cursor, Key
from jixiao.web.audit import guards, selectors
from jixiao.web.audit.history import Change, history_of, kind_label, object_of
from jixiao.web.audit.models import DailyRoot
from jixiao.web.kernel.keyset import page_of
from jixiao.web.kernel.people import Actor

Kind = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z]+$", max_length=60)]


class RootOut(Answer):
    """The root of a day, to be published outside."""

    day: date
    digest: str
    previous: str
    made_at: datetime


class Roots(Answer):
    rows: list[RootOut]
    after: Annotated[str, Field(description="下一页的 after；空为最后一页")]
    total: int


def roots(actor: Actor, after: Cursor | None = None, size: Annotated[int, Field(ge=1, le=200)] = 50) -> Any:
    """每日根，最近的在前。"""
    del actor  # whoever verifies the log sees them all
    found = page_of(DailyRoot.objects.all(), ["-day"], after or "", size=size)
    rows = [{name: getattr(one, name) for name in RootOut.model_fields} for one in found.rows]
    return {"rows": rows, "after": found.after, "total": found.total}


class Checked(Answer):
    """What checking the whole log found."""

    is_whole: bool
    entries: int
    chains: int
    defects: list[str]
    notes: list[str]
    missing: list[str]
    """Guards of the database that are gone"""


def check(actor: Actor) -> Any:
    """核对数据库里的全部日志，和网页上的“核对日志”一样；核对本身也有记录。"""
    found = selectors.check()
    selectors.note_check(actor, entries=found.entries, defects=len(found.defects))
    return {
        "is_whole": found.is_whole,
        "entries": found.entries,
        "chains": len(found.chains),
        "defects": [str(one) for one in found.defects],
        "notes": found.notes,
        "missing": list(guards.missing(connection)),
    }


class ChangeOut(Answer):
    label: str
    before: str
    after: str


class StepOut(Answer):
    """What somebody did; the same again within half an hour is one."""

    title: str
    who: str
    began: datetime
    ended: datetime
    about: str
    note: str
    times: int
    changes: list[ChangeOut]


class History(Answer):
    label: str
    kind: str
    steps: list[StepOut]


def history(actor: Actor, kind: Kind, key: Key) -> Any:
    """一个对象的办理历史，最近的在前。kind 写法同日志里的对象类别，如 projects.project、goals.sheet。"""
    thing = object_of(actor, kind, str(key))
    return {
        "label": thing.label,
        "kind": kind_label(kind),
        "steps": [
            {
                "title": one.title,
                "who": one.who,
                "began": one.began,
                "ended": one.ended,
                "about": one.about,
                "note": one.note,
                "times": len(one.entries) or 1,
                "changes": [_change(each) for each in one.changes],
            }
            for one in history_of(thing)
        ],
    }


def _change(one: Change) -> dict[str, str]:
    return {"label": one.label, "before": one.before, "after": one.after}


_TAG = "审计日志"
OPERATIONS = (
    Operation("GET", "/log-roots", roots, "log.verify", "log_roots", "每日根", _TAG, Roots),
    Operation("POST", "/log-check", check, "log.verify", "check_log", "核对日志", _TAG, Checked),
    Operation("GET", "/history/{kind}/{key}", history, "history.view", "history", "办理历史", _TAG, History),
)
