"""Target expressions as people write them, and what the grammar makes of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from domain.any_text import texts
from hypothesis import given, settings

from examples import examples
from jixiao.domain.target import Comparator, TargetType
from jixiao.domain.target_grammar import parse_target, parse_targets

# expression | type | comparator | value | upper | unit | remarks; empty: none
TABLE = """
10次以上 | numeric | >= | 10 | | 次 |
5人以下 | numeric | <= | 5 | | 人 |
100% | numeric | = | 100 | | % |
3-5家 | range | | 3 | 5 | 家 |
2021年12月31日前 | date | <= | 2021-12-31 | | |
2023年底 | date | <= | 2023-12-31 | | |
及时 | qualitative | | | | |
合理 | qualitative | | | | |
是 | qualitative | | | | |
≥98规范成品油市场经营行为 | numeric | >= | 98 | | | target.glued
1 100 既定目标按期完成率 | numeric | = | 1 | | | target.ambiguous target.glued
≥1000人 | numeric | >= | 1000 | | 人 |
<=6962人 | numeric | <= | 6962 | | 人 |
=30000人次 | numeric | = | 30000 | | 人次 |
>=17600株 | numeric | >= | 17600 | | 株 |
>=20平方米 | numeric | >= | 20 | | 平方米 |
≥100公里 | numeric | >= | 100 | | 公里 |
≥20年 | numeric | >= | 20 | | 年 |
≥500亩 | numeric | >= | 500 | | 亩 |
≧85% | numeric | >= | 85 | | % |
≦5% | numeric | <= | 5 | | % |
═100% | numeric | = | 100 | | % |
＞８０％ | numeric | > | 80 | | % |
≥100﹪ | numeric | >= | 100 | | % |
≥90百分比 | numeric | >= | 90 | | % |
=100百分比 | numeric | = | 100 | | % |
>=85 | numeric | >= | 85 | | |
95%≤ | numeric | >= | 95 | | % | target.sign
100%≥ | numeric | <= | 100 | | % | target.sign
[90%,100%] | range | | 90 | 100 | % |
（90%，100%] | range | | 90 | 100 | % |
90%—95%之间 | range | | 90 | 95 | % |
(3,5) | qualitative | | | | |
百分之百 | numeric | = | 100 | | % |
1.2万余人 | numeric | >= | 1.2 | | 万人 | target.approximate
≥25KM | numeric | >= | 25 | | KM |
1600元/亩 | numeric | = | 1600 | | 元/亩 |
490元/平米 | numeric | = | 490 | | 元/平米 |
780元/生/年 | numeric | = | 780 | | 元/生/年 |
<=3000元/平方米 | numeric | <= | 3000 | | 元/平方米 |
>=570元/人*月 | numeric | >= | 570 | | 元/人*月 |
2万元以上 | numeric | >= | 2 | | 万元 |
1.88万元以上 | numeric | >= | 1.88 | | 万元 |
5个以上 | numeric | >= | 5 | | 个 |
2次（含）以上 | numeric | >= | 2 | | 次 |
98%以上（含） | numeric | >= | 98 | | % |
100万元以内 | numeric | <= | 100 | | 万元 |
30日内 | numeric | <= | 30 | | 日 |
不低于投资额的10% | numeric | >= | 10 | | % |
不少于项目区的30% | numeric | >= | 30 | | % |
大于等于10157.6平方米 | numeric | >= | 10157.6 | | 平方米 |
要达到85% | numeric | >= | 85 | | % |
达到目标值95%以上 | numeric | >= | 95 | | % |
低于10% | numeric | < | 10 | | % |
不超过10个工作日 | numeric | <= | 10 | | 个工作日 |
控制在100万元以内 | numeric | <= | 100 | | 万元 |
增长4%以上 | numeric | >= | 4 | | % |
同比提高10个百分点 | numeric | = | 10 | | 个百分点 |
≥ 95 % | numeric | >= | 95 | | % |
═ 100 % | numeric | = | 100 | | % |
= 100 | numeric | = | 100 | | |
= 1 单 | numeric | = | 1 | | 单 |
= 30 篇 | numeric | = | 30 | | 篇 |
= 4900 公顷 | numeric | = | 4900 | | 公顷 |
>= 95 %(百分比) | numeric | >= | 95 | | % |
≥ 1 人/年 | numeric | >= | 1 | | 人/年 |
大于等于 90 % | numeric | >= | 90 | | % |
大于等于 10 | numeric | >= | 10 | | |
小于等于 12 万元 | numeric | <= | 12 | | 万元 |
100m | numeric | = | 100 | | m |
25.26hm | numeric | = | 25.26 | | hm |
25TB | numeric | = | 25 | | TB |
0起 | numeric | = | 0 | | 起 |
142万人 | numeric | = | 142 | | 万人 |
3500公斤 | numeric | = | 3500 | | 公斤 |
8例 | numeric | = | 8 | | 例 |
10（次） | numeric | = | 10 | | 次 |
1,168.25万元 | numeric | = | 1168.25 | | 万元 |
1000 人次 | numeric | = | 1000 | | 人次 |
100%完成 | numeric | = | 100 | | % |
100%覆盖 | numeric | = | 100 | | % |
100%（全部） | numeric | = | 100 | | % | target.glued
1.5‰ | numeric | = | 1.5 | | ‰ |
2280次 | numeric | = | 2280 | | 次 |
292% | numeric | = | 292 | | % |
0.4 | numeric | = | 0.4 | | |
80000 | numeric | = | 80000 | | |
约10次 | numeric | = | 10 | | 次 | target.approximate
近5家 | numeric | = | 5 | | 家 | target.approximate
100人左右 | numeric | = | 100 | | 人 | target.approximate
≥10次左右 | numeric | >= | 10 | | 次 | target.approximate
10余次 | numeric | >= | 10 | | 次 | target.approximate
≥10次以下 | numeric | >= | 10 | | 次 | target.two_signs
338户889人 | numeric | = | 338 | | 户 | target.several
615户1941人 | numeric | = | 615 | | 户 | target.several
21个,55270.80万元 | numeric | = | 21 | | 个 | target.several
10次以上，20人以上 | numeric | >= | 10 | | 次 | target.several
10次、20人、5场 | numeric | = | 10 | | 次 | target.several
不低于552户1186人 | numeric | >= | 552 | | 户 | target.several
≥95%≥90% | numeric | >= | 95 | | % | target.ambiguous
≥5≤10 | numeric | >= | 5 | | | target.ambiguous target.glued
≤0计2分 | numeric | <= | 0 | | | target.glued
10～15次 | range | | 10 | 15 | 次 |
10次至15次 | range | | 10 | 15 | 次 |
95%-100% | range | | 95 | 100 | % |
≥10%且≤20% | range | | 10 | 20 | % |
80%≤x≤90% | range | | 80 | 90 | % |
3-6个月 | range | | 3 | 6 | 个月 |
2021年9月 | date | <= | 2021-09-30 | | |
2021年1月-12月 | date | <= | 2021-12-31 | | |
2026年12月至2028年2月 | date | <= | 2028-02-29 | | |
2027年1月—2026年12月 | qualitative | | | | |
90%-85% | qualitative | | | | |
2026年6-9月 | date | <= | 2026-09-30 | | |
2026-12-31 | date | <= | 2026-12-31 | | |
2026.12.31前完成 | date | <= | 2026-12-31 | | |
2026/12/31 | date | <= | 2026-12-31 | | |
2026.12 | date | <= | 2026-12-31 | | | target.ambiguous
≤2026.12 | numeric | <= | 2026.12 | | |
2024年2月 | date | <= | 2024-02-29 | | |
2026年度 | date | <= | 2026-12-31 | | |
2026年2月30日 | qualitative | | | | |
2026年底全部建成投入使用 | qualitative | | | | |
2026年12月底前完成主体工程 | qualitative | | | | |
11月底之前 | qualitative | | | | |
12月 | qualitative | | | | |
1-12月 | qualitative | | | | |
无 | qualitative | | | | |
较上年提高 | qualitative | | | | |
严格按照预算标准1000元/人给补助对象兑付补助 | qualitative | | | | |
丰收节1次、夏令营1次、技能培训2期 | qualitative | | | | |
6月份完成宣传片制作;9月份完成文本;11月完成专家评审 | qualitative | | | | |
困难户每月每人200元、高龄补贴300元/200元 | qualitative | | | | |
从80%提高到85% | numeric | = | 85 | | % | target.worded
合理3分,基本合理2分,不合理0分 | qualitative | | | | |
三项管理各1分,每少一项扣1分 | qualitative | | | | |
1/3 | qualitative | | | | |
3:1 | qualitative | | | | |
5-3家 | qualitative | | | | |
**人 | qualitative | | | | |
≤**% | qualitative | | | | |
≧ % | qualitative | | | | |
》 万元 | qualitative | | | | |
公里 | qualitative | | | | |
90%（含）至95% | range | | 90 | 95 | % |
90%-95%（含95%） | range | | 90 | 95 | % |
10（含）次以上 | numeric | >= | 10 | | 次 |
大于90%（含） | numeric | >= | 90 | | % |
5家以下（不含） | numeric | < | 5 | | 家 |
90%～95%（不含） | qualitative | | | | |
≥60台（套） | numeric | >= | 60 | | 台(套) |
≥12000人份 | numeric | >= | 12000 | | 人份 |
—— | missing | | | | | target.dash
/ | missing | | | | | target.dash
"""
CASES = [[field.strip() for field in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c[0])
def test_expression(case: list[str]) -> None:
    text, type_, comparator, value, upper, unit, remarks = case
    parsed = parse_target(text)
    target = parsed.target
    got = "" if target.value is None else str(target.value)
    assert (target.type, target.comparator or "", got, str(target.upper or ""), target.unit or "") == (
        type_,
        comparator,
        value,
        upper,
        unit,
    )
    assert [r.code for r in parsed.remarks] == remarks.split()
    assert target.text == (None if type_ == "missing" else text)


@pytest.mark.parametrize("text", [None, "", "  ", "\n\t"])
def test_empty_cell_is_missing_without_remark(text: str | None) -> None:
    parsed = parse_target(text)
    assert parsed.target.type is TargetType.MISSING
    assert not parsed.remarks


def test_remarks_name_the_words() -> None:
    (several,) = parse_target("338户889人").remarks
    assert "338户" in several.message
    assert "889人" in several.message
    first, _ = parse_target("1 100 既定目标按期完成率").remarks
    assert "100" in first.message
    (glued,) = parse_target("100%（全部）").remarks
    assert "计量单位按“%”处理" in glued.message


def test_many_at_once() -> None:
    assert [p.target.type for p in parse_targets(["1次", None])] == [TargetType.NUMERIC, TargetType.MISSING]


@settings(max_examples=examples(1500), deadline=None)
@given(texts)
def test_any_text_has_a_reading(text: str) -> None:
    parsed = parse_target(text)
    target = parsed.target
    if target.type is TargetType.MISSING:
        assert target.text is None
    else:
        assert target.text == text.strip()
        assert parse_target(target.text) == parsed
    if target.type in (TargetType.NUMERIC, TargetType.RANGE):
        assert isinstance(target.value, Decimal)
        assert target.value.is_finite()
    if target.type is TargetType.NUMERIC:
        assert isinstance(target.comparator, Comparator)
    if target.type is TargetType.RANGE:
        assert target.upper is not None
        assert target.number is not None
        assert target.number <= target.upper
    if target.type is TargetType.DATE:
        assert isinstance(target.value, date)
        assert target.comparator is Comparator.AT_MOST
    if target.type is TargetType.QUALITATIVE:
        assert (target.comparator, target.value, target.upper, target.unit) == (None, None, None, None)
    assert all(r.message and 0 < r.confidence < 1 for r in parsed.remarks)


@pytest.mark.parametrize("piece", ["1人", "10次、", "≥1%", " ", "9", "9,", "月", "(", "10-", "2026年"])
def test_endless_cells_end(piece: str) -> None:
    parse_target(piece * 20_000)
