"""Which format a file is of, told by its content, not by its name; and its reading into the neutral document.

Formats are found in the package ``formats``: a module there that declares one is all that a new format takes.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from importlib import import_module
from pathlib import PurePath

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.readers import formats as formats_package
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.format import LARGEST_FILE, Format, Request, Unread
from jixiao.readers.office import convert_bytes
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Content
from jixiao.readers.raw.folding import with_one_spelling
from jixiao.vocabulary import Vocabulary, shipped


@dataclass(frozen=True, slots=True)
class Registry:
    """All formats; ``kinds`` are they and what is known and not read, the surest first."""

    formats: tuple[Format, ...]
    kinds: tuple[Format | Unread, ...]

    def of(self, content: Content) -> Format:
        """The format of a file. Raises UnreadableFileError for kinds that are not read."""
        kind = next((kind for kind in self.kinds if kind.tells(content)), None)
        if isinstance(kind, Format):
            return kind
        raise kind.refusal if kind is not None else UnreadableFileError("这种文件不认得", "请提供 Word、Excel 原件")

    def named(self, name: str) -> Format:
        """The format of that name, as in ``source.format``."""
        return next(form for form in self.formats if form.name == name)

    @property
    def suffixes(self) -> frozenset[str]:
        """The endings by which files are picked out of folders and archives."""
        return frozenset(suffix for form in self.formats for suffix in form.suffixes)

    def families(self, *, inside: bool = False) -> str:
        """What users call files that are read, or those that are read inside documents: Word、Excel、…"""
        found = {form.family for form in self.formats if form.reads_inside or not inside}
        return "、".join(family.label for family in sorted(found))

    def wrong_suffix(self, name: str, form: Format) -> str | None:
        """The ending of a name where it promises another format than the content has."""
        suffix = PurePath(name).suffix.lower()
        if suffix in form.all_suffixes or not any(suffix in other.all_suffixes for other in self.formats):
            return None
        return suffix


@cache
def registry() -> Registry:
    """The formats declared in the package ``formats``."""
    found: list[Format | Unread] = []
    for module in sorted(pkgutil.iter_modules(formats_package.__path__), key=lambda module: module.name):
        found += import_module(f"{formats_package.__name__}.{module.name}").FORMATS
    kinds = sorted(found, key=lambda kind: (-kind.surety, isinstance(kind, Unread), kind.name))
    return Registry(tuple(kind for kind in found if isinstance(kind, Format)), tuple(kinds))


def check_size(size: int, form: Format | None = None) -> None:
    """Raises UnreadableFileError where a file has more bytes than is read, of its format or of any."""
    most = LARGEST_FILE if form is None else form.largest
    if size > most:
        of_what = "文件" if form is None else form.label
        raise UnreadableFileError(
            f"{of_what}有 {size // 1024 // 1024} MB，超过 {most // 1024 // 1024} MB，不像一份绩效文本",
            "请核对文件，或拆成几个文件后重试",
        )


def format_of(data: bytes) -> Format:
    """The format of a file by its content. Raises UnreadableFileError for kinds that are not read."""
    return _known(data)[1]


def _known(data: bytes) -> tuple[Content, Format]:
    if not data or data.isspace():
        raise UnreadableFileError("文件是空的", "请核对文件，重新导出后再试")
    content = Content(data)
    return content, registry().of(content)


def read_raw(
    data: bytes, name: str, converted: bytes | None = None, vocabulary: Vocabulary | None = None
) -> RawDocument:
    """The neutral blocks of a file. ``name`` only names it in the result.

    ``converted``: what LibreOffice made of it, where that has been done (in batches, ``office.convert_many``).
    ``vocabulary``: the words of forms, those that come with the program where it is None.
    """
    vocabulary = vocabulary or shipped()
    check_size(len(data))
    content, form = _known(data)
    source = Source(name, sha256(data).hexdigest(), form.name)
    try:
        check_size(len(data), form)
        if form.via is not None:
            content = Content(converted if converted is not None else convert_bytes(data, form.name, form.via))
        raw = with_one_spelling(
            _reader(form)(content, Request(source, vocabulary, partial(_read_inner, source, vocabulary)))
        )
    except UnreadableFileError as error:
        raise unreadable_as_named(error, name, form) from error
    if (suffix := registry().wrong_suffix(name, form)) is None:
        return raw
    note = Note("format.other_than_name", "", f"文件名以 {suffix} 结尾，内容其实是{form.label}，已按内容读取。")
    return replace(raw, notes=(note, *raw.notes))


def _reader(form: Format) -> Callable[[Content, Request], RawDocument]:
    reads = form if form.via is None else registry().named(form.via)
    assert reads.read is not None
    return reads.read


def _read_inner(source: Source, vocabulary: Vocabulary, data: bytes) -> RawDocument:
    """A file inside a document, told as part of it."""
    content, form = _known(data)
    if not form.reads_inside:
        raise UnreadableFileError(f"不是{registry().families(inside=True)}文件", "")
    return _reader(form)(content, Request(source, vocabulary))


def unreadable_as_named(error: UnreadableFileError, name: str, form: Format) -> UnreadableFileError:
    """The error of a file that cannot be read, with word of an ending that promises another format."""
    if (suffix := registry().wrong_suffix(name, form)) is None:
        return error
    return UnreadableFileError(f"扩展名是 {suffix[1:]}，内容是{form.label}；{error.met}", error.remedy)
