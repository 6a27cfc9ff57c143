"""Opinions on sheets."""
