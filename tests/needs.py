"""What a test may need beyond the locked Python packages, by marker: is it here, and which command brings it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
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


_ROOT = Path(__file__).resolve().parents[1]
VENDOR = _ROOT / "src" / "jixiao" / "web" / "static" / "vendor"
NODE_MODULES = _ROOT / "node_modules"


_NEEDS: Mapping[str, tuple[object, str]] = {
    "assets": ((VENDOR / "versions.txt").exists(), "没有网页用的文件：运行 make assets"),
    "browser": (CHROMIUM, "没有 Chromium：运行 make setup-system"),
    "font": (FONT, "没有中文字体：运行 make setup-system"),
    "front": ((NODE_MODULES / "axe-core").is_dir(), "没有检查网页的工具：运行 make check-front"),
    "ocr": (is_installed(), "没有文字识别组件：运行 make ocr"),
    "office": (soffice(), "没有 LibreOffice：运行 make setup-system"),
    "shared": (SHARED.is_dir(), "没有与仓库并列的 shared 文件夹：里面是不公开的样本，有它的人才能跑"),
}
MISSING: Mapping[str, str] = {marker: why for marker, (found, why) in _NEEDS.items() if not found}
"""By marker, of what is not here: what to tell"""
