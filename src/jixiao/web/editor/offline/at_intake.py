"""Workbooks filled in without network that somebody dropped among other files: each becomes the proposals of its sheets."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path

from jixiao.readers import UnreadableFileError
from jixiao.readers.entries import read_entries
from jixiao.services.isolation import run_isolated
from jixiao.web.editor.models import Proposal
from jixiao.web.editor.offline import coming
from jixiao.web.editor.offline.manifest import SCHEMA, NotOursError, from_text
from jixiao.web.goals.filled import Recognised, recognises
from jixiao.web.goals.models import WRITABLE, SheetState
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor

FILLED = "离线填报表"
"""What is told of such a file begins with this"""
_TABS = "xl/workbook.xml"
_MOST_TABS = 1_000_000
_ON_THE_PAGE = "请填这张表的人，在表的“填表”页传回来"


@recognises
def take_filled(actor: Actor, path: Path, name: str) -> Recognised | None:
    """Take a workbook that went out from here; None for any other file."""
    if not _may_be_ours(path):
        return None
    data = path.read_bytes()
    ((_, book),) = run_isolated(read_entries, [data], coming.LIMITS, 1)
    if isinstance(book, UnreadableFileError) or SCHEMA not in book.carries:
        return None  # whoever reads documents says what is wrong with it
    try:
        years = sorted({one.year for one in from_text(book.carries).sheets})
    except NotOursError:
        return Recognised(f"{FILLED}，里面的编号坏了", "请用导出的那个文件重新填")
    made: list[Proposal] = []
    refused: list[str] = []
    digest = sha256(data).hexdigest()
    for year in years:
        try:
            made += coming.kept(actor, year, name, digest, book, None)
        except NotThere:
            refused.append("里面没有归您填的表")
        except Refused as error:
            refused.append(error.message)
    if not made:
        return Recognised(f"{FILLED}，没有收：{'；'.join(dict.fromkeys(refused))}"[:300], _ON_THE_PAGE)
    return Recognised(_told(made)[:300], _next(made)[:300])


def _may_be_ours(path: Path) -> bool:
    """A cheap look: whether it is a workbook that carries something for a program."""
    if path.stat().st_size > coming.MOST_BYTES:
        return False
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_TABS) as tabs:
            return b"_jixiao" in tabs.read(_MOST_TABS)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        return False


def _told(made: list[Proposal]) -> str:
    titles = "、".join(f"“{one.sheet.title}”" for one in made[:3])
    return f"{FILLED}：成为{titles}{f'等{len(made)}张' if len(made) > 3 else ''}的填报，还没有写进表里"


def _next(made: list[Proposal]) -> str:
    frozen = [one for one in made if one.sheet.state not in WRITABLE]
    if not frozen:
        return "请逐格看过再采用"
    first = frozen[0].sheet
    return f"“{first.title}”{SheetState(first.state).label}，现在不能改，先放着，退回以后再采用"
