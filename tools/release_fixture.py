"""``python -m tools.release_fixture VERSION``: a small database as the release leaves it behind, for tests of later ones to migrate.

Run it once for a release, before its first migration that changes anything; the file is committed and never written again.
Until the release is out, whoever changes a migration writes it anew.
"""

from __future__ import annotations

import argparse
import gzip
import os
import sqlite3
import sys
import tempfile
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "web" / "releases"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", help="0.2")
    target = FOLDER / f"{parser.parse_args().version}.sqlite3.gz"
    sys.path.insert(0, str(ROOT / "tests"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ["DATABASE_URL"] = ""
        _fill(folder)
        whole = folder / "whole.sqlite3"
        with sqlite3.connect(folder / "jixiao.sqlite3") as made:
            made.execute("VACUUM INTO ?", [str(whole)])
        made.close()
        FOLDER.mkdir(exist_ok=True)
        target.write_bytes(gzip.compress(whole.read_bytes(), 9, mtime=0))
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")
    return 0


def _fill(folder: Path) -> None:
    """A county with people, entries on several chains, a root, jobs."""
    from jixiao.web.operation.folder import set_up

    set_up(folder, {"JIXIAO_SECRET_KEY": "only for tests"})
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    from web.make import PASSWORD, office

    from jixiao.web.accounts.roles import Role
    from jixiao.web.accounts.services import change_password
    from jixiao.web.audit.roots import make_roots
    from jixiao.web.jobs.queue import enqueue, run_pending
    from jixiao.web.kernel import clock

    with clock.at(datetime(2026, 11, 29, 12)):  # noqa: DTZ001 - local, as the clock takes it
        county = office()
        for role in (Role.CLERK, Role.PERFORMANCE_SECTION, Role.SYSTEM_ADMIN):
            change_password(county.actor(role), old=PASSWORD, new="quite-another-2")
    with clock.at(datetime(2026, 11, 30, 12)):  # noqa: DTZ001
        make_roots()
        enqueue("operation.clean", key="2026-11-30", day="2026-11-30")
        run_pending()
        enqueue("operation.backup", key="2026-12-01", day="2026-12-01")
    connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
