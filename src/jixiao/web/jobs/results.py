"""Files that jobs make for who asked 「做好的文件」: large exports. The page shows how far it is, then offers the file for a day.

The bytes lie in the data folder below ``results`` under a name of no meaning before there is a row; a job that was killed in between runs
again, and what it left goes with the daily cleaning.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.conf import settings

from jixiao.services.chain import canonical
from jixiao.web.jobs.kinds import Running, kinds
from jixiao.web.jobs.models import Job, Result
from jixiao.web.jobs.queue import enqueue
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.kernel.people import Actor

KEPT = timedelta(days=1)
"""Somebody has so long to take a file away"""
_LEFT_BEHIND = 24 * 3600.0
"""Seconds: a file without a row may still get one"""
_CHUNK = 1024 * 1024


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.DATA) / "results"


@dataclass(frozen=True)
class Held:
    """Bytes that lie there without a row yet: the name of the file, their number, their SHA-256."""

    file: str
    size: int
    sha256: str


def ask(actor: Actor, name: str, *, title: str, **arguments: Any) -> Job:
    """Ask for a job that makes a file for ``actor``, which people know as ``title``; the one that waits or runs where the same was asked for already."""
    wanted = {
        "name": name,
        "arguments": arguments,
        "scopes": sorted(actor.scopes) if actor.scopes is not None else None,
    }
    key = f"{actor.id}-{hashlib.sha256(canonical(wanted)).hexdigest()[:20]}"
    same = Job.objects.restrict(actor, "job.own").filter(name=name, key=key)
    found: Job | None = same.filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).first()
    return found or enqueue(name, key=key, actor=actor, title=title, **arguments)


def hold(content: BinaryIO) -> Held:
    """Write content, from its beginning, to the disk. Outside any transaction."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    name = uuid4().hex
    content.seek(0)
    digest = hashlib.sha256()
    try:
        with (folder() / name).open("xb") as taken:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                taken.write(chunk)
            taken.flush()
            os.fsync(taken.fileno())
    except BaseException:
        with suppress(OSError):
            (folder() / name).unlink(missing_ok=True)
        raise
    return Held(name, (folder() / name).stat().st_size, digest.hexdigest())


def offer(running: Running, held: Held, *, name: str, kind: str, right: str) -> None:
    """The row of held bytes, in the transaction that notes what they are: offered to who asked for the job, while they have ``right``."""
    Result.objects.unrestricted("a job's own result").update_or_create(
        job_id=running.id,
        defaults={
            "name": name[-255:],
            "kind": kind,
            "file": held.file,
            "size": held.size,
            "sha256": held.sha256,
            "right": right,
            "until": clock.now() + KEPT,
        },
    )


@dataclass(frozen=True)
class Asked:
    """A job that makes a file, as who asked for it sees it."""

    job: Job
    result: Result | None

    @property
    def name(self) -> str:
        """What it makes: the name of the file, once it is known."""
        return self.result.name if self.result is not None else self.job.title

    @property
    def is_over(self) -> bool:
        return self.job.state not in (Job.State.WAITING, Job.State.RUNNING)

    @property
    def is_there(self) -> bool:
        """Whether the file can be taken away now."""
        return self.is_over and self.result is not None and self.result.until > clock.now()

    @property
    def words(self) -> str:
        """How it stands, for who waits."""
        if self.is_there:
            return "做好了"
        if self.is_over:
            return "已过期" if self.result is not None or self.job.state == Job.State.DONE else "没有做成"
        if self.job.state == Job.State.WAITING:
            return "排队，可以离开"
        return f"{self.job.done}/{self.job.total}，可以离开" if self.job.total else "正在做，可以离开"


def asked_for(actor: Actor, job: int) -> Asked:
    """A job that makes a file, of somebody's own. Raises NotThere."""
    found = Job.objects.restrict(actor, "job.own").filter(pk=job, name__in=makers()).first()
    if found is None:
        raise NotThere
    return Asked(found, Result.objects.restrict(actor, "job.own").filter(job=found).first())


def all_asked_for(actor: Actor, most: int = 30) -> list[Asked]:
    """What somebody asked for of late, the newest first."""
    jobs = list(Job.objects.restrict(actor, "job.own").filter(name__in=makers()).order_by("-pk")[:most])
    rows: Mapping[int, Result] = {
        one.job_id: one for one in Result.objects.restrict(actor, "job.own").filter(job__in=jobs)
    }
    return [Asked(one, rows.get(one.pk)) for one in jobs]


def opened(actor: Actor, asked: Asked) -> BinaryIO:
    """The bytes, for who asked and still has the right. Raises Refused where they are not made yet, or gone."""
    result = asked.result
    if not asked.is_over:
        raise Refused("还在做，请稍等")
    if result is None or not asked.is_there:
        raise Refused("这个文件没有做成，或者已经过期清掉了。请回到原来的页面再导出一次", status=404)
    if not actor.may(result.right):
        raise NotAllowed("您现在没有导出的权限了。需要时请找财政部门的安全管理员")
    try:
        return (folder() / result.file).open("rb")
    except FileNotFoundError:
        raise Refused("这个文件已经清掉了。请回到原来的页面再导出一次", status=404) from None


def makers() -> list[str]:
    """The names of all jobs that make files."""
    return sorted(name for name, kind in kinds().items() if kind.makes_file)


def clear_away() -> int:
    """Take away files that ran out, and those no row names that are older than a day; how many files."""
    gone = 0
    rows = Result.objects.unrestricted("cleaning")
    for file in rows.filter(until__lt=clock.now()).values_list("file", flat=True):
        with suppress(FileNotFoundError):
            (folder() / file).unlink()
            gone += 1
    rows.filter(until__lt=clock.now()).delete()
    if not folder().is_dir():
        return gone
    last = time.time() - _LEFT_BEHIND
    for path in sorted(folder().iterdir()):
        if path.stat().st_mtime < last and not rows.filter(file=path.name).exists():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            gone += 1
    return gone
