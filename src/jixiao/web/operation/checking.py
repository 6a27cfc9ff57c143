"""Is a backup whole: counts, digests, the chains of the audit log, the originals."""

from __future__ import annotations

import gzip
import json
import tempfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from jixiao.services.audit_files import lines_of, verify
from jixiao.web.audit.chain import as_record
from jixiao.web.audit.models import AuditEntry, ChainHead, DailyRoot
from jixiao.web.audit.roots import as_root
from jixiao.web.files.store import digest_at
from jixiao.web.operation.rows import AnyModel, Sum, values

Progress = Callable[[int, int, str], None]
_UNREADABLE = (OSError, EOFError, zlib.error)
"""What a torn or changed file of rows raises; gzip's own error is an OSError"""
_ILL_FORMED = (ValueError, TypeError, KeyError, ValidationError)
_LOG = frozenset(model._meta.db_table for model in (ChainHead, DailyRoot, AuditEntry))
_STORE = "files_storedfile"
NEEDED = _LOG | {_STORE}
"""Tables that every backup has"""
_MOST = 20
"""problems that are named one by one"""


def lines_in(path: Path, table: str) -> Iterator[bytes]:
    """The lines of a table in a backup."""
    with gzip.open(path / f"{table}.jsonl.gz", "rb") as given:
        for line in given:
            yield line.rstrip(b"\n")


def problems(path: Path, pool: Path, progress: Progress = lambda *_: None, *, deep: bool = False) -> list[str]:
    """What is wrong with a backup, in words; with ``deep`` every original is read."""
    manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    met: list[str] = []
    bad: set[str] = set()
    every = manifest["tables"]
    for count, (table, said) in enumerate(every.items()):
        progress(count, len(every), f"核对 {table}")
        try:
            found = Sum()
            for line in lines_in(path, table):
                found.add(line)
        except _UNREADABLE as error:
            met.append(f"{table} 读不出，文件坏了：{path / table}.jsonl.gz（{error}）")
            bad.add(table)
            continue
        if (found.rows, found.digest) != (said["rows"], said["digest"]):
            met.append(f"{table} 应有{said['rows']}行，读出{found.rows}行，内容对不上：{path / table}.jsonl.gz")
            bad.add(table)
    if not bad & _LOG:
        met += _read(_LOG, path, lambda: broken_chains(path, every))
    if _STORE not in bad:
        met += _read({_STORE}, path, lambda: _files(path, pool, every[_STORE]["columns"], deep=deep))
    return met


def _read(tables: Collection[str], path: Path, ask: Callable[[], list[str]]) -> list[str]:
    """What ``ask`` finds, or that the rows it reads are no rows."""
    try:
        return ask()
    except _ILL_FORMED as error:
        return [f"{'、'.join(sorted(tables))} 里有不成行的内容：{path}（{error}）"]


def broken_chains(path: Path, every: Mapping[str, Any]) -> list[str]:
    """What is wrong with the audit log in a backup of this very version of the program; of another one it is checked after restoring."""
    models: Sequence[AnyModel] = (ChainHead, DailyRoot, AuditEntry)
    tables = [model._meta.db_table for model in models]
    if any(
        set(every[table]["columns"]) != {one.column for one in model._meta.concrete_fields}
        for table, model in zip(tables, models, strict=True)
    ):
        return []
    heads, roots, entries = (_objects(model, path, every) for model in models)
    ends = sorted((head.chain, head.number, head.digest) for head in heads if head.number)
    header = {
        "made_at": "",
        "from": None,
        "until": None,
        "starts": [[one[0], 0, ""] for one in ends],
        "heads": [list(one) for one in ends],
    }
    return broken(lines_of(header, [as_root(one) for one in roots], map(as_record, entries)))


def broken(export: Iterator[bytes]) -> list[str]:
    """What is wrong with the lines of an export of the log."""
    with tempfile.TemporaryDirectory(prefix="jixiao-audit-") as folder:
        file = Path(folder) / "审计日志.jsonl"
        with file.open("wb") as out:
            out.writelines(export)
        found = verify([file])
    return [f"审计日志：{one.words}" for one in found.defects[:_MOST]]


def _objects(model: AnyModel, path: Path, every: Mapping[str, Any]) -> Iterator[Any]:
    table = model._meta.db_table
    for line in lines_in(path, table):
        yield model(**values(model, every[table]["columns"], line))


def _files(path: Path, pool: Path, names: Sequence[str], *, deep: bool) -> list[str]:
    met = []
    for line in lines_in(path, "files_storedfile"):
        row = dict(zip(names, json.loads(line), strict=True))
        copy = pool / row["sha256"][:2] / row["sha256"][2:]
        if not copy.is_file():
            met.append(f"原件 {row['sha256'][:12]} 不在")
        elif copy.stat().st_size != row["size"] or (deep and digest_at(copy) != row["sha256"]):
            met.append(f"原件 {row['sha256'][:12]} 的内容变了")
    return met
