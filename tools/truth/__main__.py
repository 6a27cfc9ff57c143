"""``make truth``: precision and recall per rule and over all, in three sets: unseen, seen while tuning, own.

Of documents nobody has seen it tells totals, of the others every miss and false alarm. Writes ``docs/truth.md`` and what
was measured (``recorded.yaml``): where the real documents are not at hand, the figures last recorded are shown. Refuses
to write figures of seen documents that are lower than those recorded, unless ``--lower`` says that this is meant (labels
were added or corrected). Ends with 1 where it refuses, or where a rule above advice is too often wrong on real documents.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date

from jixiao.rules import RULES
from tools.truth.bars import bars, often_wrong
from tools.truth.corpus import CORPUS, EXPECTED, SAMPLES, Missing, real_documents, sample_documents
from tools.truth.labels import TRUTH, Document
from tools.truth.measure import Outcome, by_problem, by_rule, measure
from tools.truth.page import share, truth_page
from tools.truth.record import Measured, measured, record, recorded
from tools.truth.sets import Origin, Set, groups, names, scans, written

PAGE = TRUTH.parent / "docs" / "truth.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.truth", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only documents that begin so; writes nothing")
    parser.add_argument("--rule", help="only what concerns this rule or problem; writes nothing")
    parser.add_argument("--quiet", action="store_true", help="figures only, no single misses and false alarms")
    parser.add_argument("--lower", action="store_true", help="write the page even where a figure falls")
    arguments = parser.parse_args()
    if arguments.names or arguments.rule is not None:
        for of, which in _seen_groups():
            outcomes, _ = outcomes_of(of, which, arguments.names)
            _print_outcomes(outcomes, arguments.rule)
            _print_figures(outcomes, arguments.rule)
        return
    sys.exit(_all(quiet=arguments.quiet, lower=arguments.lower))


def _all(*, quiet: bool, lower: bool) -> int:
    """Measure, tell and write everything; the exit code."""
    last = {(m.of, m.set): m for m in recorded()}
    now: list[Measured] = []
    listed: list[Outcome] = []
    for of, which in _groups():
        outcomes, missing = outcomes_of(of, which)
        old = last.get((of, which))
        whole = bool(outcomes) and not missing
        group = measured(of, which, outcomes, date.today()) if whole or old is None else old  # noqa: DTZ011 - a day for people
        if which is not Set.UNSEEN:
            if not quiet:
                _print_outcomes(outcomes, None)
            _print_figures(outcomes, None)
            listed += outcomes if of is Origin.TRUTH else []
        if not whole:
            why = "；".join(f"{one.name} {one.why}" for one in missing) or "仓库旁边没有这些文本"
            if outcomes:
                _print_group(measured(of, which, outcomes, date.today()))  # noqa: DTZ011
            print(f"\n{which.label}，{of.label}：这次没有量全（{why}），要求和文件里用 {group.on} 记下的数")
        _print_group(group)
        now.append(group)
    for bar in bars(now):
        print(bar.line)
    bad = often_wrong(now)
    for code, f in bad.items():
        print(
            f"MISSED {code} {RULES[code].title}：真实文本上的错误、警告查准 {share(f.supported, f.wrong)}，要降为建议或撤掉"
        )
    return _write(now, listed, last, lower=lower) or bool(bad)


def _write(
    now: Sequence[Measured], listed: Sequence[Outcome], last: dict[tuple[Origin, Set], Measured], *, lower: bool
) -> int:
    """Write page and record; 1 where a figure would fall. Unseen documents are told of and steer nothing."""
    fallen = [m for m in now if m.set is not Set.UNSEEN and (m.of, m.set) in last and _lower(m, last[m.of, m.set])]
    if fallen and not lower:
        for m in fallen:
            f, old = m.figures, last[m.of, m.set].figures
            print(
                f"没有写 {PAGE.name}：{m.set.label}，{m.of.label}，查准 {share(old.supported, old.wrong)} →"
                f" {share(f.supported, f.wrong)}，查全 {share(old.found, old.missed)} → {share(f.found, f.missed)}。"
                "确是改了标注，请加 --lower。"
            )
        return 1
    record(now)
    PAGE.write_text(truth_page(recorded(), listed), encoding="utf-8")
    print(f"写好了 {PAGE}")
    return 0


def _lower(new: Measured, old: Measured) -> bool:
    pairs = ((new.figures.precision, old.figures.precision), (new.figures.recall, old.figures.recall))
    return any((a or 0) < (b or 0) for a, b in pairs)


def _groups() -> Iterator[tuple[Origin, Set]]:
    """Every origin and set that has documents, unseen ones first and real ones before written ones."""
    there = {(g.of, g.set) for g in groups()}
    yield from ((of, which) for which in Set for of in Origin if (of, which) in there)


def _seen_groups() -> Iterator[tuple[Origin, Set]]:
    yield from ((of, which) for of, which in _groups() if which is not Set.UNSEEN)


def outcomes_of(of: Origin, which: Set, begins: Sequence[str] = ()) -> tuple[list[Outcome], list[Missing]]:
    """What becomes of the documents of a group (those whose names begin so), and which cannot be measured here."""
    chosen = [n for n in names(of, which) if not begins or n.startswith(tuple(begins))]
    found: list[Document | Missing] = []
    if of is Origin.TRUTH:
        found += [d for d in written(which) if d.name in chosen]
    elif of is Origin.CORPUS and CORPUS.is_dir():
        found += real_documents(chosen, scans())
    elif of is Origin.SAMPLES and SAMPLES.is_dir() and EXPECTED.is_dir():
        found += sample_documents(chosen)
    outcomes = [measure(one) for one in found if isinstance(one, Document)]
    return outcomes, [one for one in found if isinstance(one, Missing)]


def _print_group(group: Measured) -> None:
    f = group.figures
    print(
        f"\n{group.set.label}，{group.of.label}：{group.documents} 份（{group.on}），错误和警告的查准"
        f" {share(f.supported, f.wrong)}，查全 {share(f.found, f.missed)}，正确处误报 {f.alarmed}/{f.right}（连建议 {f.spoken}）"
    )
    for kind, read in group.fields.items():
        print(f"  读取 {kind}：{100 * (read.share or 0):.2f}%")


def _print_figures(outcomes: Sequence[Outcome], only: str | None) -> None:
    for code, f in by_rule(outcomes).items():
        if f.precision is not None and only in (None, code, RULES[code].problem):
            print(f"  {code:<4} {RULES[code].problem:<28} 查准 {share(f.supported, f.wrong)}")
    for problem, f in by_problem(outcomes).items():
        if only in (None, problem):
            print(f"  {problem:<33} 查全 {share(f.found, f.missed)}")


def _print_outcomes(outcomes: Sequence[Outcome], only: str | None) -> None:
    for outcome in outcomes:
        for label in outcome.misses:
            if label.counts and only in (None, *label.problems):
                place = label.places[0] if label.places else "（没有读到）"
                print(f"漏 {outcome.document.name} {place} {'/'.join(label.problems)}：{label.why}")
        for finding, why in outcome.false_alarms:
            if only in (None, finding.rule, finding.problem):
                said = f"{finding.rule} {finding.problem} {finding.severity.label}：{finding.message}"
                print(f"误 {outcome.document.name} {finding.pointer} {said}（{why}）")


if __name__ == "__main__":
    main()
