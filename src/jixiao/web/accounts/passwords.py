"""What a password has to be, each said in one sentence of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError

LEAST = 10
WORDS = f"至少{LEAST}个字符，不能全是数字，不能是常见的密码，不能和用户名、姓名、电话、邮箱相像"
"""All of it, said before anybody types"""


class _InOwnWords:
    """A rule of Django that says what is wrong in ``words``, without a stop at the end."""

    words = ""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        try:
            super().validate(password, user)  # type: ignore[misc]
        except ValidationError as error:
            raise ValidationError(self.words.format(length=len(password)), code=error.code) from error

    def get_help_text(self) -> str:
        """Before typing."""
        return WORDS


class LongEnough(_InOwnWords, rules.MinimumLengthValidator):
    """Of so many signs at least."""

    words = f"密码至少要{LEAST}个字符，现在是{{length}}个"

    def __init__(self) -> None:
        super().__init__(LEAST)


class NotCommon(_InOwnWords, rules.CommonPasswordValidator):
    """None of those that are tried first."""

    words = "这个密码太常见，容易被猜到，请换一个"


class NotOnlyDigits(_InOwnWords, rules.NumericPasswordValidator):
    """Not a number."""

    words = "密码不能全是数字，请加上字母或符号"


class NotOneself(_InOwnWords, rules.UserAttributeSimilarityValidator):
    """Not what others know of its owner."""

    words = "密码和用户名、姓名、电话或邮箱太像，请换一个"

    def __init__(self) -> None:
        super().__init__(("username", "name", "phone", "email"))
