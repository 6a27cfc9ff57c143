"""What goes wrong with files."""

from __future__ import annotations


class UnreadableFileError(Exception):
    """A file that cannot be read: ``met`` says what was found, ``remedy`` what the user can do; both Chinese."""

    def __init__(self, met: str, remedy: str) -> None:
        super().__init__(f"{met}。{remedy}")
        self.met = met
        self.remedy = remedy
