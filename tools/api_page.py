"""Writes the description of the interface of the workspace into ``docs/openapi.json``: part of ``make docs``."""

from __future__ import annotations

import json
import os
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "openapi.json"


def description() -> str:
    """The description as it is served, laid out for comparing."""
    from jixiao.web.api.urls import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    os.environ.setdefault("JIXIAO_SECRET_KEY", "for the description only")
    import django

    django.setup()
    PAGE.write_text(description(), encoding="utf-8")
    print(f"wrote {PAGE}")


if __name__ == "__main__":
    main()
