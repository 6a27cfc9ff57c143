"""Archives as senders pack them: names, bounds, and one bad file that does not spoil the rest."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from jixiao.readers import zip_members
from jixiao.readers.zip_members import Member, is_archive, unpack


def pack(files: dict[str, bytes], **options: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:  # type: ignore[arg-type]
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def members(data: bytes, folder: Path, wanted: tuple[str, ...] = (".txt", ".docx")) -> tuple[list[Member], list[str]]:
    file = folder / "a.zip"
    file.write_bytes(data)
    into = folder / "into"
    into.mkdir()
    return unpack(file, "a.zip", into, lambda name: name.endswith(wanted))


def gbk_named(name: str, content: bytes) -> bytes:
    """An archive as Windows writes it: the name in GBK, no mark that says so."""
    raw = name.encode("gb18030")
    stand_in = "x" * len(raw)
    return pack({stand_in: content}).replace(stand_in.encode(), raw)


def test_files_their_names_and_the_ignored(tmp_path: Path) -> None:
    data = pack(
        {"目录/": b"", "目录/甲.txt": b"1", "乙.exe": b"2", "__MACOSX/._甲.txt": b"3", "~$甲.txt": b"4", ".x.txt": b"5"}
    )
    found, ignored = members(data, tmp_path)
    assert [m.name for m in found] == ["a.zip/目录/甲.txt"]
    assert found[0].path is not None
    assert found[0].path.read_bytes() == b"1"
    assert ignored == ["a.zip/乙.exe"]


def test_names_in_gbk(tmp_path: Path) -> None:
    found, _ = members(gbk_named("教育局.txt", b"1"), tmp_path)
    assert [m.name for m in found] == ["a.zip/教育局.txt"]


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/x.txt", "C:\\d\\..\\x.txt", "a/\x1b[2Jx.txt"])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    found, _ = members(pack({name: b"1"}), tmp_path)
    assert found[0].name.startswith("a.zip/")
    assert ".." not in found[0].name
    assert "\x1b" not in found[0].name
    assert found[0].path is not None
    assert found[0].path.parent == tmp_path / "into"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "into"]


def test_archives_in_archives(tmp_path: Path) -> None:
    third = pack({"丙.txt": b"3"})
    second = pack({"乙.txt": b"2", "三.zip": third})
    found, _ = members(pack({"二.zip": second, "甲.txt": b"1"}), tmp_path)
    assert [m.name for m in found] == ["a.zip/二.zip/乙.txt", "a.zip/二.zip/三.zip", "a.zip/甲.txt"]
    assert [m.problem is None for m in found] == [True, False, True]
    assert "太多层" in str(found[1].problem)


def test_a_bad_member_does_not_spoil_the_rest(tmp_path: Path) -> None:
    data = pack({"甲.txt": b"broken" * 9, "乙.txt": b"1"}).replace(b"brokenbroken", b"brokenBROKEN", 1)
    found, _ = members(data, tmp_path)
    assert [m.path is None for m in found] == [True, False]
    assert "损坏" in str(found[0].problem)


def test_locked_members_are_told(tmp_path: Path) -> None:
    data = bytearray(pack({"甲.txt": b"1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found, _ = members(bytes(data), tmp_path)
    assert "密码" in str(found[0].problem)


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "_SMALL", 1000)
    found, _ = members(pack({"甲.txt": bytes(1_000_000)}, compression=zipfile.ZIP_DEFLATED), tmp_path)
    assert "炸弹" in str(found[0].problem)
    assert not list((tmp_path / "into").iterdir())


@pytest.mark.parametrize(("bound", "value"), [("files", 2), ("size", 2)])
def test_bounds_on_the_whole(bound: str, value: int, tmp_path: Path) -> None:
    folder = tmp_path / "into"
    folder.mkdir()
    file = tmp_path / "a.zip"
    file.write_bytes(pack({f"{n}.txt": b"1" for n in range(5)}))
    work = zip_members._Unpacking(folder, lambda _: True, zip_members._Budget(**{bound: value}))
    zip_members._unpack(file, "a.zip", 1, work)
    assert [m.problem is None for m in work.found] == [True, True, False]
    assert "从“2.txt”起没有读" in str(work.found[-1].problem)


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", pack({}), pack({"a.exe": b"1"})])
def test_nothing_to_read_is_told(data: bytes, tmp_path: Path) -> None:
    found, _ = members(data, tmp_path)
    assert len(found) == 1
    assert found[0].problem is not None


def test_documents_are_no_archives(tmp_path: Path) -> None:
    for name, data, expected in (
        ("a.docx", pack({"[Content_Types].xml": b"", "word/document.xml": b""}), False),
        ("a.odt", pack({"mimetype": b""}), False),
        ("b.docx", pack({"a.txt": b""}), True),
        ("a.zip", pack({"a.txt": b""}), True),
        ("b.zip", b"PK\x03\x04 broken", True),
        ("c.docx", b"PK\x03\x04 broken", False),
        ("c.zip", b"text", False),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        assert is_archive(file) is expected, name
