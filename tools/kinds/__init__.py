"""Learns where rows belong, and measures how well (``make kinds``): the weights of ``jixiao.lexicon.kinds``."""
