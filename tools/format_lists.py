"""Writes into both READMEs which files are read, as the formats themselves declare it: ``make docs``."""

from __future__ import annotations

import re
from pathlib import Path

from jixiao.readers.format import Family, Format
from jixiao.readers.registry import registry

ROOT = Path(__file__).parent.parent
_BEGIN, _END = "<!-- formats: written by make docs -->", "<!-- /formats -->"
_FAMILIES = {
    Family.WORD: "Word, WPS",
    Family.EXCEL: "Excel, WPS",
    Family.WEB_PAGE: "web pages",
    Family.PDF: "PDF",
    Family.TEXT: "text",
    Family.IMAGE: "images",
}
_PAGES = {
    "README.md": ("| Files | Endings | Takes |", {"LibreOffice": "LibreOffice", "ocr": "`make ocr`"}),
    "README.zh-CN.md": (
        "| 文件 | 扩展名 | 另外要装 |",
        {"LibreOffice": "LibreOffice", "ocr": "文字识别（`make ocr`）"},
    ),
}


def page(name: str) -> str:
    """A README with its list of formats made anew."""
    text = (ROOT / name).read_text(encoding="utf-8")
    head, needs = _PAGES[name]
    rows = [head, "|---|---|---|"]
    groups: dict[tuple[Family, str | None], list[str]] = {}
    for form in sorted(registry().formats, key=lambda form: (form.family, bool(_need(form)))):
        groups.setdefault((form.family, _need(form)), []).extend(form.suffixes)
    for (family, need), suffixes in groups.items():
        label = _FAMILIES[family] if name == "README.md" else family.label
        endings = " ".join(f"`{suffix}`" for suffix in dict.fromkeys(suffixes))
        rows.append(f"| {label} | {endings} | {needs[need] if need else ''} |")
    block = "\n".join((_BEGIN, "", *rows, "", _END))
    return re.sub(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", lambda _: block, text, flags=re.DOTALL)


def _need(form: Format) -> str | None:
    return "LibreOffice" if form.via is not None else form.extra


def main() -> None:
    for name in _PAGES:
        (ROOT / name).write_text(page(name), encoding="utf-8")
        print(f"wrote {ROOT / name}")
