"""Builds the example county: content in YAML, files as seven bureaus would send them."""
