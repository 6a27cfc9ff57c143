"""Files by hash: bytes before rows, once, found when damaged."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from jixiao.web.files import store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path / "data"  # type: ignore[attr-defined]


def _source(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "given"
    path.write_bytes(content)
    return path


def test_bytes_lie_under_their_digest_and_nothing_else_is_left(tmp_path: Path) -> None:
    kept = store.keep(_source(tmp_path, b"abc"), "txt")
    row = store.row_of(kept)
    assert store.path_of(row.sha256).read_bytes() == b"abc"
    assert (row.size, row.kind) == (3, "txt")
    with store.opened(row) as content:
        assert content.read() == b"abc"
    again = store.row_of(store.keep(_source(tmp_path, b"abc")))
    assert again == row
    assert [p for p in store.folder().rglob("*") if p.is_file()] == [store.path_of(row.sha256)]


def test_what_was_stopped_before_its_row_is_found_and_named_files_are_not(tmp_path: Path) -> None:
    named = store.row_of(store.keep(_source(tmp_path, b"named")))
    orphan = store.keep(_source(tmp_path, b"orphan"))
    half = store.folder() / ".half"
    half.write_bytes(b"ha")
    soon = time.time() + 10
    assert list(store.without_row(soon)) == sorted([half, store.path_of(orphan.sha256)])
    assert list(store.without_row(time.time() - 3600)) == [], "somebody may be at it"
    assert store.path_of(named.sha256).exists()


def test_damage_is_found(tmp_path: Path) -> None:
    gone, other, fine = (store.row_of(store.keep(_source(tmp_path, content))) for content in (b"1", b"2", b"3"))
    store.path_of(gone.sha256).unlink()
    store.path_of(other.sha256).write_bytes(b"x")
    assert [(row.pk, words) for row, words in store.damaged()] == [(gone.pk, "文件不在了"), (other.pk, "文件内容变了")]
    assert fine.pk
