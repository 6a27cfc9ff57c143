"""What is raised for data that is none of ours."""

from __future__ import annotations


class NotAPlanError(ValueError):
    """The data is no plan of a known schema; the message says in Chinese what is wrong."""


class NotAReviewError(ValueError):
    """The data is no review of a known schema; the message says in Chinese what is wrong."""
