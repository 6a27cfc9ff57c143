"""``docs/truth.md``: how often the review is right, with every miss and every false alarm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jixiao.domain.problems import PROBLEMS
from jixiao.rules import RULES
from tools.truth.measure import Figures, Outcome, by_problem, by_rule, overall


def truth_page(outcomes: Sequence[Outcome], check: Sequence[Outcome]) -> str:
    """The page for the outcomes of all labelled documents: those the rules were made by, and those kept for checking."""
    return "\n".join(_page(outcomes, check)) + "\n"


def _page(outcomes: Sequence[Outcome], check: Sequence[Outcome]) -> Iterator[str]:
    total = overall(outcomes)
    labels = [label for o in outcomes for label in o.document.findings]
    rights = sum(len(o.document.right) for o in outcomes)
    yield "# 审核有多准"
    yield ""
    yield "由 `make truth` 生成，请勿手改。"
    yield ""
    yield (
        f"`truth/` 里有 {len(outcomes)} 份自己编写的绩效文本。写的人按财政审核人员的眼光逐处标注，不看规则怎么写："
        f"问题 {len(labels)} 处（其中 {sum(label.certain for label in labels)} 处肯定会被审核人员指出，"
        f"其余可提可不提），看着可疑、其实正确的 {rights} 处。自评表和监控表（s 开头的）由写规则的人标注，偏乐观。"
    )
    yield ""
    yield f"- 查准（错误和警告里对的）：{share(total.supported, total.wrong)}"
    yield f"- 查全（肯定的、从文字和数字就看得出来的问题里找到的）：{share(total.found, total.missed)}"
    yield f"- 标为正确的 {rights} 处里没有误报的：{sum(len(o.silent) for o in outcomes)} 处"
    yield ""
    yield (
        "没有标注的错误和警告算误报；建议只有报在标为正确的地方才算误报。需要懂业务内容、或者要查文件以外的事实才能发现的问题，"
        "不计入查全，列在最后。文本是照着常见写法编的，不是抽样得来的，数字只说明规则在这些写法上的表现。"
    )
    yield from _check(check)
    both = (*outcomes, *check)
    yield from _rules(by_rule(both))
    yield from _problems(by_problem(both))
    yield from _list("误报", _alarms(both))
    yield from _list("漏报", _misses(both, counting=True))
    yield from _list("不计入查全的", _misses(both, counting=False))


def _check(check: Sequence[Outcome]) -> Iterator[str]:
    total = overall(check)
    labels = [label for o in check for label in o.document.findings]
    yield ""
    yield "## 检验集"
    yield ""
    yield (
        f"`truth/check/` 里的 {len(check)} 份由别人另外编写和标注（问题 {len(labels)} 处，正确的"
        f" {sum(len(o.document.right) for o in check)} 处），写的时候既不看规则，也不看上面那一套。定规则时用的是上面那一套，"
        "所以这一套更能说明遇到没见过的文本时有多准。"
    )
    yield ""
    yield f"- 检验集的查准：{share(total.supported, total.wrong)}"
    yield f"- 检验集的查全：{share(total.found, total.missed)}"


def _rules(figures: dict[str, Figures]) -> Iterator[str]:
    yield ""
    yield "## 每条规则的查准"
    yield ""
    yield "| 规则 | | 对 | 误 | 查准 |"
    yield "|---|---|---:|---:|---:|"
    for code, f in figures.items():
        yield f"| [{code}](rules.md#{code.lower()}) | {RULES[code].title} | {f.supported} | {f.wrong} | {percent(f.precision)} |"


def _problems(figures: dict[str, Figures]) -> Iterator[str]:
    yield ""
    yield "## 每种问题的查全"
    yield ""
    yield "| 问题 | | 找到 | 漏 | 查全 |"
    yield "|---|---|---:|---:|---:|"
    for problem, f in figures.items():
        yield f"| `{problem}` | {PROBLEMS[problem][1]} | {f.found} | {f.missed} | {percent(f.recall)} |"


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
