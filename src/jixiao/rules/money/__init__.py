"""Rules M: money 「资金」."""
