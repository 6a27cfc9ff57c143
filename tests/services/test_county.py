"""What two departments share is found over a batch, listed in the workbook, and no part of a letter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jixiao.services.files import Document
from jixiao.services.reviewing import review_files
from jixiao.writers.outputs.summary import summary

TEXT = """{name}2026年部门预算绩效文本
第二部分 预算项目绩效目标
1.{project}绩效目标表
项目编码|13099924P00AB1210004N|项目名称|{project}
预算数|30.00|其中：财政资金|30.00|其他资金|
绩效目标|全年举办宣传活动4场
一级指标|二级指标|三级指标|绩效指标描述|指标值|指标值确定依据
产出指标|数量指标|举办宣传活动|全年举办的场数|≥4场|2026年工作计划
产出指标|质量指标|宣传覆盖率|覆盖的村占全部村的比例|≥90%|2026年工作计划
产出指标|时效指标|活动完成时间|最后一场的时间|2026年11月30日前|2026年工作计划
满意度指标|服务对象满意度指标|群众满意度|问卷调查满意的比例|≥90%|2025年为89%
"""


def written(folder: Path, name: str, project: str) -> Document:
    path = folder / f"{name}.txt"
    path.write_text(TEXT.format(name=name, project=project), encoding="utf-8")
    return Document(path, path.name)


def test_a_batch_is_looked_at_across_departments(tmp_path: Path) -> None:
    files = [written(tmp_path, "甲县科学技术局", "科技宣传经费"), written(tmp_path, "甲县司法局", "普法经费")]
    batch = review_files(files, title="甲县", as_of=date(2026, 1, 1), isolate=False)
    assert [(one.plan, one.finding.rule) for one in batch.county] == [(1, "D01"), (1, "D02")]
    assert not {f.rule for one in batch.reviewed for f in one.review.findings} & {"D01", "D02"}
    names = [section.name for section in summary(batch).sections]
    assert names[2] == "跨部门问题"


def test_without_neighbours_there_is_no_such_list(tmp_path: Path) -> None:
    batch = review_files(
        [written(tmp_path, "甲县司法局", "普法经费")], title="甲县", as_of=date(2026, 1, 1), isolate=False
    )
    assert batch.county == ()
    assert "跨部门问题" not in [section.name for section in summary(batch).sections]
