"""Formats of files: each a module or package of its own that yields the neutral document."""
