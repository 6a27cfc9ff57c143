"""Residue that converters leave in text: Word field codes and bookmark marks. Removed, and told."""

from __future__ import annotations

import re

from jixiao.domain.note import Note

_BOOKMARK = re.compile(r"\[bookmark:[^\]]{0,200}\]")
_SWITCHES = r"(?:\\[a-z](?:\s+(?!\\)\S+)?\s*)+"
_FIELD = re.compile(rf"(?<!\s)\s*\b(?:TC|TOC|PAGEREF|HYPERLINK|REF|MERGEFORMAT|SEQ)\s[^\\\n\t]{{0,200}}{_SWITCHES}")
_PINYIN = re.compile(
    r"(?<=[\u4e00-\u9fff])[（(](?=[^)）]{0,5}[aeiouvüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}[)）]"
)
_FEWEST_PINYIN = 8
_WEB_WORD = re.compile(
    r"(?P<word>打印(?:本页|此页|文章)?|关闭(?:本页|窗口)?|返回(?:顶部|上一页|首页)|分享到|收藏|字[号体]|上一篇|下一篇|责任编辑|责编|"
    r"(?:信息|文章)?来源|作者|发[布文](?:日期|时间|机构)|更新时间|浏览(?:次数|量)?|点击(?:次数|量|数)?|阅读(?:次数|量)?|访问量|"
    r"当前位置|您(?:现在)?的位置|扫一扫|附件下载|相关(?:链接|阅读|推荐)|版权所有|主办单位|网站地图)(?P<value>[:：].*)?"
)
_WEB_VALUE = re.compile(r"[大中小]|[A-Za-z+-]{1,3}")
_WEB_GAPS = re.compile(r"[\s|｜【】\[\]]+")
_MARKUP = re.compile(r"\s*(?:#{1,6}\s+|[-+*•·]\s+(?=[\u4e00-\u9fff《（(*])|>\s+)+")
_BOLD = re.compile(r"^\s*\*\*(?P<words>[\u4e00-\u9fff][^*]{0,40})\*\*")
_LONGEST_WEB_LINE = 120
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b\u200c\u200d\u2060\ufe00-\ufe0f\ufeff\ufffc\U000e0100-\U000e01ef]"
)


def strip_residue(text: str) -> tuple[str, tuple[str, ...]]:
    """(text without residue, the residue met). Control and zero-width characters go without mention."""
    removed: list[str] = []

    def drop(m: re.Match[str]) -> str:
        removed.append(m.group().strip())
        return ""

    if "[bookmark:" in text:
        text = _BOOKMARK.sub(drop, text)
    if "\\" in text:
        text = _FIELD.sub(drop, text)
    return _CONTROL.sub("", text), tuple(removed)


def strip_control(text: str) -> str:
    """Text without control and zero-width characters, as every reader leaves them out."""
    return _CONTROL.sub("", text)


def strip_markup(line: str) -> str:
    """A line without the marks of headings, lists and bold labels that lightly marked-up text begins lines with."""
    if not line.lstrip().startswith(("#", "-", "+", "*", "•", "·", ">")):
        return line
    return _BOLD.sub(lambda m: m["words"], _MARKUP.sub("", line, count=1) if _MARKUP.match(line) else line)


def strip_pinyin(text: str) -> tuple[str, list[Note]]:
    """(text without the pinyin that some web pages print behind each character, what is told of it).

    A few Latin letters in brackets may be a unit: only where they stand again and again are they pinyin.
    """
    found = _PINYIN.findall(text)
    if len(found) < _FEWEST_PINYIN:
        return text, []
    message = f"字后括号里的拼音共 {len(found)} 处（如“{found[0]}”），读取时已去掉；请以没有注音的原文为准。"
    return _PINYIN.sub("", text), [Note("residue.removed", "", message)]


def is_web_furniture(line: str) -> bool:
    """Whether a line is what web pages print round an article: 来源：… 发布时间：…, 【打印本页】 【关闭窗口】.

    One such word alone may be the cell of a table, 来源：… the source of the money.
    """
    words = [word for word in _WEB_GAPS.split(line) if word] if len(line) <= _LONGEST_WEB_LINE else []
    count, valued = 0, False
    for word in words:
        m = _WEB_WORD.fullmatch(word)
        if m is not None:
            count, valued = count + 1, valued or m["value"] is not None
        elif not count or not (valued or _WEB_VALUE.fullmatch(word)):
            return False
    return count > 1 or (count == 1 and ("【" in line or (valued and not line.lstrip().startswith("来源"))))
