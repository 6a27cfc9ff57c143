"""Reads ``instruments/*.yaml``. A clause is named ``<instrument id>/<clause id>``: ``mof-2015-88/quantified``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jixiao.domain.finding import Citation, Force
from jixiao.strict_yaml import load_strict


@dataclass(frozen=True, slots=True)
class Clause:
    """A requirement 「条款」 of an instrument, paraphrased. ``article`` None where nobody checked the number."""

    id: str
    name: str
    requirement: str
    article: str | None = None
    verified_on: date | None = None


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
    clauses = {c["id"]: Clause(**c) for c in data["clauses"]}
    return Instrument(**{**data, "clauses": clauses, "force": Force(data["force"])})


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
