"""Mutations of what is written: bytes, lines of text, tokens of markup, nodes of JSON."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from random import Random
from typing import Any

WORDS = (  # noqa: SIM905 - a list literal would be a page long
    "一、总体绩效目标 二、分项绩效目标 三、工作保障措施 1.甲绩效目标表 单位：万元 第一部分 目录 项目编码 项目名称 预算数 "
    "其中：财政资金 其他资金 资金支出计划（%） 3月底 绩效目标 年度目标 一级指标 二级指标 三级指标 指标值 绩效指标描述 "
    "指标值确定依据 年度指标值 实际完成值 分值 得分 产出指标 数量指标 产出指标(50分) 满意度指标 权重 指标性质 度量单位 "
    "≥ ≤5% 3-5家 总分 年初预算数 全年执行数 执行率 主管部门 （2026年度） 2026年 优 良 中 差 □ 合计"
).split()
_BLANK = ["", "\0", "\n", "\r", "\t", "\t\t\t", "\x1f", "\x85", "\xa0", "\u2028", "\u3000", "\ufeff", "a\u0301"]
_ODD = (  # noqa: SIM905
    "\ufffd \U0001f600 \U00020000 ² 0 -1 1e999 NaN ٣ １２ ① 一二三 十百千万亿 0.0.0 1,2,3 -- ∞% | |||| &amp; < ]]> % ％％ ≥≤ "
    "2026年13月45日 0000-00-00"
).split()
_NASTY = [*_BLANK, *_ODD, "9" * 40, "9" * 400, "（" * 50]
_BITES = (
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\x81",
    b"\x80",
    b"\x1a",
    b"\xa1\xa1",
)
_NUMBERS = (0, 1, 2, 255, 256, 65535, 2**31 - 1, 2**31, 2**32 - 1, 2**63)
_TOKEN = re.compile(rb"<[^<>]{0,4000}>|[^<]+|<")
_ATTRIBUTE = re.compile(rb'="([^"]*)"')
_NAME = re.compile(rb"</?([A-Za-z][\w:.-]*)")
_MOST_TIMES = 40
_DEEP = 300


def some(random: Random) -> str:
    """A word that forms print, or one that is trouble."""
    return random.choice(WORDS) if random.random() < 0.5 else random.choice(_NASTY)


def mutate_bytes(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        at = random.randrange(len(out) + 1)
        end = min(len(out), at + random.choice((1, 2, 4, 16, 256)))
        match random.randrange(7):
            case 0:
                out[at:end] = b""
            case 1:
                out[at:at] = random.choice(_BITES) * random.choice((1, 1, 3))
            case 2:
                out[at:end] = random.randbytes(end - at)
            case 3:
                size = random.choice((1, 2, 4, 8))
                number = random.choice(_NUMBERS) % 256**size
                out[at : at + size] = number.to_bytes(size, random.choice(("little", "big")))
            case 4:
                out[at:at] = out[at:end] * random.choice((1, 2, _MOST_TIMES))
            case 5 if out:
                out[at % len(out)] ^= 1 << random.randrange(8)
            case _:
                del out[random.randrange(len(out) // 2, len(out) + 1) :]
    return bytes(out)


def mutate_list(items: list[Any], random: Random) -> None:
    """Take out, double, move or swap runs of a list."""
    at = random.randrange(len(items) + 1)
    end = min(len(items), at + random.choice((1, 1, 2, 5, 20)))
    match random.randrange(4):
        case 0:
            del items[at:end]
        case 1:
            items[at:at] = items[at:end] * random.choice((1, 1, 3, _MOST_TIMES))
        case 2:
            piece = items[at:end]
            del items[at:end]
            to = random.randrange(len(items) + 1)
            items[to:to] = piece
        case _ if items:
            a, b = random.randrange(len(items)), random.randrange(len(items))
            items[a], items[b] = items[b], items[a]


def mutate_text(data: bytes, random: Random) -> bytes:
    """Lines and words of a text; now and then its signs between cells, its line ends, its encoding."""
    text = _decoded(data)
    lines = text.split("\n")
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        at = random.randrange(len(lines)) if lines else 0
        match random.randrange(6):
            case 0 | 1:
                mutate_list(lines, random)
            case 2:
                lines.insert(at, some(random))
            case 3 if lines:
                cut = random.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:cut] + some(random) + lines[at][cut:]
            case 4 if lines:
                cut = random.randrange(len(lines[at]) + 1)
                lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
            case 5 if len(lines) > 1:
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
    text = random.choice(("\n",) * 9 + ("\r\n", "\r", "\n\n", " ", "\t")).join(lines)
    for old, new in (("|", ","), ("\t", " "), (",", "\t"), (" ", ""), ("。", ""), ("指标", "")):
        if random.random() < 0.05:
            text = text.replace(old, new)
    encoding = random.choice(("utf-8",) * 12 + ("gb18030", "utf-16", "utf-16-be", "big5", "utf-8-sig"))
    encoded = text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
    return mutate_bytes(encoded, random) if random.random() < 0.1 else encoded


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("utf-8", "surrogateescape")


def mutate_markup(data: bytes, random: Random) -> bytes:
    """Tokens of XML or HTML: elements moved, doubled, nested deeply, renamed; attributes and words replaced."""
    tokens = _TOKEN.findall(data)
    tags = [n for n, token in enumerate(tokens) if token.startswith(b"<")]
    if not tags:
        return mutate_text(data, random)
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        at = min(random.choice(tags), len(tokens) - 1)
        match random.randrange(7):
            case 0 | 1:
                mutate_list(tokens, random)
            case 2:
                tokens[at] = _with_attribute(tokens[at], random)
            case 3:
                tokens[at] = _renamed(tokens[at], tokens[min(random.choice(tags), len(tokens) - 1)])
            case 4:
                end = min(len(tokens), at + random.choice((1, 5, 30)))
                name = m[1] if (m := _NAME.match(tokens[at])) else b"div"
                deep = random.choice((1, 3, _DEEP))
                tokens[at:end] = [b"<" + name + b">"] * deep + tokens[at:end] + [b"</" + name + b">"] * deep
            case 5:
                tokens.insert(at, some(random).encode())
            case _:
                words = [n for n, token in enumerate(tokens) if not token.startswith(b"<") and token.strip()]
                if words:
                    tokens[random.choice(words)] = some(random).encode("utf-8", "replace")
        if not tokens:
            break
    return b"".join(tokens)


def _with_attribute(token: bytes, random: Random) -> bytes:
    found = list(_ATTRIBUTE.finditer(token))
    if not found:
        return token
    m = random.choice(found)
    value = random.choice((b"", b"0", b"-1", b"1", b"2", b"999999999", b"1" * 30, b"x", some(random).encode()))
    return token[: m.start(1)] + value.replace(b'"', b"").replace(b"<", b"") + token[m.end(1) :]


def _renamed(token: bytes, like: bytes) -> bytes:
    old, new = _NAME.match(token), _NAME.match(like)
    return token if old is None or new is None else token[: old.start(1)] + new[1] + token[old.end(1) :]


def mutate_json(data: bytes, random: Random) -> bytes:
    """Nodes of JSON: taken out, replaced by another or by trouble."""
    try:
        tree = json.loads(data)
    except ValueError:
        return mutate_bytes(data, random)
    places = list(_places(tree))
    for _ in range(random.choice((1, 1, 2, 4))):
        if not places:
            break
        holder, key = random.choice(places)
        value = random.choice(
            (None, "", 0, -1, 1e300, True, [], {}, "NaN", "1e9", "2026-02-30", "\ud800", some(random))
        )
        if isinstance(holder, list) and key >= len(holder):
            continue
        if random.random() < 0.2:
            holder.pop(key) if isinstance(holder, list) else holder.pop(key, None)
        elif random.random() < 0.3:
            other = random.choice(places)[0]
            holder[key] = json.loads(json.dumps(other))  # a copy: no node may hold itself
        else:
            holder[key] = value
    return json.dumps(tree).encode()


def _places(node: Any) -> Any:
    keys = range(len(node)) if isinstance(node, list) else list(node) if isinstance(node, dict) else ()
    for key in keys:
        yield node, key
        yield from _places(node[key])
