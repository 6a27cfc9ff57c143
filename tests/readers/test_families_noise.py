"""What pages and mirror sites add to a text: page marks inside a table, masked digits, pinyin, no head at all."""

from __future__ import annotations

from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

ROWS = """项目支出绩效目标表
项目名称 乡村道路养护
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 养护 县道 里程 >=100公里
新增标志牌( ≥**个 ) >=4个
- 2 -
质量指标 养护合格率 ≥**%
第 3 页 共 5 页
时效指标 完成及时率 100%
满意度指标 服务对象满意度 沿线群众满意度 ≥90%
"""
NAMES = [
    ("养护 县道 里程", ">=100公里"),
    ("新增标志牌( ≥**个 )", ">=4个"),
    ("养护合格率", "≥**%"),
    ("完成及时率", "100%"),
    ("沿线群众满意度", "≥90%"),
]


def read(text: str) -> Plan:
    return read_bytes(text.encode(), "表.txt")


def rows(plan: Plan) -> list[tuple[str | None, str | None]]:
    return [(row.name, row.target.text) for sheet in plan.goal_sheets for row in sheet.indicators]


def test_page_marks_inside_a_table_are_dropped_and_told() -> None:
    plan = read(ROWS)
    assert rows(plan) == NAMES
    told = [note.message for note in plan.notes if note.code == "furniture.dropped"]
    assert any("- 2 - / 第 3 页 共 5 页" in message for message in told)


def test_a_table_without_a_head_is_read_from_its_header_on() -> None:
    assert rows(read(ROWS[ROWS.index("一级指标") :])) == NAMES


def test_pinyin_behind_every_character_is_taken_out_and_told() -> None:
    plan = read(ROWS.replace("县道", "縣(xiàn)道(dào)").replace("标志牌(", "標(biāo)誌(zhì)牌(pái)(").replace(
        "沿线群众满意度", "沿(yán)綫(xiàn)羣(qún)眾(zhòng)满意度"))  # fmt: skip
    assert [name for name, _ in rows(plan)][:2] == ["养护 县道 里程", "新增标志牌( ≥**个 )"]
    assert any(note.code == "residue.removed" and "9 处" in note.message for note in plan.notes)


def test_a_unit_in_brackets_is_no_pinyin() -> None:
    text = ROWS.replace("养护合格率", "养护里程(mu)")
    assert ("养护里程(mu)", "≥**%") in rows(read(text))


def test_an_indicator_named_like_a_level_or_a_total_stays_one() -> None:
    text = """| 项目名称 | 道路养护 | | |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标(50分) | 数量指标 | 养护里程 | ≥100公里 |
| 注册养护企业 | 3家 | | |
| 成本指标 | 预算执行率 | 100% | |
| 满意度指标 | 服务对象满意度指标 | 服务对象满意度 | 较高 |
| 服务对象满意度 | ≥90% | | |
| 合计 | | | 100 |
"""
    assert rows(read(text)) == [
        ("养护里程", "≥100公里"),
        ("注册养护企业", "3家"),
        ("预算执行率", "100%"),
        ("服务对象满意度", "较高"),
        ("服务对象满意度", "≥90%"),
    ]
