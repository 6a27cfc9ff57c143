"""The pages of the gallery, served to a browser as the workspace serves its own: same templates, files and policy."""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.template.backends.django import DjangoTemplates

from jixiao.web.site.middleware import POLICY
from jixiao.web.site.static import stamp
from tools.gallery.samples import pages

WEB = Path(__file__).resolve().parents[2] / "src" / "jixiao" / "web"


def rendered() -> Mapping[str, str]:
    """Every page by its name."""
    engine = DjangoTemplates(
        {
            "NAME": "gallery",
            "DIRS": [WEB / "templates", Path(__file__).parent / "pages"],
            "APP_DIRS": False,
            "OPTIONS": {"string_if_invalid": ""},
        }
    )
    return {
        name: engine.get_template(f"{name}.html").render({**_AROUND, **context}) for name, context in pages().items()
    }


_AROUND: Mapping[str, Any] = {"csrf_token": "a" * 64}


@contextlib.contextmanager
def served(pages: Mapping[str, str]) -> Iterator[str]:
    """The address of a server of these pages, on this machine only, for as long as the context lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, pages))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, pages: Mapping[str, str], *args: Any) -> None:
        self.pages = pages
        super().__init__(*args, directory=str(WEB))

    def do_GET(self) -> None:
        page = self.pages.get(self.path.lstrip("/").partition("?")[0])
        if page is None and self.path.startswith("/static/"):
            self.path = self.path.replace(f"/{stamp()}/", "/", 1)
            super().do_GET()
        elif self.path == "/slow":
            time.sleep(0.5)  # longer than a page stays silent
            self.answer(200, "text/html", "<p>取到了</p>")
        elif page is None:
            self.answer(404, "text/plain", "没有这个页面，或不归您看。请回首页，或问本单位管理员。")
        else:
            self.answer(200, "text/html", page)

    def do_POST(self) -> None:
        """What is sent is read and answered by its path: /fails/… says no, anything else shows a row of progress."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/fails"):
            self.answer(409, "text/plain", "陈静14:05撤回了，这张不在您手里。")
        else:
            self.answer(200, "text/html", f'<li class="done"><div class="progress-row">收下 {len(body)}</div></li>')

    def answer(self, status: int, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Request-Id", "7K2Q")
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a page that was closed meanwhile
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing: what matters is seen in the pictures."""
