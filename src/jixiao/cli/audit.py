"""``jixiao audit verify``: exports of the audit log, checked on any computer, without the workspace."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from typing import Any

from jixiao.cli.console import say
from jixiao.json_text import json_text
from jixiao.readers.errors import system_words
from jixiao.services.audit_files import ForeignFileError, Verified, verify

_MOST = 50
"""defects shown; json gives all"""
_ROOT = re.compile(r"(\d{4}-\d{2}-\d{2})[=:：]([0-9a-fA-F]{64})")


def run_verify(arguments: argparse.Namespace) -> int:
    """0 whole, 1 something was changed or is missing, 2 wrong call or a file that cannot be read."""
    try:
        found = verify(arguments.files, dict(arguments.root))
    except OSError as error:
        say(f"读不出 {error.filename}：{system_words(error)}。请核对文件名和权限。")
        return 2
    except ForeignFileError as error:
        say(
            f"{error.file.name} 不是审计日志的导出文件：{error.met}。要的是工作平台“日志”页“导出”得到的 .jsonl 文件，"
            "没有的话请向审计管理员要。"
        )
        return 2
    if arguments.format == "json":
        sys.stdout.write(json_text(_data(found)))
    else:
        print("\n".join(_told(found, published=bool(arguments.root))))
    return 0 if found.is_whole else 1


def published_root(text: str) -> tuple[str, str]:
    """A day and the root published for it, of ``2026-11-30=…``."""
    match = _ROOT.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError(text)
        return date.fromisoformat(match[1]).isoformat(), match[2].lower()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”要写成 2026-11-30=64位摘要") from error


def _told(found: Verified, *, published: bool) -> list[str]:
    lines = [str(defect) for defect in found.defects[:_MOST]]
    if len(found.defects) > _MOST:
        lines.append(f"……共{len(found.defects)}处，全部见 --format json")
    lines += [f"说明：{note}。" for note in found.notes]
    size = f"{len(found.chains)}条链 {found.entries}条记录、{len(found.roots)}个每日根"
    if not found.is_whole:
        return [*lines, f"核对了{size}：有{len(found.defects)}处不对。"]
    lines.append(f"核对了{size}：没有改动、缺失、重复或调换次序。")
    if found.roots and not published:
        day = max(found.roots)
        lines.append(f"请再与当时公布的每日根核对，{day} 的是 {found.roots[day]}（也可以写 --root {day}=公布的摘要）。")
    elif not found.roots:
        lines.append("文件里没有每日根：整本重写的日志，这样核对不出来。")
    return lines


def _data(found: Verified) -> dict[str, Any]:
    return {
        "whole": found.is_whole,
        "entries": found.entries,
        "chains": [{"chain": chain, "first": span[0], "last": span[1]} for chain, span in sorted(found.chains.items())],
        "roots": [{"day": day, "digest": digest} for day, digest in sorted(found.roots.items())],
        "defects": [{"file": one.file, "line": one.line, "words": one.words} for one in found.defects],
        "notes": found.notes,
    }
