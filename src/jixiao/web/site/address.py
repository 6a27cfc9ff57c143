"""Under which address others reach the server."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

_HERE = ("localhost", "127.0.0.1", "[::1]")


def address_for_others(request: HttpRequest) -> str:
    """The address to print for people at other computers: that of this request, unless it is made at the server itself; then
    the first name of ``JIXIAO_HOSTS`` that is not, on the same port."""
    host = request.get_host()
    name, port = (host, "") if host.endswith("]") or ":" not in host else host.rsplit(":", 1)
    if name in _HERE:
        known = (one for one in settings.ALLOWED_HOSTS if one not in (*_HERE, "testserver") and one[0] not in "*.")
        host = next(known, name) + (f":{port}" if port else "")
    return f"{request.scheme}://{host}/"
