"""``make kinds``: learns the weights anew, byte for byte the same from the same rows; ``--measure`` prints how good they are
and notes how right the warnings are."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

import jixiao.lexicon
from jixiao.lexicon.kinds import LABELS
from tools.kinds.measure import folds, judged, report, report_warnings
from tools.kinds.record import record
from tools.kinds.rows import CORPUS, Taught, lessons, published, terms
from tools.kinds.train import train

TABLE = Path(jixiao.lexicon.__file__).parent / "data" / "kinds.tsv"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tools.kinds", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of published rows, one .json a document")
    parser.add_argument("--measure", action="store_true", help="do not learn: print how good it is on unseen documents")
    parser.add_argument("--list", action="store_true", help="with --measure: print every row told of")
    asked = parser.parse_args(arguments)
    real = published(asked.corpus)
    if not real:
        print(f"没有公开的绩效表（{CORPUS}），权重表不重写：它是连同这些表学出来的。")
        return 0
    if asked.measure:
        return measure(real, listed=asked.list)
    table = train([*lessons(), *terms(), *real])
    head = f"# {' '.join(map(str, LABELS))}\n"
    TABLE.write_text(head + "".join(f"{clue}\t{weights}\n" for clue, weights in table.items()), encoding="utf-8")
    print(f"{TABLE.name}：{len(table)} 条，从 {len(real)} 行公开的指标和自拟的例子学得")
    return 0


def measure(real: list[Taught], *, listed: bool) -> int:
    """Prints how the table does on documents it has not seen, and how right the warnings are there."""
    parts = folds(real, [*lessons(), *terms()])
    report("交叉验证（按文件分）", [one for part, by in parts for one in judged(part, by)], listed=listed)
    record(*report_warnings(parts, listed=listed), date.today())  # noqa: DTZ011 - a day for people
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
