"""Old and foreign office files: told by content, converted in batches, hostile ones contained."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from processes import eventually, is_alive

from jixiao.readers import UnreadableFileError, office
from jixiao.readers.office import ToConvert, convert_many
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.registry import format_of, read_raw


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、总体绩效目标")
    table = document.add_table(3, 3)
    for row, words in zip(table.rows, ("甲乙丙", "丁戊己", "庚辛壬"), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "横"
    document.add_paragraph("完")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook() -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "经费"
    for row in (["标题", None, None], ["项目名称", "修路", None], ["预算数", 1168.5, 0.25], ["隐", "藏", None]):
        page.append(row)
    page.merge_cells("A1:C1")
    page.merge_cells("B2:C2")
    page["B3"].number_format, page["C3"].number_format = "0.00", '"≥"0%'
    page.row_dimensions[4].hidden = True
    page["A3"].comment = Comment("请核对", "审核人")
    choices = book.create_sheet("选项")
    choices.append(["产出指标", "效益指标"])
    choices.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_FLAT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document office:version="1.2"'
    ' office:mimetype="application/vnd.oasis.opendocument.text"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:body><office:text><text:p>文字'
    '<draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:type="simple" xlink:href="http://127.0.0.1:%d/a.png"/>'
    "</draw:frame></text:p></office:text></office:body></office:document>"
)
"""A flat OpenDocument text with a picture on a server: LibreOffice left to itself asks for it"""


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same text as .doc, .odt and .rtf, and the workbook as .xls, as LibreOffice writes them."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "text.docx").write_bytes(word_file())
    (folder / "book.xlsx").write_bytes(workbook())
    with pytest.MonkeyPatch.context() as patch:
        wanted = []
        for suffix, name in (("doc", "text.docx"), ("odt", "text.docx"), ("rtf", "text.docx"), ("xls", "book.xlsx")):
            patch.setitem(office._FILTERS, suffix, suffix)
            copy = folder / f"for-{suffix}-{name}"
            copy.write_bytes((folder / name).read_bytes())
            wanted.append(ToConvert(copy, copy.suffix[1:], suffix))
        found = convert_many(wanted, folder / "work")
    paths = {file.target: found[file.path] for file in wanted}
    assert all(isinstance(path, Path) for path in paths.values()), paths
    return {suffix: path for suffix, path in paths.items() if isinstance(path, Path)}


@pytest.mark.office
class TestWithOffice:
    def test_words_and_spans_survive_and_a_bad_file_does_not_spoil_the_batch(
        self, old_files: dict[str, Path], tmp_path: Path
    ) -> None:
        bad = tmp_path / "bad.doc"
        bad.write_bytes(old_files["doc"].read_bytes()[:2000])
        batch = [ToConvert(bad, "doc", "docx")]
        batch += [ToConvert(old_files[suffix], suffix, "docx") for suffix in ("doc", "odt", "rtf")]
        found = convert_many(batch, tmp_path / "work")
        assert set(found) == {file.path for file in batch}
        assert "转换不了" in str(found[bad])
        for file in batch[1:]:
            converted = found[file.path]
            assert isinstance(converted, Path)
            raw = read_raw(file.path.read_bytes(), f"计划.{file.suffix}", converted.read_bytes())
            assert raw.source.format == file.suffix
            assert not raw.notes
            assert [b.text for b in raw.blocks if isinstance(b, Paragraph)] == ["一、总体绩效目标", "完"]
            (grid,) = (b for b in raw.blocks if isinstance(b, Grid))
            spans = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in grid.cells()}
            assert spans["横"] == (0, 1, 1, 2)
            assert spans["竖"] == (1, 0, 2, 1)

    def test_old_workbook(self, old_files: dict[str, Path]) -> None:
        data = old_files["xls"].read_bytes()
        assert format_of(data).name == "xls"
        raw = read_raw(data, "表.xls")
        title, grid = raw.blocks
        assert isinstance(title, Paragraph)
        assert (title.text, title.place.worksheet, title.place.cell) == ("标题", "经费", "A1")
        assert isinstance(grid, Grid)
        assert [(c.text, c.column, c.column_span) for c in grid.rows[0]] == [("项目名称", 0, 1), ("修路", 1, 2)]
        assert [c.text for c in grid.rows[1]] == ["预算数", "1168.50", "≥25%"]
        assert [c.text for row in grid.rows[2:] for c in row] == []
        assert [n.message.split("：")[1][:6] for n in raw.notes] == ["A4“隐”、", "“选项”。表", "请核对"]

    def test_time_limit(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(office, "_LONE_SECONDS", 0.05)
        file = tmp_path / "a.docx"
        file.write_bytes(word_file())
        found = convert_many([ToConvert(file, "docx", "docx")], tmp_path / "work")
        assert "超过时限" in str(found[file])

    def test_nothing_is_fetched(self, tmp_path: Path) -> None:
        asked: list[bytes] = []
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            thread = threading.Thread(target=_listen, args=(server, asked), daemon=True)
            thread.start()
            raw = read_raw((_FLAT % port).encode(), "a.fodt")
            assert [b.text for b in raw.blocks if isinstance(b, Paragraph)] == ["文字"]
            with socket.create_connection(("127.0.0.1", port)) as knock:
                knock.send(b"end")
            thread.join(5)
        assert asked == [b"end"]


def _listen(server: socket.socket, asked: list[bytes]) -> None:
    while b"end" not in asked:
        connection, _ = server.accept()
        with connection:
            asked.append(connection.recv(100)[:30])


class TestWithoutOffice:
    def test_missing_program_is_told_with_a_remedy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(office, "soffice", lambda: None)
        with pytest.raises(UnreadableFileError) as caught:
            read_raw(rb"{\rtf1 text}", "a.rtf")
        assert "LibreOffice" in caught.value.met
        assert "安装" in caught.value.remedy

    @pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
    def test_the_program_ends_with_whoever_started_it(self, tmp_path: Path) -> None:
        """Killed as we may be, LibreOffice must not stay behind; it is a script with children."""
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/pid\nwait\n")
        program.chmod(0o755)
        (tmp_path / "x.doc").write_bytes(b"x")
        script = (
            "from pathlib import Path; from jixiao.readers.office import ToConvert, convert_many\n"
            f"convert_many([ToConvert(Path({str(tmp_path)!r}, 'x.doc'), 'doc', 'docx')], Path({str(tmp_path)!r}))"
        )
        path = f"{tmp_path}:{os.environ['PATH']}"
        process = subprocess.Popen([sys.executable, "-c", script], env=os.environ | {"PATH": path})
        note = tmp_path / "pid"
        assert eventually(lambda: note.exists() and note.read_text(encoding="ascii"))
        child = int(note.read_text(encoding="ascii"))
        assert is_alive(child)
        process.kill()
        process.wait()
        assert eventually(lambda: not is_alive(child))

    def test_a_program_that_fails_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(office, "soffice", lambda: "/bin/false")
        file = tmp_path / "a.rtf"
        file.write_bytes(rb"{\rtf1 text}")
        found = convert_many([ToConvert(file, "rtf", "docx")], tmp_path / "work")
        assert "转换不了" in str(found[file])


class TestKinds:
    @pytest.mark.parametrize(
        ("streams", "word"),
        [
            ({"EncryptedPackage": b"x"}, "密码"),
            ({"WordDocument": b"\xec\xa5" + bytes(9) + b"\x01" + bytes(20)}, "密码"),
            ({"PowerPoint Document": b"x"}, "演示"),
            ({"__substg1.0_0037001F": b"x"}, "邮件"),
            ({"Other": b"x"}, "不认得"),
        ],
    )
    def test_ole_files_that_are_not_read(self, streams: dict[str, bytes], word: str) -> None:
        with pytest.raises(UnreadableFileError, match=word):
            format_of(ole_file(streams))

    @pytest.mark.parametrize(
        ("streams", "kind"),
        [
            ({"WordDocument": b"\xec\xa5" + bytes(30)}, "doc"),
            ({"Workbook": b"x"}, "xls"),
            ({"Book": b"x"}, "xls"),
            ({"CONTENTS": b"x"}, "wps"),
        ],
    )
    def test_ole_files_that_are_read(self, streams: dict[str, bytes], kind: str) -> None:
        assert format_of(ole_file(streams)).name == kind

    def test_damaged_ole_file(self) -> None:
        with pytest.raises(UnreadableFileError, match="损坏"):
            format_of(ole_file({"Workbook": b"x"})[:600])
        with pytest.raises(UnreadableFileError, match="损坏"):
            read_raw(ole_file({"Workbook": b"x" * 100}), "a.xls")

    def test_locked_open_document(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("META-INF/manifest.xml", "<m:encryption-data/>")
        with pytest.raises(UnreadableFileError, match="密码"):
            format_of(out.getvalue())

    @pytest.mark.parametrize(
        ("data", "name", "ending"),
        [
            (word_file(), "a.doc", ".doc"),
            ("<html><p>文</p></html>".encode(), "a.xls", ".xls"),
            (b"text", "a.docx", ".docx"),
        ],
    )
    def test_names_that_lie_are_told(self, data: bytes, name: str, ending: str) -> None:
        (note,) = (n for n in read_raw(data, name).notes if n.code == "format.other_than_name")
        assert ending in note.message

    @pytest.mark.parametrize(
        ("data", "name"), [(word_file(), "a.docx"), (workbook(), "a.XLSX"), (b"text", "a"), (b"t", "1.2 x")]
    )
    def test_names_that_do_not_lie(self, data: bytes, name: str) -> None:
        assert not [n for n in read_raw(data, name).notes if n.code == "format.other_than_name"]


def ole_file(streams: dict[str, bytes]) -> bytes:
    """A small OLE file with these streams, each of 4,096 bytes: shorter ones are stored in another way."""
    end, free, own, none = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
    size, sectors = 4096, 8

    def numbers(*values: int) -> bytes:
        return b"".join(v.to_bytes(4, "little") for v in values)

    def entry(name: str, kind: int, child: int, right: int, start: int, length: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        head = raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little") + bytes([kind, 1])
        return head + numbers(none, right, child) + bytes(36) + numbers(start, length, 0)

    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff09000600") + bytes(6)
    header += numbers(0, 1, 1, 0, size, end, 0, end, 0, 0) + numbers(*[free] * 108)
    chains: list[int] = []
    directory = entry("Root Entry", 5, 1, none, end, 0)
    content = b""
    for n, (name, words) in enumerate(streams.items(), 1):
        start = 2 + len(chains)
        chains += [*range(start + 1, start + sectors), end]
        directory += entry(name, 2, none, n + 1 if n < len(streams) else none, start, size)
        content += words.ljust(size, b"\0")
    fat = numbers(own, end, *chains, *[free] * (126 - len(chains)))
    return header + fat + directory.ljust(512, b"\0") + content
