"""Money as pages show it: 万元 with two places in lists, 元 to the fen where one looks closely."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django import template

register = template.Library()
_CENT = Decimal("0.01")


@register.filter
def wan(fen: int | None) -> str:
    """1,204.50 for an amount in fen; — where it is not known."""
    if fen is None:
        return "—"
    return _minus(f"{(Decimal(fen) / 1_000_000).quantize(_CENT, ROUND_HALF_UP):,}")


@register.filter
def yuan(fen: int | None) -> str:
    """12,045,000.00元 for an amount in fen; — where it is not known."""
    return "—" if fen is None else _minus(f"{(Decimal(fen) / 100).quantize(_CENT):,}") + "元"


@register.filter
def more(fen: int | None, before: int | None) -> str:
    """By how much an amount is above another, in 万元 with its sign; empty where one of them is not known or nothing differs."""
    if fen is None or before is None or fen == before:
        return ""
    return ("+" if fen > before else "") + wan(fen - before)


def _minus(text: str) -> str:
    return text.replace("-", "−")
