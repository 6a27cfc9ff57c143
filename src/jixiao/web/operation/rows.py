"""Rows of any table as lines, and back: the format of backups, the same on every database 「备份格式 jixiao/backup/1」.

A line is canonical JSON of the values in the order of the table's columns; moments are UTC to the microsecond, decimals and dates
text, bytes base64. The digest of a table does not depend on the order of its rows: SHA-256 of each line, added up modulo 2²⁵⁶.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.models import JSONField, Value

from jixiao.services.chain import canonical

_AT_ONCE = 500
_MODULUS = 1 << 256
ORDER = {"audit_auditentry": ("chain", "number")}
"""Tables whose rows come in another order than that of their key: entries chain by chain, as they are checked"""

AnyModel = type[models.Model]


@dataclass
class Sum:
    """How many rows, and their digest."""

    rows: int = 0
    total: int = field(default=0, repr=False)

    def add(self, line: bytes) -> None:
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest())) % _MODULUS

    @property
    def digest(self) -> str:
        return f"{self.total:064x}"


def tables(apps: Apps) -> list[AnyModel]:
    """All models with a table of their own, in the order of their tables' names."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def columns(model: AnyModel) -> list[str]:
    """The names of its columns, in order."""
    return [str(one.column) for one in model._meta.concrete_fields]


def lines(model: AnyModel, alias: str, order_of_columns: Sequence[str] | None = None) -> Iterator[bytes]:
    """All rows of a table as lines, without line ends; columns in their own order or in the one given."""
    named = {one.column: one.attname for one in model._meta.concrete_fields}
    names = [named[column] for column in order_of_columns or named]
    order = ORDER.get(model._meta.db_table, ("pk",))
    rows = model._base_manager.using(alias).order_by(*order).values_list(*names)
    for row in rows.iterator(chunk_size=2000):
        yield canonical([_plain(value) for value in row])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview | bytearray):
        return base64.b64encode(bytes(value)).decode()
    return value


def values(model: AnyModel, names: Sequence[str], line: bytes) -> dict[str, Any]:
    """A line as values by name of attribute. ``names`` are the columns it was written in. Raises ValueError where it does not fit."""
    row = json.loads(line)
    if not isinstance(row, list) or len(row) != len(names):
        raise ValueError(f"{model._meta.db_table}: {len(names)} columns, but the line is {line[:80]!r}")
    fields = {one.column: one for one in model._meta.concrete_fields}
    found: dict[str, Any] = {}
    for name, value in zip(names, row, strict=True):
        one = fields[name]
        if isinstance(one, JSONField):
            found[one.attname] = Value(None, JSONField()) if value is None and not one.null else value
        else:
            found[one.attname] = one.to_python(value)
    return found


def sum_of(model: AnyModel, alias: str, order_of_columns: Sequence[str] | None = None) -> Sum:
    """Count and digest of a table as it is."""
    found = Sum()
    for line in lines(model, alias, order_of_columns):
        found.add(line)
    return found


def load(model: AnyModel, names: Sequence[str], given: Iterable[bytes], alias: str) -> Sum:
    """Put lines into an empty table; gives count and digest of what was put in."""
    for one in model._meta.concrete_fields:
        for automatic in ("auto_now", "auto_now_add"):
            if getattr(one, automatic, False):
                setattr(one, automatic, False)  # moments are those of the backup
    found = Sum()
    some: list[models.Model] = []
    manager = model._base_manager.using(alias)
    for line in given:
        found.add(line)
        some.append(model(**values(model, names, line)))
        if len(some) >= _AT_ONCE:
            manager.bulk_create(some)
            some = []
    if some:
        manager.bulk_create(some)
    return found


def reset_keys(found: Sequence[AnyModel], alias: str) -> None:
    """The next key that the database gives follows those that were put in."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found)):
            cursor.execute(statement)


@contextmanager
def connected(alias: str, settings: dict[str, Any]) -> Iterator[None]:
    """Another database under a name of its own, while this lasts."""
    connections.settings[alias] = connections.configure_settings({"default": dict(settings)})["default"]
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


@contextmanager
def together(alias: str) -> Iterator[None]:
    """All in one transaction, foreign keys checked at its end."""
    with transaction.atomic(using=alias):
        yield
