"""Reads ``instruments/*.yaml``. A clause is named ``<instrument id>/<clause id>``: ``mof-2015-88/quantified``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from jixiao.domain.finding import Citation, Force
from jixiao.strict_yaml import load_strict


class ReadAs(StrEnum):
    """What of a clause was read 「见到的是什么」; only the first two are the words themselves."""

    TEXT = "text"
    REPRINT = "reprint"
    COPY = "copy"
    SUMMARY = "summary"
    NAMES = "names"
    NONE = "none"

    @property
    def label(self) -> str:
        return {
            "text": "全文",
            "reprint": "重印的条文",
            "copy": "地方照此制定的办法或转载的摘录",
            "summary": "介绍",
            "names": "只有名称",
            "none": "未见",
        }[self.value]

    @property
    def is_verbatim(self) -> bool:
        return self in (ReadAs.TEXT, ReadAs.REPRINT)


@dataclass(frozen=True, slots=True)
class Clause:
    """A requirement 「条款」 of an instrument, paraphrased. ``article`` None where nobody checked the number.

    ``read_as`` and ``source`` say what the paraphrase was made from, ``verified_on`` when it was held against the words
    themselves; None where there are no words to read (a form, our own standards). ``used_for`` is what rules cite it for.
    """

    id: str
    name: str
    requirement: str
    article: str | None = None
    verified_on: date | None = None
    read_as: ReadAs | None = None
    source: str | None = None
    used_for: str | None = None

    @property
    def checked(self) -> str:
        """How sure the words are, for those who maintain them: 「2026-11-30 核对，全文：法律条文汇编」「未核对原文，介绍：…」."""
        words = f"{self.verified_on} 核对" if self.verified_on else "未核对原文，用自己的话概括"
        seen = "：".join(w for w in (self.read_as.label if self.read_as else None, self.source) if w)
        return f"{words}；见到的是{seen}" if seen and self.read_as is not ReadAs.NONE else words


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, rule or form 「法规文件」 that requirements come from."""

    id: str
    title: str
    force: Force
    issuer: str
    in_force_from: date
    clauses: Mapping[str, Clause]
    document_number: str | None = None
    in_force_until: date | None = None
    url: str | None = None
    verified_on: date | None = None
    remark: str | None = None

    @property
    def label(self) -> str:
        """《title》（document number）"""
        return f"《{self.title}》" + (f"（{self.document_number}）" if self.document_number else "")

    @property
    def checked(self) -> str:
        """How many of its requirements were held against the words themselves."""
        if self.verified_on is not None:
            return f"原文核对于 {self.verified_on}"
        if all(c.read_as is None for c in self.clauses.values()):
            return "没有条文可以核对"
        verified = sum(c.verified_on is not None for c in self.clauses.values())
        return f"{len(self.clauses)} 项要求里 {verified} 项核对过原文" if verified else "未核对原文"

    def in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every stored instrument by id."""
    found = {}
    folder = resources.files("jixiao.law") / "instruments"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            instrument = instrument_of(load_strict(file.read_text(encoding="utf-8"), file.name))
            found[instrument.id] = instrument
    return found


def instrument_of(data: Mapping[str, Any]) -> Instrument:
    """The instrument that the content of a YAML file describes."""
    clauses = {c["id"]: _clause(**c) for c in data["clauses"]}
    return Instrument(**{**data, "clauses": clauses, "force": Force(data["force"])})


def _clause(*, read_as: str | None = None, **more: Any) -> Clause:
    return Clause(**more, read_as=None if read_as is None else ReadAs(read_as))


def clause(reference: str, law: Mapping[str, Instrument] | None = None) -> tuple[Instrument, Clause]:
    """Resolve ``mof-2015-88/quantified`` in ``law``, the shipped instruments where None; KeyError where it is not there."""
    instrument_id, _, clause_id = reference.partition("/")
    instrument = (instruments() if law is None else law)[instrument_id]
    return instrument, instrument.clauses[clause_id]


def citation(reference: str, law: Mapping[str, Instrument] | None = None) -> Citation:
    """The citation a finding carries for a clause."""
    instrument, found = clause(reference, law)
    verified = (found.verified_on or instrument.verified_on) is not None
    return Citation(instrument.label, f"{found.name}：{found.requirement}", instrument.force, verified)
