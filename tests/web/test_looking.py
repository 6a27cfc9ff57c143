"""Files are looked at by a process that stays; what lies in the folder meanwhile goes even when the server is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from processes import eventually

from jixiao.services.files import Document
from jixiao.web.intake.reading import Unread, inspected, passing

_PROGRAM = """
import sys
from jixiao.services.files import Document
from jixiao.web.intake.reading import get_ready, passing
get_ready(looks=True)
with passing() as place:
    (place.folder / "upload.txt").write_text("x")
    print(place.folder, flush=True)
    sys.stdin.read()
"""


def documents(folder: Path, *texts: str) -> list[Document]:
    found = []
    for n, text in enumerate(texts):
        path = folder / f"{n}.txt"
        path.write_text(text, encoding="utf-8")
        found.append(Document(path, path.name))
    return found


@pytest.mark.parametrize("count", [1, 2, 5])
def test_marks_are_found_however_many_come_at_once(count: int) -> None:
    texts = [f"第{n}份\n" if n else "机密★10年\n\n会议材料" for n in range(count)]
    with passing() as place:
        seen = inspected(documents(place.folder, *texts))
        kept = place.folder
    assert [not isinstance(one, Unread) and one.mark is not None for one in seen] == [True, *[False] * (count - 1)]
    assert not kept.exists()


@pytest.mark.process
def test_killed_while_it_looks_nothing_stays() -> None:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "web_settings"}
    command = [sys.executable, "-c", _PROGRAM]
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert (folder / "upload.txt").is_file()
        process.kill()
    assert eventually(lambda: not folder.parent.exists())
