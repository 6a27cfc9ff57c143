"""The lexicon 「指标词典」: what indicator nouns measure, which way is better, and where they belong."""

from jixiao.lexicon.store import Better, Lexicon, Measure, Routine, Term, lexicon

__all__ = ["Better", "Lexicon", "Measure", "Routine", "Term", "lexicon"]
