"""The desk of reviewers."""
