"""Databases as earlier releases left them behind come up to this program with all that is in them."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sqlite3.gz"))
_LOOK = """
import json, sys
from pathlib import Path
from jixiao.web.operation.folder import set_up
set_up(Path(sys.argv[1]))
from django.db import connection
from jixiao.web.accounts.models import User
from jixiao.web.audit import guards
from jixiao.web.audit.export import export_lines
from jixiao.web.jobs.queue import run_pending
from jixiao.web.operation import backups, upgrade
from jixiao.web.operation.checking import broken
from jixiao.web.projects.models import Project
upgrade.bring_up_to_date(print, lambda: backups.make(backups.place()).path)
def shape():
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            found[table] = sorted((c.name, c.null_ok) for c in connection.introspection.get_table_description(cursor, table))
        return found
print(json.dumps({
    "shape": shape(),
    "pending": upgrade.pending(),
    "people": User.objects.unrestricted("test").count(),
    "projects": Project.objects.unrestricted("test").count(),
    "jobs run": run_pending(),
    "broken": broken(export_lines()),
    "guards gone": guards.missing(connection),
}, default=str))
"""


def look(folder: Path) -> dict[str, object]:
    env = {**os.environ, "DATABASE_URL": "", "JIXIAO_SECRET_KEY": "only for tests"}
    env["DJANGO_SETTINGS_MODULE"] = "jixiao.web.settings"
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, str(folder)], env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.process
@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name.removesuffix(".sqlite3.gz"))
def test_a_database_of_an_earlier_release_comes_along(release: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "jixiao.sqlite3").write_bytes(gzip.decompress(release.read_bytes()))
    found = look(old)
    (tmp_path / "new").mkdir()
    fresh = look(tmp_path / "new")
    assert found["shape"] == fresh["shape"], (
        "the tables are not those of a new database. Of a release that is not out yet, write the file anew: "
        "python -m tools.release_fixture VERSION"
    )
    assert found["pending"] == found["broken"] == found["guards gone"] == []
    assert (found["people"], found["projects"]) == (16, 3)
    assert found["jobs run"] == 1


def test_there_is_one() -> None:
    assert RELEASES
