"""Reads .pdf files."""
