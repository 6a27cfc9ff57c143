"""A form with words of its own is read by the vocabulary that is handed in, in every format, and by that alone."""

from __future__ import annotations

import pytest
from readers.form_grid import FORMATS, TEXTS, drawn, rows_of
from readers.lost import lost

from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.registry import read_raw
from jixiao.vocabulary import shipped, words_of

LOCAL = shipped().extended(
    words_of(
        {
            "fields": {"project_name": ["立项名目"], "goals": ["要做成什么"]},
            "columns": {"name": ["末级指标"], "target": ["考核要求"], "weight": ["占比"]},
            "classes": {"outcome": ["成效"]},
            "tails": ["经办人"],
        },
        "labels.yaml",
    )
)
FORM = """
项目支出绩效目标表
立项名目 | 村级文化广场修缮 | < | < | <
预算单位 | 晚晴县文化和旅游局 | < | < | <
要做成什么 | 修缮9个村的文化广场。 | < | < | <
一级指标 | 二级指标 | 末级指标 | 考核要求 | 占比
产出指标 | 数量指标 | 修缮文化广场 | ≥9个 | 50
成效指标 | 社会效益指标 | 举办文化活动 | ≥27场 | 50
经办人：某某 | < | < | < | <
"""
WRITTEN = {**FORMATS, **TEXTS}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_form_is_read_by_the_words_handed_in(written: str) -> None:
    data = WRITTEN[written](drawn(FORM))
    plan = read_bytes(data, f"表.{written}", vocabulary=LOCAL)
    (sheet,) = plan.goal_sheets
    assert sheet.project.name == "村级文化广场修缮"
    assert [goal.text for goal in sheet.goals] == ["修缮9个村的文化广场。"]
    assert rows_of(sheet) == [
        ("output", "quantity", "修缮文化广场", "≥9个"),
        ("outcome", "social", "举办文化活动", "≥27场"),
    ]
    assert [row.weight for row in sheet.indicators] == [50, 50]
    assert any("经办人" in note.message for note in plan.notes)
    assert lost(read_raw(data, f"表.{written}", vocabulary=LOCAL), plan, LOCAL) == []


@pytest.mark.parametrize("written", WRITTEN)
def test_words_of_one_reading_leave_no_trace_in_the_next(written: str) -> None:
    data = WRITTEN[written](drawn(FORM))

    def names() -> list[str | None]:
        try:
            return [sheet.project.name for sheet in read_bytes(data, f"表.{written}").goal_sheets]
        except UnreadableFileError:
            return []

    before = names()
    read_bytes(data, f"表.{written}", vocabulary=LOCAL)
    assert names() == before
    assert "村级文化广场修缮" not in before
