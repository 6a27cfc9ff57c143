"""A file format is one file: what it declares is all that the rest of the program knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from readers.office import docx_of, p, related

from jixiao.readers import UnreadableFileError, formats, read_bytes
from jixiao.readers.format import Family, Format, Surety, Unread
from jixiao.readers.raw import Paragraph
from jixiao.readers.raw.content import Content
from jixiao.readers.registry import format_of, read_raw, registry
from jixiao.services.files import inputs_of
from jixiao.services.scratch import Scratch

_TOY = """
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.format import Family, Format, Surety
from jixiao.readers.raw import Paragraph, RawDocument


def _read(content, request):
    lines = content.data.decode().splitlines()[1:]
    if not lines:
        raise UnreadableFileError("玩具文件里没有字", "请写上字后重试")
    blocks = (Paragraph(line, Location(text=line, line=n)) for n, line in enumerate(lines, 2))
    return RawDocument(request.source, tuple(blocks))


FORMATS = (
    Format(
        name="toy",
        label="玩具文件（.toy）",
        family=Family.TEXT,
        suffixes=(".toy",),
        surety=Surety.SIGNED,
        tells=lambda content: content.head.startswith(b"TOY"),
        read=_read,
        largest=2 * 1024 * 1024,
    ),
)
"""
_PLAN = "TOY\n一、总体绩效目标\n建成两座泵站，改善三个村的供水。\n".encode()


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program with one more file in the package of formats."""
    (tmp_path / "toy.py").write_text(_TOY, encoding="utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    registry.cache_clear()
    yield
    registry.cache_clear()


@pytest.mark.usefixtures("toy")
class TestOneMoreFile:
    def test_is_told_by_its_content_and_read(self) -> None:
        plan = read_bytes(_PLAN, "计划.toy")
        assert plan.source.format == "toy"
        assert [goal.text for goal in plan.overall_goals] == ["建成两座泵站，改善三个村的供水。"]
        assert not [note for note in plan.notes if note.code == "format.other_than_name"]

    def test_is_picked_out_of_folders(self, tmp_path: Path) -> None:
        folder = tmp_path / "报送"
        folder.mkdir()
        for name in ("a.toy", "b.tox"):
            (folder / name).write_bytes(_PLAN)
        inputs = inputs_of([folder], Scratch(tmp_path))
        assert [document.name for document in inputs.documents] == ["a.toy"]
        assert inputs.ignored == ("b.tox",)

    def test_names_that_promise_it_are_told(self) -> None:
        (note,) = (n for n in read_raw(b"text", "a.toy").notes if n.code == "format.other_than_name")
        assert ".toy" in note.message
        (note,) = (n for n in read_raw(_PLAN, "a.docx").notes if n.code == "format.other_than_name")
        assert "玩具文件（.toy）" in note.message

    def test_is_read_inside_documents(self) -> None:
        body = p("前") + '<w:altChunk r:id="a"/>'
        data = docx_of(body, **related(a="a.bin"), **{"word/a.bin": _PLAN.decode()})
        texts = [block.text for block in read_raw(data, "a.docx").blocks if isinstance(block, Paragraph)]
        assert texts == ["前", "一、总体绩效目标", "建成两座泵站，改善三个村的供水。"]

    def test_has_bounds_and_messages_of_its_own(self) -> None:
        with pytest.raises(UnreadableFileError, match=r"玩具文件（\.toy）有 3 MB，超过 2 MB"):
            read_raw(b"TOY" + bytes(3 * 1024 * 1024), "a.toy")
        with pytest.raises(UnreadableFileError, match=r"扩展名是 docx，内容是玩具文件（\.toy）；玩具文件里没有字"):
            read_raw(b"TOY", "a.docx")


def test_without_it_nothing_of_it_is_left() -> None:
    assert format_of(_PLAN).name == "txt"


def test_formats_are_told_apart_by_what_they_declare() -> None:
    """One name may stand for what LibreOffice makes two things of (.xml), and whatever is converted is then read."""
    forms = registry().formats
    assert len({(form.name, form.via) for form in forms}) == len(forms)
    for form in forms:
        assert form.via is None or registry().named(form.via).read is not None


def test_each_kind_is_known_by_its_family() -> None:
    assert registry().families() == "Word、Excel、网页、PDF、文本、图片"
    assert registry().families(inside=True) == "Word、Excel、网页、文本"


def test_a_format_reads_or_is_converted() -> None:
    with pytest.raises(ValueError, match="either read or via"):
        Format(
            name="x",
            label="x",
            family=Family.TEXT,
            suffixes=(),
            surety=Surety.LIKELY,
            tells=lambda _: True,
        )


@pytest.mark.parametrize("kind", [k for k in registry().kinds if isinstance(k, Unread)], ids=lambda k: k.name)
def test_what_is_not_read_says_what_it_is_and_what_to_do(kind: Unread) -> None:
    assert kind.refusal.met
    assert kind.refusal.remedy
    assert not kind.tells(Content(b"text"))
