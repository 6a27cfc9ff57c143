"""Prints documents in many styles and says how much of them is read back.

    python -m tools.pages [FOLDER] [--unseen] [--scans] [--documents FILES] [-v]

FOLDER keeps what was printed. Without ``--unseen`` the styles are left out that whoever writes readers is not to look at.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path
from typing import Any

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.registry import read_raw
from tools.pages.printed import Blocks, printed
from tools.pages.scanned import SCANS, scanned
from tools.pages.styles import STYLES

_ROOT = Path(__file__).parents[2]
_COUNTY = _ROOT / "examples" / "county" / "files"
_APART = frozenset({"source", "provenance", "notes", "schema", "version"})
Leaf = tuple[str, str]


def leaves(plan: Plan | None) -> list[Leaf]:
    """(path without positions, value) of every field of a plan that holds something, in order."""
    return list(_leaves("", {k: v for k, v in plan_to_dict(plan).items() if k not in _APART})) if plan else []


def _leaves(path: str, value: Any) -> Iterator[Leaf]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "id":
                yield from _leaves(f"{path}/{key}", inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _leaves(path, inner)
    elif value is not None and value != "":
        yield path, "".join(str(value).split())


def compared(right: Sequence[Leaf], read: Sequence[Leaf]) -> tuple[int, list[str]]:
    """(fields read right, what is missing and what is too much)."""
    matcher = SequenceMatcher(None, right, read, autojunk=False)
    wrong = [
        f"  {'-' if n == 0 else '+'} {path} {value}"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
        for n, side in enumerate((right[a:b], read[c:d]))
        for path, value in side
    ]
    return sum(m.size for m in matcher.get_matching_blocks()), wrong


def documents(files: Sequence[Path]) -> Iterator[tuple[str, Blocks, list[Leaf]]]:
    """(name, blocks, right reading) of files."""
    for file in files:
        data = file.read_bytes()
        yield file.stem, read_raw(data, file.name).blocks, leaves(read_bytes(data, file.name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--unseen", action="store_true", help="the styles and scans kept unseen too")
    parser.add_argument("--documents", nargs="+", type=Path, default=sorted(_COUNTY.glob("*.docx")))
    parser.add_argument("--style", default="", help="only styles, or scans, whose name holds this")
    parser.add_argument("--scans", action="store_true", help="pages with all lines, scanned in many ways, instead")
    parser.add_argument("-v", action="store_true", help="say what is read otherwise")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (args.folder or Path(scratch)).resolve()
        found = list(documents(args.documents))
        pages = _scanned if args.scans else _printed
        report = Report({name: right for name, _, right in found}, more=args.v)
        for kind, unseen, name, data in pages({name: blocks for name, blocks, _ in found}, folder):
            if args.style in kind and (args.unseen or not unseen):
                report.add(kind, name, data(), unseen=unseen)
        report.end()


Pages = Iterator[tuple[str, bool, str, Callable[[], bytes]]]
"""(style or scan, whether it is unseen, document, its file)"""


def _printed(blocks: Mapping[str, Blocks], folder: Path) -> Pages:
    for style, name, file in printed(blocks, STYLES, folder):
        yield style.name, style.unseen, name, file.read_bytes


def _scanned(blocks: Mapping[str, Blocks], folder: Path) -> Pages:
    files = list(printed(blocks, STYLES[:1], folder))
    for scan in SCANS:
        for _, name, file in files:
            yield scan.name, scan.unseen, name, partial(scanned, file, scan)


class Report:
    """Counts of fields by style, printed as each ends; of what is unseen the figure alone."""

    def __init__(self, right: Mapping[str, list[Leaf]], *, more: bool) -> None:
        self._right = right
        self._more = more
        self._kind = ""
        self._lines: list[str] = []
        self._here = [0, 0]
        self._all = {False: [0, 0], True: [0, 0]}

    def add(self, kind: str, name: str, data: bytes, *, unseen: bool) -> None:
        """Read a file and compare it with what is right."""
        if kind != self._kind:
            self._flush()
            self._kind = kind
        told = ""
        read: list[Leaf] = []
        try:
            read = leaves(read_bytes(data, name))
        except UnreadableFileError as error:
            told = f" refused: {error}"
        same, wrong = compared(self._right[name], read)
        of = len(self._right[name]) + len(read)
        for counts in (self._here, self._all[unseen]):
            counts[0] += 2 * same
            counts[1] += of
        if 2 * same < of and not unseen:
            self._lines.append(f"    {2 * same / of:.3f} {name}{told}")
            self._lines += wrong if self._more else []

    def _flush(self) -> None:
        if self._kind:
            print(f"{self._here[0] / max(1, self._here[1]):.3f} {self._kind}", *self._lines, sep="\n", flush=True)
        self._lines, self._here = [], [0, 0]

    def end(self) -> None:
        self._flush()
        for unseen, (same, of) in self._all.items():
            if of:
                print(f"{'unseen' if unseen else 'seen'}: {same / of:.4f} of {of // 2} fields")


if __name__ == "__main__":
    main()
