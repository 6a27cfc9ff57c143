"""The web server as a command: granian with what we ask of it everywhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from jixiao.web.operation.tls import Pair

_LOGGING = Path(__file__).with_name("granian.json")
"""What it says, in our words (``site.terminal``)"""
THREADS = 4
"""Requests that a process answers at once"""


def command(host: str, port: int, *, processes: int, pair: Pair | None = None) -> list[str]:
    """How to start it. With a certificate it speaks https of TLS 1.2 and later."""
    module = [sys.executable, "-m", "jixiao.web.operation.process", "web"]
    start = module if os.name != "nt" else [sys.executable, "-m", "granian"]  # Windows knows no exec
    tls = (
        ["--ssl-certificate", str(pair.cert), "--ssl-keyfile", str(pair.key), "--ssl-protocol-min", "tls1.2"]
        if pair
        else []
    )
    return [
        *start,
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"),
        *("--workers", str(processes), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10"),
        *("--log-level", "warning", "--log-config", str(_LOGGING)),
        *(tls or ("--http", "1")),
        "jixiao.web.wsgi:application",
    ]
