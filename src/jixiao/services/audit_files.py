"""Exports of the audit log 「审计日志导出」 and what can be found out about them without the workspace.

An export is a file of lines, each canonical JSON: ``{"export": …}`` with where every chain starts and ends, ``{"root": …}`` for
the days of the range, ``{"entry": …}`` chain by chain, ``{"end": …}`` with the digest of all bytes before. Any change of a byte is found by
the lines themselves; that somebody wrote all of it anew is found by a root that was published before (docs/audit.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from jixiao.services.chain import ENTRY_FIELDS, ROOT_FIELDS, canonical, entry_digest, misshapen, new_sm3

FORMAT: Final = "jixiao/audit/1"
EXPORT_FIELDS: Final[Mapping[str, type | tuple[type, ...]]] = {
    "format": str,
    "made_at": str,
    "from": (str, type(None)),
    "until": (str, type(None)),
    "starts": list,
    "heads": list,
}
_LONGEST_LINE = 64 * 1024 * 1024

Head = tuple[int, str]
"""Number and digest of the last entry of a chain"""


_LOOKED_AT = 200
"""Lines in which one of ours has to stand, so that a file is an export, whatever was done to it"""


class ForeignFileError(Exception):
    """A file that is no export of the audit log: not one that was changed, but something else. ``met`` says what it is not."""

    def __init__(self, file: Path, met: str) -> None:
        super().__init__(met)
        self.file, self.met = file, met


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that is not as it was written 「问题」: where, and what in words."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        place = f"{self.file} 第{self.line}行：" if self.line else f"{self.file}：" if self.file else ""
        return f"{place}{self.words}"


@dataclass
class Verified:
    """What a check found: ``chains`` by id as (first number, last number), ``roots`` by day, what is wrong, what it could not say."""

    chains: dict[int, tuple[int, int]] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    entries: int = 0
    defects: list[Defect] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.defects


def lines_of(
    header: Mapping[str, Any], roots: Iterable[Mapping[str, Any]], entries: Iterable[Mapping[str, Any]]
) -> Iterator[bytes]:
    """The lines of an export, each with its line end; ``header`` without ``format``."""
    digest = new_sm3()
    counts = {"roots": 0, "entries": 0}

    def line(name: str, content: Mapping[str, Any]) -> bytes:
        whole = canonical({name: content}) + b"\n"
        digest.update(whole)
        return whole

    yield line("export", {"format": FORMAT, **header})
    for root in roots:
        counts["roots"] += 1
        yield line("root", root)
    for entry in entries:
        counts["entries"] += 1
        yield line("entry", entry)
    yield canonical({"end": {**counts, "digest": digest.hexdigest()}}) + b"\n"


def verify(files: Sequence[Path], published: Mapping[str, str] | None = None) -> Verified:
    """Check exports that follow one another. ``published`` are roots known from outside, day to digest.

    Raises OSError where a file cannot be read, ForeignFileError where one is no export at all.
    """
    for file in files:
        _ours(file)
    check = _Check(Verified())
    opened = sorted((_opening(file, check) for file in files), key=lambda one: (one[1] or "", one[0].name, str(one[0])))
    for file, _ in opened:
        check.read(file)
    check.finish(published or {})
    return check.found


def _ours(file: Path) -> None:
    """Raises ForeignFileError for a file in whose first lines none is written as an export writes them."""
    with file.open("rb") as stream:
        is_empty = True
        for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), 1):
            is_empty = False
            if _of_a_log(line):
                return
            if number == _LOOKED_AT:
                break
    raise ForeignFileError(file, "文件是空的" if is_empty else "里面没有审计日志的记录")


def _of_a_log(line: bytes) -> bool:
    """Whether a line begins as those of an export do, however it goes on: one that was changed or cut off was one, too."""
    return line.startswith((b'{"export":', b'{"root":', b'{"entry":', b'{"end":'))


def _opening(file: Path, check: _Check) -> tuple[Path, str | None]:
    """The file with the day its export begins; its roots and ends are taken up, so that entries can be held against them."""
    begins: str | None = None
    with file.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), 1):
            name, content = _parsed(line)
            if number == 1 and name == "export" and not misshapen(content, EXPORT_FIELDS):
                begins = content["from"]
                check.expect(content["heads"], f"{file.name} 说的链尾")
            elif name == "root":
                if not misshapen(content, ROOT_FIELDS):
                    check.expect(content["heads"], f"{content['day']} 的每日根")
            else:
                break
    return file, begins


def _parsed(line: bytes) -> tuple[str, Any]:
    """Name and content of a line; no name for one that is not written as exports are."""
    try:
        value = json.loads(line)
        if isinstance(value, dict) and len(value) == 1 and canonical(value) + b"\n" == line:
            return next(iter(value.items()))
    except (ValueError, RecursionError):
        pass
    return "", None


def _heads(value: Any) -> dict[int, Head] | None:
    """Chains to heads; None for a list that is none of heads, or not in the order of chains."""
    found: dict[int, Head] = {}
    for one in value:
        if not (isinstance(one, list) and [type(part) for part in one] == [int, int, str]):
            return None
        if found and one[0] <= max(found):
            return None
        found[one[0]] = (one[1], one[2])
    return found


class _Check:
    """A check at work."""

    def __init__(self, found: Verified) -> None:
        self.found = found
        self.heads: dict[int, Head] = {}
        self.expected: dict[tuple[int, int], dict[str, str]] = {}
        """(chain, number) → digest → who says so"""
        self.root: Mapping[str, Any] | None = None
        self.file, self.line = "", 0

    def wrong(self, words: str, *, line: bool = True) -> None:
        self.found.defects.append(Defect(self.file, self.line if line else 0, words))

    def expect(self, heads: Any, says: str) -> None:
        for chain, (number, digest) in (_heads(heads) or {}).items():
            self.expected.setdefault((chain, number), {}).setdefault(digest, says)

    def read(self, file: Path) -> None:
        """One file, line by line."""
        self.file, self.line = file.name, 0
        digest, counts = new_sm3(), {"roots": 0, "entries": 0}
        header: Mapping[str, Any] | None = None
        ended = False
        with file.open("rb") as stream:
            for line in iter(lambda: stream.readline(_LONGEST_LINE), b""):
                self.line += 1
                name, content = _parsed(line)
                if ended:
                    self.wrong("结束行后面还有内容")
                    break
                if name == "end":
                    ended = True
                    if content != {**counts, "digest": digest.hexdigest()}:
                        self.wrong("结束行的条数或摘要与前面的内容对不上：有几行被改过、删过、加过或调过次序")
                    continue
                digest.update(line)
                if name == "export" and header is None and self.line == 1:
                    header = self.begin(content)
                elif name == "root" and not counts["entries"]:
                    counts["roots"] += 1
                    self.take_root(content, first=counts["roots"] == 1)
                elif name == "entry":
                    counts["entries"] += 1
                    self.take_entry(content)
                else:
                    self.wrong("这一行不是导出时写的样子，内容没有核对")
        if not ended:
            self.wrong("文件没有结束行：末尾被截断", line=False)
        if header is None:
            self.wrong("文件没有开头行，各条链的起止没有核对", line=False)
        else:
            self.close(header)

    def begin(self, content: Any) -> Mapping[str, Any] | None:
        if misshapen(content, EXPORT_FIELDS) or content["format"] != FORMAT:
            self.wrong("开头行不是本程序认得的格式")
            return None
        starts, heads = _heads(content["starts"]), _heads(content["heads"])
        if starts is None or heads is None:
            self.wrong("开头行里各条链的起止写得不对")
            return None
        for chain, start in starts.items():
            known = self.heads.get(chain)
            if known is None:
                self.heads[chain] = start
                self.found.chains[chain] = (start[0] + 1, start[0])
                told = self.expected.get((chain, start[0]), {})
                if start[0] and told and start[1] not in told:
                    self.wrong(f"链 {chain} 第{start[0]}条的摘要与{'、'.join(told.values())}对不上")
                elif start[0] and not told:
                    self.found.notes.append(f"链 {chain} 从第{start[0] + 1}条起：以前的不在这些文件里，没有核对")
            elif known != start:
                self.wrong(f"链 {chain} 与前一个文件接不上：前一个到第{known[0]}条，这一个从第{start[0] + 1}条起")
                self.heads[chain] = start
        for chain in heads.keys() - starts.keys():
            self.heads.setdefault(chain, (0, ""))
            self.found.chains.setdefault(chain, (1, 0))
        for chain in self.heads.keys() - heads.keys():
            self.wrong(f"链 {chain} 在这个文件里整条没有了")
        result: Mapping[str, Any] = content
        return result

    def close(self, header: Mapping[str, Any]) -> None:
        for chain, (number, digest) in (_heads(header["heads"]) or {}).items():
            if self.heads[chain] != (number, digest):
                self.wrong(f"链 {chain} 应到第{number}条，实际到第{self.heads[chain][0]}条：末尾缺了或改了", line=False)

    def take_root(self, root: Any, *, first: bool) -> None:
        """The root of a day; each over the one before. A file begins with the root the one before it ended with."""
        trouble = misshapen(root, ROOT_FIELDS)
        heads = None if trouble else _heads(root["heads"])
        day = None if heads is None else _day(root["day"])
        if heads is None or day is None:
            self.wrong(f"每日根写得不完整（{trouble or '日期或链尾'}）")
            return
        if entry_digest(root) != root["digest"]:
            self.wrong(f"{day} 的每日根内容被改过")
        last = self.root
        if last is not None and first and root == last:
            return
        if last is not None:
            before = _day(last["day"])
            if before is None or day != before + timedelta(days=1):
                self.wrong(f"{last['day']} 之后应是下一天的每日根，这里是 {day}：缺了、重复了或次序不对")
            if root["previous"] != last["digest"]:
                self.wrong(f"{day} 的每日根与前一天的接不上")
            for chain, (number, _) in (_heads(last["heads"]) or {}).items():
                if heads.get(chain, (-1, ""))[0] < number:
                    self.wrong(f"{day} 的每日根里，链 {chain} 比前一天还短")
        elif root["previous"]:
            self.found.notes.append(f"每日根从 {day} 起：以前的不在这些文件里")
        self.root = root
        self.found.roots[root["day"]] = root["digest"]

    def take_entry(self, entry: Any) -> None:
        trouble = misshapen(entry, ENTRY_FIELDS)
        if trouble:
            self.wrong(f"这一条记录不完整（{trouble}）")
            return
        self.found.entries += 1
        chain, number = entry["chain"], entry["number"]
        if chain not in self.heads:
            self.wrong(f"链 {chain} 在开头行里没有")
            self.heads[chain] = (0, "")
        last, digest = self.heads[chain]
        if number <= last:
            self.wrong(f"链 {chain} 第{number}条重复或次序不对（前面已到第{last}条）")
        elif number > last + 1:
            self.wrong(f"链 {chain} 缺第{last + 1}条" + (f"到第{number - 1}条" if number > last + 2 else ""))
        elif entry["previous"] != digest:
            self.wrong(f"链 {chain} 第{number}条与上一条接不上：其中一条被换过")
        if entry_digest(entry) != entry["digest"]:
            self.wrong(f"链 {chain} 第{number}条的内容被改过（{entry['object']}，{entry['at']}）")
        told = self.expected.get((chain, number), {})
        for said, says in told.items():
            if said != entry["digest"]:
                self.wrong(f"链 {chain} 第{number}条与{says}对不上")
        if number > last:
            self.heads[chain] = (number, entry["digest"])
            self.found.chains[chain] = (self.found.chains.get(chain, (1, 0))[0], number)

    def finish(self, published: Mapping[str, str]) -> None:
        """What was promised and is not there."""
        self.file, self.line = "", 0
        for (chain, number), told in sorted(self.expected.items()):
            says = "、".join(sorted(set(told.values())))
            first, last = self.found.chains.get(chain, (0, -1))
            if number and last == -1:
                self.wrong(f"{says}里有链 {chain}，文件里整条没有")
            elif number > last:
                self.wrong(f"链 {chain} 到第{last}条为止，{says}说有第{number}条：末尾缺了")
            elif len(told) > 1:
                self.wrong(f"链 {chain} 第{number}条的摘要，{says}说法不一")
            elif number < first - 1:
                self.wrong(f"{says}说链 {chain} 到第{number}条，文件却从第{first}条起：中间缺了")
        for day, digest in published.items():
            known = self.found.roots.get(day)
            if known is None:
                self.wrong(f"公布过 {day} 的每日根，文件里没有这一天的")
            elif known != digest:
                self.wrong(f"{day} 的每日根与公布的不同：从那以前的记录被重写过")


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
