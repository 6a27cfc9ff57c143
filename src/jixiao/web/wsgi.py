"""The application as servers take it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django; behind a proxy that we were told of, who asks is whom the proxy names last."""
    if os.environ.get("JIXIAO_PROXY"):
        named = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if named:
            environ["REMOTE_ADDR"] = named
    answer: Iterable[bytes] = _django(environ, start_response)
    return answer
