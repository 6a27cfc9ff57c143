"""The README of the example county, with its defects by department taken from ``planted.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.domain.finding import Severity
from jixiao.strict_yaml import load_strict
from tools.county.content import COUNTY, Department

_ABOUT = """# 示例县：清源县

一个虚构的县，{departments} 个部门、{sheets} 张项目绩效目标表、{rows} 个绩效指标，预算年度 2026 年。
县名、市名、单位、人口、项目、金额和县里的文件都是编的，与任何真实的地方、单位和个人无关；区划代码 139925 也不对应真实的县。

文件在 `files/`，样子和基层报上来的一样：Word、Excel、文本各有几份，排法不一。一条命令看全县的审核结果：

```
jixiao review examples/county/files -o 审核结果
```

各文件有意留下了一些问题，共 {planted} 处，清单见下。其余内容力求像样，可以当作填写的参考。

## 文件

| 部门 | 文件 | 目标表 | 指标 | 预算合计（万元） | 留下的问题 |
|---|---|---:|---:|---:|---:|
{table}

## 留下的问题

{defects}
## 怎么改

内容在 `source/`，一个部门一个 YAML；问题清单在 `planted.yaml`。改了以后运行 `python -m tools.build_county` 重新生成
`files/` 和本页。测试会检查：重新生成的文件一字不差，每处留下的问题都审得出来，读回来的内容与 `source/` 一致。
"""


@dataclass(frozen=True)
class Planted:
    """A defect left in on purpose; ``sheet`` and ``row`` count from 1, None where it concerns more than one."""

    file: str
    sheet: int | None
    row: int | None
    rule: str
    problem: str
    severity: str
    what: str


def planted() -> list[Planted]:
    """Every planted defect, in the order of the list."""
    path = COUNTY / "planted.yaml"
    return [Planted(**item) for item in load_strict(path.read_text(encoding="utf-8"), path.name)]


def readme(plans: Sequence[Department]) -> str:
    defects = planted()
    by_file = {d.file: [p for p in defects if p.file == d.file] for d in plans}
    table = "\n".join(
        f"| {d.name} | `{d.file}` | {len(d.sheets)} | {sum(len(s.rows) for s in d.sheets)} "
        f"| {sum(float(s.total) for s in d.sheets):.2f} | {len(by_file[d.file])} |"
        for d in plans
    )
    return _ABOUT.format(
        departments=len(plans),
        sheets=sum(len(d.sheets) for d in plans),
        rows=sum(len(s.rows) for d in plans for s in d.sheets),
        planted=len(defects),
        table=table,
        defects="\n".join(_section(d, by_file[d.file]) for d in plans),
    )


def _section(department: Department, defects: Sequence[Planted]) -> str:
    lines = [f"| {_place(department, p)} | {p.what} | {Severity(p.severity).label} | {p.rule} |" for p in defects]
    return "\n".join([f"### {department.name}\n", "| 位置 | 问题 | 程度 | 规则 |", "|---|---|---|---|", *lines, ""])


def _place(department: Department, defect: Planted) -> str:
    if defect.sheet is None:
        return "部门整体"
    sheet = department.sheets[defect.sheet - 1]
    where = f"{sheet.number}. {sheet.name}"
    if defect.row is None:
        return where
    row = sheet.rows[defect.row - 1]
    return f"{where}，第 {defect.row} 行“{row.name or row.second}”"
