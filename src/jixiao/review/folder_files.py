"""The YAML files of a ruleset folder, read so that every fault is told with file and line, in Chinese."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from jixiao.strict_yaml import load_strict


class RulesetFolderError(ValueError):
    """What is wrong with a ruleset folder: in which file and line, and what to do."""

    def __init__(self, file: str, line: int | None, message: str) -> None:
        super().__init__(f"{file}{f' 第 {line} 行' if line else ''}：{message}")
        self.file = file
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: its name in Chinese, and whether a value is one."""

    label: str
    fits: Callable[[Any], bool]


TEXT = Kind("文字", lambda v: isinstance(v, str) and bool(v.strip()))
DAY = Kind("日期，如 2026-01-01（不加引号）", lambda v: isinstance(v, date) and not isinstance(v, datetime))
TEXTS = Kind("列表，如 [甲, 乙]", lambda v: isinstance(v, list) and all(isinstance(x, str) for x in v))
ITEMS = Kind("列表，每项以“- ”开头", lambda v: isinstance(v, list) and v != [] and all(isinstance(x, dict) for x in v))
MAPPING = Kind("对照表，每行一个“名称: 值”", lambda v: isinstance(v, dict))
ANYTHING = Kind("值", lambda v: v is not None)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file of a ruleset folder: its name as shown, its words, what they say."""

    name: str
    text: str
    data: Any

    def wrong(self, message: str, *path: str | int) -> RulesetFolderError:
        """A fault at a place in the file, to be raised."""
        return RulesetFolderError(self.name, _line(self.text, path), message)

    def check(self, data: Any, required: Mapping[str, Kind], optional: Mapping[str, Kind], *path: str | int) -> None:
        """Raise where ``data`` is no mapping of these keys to values of these kinds; optional ones may be null."""
        if not isinstance(data, dict):
            raise self.wrong(f"这里应当是{MAPPING.label}。", *path)
        known = {**required, **optional}
        for key in data:
            if key not in known:
                raise self.wrong(f"不认得“{key}”{meant(str(key), known)}。可以写：{'、'.join(known)}。", *path, key)
        for key in required:
            if data.get(key) is None:
                raise self.wrong(f"缺少“{key}”（{required[key].label}）。", *path)
        for key, value in data.items():
            if value is not None and not known[key].fits(value):
                raise self.wrong(f"“{key}”应当是{known[key].label}。", *path, key)


def read_yaml(folder: Path, file: Path) -> YamlFile:
    """The YAML file; raises RulesetFolderError where it cannot be read."""
    name = file.relative_to(folder).as_posix()
    try:
        text = file.read_text(encoding="utf-8-sig")  # notepad writes a mark in front
    except UnicodeDecodeError as error:
        raise RulesetFolderError(name, None, "不是 UTF-8 编码，请在记事本里另存为 UTF-8。") from error
    except OSError as error:
        raise RulesetFolderError(name, None, "文件打不开，请核对它在不在、有没有读取权限。") from error
    try:
        data = load_strict(text, name)
    except ValueError as error:
        raise _malformed(name, error) from error
    return YamlFile(name, text, data)


def meant(word: str, known: Iterable[str]) -> str:
    """（是不是“…”） with the known word nearest to one that is not; empty where none is near."""
    near = difflib.get_close_matches(word, list(known), 1)
    return f"（是不是“{near[0]}”）" if near else ""


def _malformed(name: str, error: ValueError) -> RulesetFolderError:
    cause = error.__cause__
    if cause is None:  # the words are YAML, a value is none: 2024-02-30
        return RulesetFolderError(name, None, f"里面有不存在的日期，或者写不成立的数（{error}）。")
    mark = getattr(cause, "problem_mark", None)
    line = mark.line + 1 if mark else None
    problem = str(getattr(cause, "problem", None) or "")
    if problem.startswith("key written twice: "):
        return RulesetFolderError(name, line, f"“{problem.partition(': ')[2]}”写了两次，请留一处。")
    return RulesetFolderError(
        name, line, "YAML 写法不对。请看这一行和上一行：冒号后面空一格，同级对齐、用空格不用 Tab，引号和括号成对。"
    )


def _line(text: str, path: tuple[str | int, ...]) -> int:
    """The line (from 1) of the deepest part of ``path`` that the file has."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    line = node.start_mark.line if node is not None else 0
    for part in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            found = [(k, v) for k, v in node.value if k.value == str(part)]
            if not found:
                break
            line, node = found[0][0].start_mark.line, found[0][1]
        else:
            break
    return int(line) + 1
