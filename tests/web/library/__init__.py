"""The library of indicators in the workspace."""
