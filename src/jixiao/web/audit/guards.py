"""The database itself refuses to change the log 「防改触发器」: a second guard, against mistakes and against who has only SQL.

Entries and roots are never updated, deleted or truncated; the head of a chain only moves on, to an entry that is there. An
administrator of the database can take triggers away: that is what published roots are for (docs/audit.md). Apps above guard
tables of their own in the same way (``guarded``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython


@dataclass(frozen=True)
class Guards:
    """Triggers by name, in the SQL of either database; ``functions`` is what those of PostgreSQL call."""

    sqlite: Mapping[str, str]
    postgresql: Mapping[str, str]
    functions: str

    def of(self, vendor: str) -> Mapping[str, str]:
        return self.postgresql if vendor == "postgresql" else self.sqlite


_EVERY: list[Guards] = []


def guarded(guards: Guards) -> Guards:
    """Have triggers looked after with those of the log: missed by the doctor, lifted and set again by ``lifted``."""
    if guards not in _EVERY:
        _EVERY.append(guards)
    return guards


_KEPT = ("audit_auditentry", "audit_dailyroot")
_HEAD = "audit_chainhead"
_WORDS = "审计日志只能添加，不能修改或删除"

_SQLITE = {
    **{
        f"{table}_no_{verb}": f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
        for table in _KEPT
        for verb in ("update", "delete")
    },
    f"{_HEAD}_no_delete": f"CREATE TRIGGER {_HEAD}_no_delete BEFORE DELETE ON {_HEAD} "
    f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
    f"{_HEAD}_forward": f"CREATE TRIGGER {_HEAD}_forward BEFORE UPDATE ON {_HEAD} "  # noqa: S608 - of constants
    "WHEN NEW.chain <> OLD.chain OR NEW.number <= OLD.number OR NOT EXISTS (SELECT 1 FROM audit_auditentry e "
    "WHERE e.chain = NEW.chain AND e.number = NEW.number AND e.digest = NEW.digest) "
    f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
}
_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION jixiao_audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE OR REPLACE FUNCTION jixiao_audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.chain <> OLD.chain OR NEW.number <= OLD.number OR NOT EXISTS (SELECT 1 FROM audit_auditentry e
    WHERE e.chain = NEW.chain AND e.number = NEW.number AND e.digest = NEW.digest) THEN
    RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""  # noqa: S608 - of constants
_POSTGRES = {
    **{
        f"{table}_kept": f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION jixiao_audit_kept()"
        for table in _KEPT
    },
    **{
        f"{table}_no_truncate": f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION jixiao_audit_kept()"
        for table in (*_KEPT, _HEAD)
    },
    f"{_HEAD}_no_delete": f"CREATE TRIGGER {_HEAD}_no_delete BEFORE DELETE ON {_HEAD} "
    "FOR EACH ROW EXECUTE FUNCTION jixiao_audit_kept()",
    f"{_HEAD}_forward": f"CREATE TRIGGER {_HEAD}_forward BEFORE UPDATE ON {_HEAD} "
    "FOR EACH ROW EXECUTE FUNCTION jixiao_audit_forward()",
}


LOG = guarded(Guards(_SQLITE, _POSTGRES, _FUNCTIONS))
"""Those of the log itself"""


def install(connection: BaseDatabaseWrapper, guards: Guards) -> None:
    """Set all triggers that are not there."""
    lacking = missing(connection, guards)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(guards.functions)
        for name in lacking:
            cursor.execute(guards.of(connection.vendor)[name])


def missing(connection: BaseDatabaseWrapper, guards: Guards | None = None) -> list[str]:
    """The names of triggers that somebody took away: of all, or of some."""
    ask = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(ask)
        there = {row[0] for row in cursor.fetchall()}
    asked = _EVERY if guards is None else [guards]
    return [name for one in asked for name in one.of(connection.vendor) if name not in there]


def remove(connection: BaseDatabaseWrapper, guards: Guards) -> None:
    """Take triggers away: for undoing the migration, and for tests that empty the database."""
    with connection.cursor() as cursor:
        for name, made in guards.of(connection.vendor).items():
            table = made.split(" ON ")[1].split(" ")[0]
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside, the tables can be emptied; afterwards the triggers stand again."""
    for guards in _EVERY:
        remove(connection, guards)
    try:
        yield
    finally:
        for guards in _EVERY:
            install(connection, guards)


def in_migration(guards: Guards) -> RunPython:
    """The step of a migration that sets triggers, and takes them away again."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        del apps
        install(schema_editor.connection, guards)

    def backwards(apps: Any, schema_editor: Any) -> None:
        del apps
        remove(schema_editor.connection, guards)

    return RunPython(forwards, backwards)
