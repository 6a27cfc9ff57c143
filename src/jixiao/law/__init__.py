"""Law as data: instruments and their requirements, in our own words, dated, with how sure we are."""

from jixiao.law.store import Clause, Instrument, ReadAs, citation, clause, instruments

__all__ = ["Clause", "Instrument", "ReadAs", "citation", "clause", "instruments"]
