"""What a reader of a Word document is told besides its text: what was left out, and what stands in the margins."""

from __future__ import annotations

import re
from typing import Any

from jixiao.domain.note import Note
from jixiao.readers.formats.docx.package import Package, W, parsed
from jixiao.readers.formats.docx.printed import Found
from jixiao.readers.raw.margins import annotation_notes, head_lines

_P, _T = W + "p", W + "t"
_TRACKED = (W + "del", W + "ins", W + "moveFrom")
_HEAD = re.compile(r"word/((?:header|footer)\d*)\.xml")
_MOST_WORDS = 20
_ANNOTATIONS = (
    (W + "footnoteReference", "footnotes", W + "footnote", "脚注"),
    (W + "endnoteReference", "endnotes", W + "endnote", "尾注"),
    (W + "commentReference", "comments", W + "comment", "批注"),
)
_LEFT_OUT = {"hidden": "文档中设为隐藏的文字未读入", "placeholder": "没有填写的填写框里的提示文字未读入"}


def page_heads(package: Package) -> list[str]:
    """The lines of headers and footers, without page numbers."""
    if not package.has(W + "headerReference", W + "footerReference"):
        return []
    lines: list[str] = []
    for name in sorted(package.names):
        if m := _HEAD.fullmatch(name):
            xml = package.text(m[1])
            if b"<w:t" in xml:
                lines += _lines(parsed(xml))
    return head_lines(lines)


def _lines(root: Any) -> list[str]:
    return ["".join(t.text or "" for t in paragraph.iter(_T)) for paragraph in root.iter(_P)]


def notes_on(package: Package, left_out: Found) -> tuple[Note, ...]:
    """Notes on tracked changes, words left out, annotations, macros, and what holds words that cannot be read."""
    xml = package.xml
    notes: list[Note] = []
    if package.has(*_TRACKED) and b"w:author=" in xml:
        notes.append(
            Note("docx.tracked_changes", "", "文档里有未接受的修订：按接受全部修订后的文字读取，已删除的文字不读。")
        )
    for what, message in _LEFT_OUT.items():
        if words := [f"“{w}”" for kind, w in left_out if kind == what]:
            more = f" 等 {len(words)} 处" if len(words) > _MOST_WORDS else ""
            notes.append(Note("hidden.left_out", "", f"{message}：{'、'.join(words[:_MOST_WORDS])}{more}"))
    for reference, part, element, what in _ANNOTATIONS:
        if package.has(reference) and (inside := package.text(part)):
            texts = [" ".join(_lines(one)) for one in parsed(inside).iter(element)]
            notes += annotation_notes(what, texts)
    if formulas := sum(kind == "equation" for kind, _ in left_out):
        notes.append(
            Note("object.unread", "", f"文档里有 {formulas} 处公式对象，其中的字和符号读不到，请对照原文件核对。")
        )
    if package.has_pictures and (pictures := xml.count(b":blip ") or xml.count(b":imagedata ")):
        message = f"文档里有 {pictures} 张图片，图片里的字没有读；表格是拍照或扫描贴进来的，请另存成图片或 PDF 后再读。"
        notes.append(Note("object.unread", "", message))
    if "word/vbaProject.bin" in package.names:
        notes.append(Note("macros.not_run", "", "文档里带有宏，读取时没有运行；宏算出来的内容以保存时的为准。"))
    return tuple(notes)
