"""The recognition engine: loaded once, offline, from the models that ship with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jixiao.readers.errors import UnreadableFileError

LONGEST_SIDE = 2340
"""Pixels: A4 at 200 dpi, at which print of usual size is recognised best and fastest"""

_DETECTION_SIDE = 1440
"""Pixels of a page in which words are looked for: more finds no more, and takes hundreds of MB"""
_LINES_AT_ONCE = 2
"""More are no faster on a processor, and a page of long lines then takes 200 MB more"""
_MMAP_THRESHOLD = -3
"""M_MMAP_THRESHOLD of glibc"""
_LARGE_BLOCK = 1_000_000
_NARROWEST = 0.4
"""Shorter by longer side of an image in which words are looked for: narrower ones would be enlarged without limit"""

_threads: int | None = None
"""Threads of the engine where they are bounded; else as many as there are processors"""

REMEDY = (
    "请先装上文字识别组件再重试：在软件目录里运行 make ocr（约 350 MB，装好后识别不联网）；用安装包装的，再装一次：pip install '安装包文件名[ocr]'；"
    "也可以改为提供 Word、Excel 原件，或带文字的 PDF"
)


class Box(NamedTuple):
    """A rectangle of an image, in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0


class Words(NamedTuple):
    """Recognised words and how sure the engine is of them (0–1)."""

    text: str
    sure: float


def is_installed() -> bool:
    """Whether the optional part is installed."""
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2", "numpy"))


def bound_threads(count: int) -> None:
    """Have the engine, which is not loaded yet, take no more threads: several processes share the processors."""
    global _threads
    _threads = count


def require(met: str) -> None:
    """Raises UnreadableFileError saying what was met where the optional part is not installed."""
    if not is_installed():
        raise UnreadableFileError(met, REMEDY)


@cache
def _engine() -> Any:
    """The engine. Models are named by their files, so that it never looks for them anywhere else."""
    import rapidocr

    _give_back_large_blocks()
    models = Path(rapidocr.__file__).parent / "models"
    found = {kind: sorted(models.glob(f"*_{kind}_*.onnx")) for kind in ("det", "rec")}
    if not all(found.values()):
        raise UnreadableFileError("文字识别组件里没有自带的识别模型，无法离线识别", REMEDY)
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": _DETECTION_SIDE,
            "Global.use_cls": False,
            **({"EngineConfig.onnxruntime.intra_op_num_threads": _threads} if _threads is not None else {}),
            "Rec.rec_batch_num": _LINES_AT_ONCE,
            "Det.model_path": str(found["det"][0]),
            "Rec.model_path": str(found["rec"][0]),
        }
    )


def _give_back_large_blocks() -> None:
    """Have memory that recognition frees go back to the system at once: kept, it adds up to 350 MB from page to page."""
    import ctypes

    try:
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK)
    except (AttributeError, OSError, TypeError):  # other systems than Linux with glibc
        return


def detect(image: Any) -> list[Box]:
    """Where words stand in an image (height × width × 3)."""
    found = _engine()(_padded(image), use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    height, width = image.shape[:2]
    boxes = []
    for corners in found.boxes:
        x0, y0 = max(0, int(corners[:, 0].min())), max(0, int(corners[:, 1].min()))
        x1, y1 = min(width, int(corners[:, 0].max()) + 1), min(height, int(corners[:, 1].max()) + 1)
        if x1 - x0 > 1 and y1 - y0 > 1:
            boxes.append(Box(x0, y0, x1, y1))
    return boxes


def _padded(image: Any) -> Any:
    """The image, with paper added at its right or lower side where it is very narrow."""
    import cv2

    height, width = image.shape[:2]
    least = round(_NARROWEST * max(height, width))
    if min(height, width) >= least:
        return image
    below, right = max(0, least - height), max(0, least - width)
    return cv2.copyMakeBorder(image, 0, below, 0, right, cv2.BORDER_CONSTANT, value=(255, 255, 255))


def recognise(crops: Sequence[Any]) -> list[Words]:
    """The words in images that hold one line each (height × width × 3)."""
    if not crops:
        return []
    found = _engine().recognize_txt(list(crops))
    return [Words(str(text), float(score)) for text, score in zip(found.txts, found.scores, strict=True)]
