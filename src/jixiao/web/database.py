"""Which database: SQLite in the data folder, or PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

CONNECT_WITHIN = 5
"""Seconds in which a PostgreSQL has to answer: who waits for a page is told rather than left waiting"""


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings of the database at ``url``, or of the file in ``folder`` where it is empty.

    SQLite: write-ahead log, transactions that take the right to write at once (no deadlock of two readers who both want to
    write), thirty seconds of patience. Raises ValueError for an address of another kind.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "jixiao.sqlite3",
            "ATOMIC_REQUESTS": False,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("DATABASE_URL 要写成 postgres://用户:密码@主机:端口/库名")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": CONNECT_WITHIN},
    }
