"""``docs/truth.md``: how often the review is right, first where nobody looked, with every miss and false alarm elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from jixiao.domain.problems import PROBLEMS
from jixiao.rules import RULES
from tools.kinds import record as placing
from tools.kinds.warnings import MISPLACED, WANTED
from tools.truth.bars import FEWEST_SAID, RULE_PRECISION, bars, by_rule_on_real, fields_by_kind, often_wrong
from tools.truth.measure import Figures, Outcome, by_problem, by_rule
from tools.truth.record import Measured
from tools.truth.sets import Origin, Set

_TITLES = {Set.UNSEEN: "没看过的文本", Set.TUNING: "调规则时看过的文本", Set.OWN: "自编的文本"}
_UNSEEN = (
    "写规则的人没有看过这些文本，程序对它们只报总数，不报哪一处漏了、误了。遇到新文本时有多准，以这里为准。"
    "真实文本不公开；自写的放在 `truth/check/`，由别人先不看规则写好、逐处标注，谁看了其中一处，就把那一份移到下一组"
    "（`tools/truth/sets.yaml` 记着每份在哪一组、从哪天起）。"
)
_TUNING = "写规则的人看过这些文本上的漏报和误报，并据此改过规则，数字比遇到新文本时偏高。"
_OWN = (
    "定规则时就看着它们。是照着常见写法编的，不是抽样得来的；自评表和监控表（s 开头的）由写规则的人标注。数字最偏乐观，"
    "只说明规则在这些写法上的表现。"
)
_ABOUT = {Set.UNSEEN: _UNSEEN, Set.TUNING: _TUNING, Set.OWN: _OWN}
_HOW = """\
- 查准：报出的错误和警告里，标注支持的占多少。没有标注的错误和警告一律算误报；建议只有报在标为正确的地方才算误报。
- 查全：审核人员肯定会指出、从文字和数字就看得出来的问题里，找到的占多少。要懂业务内容、或者要查文件以外的事实才能发现的，不计在内。
- 正确处误报：看着可疑、其实正确的地方，被报了错误或警告的有多少处；括号里是连建议也算上的处数。
- 找到：问题种类相同（或者标注列出的同样说得通的种类），并且指着同一格、同一行；说整张表的，指着表里任何一处。
- 真实文本按程序自己读出的内容审核，读错、读漏的行照样算漏报；其中的目标句和部分项目名称是重新编写的，针对它们的意见不计。"""


def truth_page(groups: Sequence[Measured], outcomes: Sequence[Outcome]) -> str:
    """The page: figures of all groups; rules, misses and false alarms of the ``outcomes``, none of which is unseen."""
    return "\n".join(_page(groups, outcomes)) + "\n"


def _page(groups: Sequence[Measured], outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "# 审核有多准"
    yield ""
    yield "由 `make truth` 生成，请勿手改。"
    for which in Set:
        yield from _set(which, [g for g in groups if g.set is which])
    yield ""
    yield "## 怎样算的"
    yield ""
    yield _HOW
    yield from _bars(groups)
    yield from _reading(groups)
    yield from _rules(by_rule_on_real(groups), by_rule(outcomes))
    yield from _often_wrong(groups)
    yield from _placing()
    yield from _problems(_problems_on_real(groups), by_problem(outcomes))
    yield from _list("自写文本上的误报", _alarms(outcomes))
    yield from _list("自写文本上的漏报", _misses(outcomes, counting=True))
    yield from _list("不计入查全的", _misses(outcomes, counting=False))


def _set(which: Set, groups: Sequence[Measured]) -> Iterator[str]:
    yield ""
    yield f"## {_TITLES[which]}"
    yield ""
    yield _ABOUT[which]
    yield ""
    yield "| 文本 | 份数 | 标注的问题 | 查准 | 查全 | 正确处误报 | 量于 |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for group in groups:
        f = group.figures
        yield (
            f"| {group.of.label} | {group.documents} | {group.labels} | {share(f.supported, f.wrong)} |"
            f" {share(f.found, f.missed)} | {_at_right(f)} | {group.on} |"
        )


def _at_right(f: Figures) -> str:
    return f"{f.alarmed}/{f.right} 处（{f.spoken}）" if f.right else "没有标注"


def _bars(groups: Sequence[Measured]) -> Iterator[str]:
    yield ""
    yield "## 在真实文本上的要求"
    yield ""
    yield "| | 要求 | 现在 | |"
    yield "|---|---:|---:|---|"
    for bar in bars(groups):
        now = "没有可量的" if bar.value is None else f"{100 * bar.value:.1f}%（{bar.counts}）"
        word = {True: "达到", False: "没有达到", None: "—"}[bar.met]
        yield f"| {bar.title} | {'≤' if bar.most else '≥'}{100 * bar.bound:g}% | {now} | {word} |"


def _reading(groups: Sequence[Measured]) -> Iterator[str]:
    yield ""
    yield "读取按栏目算：读对的占应读的和读出的多少（F1）。"
    if not fields_by_kind(groups):
        yield ""
        yield "还没有量过。"


def _rules(real: Mapping[str, tuple[Figures, Figures]], own: Mapping[str, Figures]) -> Iterator[str]:
    yield ""
    yield "## 每条规则的查准"
    yield ""
    yield "真实文本只算看过的（没看过的只报总数）；“错误、警告”两栏不算建议。自写文本是自编的和看过的。"
    yield ""
    yield "| 规则 | | 真实：对 | 错误、警告：对 | 误 | 查准 | 自写：对 | 误 | 查准 |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|"
    nothing = (Figures(), Figures())
    for code, f in own.items():
        every, above = real.get(code, nothing)
        yield (
            f"| [{code}](rules.md#{code.lower()}) | {RULES[code].title} | {every.supported} | {above.supported} |"
            f" {above.wrong} | {percent(above.precision)} | {f.supported} | {f.wrong} | {percent(f.precision)} |"
        )


def _placing() -> Iterator[str]:
    """How right the warnings on classes are on rows that the table had not seen."""
    found = placing.recorded()
    if found is None:
        return
    yield ""
    yield "## 指标归类的警告"
    yield ""
    yield (
        "归类由学来的表判断（`make kinds MEASURE=1`，决定 26）。按文件分成五份，每份由另外四份学的表来判，报到什么程度也由另外四份定。"
        f"照印的位置很少放错到要警告的程度，所以每一行再依次放到别的一级指标下面；按一百行里放错 {MISPLACED} 行合在一起算查准，"
        "“至少”是照印的位置再多误报三行时的查准。"
    )
    yield ""
    yield f"| 量于 {found.on} | 照印的位置：行 | 警告 | 对 | 放错的位置：处 | 警告 | 查准 | 至少 | 要求 |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for title, f in (("程度由另外四份定", found.chosen), ("现用的程度", found.used)):
        yield (
            f"| {title} | {f.printed} | {f.warned} | {f.right} | {f.planted} | {f.found} |"
            f" {100 * f.precision:.1f}% | {100 * f.at_least:.1f}% | ≥{100 * WANTED:g}% |"
        )


def _often_wrong(groups: Sequence[Measured]) -> Iterator[str]:
    yield ""
    bad = often_wrong(groups)
    rule = f"真实文本上报过 {FEWEST_SAID} 次以上错误、警告，查准低于 {100 * RULE_PRECISION:g}% 的规则，要降为建议或者撤掉。"
    yield rule + (f"现在有：{'、'.join(bad)}。" if bad else "现在没有这样的规则。")


def _problems_on_real(groups: Iterable[Measured]) -> dict[str, Figures]:
    found: dict[str, Figures] = {}
    for group in (g for g in groups if g.of is not Origin.TRUTH):
        for problem, f in group.problems.items():
            found[problem] = found.get(problem, Figures()) + f
    return found


def _problems(real: Mapping[str, Figures], own: Mapping[str, Figures]) -> Iterator[str]:
    yield ""
    yield "## 每种问题的查全"
    yield ""
    yield "| 问题 | | 真实：找到 | 漏 | 查全 | 自写：找到 | 漏 | 查全 |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for problem in sorted(real.keys() | own.keys()):
        r, o = real.get(problem, Figures()), own.get(problem, Figures())
        yield (
            f"| `{problem}` | {PROBLEMS[problem][1]} | {r.found} | {r.missed} | {percent(r.recall)} |"
            f" {o.found} | {o.missed} | {percent(o.recall)} |"
        )


def _list(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    yield ""
    yield f"## {title}（{len(found)}）"
    yield ""
    yield from found or ["没有。"]


def _alarms(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        for finding, why in outcome.false_alarms:
            yield f"- {outcome.document.name} `{finding.pointer}` {finding.rule} {finding.title}：{finding.message}（{why}）"


def _misses(outcomes: Sequence[Outcome], *, counting: bool) -> Iterator[str]:
    for outcome in outcomes:
        for label in outcome.misses:
            if label.certain and label.counts is counting:
                yield f"- {outcome.document.name} `{label.places[0]}` {PROBLEMS[label.problem][1]}：{label.why}"


def share(right: int, wrong: int) -> str:
    """``95.0%（19/20）``; a dash where there is nothing."""
    return f"{100 * right / (right + wrong):.1f}%（{right}/{right + wrong}）" if right + wrong else "—"


def percent(part: float | None) -> str:
    """A share in per cent."""
    return "—" if part is None else f"{100 * part:.0f}%"
