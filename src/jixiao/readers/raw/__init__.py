"""The neutral document that all format readers yield, and what several of them need to make it."""

from jixiao.readers.raw.blocks import Cell, Grid, Paragraph, RawDocument

__all__ = ["Cell", "Grid", "Paragraph", "RawDocument"]
