"""``make truth``: precision and recall per rule and over all, with every miss and false alarm.

Writes ``docs/truth.md``. Refuses to write figures that are lower than those of the page, unless ``--lower`` says that
this is meant (labels were added or corrected).
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from jixiao.rules import RULES
from tools.truth.labels import CHECK, TRUTH, Document, documents
from tools.truth.measure import Outcome, by_problem, by_rule, measure, overall
from tools.truth.page import share, truth_page
from tools.truth.samples import samples

PAGE = TRUTH.parent / "docs" / "truth.md"
_FIGURE = re.compile(r"^- (?:查[准全]（[^：]*|检验集的查[准全])：(\d+\.\d)%", re.MULTILINE)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.truth", description=__doc__)
    parser.add_argument("--samples", type=Path, metavar="DIR", help="a second set: NAME.plan.json, NAME.findings.jsonl")
    parser.add_argument("--texts", type=Path, metavar="DIR", help="read the second set from NAME.txt instead")
    parser.add_argument("--rule", help="only what concerns this rule or problem; writes nothing")
    parser.add_argument("--lower", action="store_true", help="write the page even where a figure falls")
    arguments = parser.parse_args()
    outcomes = report("标注集", documents(), arguments.rule)
    check = report("检验集", documents(CHECK), arguments.rule)
    if arguments.samples is not None and arguments.samples.is_dir():
        report("第二套标注", samples(arguments.samples, arguments.texts), arguments.rule)
    if arguments.rule is None:
        sys.exit(write(truth_page(outcomes, check), lower=arguments.lower))


def write(page: str, *, lower: bool) -> int:
    """Write the page; 1 where a figure would fall."""
    before = _FIGURE.findall(PAGE.read_text(encoding="utf-8")) if PAGE.is_file() else []
    after = _FIGURE.findall(page)
    if not lower and any(float(new) < float(old) for old, new in zip(before, after, strict=False)):
        print(f"没有写 {PAGE.name}：查准、查全从 {before} 变成 {after}。确是改了标注，请加 --lower。")
        return 1
    PAGE.write_text(page, encoding="utf-8")
    print(f"写好了 {PAGE}")
    return 0


def report(title: str, found: list[Document], only: str | None) -> list[Outcome]:
    """Print misses, false alarms and figures of a set."""
    outcomes = [measure(document) for document in found]
    for outcome in outcomes:
        _print_outcome(outcome, only)
    print(f"\n{title}：{len(found)} 份")
    for code, figures in by_rule(outcomes).items():
        if figures.precision is not None and only in (None, code, RULES[code].problem):
            print(f"  {code:<4} {RULES[code].problem:<28} 查准 {share(figures.supported, figures.wrong)}")
    for problem, figures in by_problem(outcomes).items():
        if only in (None, problem):
            print(f"  {problem:<33} 查全 {share(figures.found, figures.missed)}")
    total = overall(outcomes)
    print(f"  合计：错误和警告的查准 {share(total.supported, total.wrong)}，查全 {share(total.found, total.missed)}")
    return outcomes


def _print_outcome(outcome: Outcome, only: str | None) -> None:
    for label in outcome.misses:
        if label.counts and only in (None, label.problem):
            print(f"漏 {outcome.document.name} {label.places[0]} {label.problem}：{label.why}")
    for finding, why in outcome.false_alarms:
        if only in (None, finding.rule, finding.problem):
            print(
                f"误 {outcome.document.name} {finding.pointer} {finding.rule} {finding.problem}：{finding.message}（{why}）"
            )


if __name__ == "__main__":
    main()
