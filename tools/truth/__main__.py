"""``make truth``: precision and recall per rule and over all, with every miss and false alarm."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from jixiao.rules import RULES
from tools.truth.labels import Document, documents
from tools.truth.measure import Figures, Outcome, by_problem, by_rule, measure, overall
from tools.truth.samples import samples


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.truth", description=__doc__)
    parser.add_argument(
        "--samples", type=Path, help="a folder with NAME.plan.json and NAME.findings.jsonl, as a second set"
    )
    parser.add_argument("--brief", action="store_true", help="figures only, no misses and false alarms")
    parser.add_argument("--rule", help="only what concerns this rule or problem")
    arguments = parser.parse_args()
    report("标注集", documents(), arguments)
    if arguments.samples is not None and arguments.samples.is_dir():
        report("第二套标注", samples(arguments.samples), arguments)


def report(title: str, found: list[Document], arguments: argparse.Namespace) -> None:
    outcomes = [measure(document) for document in found]
    if not arguments.brief:
        for outcome in outcomes:
            _print_outcome(outcome, arguments.rule)
    print(f"\n{title}：{len(found)} 份")
    for code, figures in by_rule(outcomes).items():
        if figures.precision is not None and arguments.rule in (None, code, RULES[code].problem):
            print(f"  {code:<4} {RULES[code].problem:<28} 查准 {_share(figures.supported, figures.wrong)}")
    for problem, figures in by_problem(outcomes).items():
        if arguments.rule in (None, problem):
            print(f"  {problem:<33} 查全 {_share(figures.found, figures.missed)}")
    total = overall(outcomes)
    print(f"  合计：错误和警告的查准 {_share(total.supported, total.wrong)}，查全 {_share(total.found, total.missed)}")


def _print_outcome(outcome: Outcome, only: str | None) -> None:
    out = sys.stdout.write
    for label in outcome.misses:
        if label.counts and only in (None, label.problem):
            out(f"漏 {outcome.document.name} {label.places[0]} {label.problem}：{label.why}\n")
    for finding, why in outcome.false_alarms:
        if only in (None, finding.rule, finding.problem):
            out(
                f"误 {outcome.document.name} {finding.pointer} {finding.rule} {finding.problem}：{finding.message}（{why}）\n"
            )


def _share(right: int, wrong: int) -> str:
    return f"{100 * right / (right + wrong):5.1f}%（{right}/{right + wrong}）" if right + wrong else "—"


if __name__ == "__main__":
    main()
