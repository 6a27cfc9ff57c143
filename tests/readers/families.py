"""Goal sheets and self-evaluations as other provinces print them, and the families of text converters make of them.

``sheet_of`` draws a sheet in one of ``FORMS``, ``table_of`` lays it out as rows of boxes; each writer turns such a
table into text and loses what its family loses.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from plain import goal_words
from readers.write import Box

from jixiao.domain.filled import FilledRow
from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import Budget, GoalSheet, Project
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import Organisation
from jixiao.domain.target_grammar import parse_target

Table = list[list[Box]]

LEVELS = ("一级指标", "二级指标", "三级指标")
FORMS: dict[str, tuple[str, ...]] = {
    "G1": (*LEVELS, "指标值"),
    "G2": (*LEVELS, "绩效指标描述", "指标值", "指标值确定依据"),
    "G4": (*LEVELS, "指标性质", "指标值", "度量单位", "权重"),
    "S1": (*LEVELS, "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
    "S2": (*LEVELS, "分值", "年度指标值", "全年实际值", "得分", "未完成原因分析"),
    "S3": (*LEVELS, "年初目标值（A）", "实际完成值（B）", "得分"),
    "S4": (*LEVELS, "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"),
    "S9": (*LEVELS, "指标值", "完成值", "原因分析"),
}
"""Header words by form, after the forms of self-evaluations (S) and goals (G) that ministries and provinces use"""

_KINDS = {
    (IndicatorClass.OUTPUT, "产出指标"): (
        (IndicatorKind.QUANTITY, "数量指标", ("培训农民人数", "新建公厕座数", "维修道路里程", "发放补助户数（户）")),
        (IndicatorKind.QUALITY, "质量指标", ("工程验收合格率", "资金使用合规性", "培训合格率（%）")),
        (IndicatorKind.TIMELINESS, "时效指标", ("完成时间", "补助发放及时率", "资金支付进度")),
        (IndicatorKind.COST, "成本指标", ("人均补助标准", "项目成本控制", "每亩成本")),
    ),
    (IndicatorClass.OUTCOME, "效益指标"): (
        (IndicatorKind.ECONOMIC, "经济效益指标", ("带动农民增收", "节约运行费用")),
        (IndicatorKind.SOCIAL, "社会效益指标", ("群众出行条件改善", "带动就业人数", "提升公共服务水平")),
        (IndicatorKind.ECOLOGICAL, "生态效益指标", ("水源地水质达标率", "绿化覆盖面积")),
        (IndicatorKind.SUSTAINED_IMPACT, "可持续影响指标", ("管护机制健全程度", "设施使用年限")),
    ),
    (IndicatorClass.SATISFACTION, "满意度指标"): (
        (IndicatorKind.BENEFICIARY_SATISFACTION, "服务对象满意度指标", ("受益群众满意度", "服务对象满意度", "学员满意度")),
    ),
}  # fmt: skip
_NUMBERS = (("≥", "1000", "人"), ("≥", "95", "%"), ("=", "100", "%"), ("≤", "1.2", "万元"), ("≥", "30", "公里"),
            ("=", "12", "座"), ("≤", "500", "元/人"), ("≥", "20", "年"))  # fmt: skip
_WORDS = ("及时", "合规", "有效改善", "明显提升", "长期")
_DATES = ("2025年12月底前", "2025年11月30日")
_ACTUALS = ("1020", "98%", "100%", "已完成", "明显提升", "1.1万元", "32公里")
_REASONS = ("", "", "", "部分乡镇未开工", "资金下达较晚，下年抓紧")
_NAMES = ("农村道路养护", "高素质农民培训", "公厕改造", "困难群众救助")
_GOALS = ("完成全年任务，资金专款专用。", "改善群众出行条件，提升服务水平。")


@dataclass(frozen=True)
class Row:
    """A row as printed: its words by header, the indicator they make, and what they say of its result."""

    words: dict[str, str]
    indicator: Indicator
    filled: FilledRow


@dataclass(frozen=True)
class Drawn:
    """A sheet drawn at random: what should be read, and the words of its rows."""

    sheet: GoalSheet
    rows: tuple[Row, ...]
    form: str


def sheet_of(form: str, seed: int) -> Drawn:
    """A sheet of one form; the same seed gives the same sheet."""
    rng = Random(seed)
    rows: list[Row] = []
    for (class_, class_word), kinds in _KINDS.items():
        for kind, kind_word, names in kinds:
            if class_ is not IndicatorClass.SATISFACTION and rng.random() < 0.3:
                continue
            chosen = rng.sample(names, rng.choice((1, 1, 2)))
            rows += [_row(form, rng, (class_, class_word), (kind, kind_word), name) for name in chosen]
    fiscal, other = rng.randrange(10, 900), rng.choice((0, 0, 25))
    sheet = GoalSheet(
        1,
        Organisation(None, "清源县公路养护中心"),
        Project(None, rng.choice(_NAMES)),
        Budget(CurrencyUnit.TEN_THOUSAND_YUAN, Decimal(fiscal + other), Decimal(fiscal), Decimal(other)),
        goals=goals_of((rng.choice(_GOALS),)),
        indicators=tuple(row.indicator for row in rows),
    )
    return Drawn(sheet, tuple(rows), form)


def _row(form: str, rng: Random, class_: tuple[IndicatorClass, str], kind: tuple[IndicatorKind, str], name: str) -> Row:
    header = FORMS[form]
    split = "指标性质" in header
    words: dict[str, str] = {LEVELS[0]: class_[1], LEVELS[1]: kind[1], LEVELS[2]: name}
    chance = rng.random()
    if chance < 0.7:
        sign, value, unit = rng.choice(_NUMBERS)
        target = f"{sign}{value}{unit}"
    else:
        sign, value, unit = "定性" if split else "", rng.choice(_WORDS if chance < 0.9 or split else _DATES), ""
        target = value
    weight, actual = rng.choice((4, 5, 10, 12.5)), rng.choice(_ACTUALS)
    score, reason = rng.choice((weight, weight, weight - 1)), rng.choice(_REASONS)
    for word in header[3:]:
        words[word] = {
            "指标性质": sign,
            "指标值": value if split else target,
            "度量单位": unit,
            "绩效指标描述": f"全年{name}",
            "指标值确定依据": "年度工作计划",
        }.get(word, target)
        if word in ("分值", "权重"):
            words[word] = f"{weight:g}"
        elif word == "得分":
            words[word] = f"{score:g}"
        elif "原因" in word:
            words[word] = reason
        elif "实际" in word or word == "完成值":
            words[word] = actual
    has = {w: w in header for w in ("分值", "权重", "得分")}
    return Row(
        words,
        Indicator(
            class_[0],
            kind[0],
            name,
            description=words.get("绩效指标描述"),
            target=parse_target(target).target,
            basis=words.get("指标值确定依据"),
            weight=Decimal(str(weight)) if has["分值"] or has["权重"] else None,
        ),
        FilledRow(
            actual=parse_target(actual).target if form.startswith("S") else None,
            score=Decimal(str(score)) if has["得分"] else None,
            deviation=reason or None if any("原因" in w for w in header) else None,
        ),
    )


def table_of(drawn: Drawn) -> Table:
    """The rows of boxes of a sheet: title, head, header and indicators."""
    rows = [[Box("项目支出绩效自评表" if drawn.form.startswith("S") else "项目支出绩效目标表")], [Box("（2025年度）")]]
    rows += (_self_evaluation_head if drawn.form.startswith("S") else _goal_head)(drawn.sheet)
    header = FORMS[drawn.form]
    rows.append([Box(word) for word in header])
    above: Row | None = None
    for row in drawn.rows:
        same = [above is not None and all(above.words[w] == row.words[w] for w in LEVELS[: n + 1]) for n in range(2)]
        levels = [Box(below=True) if merged else Box(row.words[w]) for merged, w in zip(same, LEVELS, strict=False)]
        rows.append([*levels, *(Box(row.words[w]) for w in header[2:])])
        above = row
    return rows


def _goal_head(sheet: GoalSheet) -> Table:
    money = sheet.budget
    return [
        [Box("项目名称"), Box(sheet.project.name or "")],
        [Box("主管部门"), Box("清源县交通运输局"), Box("实施单位"), Box(sheet.budget_unit.name or "")],
        [Box("项目资金（万元）"), Box("年度资金总额："), Box(str(money.total))],
        [Box(below=True), Box("其中：财政拨款"), Box(str(money.fiscal))],
        [Box(below=True), Box("其他资金"), Box(str(money.other))],
        [Box("年度目标"), Box(goal_words(sheet.goals)[0])],
    ]


def _self_evaluation_head(sheet: GoalSheet) -> Table:
    money = sheet.budget
    columns = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rest = ("0", "10", "0%", "0")
    return [
        [Box("项目名称"), Box(sheet.project.name or "")],
        [Box("主管部门"), Box("清源县交通运输局"), Box("实施单位"), Box(sheet.budget_unit.name or "")],
        [Box("项目资金（万元）"), Box(""), *map(Box, columns)],
        [Box(below=True), Box("年度资金总额"), Box("7"), Box(str(money.total)), *map(Box, rest)],
        [Box(below=True), Box("其中：财政拨款"), Box("7"), Box(str(money.fiscal)), Box("0"), *map(Box, "-0-")],
        [Box(below=True), Box("其他资金"), Box("0"), Box(str(money.other)), Box("0"), *map(Box, "-0-")],
        [Box("年度总体目标"), Box("预期目标"), Box("实际完成情况")],
        [Box(below=True), Box(goal_words(sheet.goals)[0]), Box("已全部完成。")],
    ]


# --- families ---------------------------------------------------------------------------------------------


def _split_title(table: Table) -> tuple[list[str], Table]:
    return [row[0].text for row in table[:2]], table[2:]


def pipes(table: Table) -> str:
    """A row per line between bars; merged cells left out, the tail padded with empty cells."""
    title, rows = _split_title(table)
    width = max(map(len, rows))
    lines = list(title)
    for row in rows:
        cells = [box.text for box in row if not box.below]
        cells += [""] * (width - len(cells))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def pipes_shifted(table: Table) -> str:
    """As ``pipes`` without padding, but from the header on the last cell of a row opens the next line."""
    lines = pipes(table).split("\n")
    start = next(n for n, line in enumerate(lines) if "一级指标" in line)
    shifted, carried = lines[:start], ""
    for row in table[len(table) - (len(lines) - start) :]:
        cells = [box.text for box in row if not box.below]
        shifted.append("| " + " | ".join([*([carried] if carried else []), *cells[:-1]]) + " |")
        carried = cells[-1] or " "
    return "\n".join([*shifted, f"| {carried} |"])


def cell_bars(table: Table) -> str:
    """A cell per line, a bar at its end; merged cells left out, an empty cell a lone bar."""
    title, rows = _split_title(table)
    return "\n".join([*title, *(f"{box.text} |".strip() for row in rows for box in row if not box.below)])


def cell_bars_merged_empty(table: Table) -> str:
    """A cell per line, a bar at its end; merged cells are empty ones."""
    title, rows = _split_title(table)
    return "\n".join([*title, *(f"{box.text} |".strip() for row in rows for box in row)])


def cell_blanks(table: Table) -> str:
    """A cell per line, a blank line between; empty and merged cells are gone."""
    return "\n\n".join(box.text for row in table for box in row if box.text)


def cell_blanks_broken(table: Table) -> str:
    """As ``cell_blanks``, with the longer level labels over two lines."""
    text = cell_blanks(table)
    for word in ("经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度"):
        text = text.replace(f"{word}指标", f"{word}\n指标")
    return text


def rows_by_blank(table: Table) -> str:
    """A row per line, cells by one blank; empty and merged cells are gone."""
    return "\n".join(" ".join(box.text for box in row if box.text) for row in table)


def one_line(table: Table) -> str:
    """The whole file on one line, cells by one blank, the document's properties first."""
    words = [box.text for row in table for box in row if box.text]
    return " ".join(["WPS Office", "admin", "2025-01-09T08:12:00Z", *words])


def tab_rows(table: Table) -> str:
    """A row per line, cells by tabs, merged cells empty."""
    return "\n".join("\t".join(box.text for box in row) for row in table)


def glued_rows(table: Table) -> str:
    """A row per line, its cells run together."""
    return "\n".join("".join(box.text for box in row) for row in table)


def glued(table: Table) -> str:
    """Everything run together."""
    return "".join(box.text for row in table for box in row)


def blocks_out_of_order(table: Table) -> str:
    """The rows under the header column by column: all labels, then all names, then all values."""
    n = next(n for n, row in enumerate(table) if row[0].text == "一级指标")
    head = [" ".join(box.text for box in row if box.text) for row in table[: n + 1]]
    rows = table[n + 1 :]
    labels = [box.text for row in rows for box in row[:2] if box.text]
    values = [box.text for row in rows for box in row[3:] if box.text]
    return "\n".join([*head, *labels, *(row[2].text for row in rows), *values])


DECIDABLE = (
    pipes, pipes_shifted, cell_bars, cell_bars_merged_empty, cell_blanks, cell_blanks_broken, rows_by_blank, one_line,
    tab_rows,
)  # fmt: skip
"""Families that keep enough to read the table back as it was"""
UNDECIDABLE = (glued_rows, glued, blocks_out_of_order)
"""Families that do not: digits of two columns run together, names stand apart from their values"""
