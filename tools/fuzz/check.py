"""What must hold for any file: a plan or a message, soon, within memory, twice the same, and whole in JSON."""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from jixiao.domain.codec import PLAN_SCHEMAS, NotAPlanError, plan_from_dict, plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.json_text import json_text
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.registry import format_of, registry
from jixiao.readers.scan.images import frames_of
from jixiao.services.files import inputs_of
from jixiao.services.scratch import Scratch
from tools.fuzz.mutate import mutate_any
from tools.fuzz.packed import mutate_zip
from tools.fuzz.written import mutate_bytes, mutate_json

SLOWEST = 5.0
"""Seconds of processor time for one small file"""
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
_MACHINE_WORDS = re.compile(r"Traceback|Exception|Error\b|<class|0x[0-9a-f]{4}")
_TWICE = 5
"""Every how many files one is read twice"""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: what is done with a file, how its files are mutated, its share in a run."""

    name: str
    run: Callable[[bytes], bytes | None]
    mutate: Callable[[bytes, Random], bytes]
    share: int
    ocr: bool = False
    """whether it needs the extra of that name"""


class BrokenPromiseError(Exception):
    """A file for which something does not hold."""


def check(target: Target, data: bytes, *, twice: bool | None = None) -> bool:
    """Whether the file was read (or refused). Raises BrokenPromiseError, or whatever the reader wrongly raises."""
    start = time.process_time()
    first = _once(target, data)
    taken = time.process_time() - start
    if taken > SLOWEST:
        raise BrokenPromiseError(f"took {taken:.1f} s of processor time")
    if (len(data) % _TWICE == 0 if twice is None else twice) and _once(target, data) != first:
        raise BrokenPromiseError("read twice, another result")
    return isinstance(first, bytes)


def _once(target: Target, data: bytes) -> bytes | str | None:
    try:
        return target.run(data)
    except UnreadableFileError as error:
        for words in (error.met, error.remedy):
            if not _CHINESE.search(words) or _MACHINE_WORDS.search(words):
                raise BrokenPromiseError(f"no clear Chinese message: {words!r}") from error
        return str(error)


def _read(data: bytes) -> bytes | None:
    """Read a file; what LibreOffice would have to convert is only told apart."""
    if format_of(data).via is not None:
        return None
    return _whole(read_bytes(data, "文件"))


def _whole(plan: Plan) -> bytes:
    """The JSON of a plan in every schema, having gone through the codec and back."""
    texts = []
    for schema in PLAN_SCHEMAS:
        text = json_text(plan_to_dict(plan, schema))
        if json_text(plan_to_dict(plan_from_dict(json.loads(text)), schema)) != text:
            raise BrokenPromiseError(f"the codec does not give back what it was given ({schema})")
        texts.append(text.encode())
    return b"".join(texts)


def _codec(data: bytes) -> bytes | None:
    try:
        tree = json.loads(data)
    except ValueError:
        return None
    if not isinstance(tree, dict):
        return None
    try:
        plan = plan_from_dict(tree)
    except NotAPlanError as error:
        if not _CHINESE.search(str(error)):
            raise BrokenPromiseError(f"no Chinese message: {error}") from error
        return None
    return _whole(plan)


def _archive(data: bytes) -> bytes | None:
    """Unpack an archive and read what is in it, each file in its own right."""
    results = []
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        file = Path(folder) / "报送.zip"
        file.write_bytes(data)
        for document in inputs_of([file], Scratch(Path(folder))).documents:
            if document.problem is not None:
                results.append(f"{document.name}: {document.problem}".encode("utf-8", "surrogateescape"))
                continue
            if not document.path.resolve().is_relative_to(Path(folder).resolve()):
                raise BrokenPromiseError(f"unpacked outside its folder: {document.name!r}")
            with suppress(UnreadableFileError):
                results.append(_read(document.path.read_bytes()) or b"")
    return b"\n".join(results)


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _ole(data: bytes) -> bytes | None:
    return format_of(data).name.encode()


def _image(data: bytes) -> bytes | None:
    """Decode an image; recognition is not part of this."""
    return b"".join(repr(frame.shape).encode() for frame in frames_of(data))


_SHARES = {"docx": 16, "txt": 16, "html": 14, "xlsx": 10, "xls": 10, "pdf": 10, "mht": 4, "image": 4}
_SHARE = 8
_OF_FORMATS = [
    Target(form.name, _image, mutate_bytes, _SHARES["image"], ocr=True)
    if form.extra == "ocr"
    else Target(form.name, _read, mutate_any, _SHARES.get(form.name, _SHARE))
    for form in registry().formats
    if form.via is None
]
TARGETS = {
    target.name: target
    for target in (
        *_OF_FORMATS,
        Target("zip", _archive, mutate_zip, 5),
        Target("ole", _ole, mutate_bytes, 4),
        Target("codec", _codec, mutate_json, 8),
    )
}
