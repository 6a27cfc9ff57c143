"""Originals of files that came in, for the page: what to show is kept in memory, pictures of pages on disk, both by digest."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from jixiao.readers import UnreadableFileError
from jixiao.services.originals import Original, original_of, page_picture
from jixiao.web.files.store import path_of
from jixiao.web.intake.models import IncomingFile
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor

WIDTH = 1600
"""Pixels of a page's picture: read well at the width of the desk, and when it is zoomed"""
_KEPT = 32


def shown_of(file: IncomingFile) -> tuple[Original | None, str]:
    """What to show of a file's original, else why nothing can be shown."""
    if file.stored is None:
        return None, "原件没有保存"
    try:
        return _shown(file.stored.sha256, file.name), ""
    except UnreadableFileError as error:
        return None, f"原件显示不了：{error.met}。{error.remedy}"
    except OSError:
        return None, "原件不在了。请系统管理员运行 jixiao files verify 核对"


@lru_cache(maxsize=_KEPT)
def _shown(sha256: str, name: str) -> Original:
    return original_of(path_of(sha256), name)


def page_of_file(actor: Actor, file: int, page: int) -> bytes:
    """A page of a file that somebody may see, as PNG. Raises NotThere."""
    row = IncomingFile.objects.restrict(actor, "intake.view").select_related("stored").filter(pk=file).first()
    if row is None or row.stored is None:
        raise NotThere
    try:
        return picture_of(row, page)
    except (UnreadableFileError, OSError) as error:
        raise NotThere("这一页显示不了") from error


def picture_of(file: IncomingFile, page: int) -> bytes:
    """A page as PNG. Raises UnreadableFileError, OSError where the original is gone."""
    assert file.stored is not None
    kept = Path(settings.DATA) / "cache" / "pages" / f"{file.stored.sha256}-{page}-{WIDTH}.png"
    try:
        return kept.read_bytes()
    except OSError:
        picture = page_picture(path_of(file.stored.sha256), file.name, page, WIDTH)
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_name(f".{uuid4().hex}")
    unfinished.write_bytes(picture)
    Path(unfinished).replace(kept)  # whole or not at all
    return picture
