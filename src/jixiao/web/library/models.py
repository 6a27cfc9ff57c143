"""Indicators of a region's library, by what they are found, and what targets approved sheets give them."""

from __future__ import annotations

from typing import Any

from django.db import models

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.target import Comparator
from jixiao.library import Certainty, Entry, library
from jixiao.readings.text import normalise
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Paths

LONGEST_TEXT = 400
"""Of an explanation, a formula, what shows it, in characters"""


class State(models.TextChoices):
    """How far an indicator is."""

    PROPOSED = "proposed", "待审"
    IN_USE = "in_use", "在用"
    RETIRED = "retired", "停用"


class LibraryIndicator(Restricted):
    """An indicator of a region's library 「指标」, as ``jixiao.library.Entry`` has them, with who proposed it and what became of it.

    ``unit_name`` is the unit of its target. ``verified_on`` is the day somebody held it against its source, None where nobody did.
    One that was merged is retired and names the one that stands for it. ``text`` is what it is found by.
    """

    paths = Paths(organisation="unit", region="region")

    region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="indicators", verbose_name="行政区划"
    )
    unit = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出单位"
    )
    code = models.CharField("指标编码", max_length=20)
    name = models.CharField("指标名称", max_length=120)
    kind = models.CharField("二级指标", max_length=30, choices=[(one.value, one.label) for one in IndicatorKind])
    sector = models.CharField(
        "行业", max_length=30, choices=[(key, one.label) for key, one in library().sectors.items()]
    )
    comparator = models.CharField(
        "比较符号", max_length=2, blank=True, choices=[(one.value, one.sign) for one in Comparator]
    )
    unit_name = models.CharField("计量单位", max_length=20, blank=True)
    explanation = models.CharField("指标解释", max_length=LONGEST_TEXT, blank=True)
    formula = models.CharField("计算公式", max_length=LONGEST_TEXT, blank=True)
    evidence = models.CharField("佐证资料", max_length=LONGEST_TEXT, blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    certainty = models.CharField(
        "来源性质", max_length=10, choices=[(one.value, one.label) for one in Certainty], default=Certainty.OWN.value
    )
    verified_on = models.DateField("核对原文日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    reason = models.CharField("说明", max_length=200, blank=True)
    changed_at = models.DateTimeField("最近改动")
    text = models.CharField(max_length=300, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="library_code_once")]
        indexes = [
            models.Index(fields=["region", "state", "code"]),
            models.Index(fields=["region", "sector", "code"]),
            models.Index(fields=["region", "changed_at"]),
        ]

    def clean(self) -> None:
        self.text = text_of(self.name, self.code, self.sector)

    @property
    def entry(self) -> Entry:
        """As the core has it."""
        return Entry(
            self.code,
            self.name,
            IndicatorKind(self.kind),
            self.sector,
            self.unit_name,
            Comparator(self.comparator) if self.comparator else None,
            self.explanation,
            self.formula,
            self.evidence,
            self.source,
            Certainty(self.certainty),
        )


FIELDS = (
    "code",
    "name",
    "kind",
    "sector",
    "comparator",
    "unit_name",
    "explanation",
    "formula",
    "evidence",
    "source",
    "certainty",
)
"""What of an indicator somebody says"""


def fields_of(entry: Entry) -> dict[str, Any]:
    """An indicator of the core as the fields of a row."""
    return {
        "code": entry.code,
        "name": entry.name,
        "kind": entry.kind.value,
        "sector": entry.sector,
        "comparator": entry.comparator.value if entry.comparator else "",
        "unit_name": entry.unit,
        "explanation": entry.explanation,
        "formula": entry.formula,
        "evidence": entry.evidence,
        "source": entry.source,
        "certainty": entry.certainty.value,
    }


def plain_of(words: str) -> str:
    """Words as they are looked for: without blanks and punctuation, capitals."""
    return normalise(words).upper()


def text_of(name: str, code: str, sector: str) -> str:
    """What an indicator is found by; a word never runs over from one part into the next."""
    known = library().sectors.get(sector)
    return "\n".join(plain_of(part) for part in (name, code, known.label if known else sector))


def grams_of(text: str) -> set[str]:
    """The pairs of characters in a text; none over a line's end."""
    return {line[i : i + 2] for line in text.split("\n") for i in range(len(line) - 1)}


class LibraryGram(Restricted):
    """A pair of characters in what an indicator is found by 「指标库的查找用字」: so that two characters of Chinese are found by an index on every
    database, which word and trigram indexes do not do."""

    paths = Paths(organisation="indicator__unit", region="indicator__region")
    label_field = "gram"

    indicator = models.ForeignKey(LibraryIndicator, models.CASCADE, related_name="grams", verbose_name="指标")
    gram = models.CharField(max_length=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "indicator"], name="library_gram_once")]


class UsualTarget(Restricted):
    """What targets approved sheets give an indicator 「常见目标值」: a summary of rows, made anew as a whole; see ``jixiao.library.usual``."""

    paths = Paths(organisation="indicator__unit", region="indicator__region")
    label_field = "indicator_id"

    indicator = models.OneToOneField(LibraryIndicator, models.CASCADE, related_name="usual", verbose_name="指标")
    sheets = models.PositiveIntegerField("用过的行数")
    numbers = models.PositiveIntegerField("是数的行数", default=0)
    lowest, lower, middle, upper, highest = (
        models.DecimalField(title, max_digits=20, decimal_places=6, null=True, blank=True)
        for title in ("最低", "下四分位", "中位", "上四分位", "最高")
    )
    made_at = models.DateTimeField("统计时间")
