"""From files to plans, in two steps: a format reader yields neutral blocks, sheet readers find known forms in them."""

from __future__ import annotations

from pathlib import Path

from jixiao.domain.plan import Plan
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.registry import read_raw
from jixiao.readers.sheets.plan import read_plan

__all__ = ["UnreadableFileError", "read_bytes", "read_file"]


def read_bytes(data: bytes, name: str) -> Plan:
    """The plan in a file's bytes. Raises UnreadableFileError, with what was met and what to do."""
    return read_plan(read_raw(data, name))


def read_file(path: str | Path) -> Plan:
    """The plan in a file. Raises UnreadableFileError where it cannot be opened or read."""
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"文件打不开（{error.strerror or error}）", "请核对路径和权限，关闭正在使用它的程序后重试"
        ) from error
    return read_bytes(data, file.name)
