"""What a telephone number looks like, on pages as in lists."""

from __future__ import annotations

import re
import unicodedata

from jixiao.web.kernel.acts import Refused

LOOKS = r"(?=.{5,20}$)\+?[0-9(][0-9()+\- ]*[0-9](?: ?(?:转|分机|-) ?[0-9]+)?"
MEANS = "电话号码（5到20个字符：数字、+、-、空格，分机写“转”）"


def phone_of(text: str) -> str:
    """A number as it is stored, or none at all. Raises Refused for other words."""
    found = unicodedata.normalize("NFKC", text).strip()
    if found and not re.fullmatch(LOOKS, found):
        raise Refused(
            "电话号码不对。请写5到20个字符，只用数字、+、-和空格，分机写“转”，如 0311-1234567转12",
            field="phone",
            status=422,
        )
    return found
