"""The application as servers take it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
_django = get_wsgi_application()


def _get_ready() -> None:
    from jixiao.web.intake.reading import get_ready

    get_ready(looks=True)


if os.environ.get("JIXIAO_PARENT"):  # of a server that stays; not of a program that only asks for the application
    threading.Thread(target=_get_ready, daemon=True).start()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django; behind a proxy that we were told of, who asks is whom the proxy names last."""
    if os.environ.get("JIXIAO_PROXY"):
        named = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if named:
            environ["REMOTE_ADDR"] = named
    answer: Iterable[bytes] = _django(environ, start_response)
    return answer
