"""The database itself keeps approved versions as they are: once its bytes are fixed a row is never updated or deleted."""

from __future__ import annotations

from jixiao.web.audit.guards import Guards, guarded

_TABLE = "goals_sheetversion"
_WORDS = "批复稿已固定，不能修改或删除"

_SQLITE = {
    f"{_TABLE}_fixed_no_{verb}": f"CREATE TRIGGER {_TABLE}_fixed_no_{verb} BEFORE {verb.upper()} ON {_TABLE} "
    f"WHEN OLD.fixed_id IS NOT NULL BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
    for verb in ("update", "delete")
}
_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION jixiao_version_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation'; END $$;
"""
_POSTGRES = {
    f"{_TABLE}_fixed": f"CREATE TRIGGER {_TABLE}_fixed BEFORE UPDATE OR DELETE ON {_TABLE} "
    "FOR EACH ROW WHEN (OLD.fixed_id IS NOT NULL) EXECUTE FUNCTION jixiao_version_fixed()",
    f"{_TABLE}_no_truncate": f"CREATE TRIGGER {_TABLE}_no_truncate BEFORE TRUNCATE ON {_TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION jixiao_version_fixed()",
}
FIXED = guarded(Guards(_SQLITE, _POSTGRES, _FUNCTIONS))
