"""Characters that look like others, and traditional ones, are read as those that forms are written in, in every format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain import as_printed
from readers.form_grid import FORMATS, TEXTS, drawn, told

from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.vocabulary.characters import folded, has_variants
from jixiao.vocabulary.variants import RADICALS, TRADITIONAL, TRADITIONAL_OF_TWO

FORM = """
清源县水利局2026年部门预算绩效文本

项目支出绩效目标表

项目名称 | 小型水库维修养护 | < | 主管部门 | 清源县水利局
项目资金（万元） | 年度资金总额： | 86.5 | < | <
^ | 其中：财政拨款 | 80 | < | <
^ | 其他资金 | 6.5 | < | <
年度目标 | 完成12座小型水库维修养护，保障下游2.3万人防洪安全。 | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
产出指标 | 数量指标 | 维修养护水库数量 | ≥12座 |
^ | 质量指标 | 工程验收合格率 | ≥98% |
^ | 时效指标 | 汛前完工时间 | 2026年5月31日前 |
效益指标 | 社会效益指标 | 受益人口 | ≥2.3万人 |
满意度指标 | 服务对象满意度指标 | 下游群众满意度 | ≥90% |
"""
ALIKE = dict(zip("一二目水门金人工里口时月日大小用力立食", "⼀⼆⽬⽔⻔⾦⼈⼯\uf9e9⼝时⽉⽇⼤⼩⽤⼒⽴⾷", strict=True))
OLD = {new: old for old, new in zip(TRADITIONAL[::2], TRADITIONAL[1::2], strict=True)} | {"后": "後", "于": "於"}
ALL = {**FORMATS, **TEXTS}


def read(form: str, written: str) -> Plan:
    return read_bytes(ALL[written](drawn(form)), f"表.{written}")


@pytest.mark.parametrize("written", ALL)
@pytest.mark.parametrize(
    ("table", "code", "some"), [(ALIKE, "characters.alike", "⽬"), (OLD, "characters.traditional", "項")]
)
def test_every_format_reads_them_and_tells(written: str, table: dict[str, str], code: str, some: str) -> None:
    form = FORM.translate(str.maketrans(table))
    assert form != FORM
    plan = read(form, written)
    right = read(FORM, written)
    assert len(right.goal_sheets[0].indicators) == 5
    assert as_printed(plan) == as_printed(right)
    assert plan.department == right.department
    assert plan.title == right.title
    assert some in told(plan, code)
    assert not told(right, code)


@pytest.mark.parametrize("written", ALL)
def test_places_keep_the_words_of_the_file(written: str) -> None:
    plan = read(FORM.translate(str.maketrans(ALIKE)), written)
    place = plan.provenance["/goal_sheets/0/indicators/0/name"]
    assert place.text == "维修养护⽔库数量"


@given(st.dictionaries(st.sampled_from(sorted(set(FORM) & (ALIKE.keys() | OLD.keys()))), st.booleans(), min_size=1))
def test_any_of_them_together(chosen: dict[str, bool]) -> None:
    """Some characters of each sort, as files put together from several have."""
    table = {c: (ALIKE.get(c) or OLD[c]) if alike else OLD.get(c, ALIKE.get(c, c)) for c, alike in chosen.items()}
    plan = read(FORM.translate(str.maketrans(table)), "html")
    assert as_printed(plan) == as_printed(read(FORM, "html"))


@pytest.mark.parametrize(
    ("met", "read_as"),
    [
        ("工\ufe00程验收", "工程验收"),
        ("エ程竣エ验收", "工程竣工验收"),
        ("ー级指标", "一级指标"),
        ("第ー季度", "第一季度"),
        ("人ロ", "人口"),
        ("ロ确定能", "ロ确定能"),
        ("3ー5家", "3ー5家"),
        ("上旬ー下旬", "上旬ー下旬"),
        ("コンピュータ", "コンピュータ"),
        ("乾坤湾王后镇", "乾坤湾王后镇"),
        ("項目資金︰", "项目资金:"),
        ("⾞⾨", "车门"),
        ("①㎡≥·—（）％：", "①㎡≥·—（）％："),
    ],
)
def test_single_words(met: str, read_as: str) -> None:
    assert folded(met) == read_as


def test_words_of_two_meanings_fold_in_traditional_texts_only() -> None:
    assert folded("建成後", traditional=True) == "建成后"
    assert folded("建成後") == "建成後"


def test_tables_hold_each_character_once_and_end_in_simplified_ones() -> None:
    for table in (RADICALS, TRADITIONAL, TRADITIONAL_OF_TWO):
        assert len(set(table[::2])) * 2 == len(table)
    assert not [c for c in TRADITIONAL[::2] if c.encode("gb2312", "ignore")]
    assert not [c for c in TRADITIONAL[1::2] if has_variants(c)]
