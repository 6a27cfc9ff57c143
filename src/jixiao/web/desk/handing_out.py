"""All letters of a year, the workbook over all its files; findings that a person does not take are left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from jixiao.readers import UnreadableFileError
from jixiao.services.files import Document, stems
from jixiao.services.reviewing import batch_of
from jixiao.web.desk.selectors import MOST_IN_QUEUE, Opened
from jixiao.web.files.store import path_of
from jixiao.web.goals import exports
from jixiao.web.intake.models import IncomingFile, IncomingSheet
from jixiao.web.jobs import results
from jixiao.web.jobs.models import Job
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor
from jixiao.writers.registry import writer_named
from jixiao.writers.reviewed import Batch, Reviewed

State = IncomingFile.State
Progress = Callable[[int, int, str], object]
_READ = (State.TO_CHECK, State.ACCEPTED)
_UNREAD = (State.UNREADABLE, State.REFUSED)
_WORDS: Mapping[str, tuple[str, str]] = {"letters": ("审核意见", "zip"), "workbook": ("审核总表", "xlsx")}


@dataclass(frozen=True)
class HandedOut:
    """A file that was made of what came in: its content, its name, what it is (``zip``), what people call it, of which files."""

    content: bytes
    name: str
    kind: str
    words: str
    files: tuple[int, ...]


def is_large(actor: Actor, year: int) -> bool:
    """Whether nobody is to wait for all files of a year to be reviewed: by their sheets, as with exports."""
    sheets = IncomingSheet.objects.restrict(actor, "intake.view").filter(file__in=_files(actor, year))
    return sheets.count() > exports.AT_ONCE


def ask_for_all(actor: Actor, year: int, what: str) -> Job:
    """As ``make``, in the background: the job of which the result is to come (``jobs.results``)."""
    title = _named(year, f"收到的文件的{_WORDS[what][0]}")
    return results.ask(actor, "desk.all", title=title, year=year, what=what)


def make(actor: Actor, year: int, what: str, progress: Progress = lambda *_: None) -> HandedOut:
    """``letters`` (an archive) or ``workbook`` of all files of a year that were read; ``progress`` is told files done, all, whose turn
    it is. Raises Refused where there are none."""
    words, kind = _WORDS[what]
    files = _files(actor, year)
    if not files:
        raise Refused(f"{_named(year, '')}还没有读出文件，没有{words}可下载", status=404)
    documents = [Document(path_of(one.stored.sha256), one.name) for one in files if one.stored is not None]
    reviewed = []
    for done, (one, stem) in enumerate(zip(files, stems(documents), strict=True)):
        progress(done, len(files) + 1, one.name)
        opened = Opened(actor, one.pk)
        reviewed.append(Reviewed(opened.as_known, opened.taken, stem))
    progress(len(files), len(files) + 1, "写成文件")
    content = _letters(reviewed) if what == "letters" else _workbook(actor, year, documents, reviewed)
    return HandedOut(content, _named(year, f"{words}.{kind}"), kind, words, tuple(one.pk for one in files))


def _files(actor: Actor, year: int) -> list[IncomingFile]:
    rows = IncomingFile.objects.restrict(actor, "intake.view").filter(_of(year), state__in=_READ)
    ordered = rows.select_related("stored").defer("document").order_by("batch_id", "position", "pk")
    return list(ordered[:MOST_IN_QUEUE])


def _of(year: int) -> Q:
    """What is of a year: by what a file says of itself, else by where it was put; at the desk of one person all there is."""
    if settings.DESK:
        return Q(batch__year=year)
    return Q(year=year) | Q(year=None, batch__year=year)


def _letters(reviewed: Sequence[Reviewed]) -> bytes:
    writer = writer_named("opinion")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in reviewed:
            archive.writestr(writer.file_name(one.stem), writer.write(one))
    return held.getvalue()


def _workbook(actor: Actor, year: int, documents: list[Document], reviewed: Sequence[Reviewed]) -> bytes:
    found: dict[int, Reviewed | UnreadableFileError] = dict(enumerate(reviewed))
    unread = IncomingFile.objects.restrict(actor, "intake.view").filter(_of(year), state__in=_UNREAD)
    for row in unread.order_by("batch_id", "position", "pk"):
        found[len(documents)] = UnreadableFileError(row.met, row.remedy)
        documents.append(Document(Path(row.name), row.name))
    batch: Batch = batch_of(documents, found, _named(year, "部门预算绩效文本"), clock.today())
    return writer_named("summary").write(batch)


def _named(year: int, what: str) -> str:
    """With its year, where files are kept by year: at the desk of one person they are not."""
    return what if settings.DESK else f"{year}年度{what}"
