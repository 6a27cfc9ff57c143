"""Which files a call names, and what their results are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_DOCUMENTS = frozenset(
    (
        *(".txt", ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".doc", ".wps", ".xls", ".et", ".pdf"),
        *(".html", ".htm", ".mht", ".csv", ".rtf", ".odt", ".ods", ".zip"),
        *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
    )
)
_OWN_RESULTS = (".plan.json", ".review.json", ".审核意见.docx", "审核总表.xlsx", "审核报告.html")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The documents to read, in order, and the files of folders that are no documents."""

    documents: tuple[Path, ...]
    ignored: tuple[Path, ...]


def inputs_of(paths: Iterable[Path]) -> Inputs:
    """Named files as they are; folders with everything below them, without lock files and our own results."""
    documents: list[Path] = []
    ignored: list[Path] = []
    for path in paths:
        if not path.is_dir():
            documents.append(path)
            continue
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            if file.name.startswith((".", "~$")) or file.name.endswith(_OWN_RESULTS):
                continue
            (documents if file.suffix.lower() in _DOCUMENTS else ignored).append(file)
    return Inputs(tuple(dict.fromkeys(documents)), tuple(ignored))


def stems(files: Sequence[Path]) -> tuple[str, ...]:
    """A name for the results of each file: its stem; the whole name, then a number, where stems are alike."""
    by_stem = Counter(file.stem for file in files)
    names = [file.stem if by_stem[file.stem] == 1 else file.name for file in files]
    seen: Counter[str] = Counter()
    result = []
    for name in names:
        seen[name] += 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(result)
