"""What a test may need beyond the locked Python packages, by marker: is it here, and which command brings it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from jixiao.readers.office import soffice
from jixiao.readers.scan.engine import is_installed

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Sample plans that are kept outside the repository"""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
FONT = next((font for font in _FONTS if Path(font).exists()), None)


def _unless(found: object, what: str, remedy: str) -> Callable[[], str | None]:
    return lambda: None if found else f"没有{what}：{remedy}"


NEEDS: Mapping[str, Callable[[], str | None]] = {
    "browser": _unless(CHROMIUM, " Chromium", "运行 make setup-system"),
    "font": _unless(FONT, "中文字体", "运行 make setup-system"),
    "ocr": _unless(is_installed(), "文字识别组件", "运行 make ocr"),
    "office": _unless(soffice(), " LibreOffice", "运行 make setup-system"),
    "shared": _unless(SHARED.is_dir(), "与仓库并列的 shared 文件夹", "里面是不公开的样本，有它的人才能跑"),
}
"""By marker: what to tell where it is missing, else None"""
