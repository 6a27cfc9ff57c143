"""Money as every page shows it; this is the one place that says how.

In lists, heads and sentences 万元 with two places, the unit in the head of the column or behind the number; the whole amount in 元
to the fen is the title of the number (``amount``), and stands written out where one thing is looked at closely (``yuan``).
— is an amount that is not known, 0.00 is nothing.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.html import format_html

register = template.Library()
_CENT = Decimal("0.01")


@register.filter
def wan(fen: int | None) -> str:
    """1,204.50 (万元) for an amount in fen; — where it is not known."""
    if fen is None:
        return "—"
    return _minus(f"{(Decimal(fen) / 1_000_000).quantize(_CENT, ROUND_HALF_UP):,}")


@register.filter
def yuan(fen: int | None) -> str:
    """12,045,000.00元 for an amount in fen; — where it is not known."""
    return "—" if fen is None else _minus(f"{(Decimal(fen) / 100).quantize(_CENT):,}") + "元"


@register.filter
def amount(fen: int | None) -> str:
    """As ``wan``, the whole amount in its title: for columns of 万元."""
    return "—" if fen is None else format_html('<span title="{}">{}</span>', yuan(fen), wan(fen))


@register.filter
def more(fen: int | None, before: int | None) -> str:
    """By how much an amount is above another, in 万元 with its sign; — where one of them is not known."""
    if fen is None or before is None:
        return "—"
    return ("+" if fen > before else "") + wan(fen - before)


def _minus(text: str) -> str:
    return text.replace("-", "−")
