"""What was done with an object 「办理历史」: its entries and those of what belongs to it, folded, in the words of its fields.

Seen by whoever may see the object's history (``history.view``). One who does one thing again and again within
half an hour is shown once, with what it was before and what it became; every entry stays and can be unfolded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone

from jixiao.web.audit.models import AuditEntry
from jixiao.web.kernel.acts import SERVICES, NotThere, kind_of
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.people import Actor
from jixiao.web.site.money import yuan

MOST = 500
_AT_ONCE = timedelta(minutes=30)
_LONGEST = 120
_DIGEST = re.compile("[0-9a-f]{64}")
_EMPTY = "（空）"
_OTHER_TITLES = {"personal.viewed": "查看个人信息"}


@dataclass(frozen=True)
class Change:
    """A field, in words, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """Something somebody did, with the entries it is made of."""

    title: str
    who: str
    began: datetime
    ended: datetime
    about: str
    note: str
    changes: Sequence[Change]
    entries: Sequence[AuditEntry]
    times: int = 1
    """How often it was done"""


def model_of(kind: str) -> type[Restricted] | None:
    """The model an entry is about; None for one there is no more."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, Restricted) else None


def object_of(actor: Actor, kind: str, key: str) -> Restricted:
    """The object whose history is asked for. Raises NotThere."""
    model = model_of(kind)
    if model is None or model is AuditEntry or not key.isdecimal() or len(key) > 18:
        raise NotThere
    found: Restricted | None = model.objects.restrict(actor, "history.view").filter(pk=int(key)).first()
    if found is None:
        raise NotThere
    return found


def has_history(actor: Actor, kind: str, key: int) -> bool:
    """Whether somebody may see the history of an object."""
    model = model_of(kind)
    if model is None or not actor.may("history.view"):
        return False
    return bool(model.objects.restrict(actor, "history.view").filter(pk=key).exists())


def history_of(thing: Restricted) -> list[Step]:
    """The latest first. The right to the object was asked for (``object_of``)."""
    condition = Q(kind=kind_of(type(thing)), object_id=str(thing.pk))
    for relation in thing._meta.related_objects:
        child: Any = relation.related_model
        owns = getattr(relation, "on_delete", None) is models.CASCADE
        if owns and issubclass(child, Restricted):
            own = child.objects.unrestricted("what belongs to an object that was asked for")
            keys = own.filter(**{relation.field.name: thing.pk}).annotate(as_words=Cast("pk", models.CharField()))
            condition |= Q(kind=kind_of(child), object_id__in=keys.values("as_words"))
    rows = AuditEntry.objects.unrestricted("of an object that was asked for").filter(condition)
    return folded(list(rows.order_by("-at", "-id")[:MOST]), kind_of(type(thing)))


def folded(entries: Sequence[AuditEntry], kind: str = "") -> list[Step]:
    """Entries, the latest first, as steps: what one request did is one, named by what it did to the ``kind`` asked for; and one
    person's same doing with the same objects within half an hour is one."""
    groups: list[list[list[AuditEntry]]] = []
    for request in _requests(entries):
        last = groups[-1][-1] if groups else None
        if last is not None and _doing(last) == _doing(request) and last[-1].at - request[0].at <= _AT_ONCE:
            groups[-1].append(request)
        else:
            groups.append([request])
    return [_step(group, kind) for group in groups]


def _requests(entries: Sequence[AuditEntry]) -> list[list[AuditEntry]]:
    """Entries by the request that made them, where it is known."""
    found: list[list[AuditEntry]] = []
    for entry in entries:
        last = found[-1][-1] if found else None
        if (
            last is not None
            and entry.request_id
            and (last.request_id, last.actor_id) == (entry.request_id, entry.actor_id)
        ):
            found[-1].append(entry)
        else:
            found.append([entry])
    return found


def _doing(request: Sequence[AuditEntry]) -> tuple[object, ...]:
    return (request[0].actor_id, {(one.action, one.kind, one.object_id) for one in request})


def _step(group: Sequence[Sequence[AuditEntry]], kind: str) -> Step:
    entries = [entry for request in group for entry in request]  # the latest first
    own = sorted(entries, key=lambda entry: entry.kind != kind)
    last = own[0]
    titles = dict.fromkeys(title_of(entry.action) for entry in own)
    notes = dict.fromkeys(entry.note for entry in own if (entry.kind, entry.object_id) == (last.kind, last.object_id))
    others = dict.fromkeys(entry.note for entry in own if entry.note)
    note = next(iter(notes), "") or next(iter(others), "")
    return Step(
        "、".join(titles),
        last.actor,
        entries[-1].at,
        entries[0].at,
        last.object_label,
        note,
        _changes_of(own),
        entries if len(entries) > 1 else (),
        len(group),
    )


def _changes_of(entries: Sequence[AuditEntry]) -> list[Change]:
    """What became of each object, from the first to the last of its entries; what two objects say alike is said once."""
    held: dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any]]] = {}
    for entry in entries:
        before, after = held.setdefault((entry.kind, entry.object_id), ({}, {}))
        before.update(entry.before)
        for name, value in entry.after.items():
            after.setdefault(name, value)
    found: dict[tuple[str, str], Change] = {}
    for (kind, _), (before, after) in held.items():
        for one in changes(kind, before, after):
            found.setdefault((one.label, one.after), one)
    return list(found.values())


def title_of(action: str) -> str:
    """What people call an act."""
    found = SERVICES.get(action)
    return found.title if found is not None else _OTHER_TITLES.get(action, action)


def kind_label(kind: str) -> str:
    """What people call a model: the first words of its description in Chinese, else its name."""
    try:
        text = apps.get_model(kind).__doc__ or ""
    except (LookupError, ValueError):
        text = ""
    return text.partition("「")[2].partition("」")[0] or kind.rpartition(".")[2]


def changes(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    """Fields that differ, by their labels."""
    fields = _fields(kind)
    for name in {**after, **before}:
        old, new = before.get(name), after.get(name)
        if old == new or (old in (None, "") and new in (None, "")):
            continue
        field = fields.get(name)
        if field is not None and not field.editable:
            continue  # worked out from another field
        label = str(getattr(field, "verbose_name", "") or _FACTS.get(name, name))
        yield Change(label, words(old, field), words(new, field))


_FACTS = {
    "digest": "摘要",
    "previous": "前一天的根",
    "chains": "链数",
    "entries": "条数",
    "defects": "不对的处数",
    "since": "自",
    "until": "至",
    "people": "人数",
    "text": "内容",
    "rows": "行数",
    "files": "文件数",
    "sheets": "张数",
    "address": "来源地址",
    "keys": "编号",
}


@lru_cache(maxsize=256)
def _fields(kind: str) -> Mapping[str, models.Field[Any, Any]]:
    model = model_of(kind)
    return {field.name: field for field in model._meta.concrete_fields} if model is not None else {}


def words(value: Any, field: models.Field[Any, Any] | None = None) -> str:
    """A value of an entry as people read it."""
    if value in (None, ""):
        return _EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict) and set(value) == {"mask", "digest"}:
        return str(value["mask"])
    if isinstance(field, models.DateTimeField):
        moment = datetime.fromisoformat(str(value))
        return f"{timezone.localtime(moment) if moment.tzinfo else moment:%Y-%m-%d %H:%M}"
    if isinstance(field, models.ForeignKey):
        return _named(field, value)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field is not None and field.name.endswith("_fen") and isinstance(value, int):
        return yuan(value)
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return f"{value[:12]}…"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _named(field: models.ForeignKey[Any, Any], value: Any) -> str:
    model: Any = field.related_model
    if not issubclass(model, Restricted):
        return str(value)
    found = model.objects.unrestricted("the name of what an entry points to").filter(pk=value).first()
    return found.label if found is not None else f"编号{value}（已不在）"
