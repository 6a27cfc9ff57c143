"""Red seals over print are taken away; red print is not."""

from __future__ import annotations

from typing import Any

import pytest
from readers.scan.paper import Paper

from jixiao.domain.plan import Source
from jixiao.vocabulary import shipped

pytestmark = [pytest.mark.ocr, pytest.mark.font]


def sealed(paper: Paper) -> Any:
    """The page with a seal over its words, as ink lies over ink: the darker of both in every colour."""
    import numpy as np
    from PIL import Image, ImageDraw

    seal = Image.new("RGB", paper.image.size, (255, 255, 255))
    draw = ImageDraw.Draw(seal)
    draw.ellipse((400, 400, 760, 760), outline=(215, 30, 40), width=12)
    draw.line((420, 580, 740, 580), fill=(215, 30, 40), width=10)
    return np.minimum(np.asarray(seal), np.asarray(paper.image.convert("RGB")))


def test_words_under_a_seal_are_read() -> None:
    from jixiao.readers.page.document import document_of
    from jixiao.readers.scan.page import read_page

    paper = Paper()
    paper.text(300, 520, "农村公路养护里程达到一千二百公里")
    paper.text(300, 566, "县道巡查每月不少于一次，问题及时整改")
    raw = document_of([read_page(sealed(paper), 1)], Source("x", "0" * 64, "image"), shipped())
    text = "".join(getattr(b, "text", "") for b in raw.blocks)
    assert text == "农村公路养护里程达到一千二百公里县道巡查每月不少于一次，问题及时整改"
    assert any("红色印章（1 处）" in n.message for n in raw.notes if n.code == "furniture.dropped")


@pytest.mark.parametrize("colour", [(220, 35, 45), (170, 20, 30), (235, 110, 110)])
@pytest.mark.parametrize("opaque", [0.85, 0.6, None])
@pytest.mark.parametrize("quality", [None, 80])
def test_print_under_a_seal_stays(colour: tuple[int, int, int], opaque: float | None, quality: int | None) -> None:
    """A seal of any red, laid over the page by its opacity or as ink over ink, on a page compressed or not."""
    import io

    import numpy as np
    from PIL import Image, ImageChops, ImageDraw

    from jixiao.readers.scan.seals import without_seals

    paper = Paper()
    paper.text(300, 560, "农村公路养护里程达到一千二百公里", 36)
    page = paper.image.convert("RGB")
    seal = Image.new("RGB", page.size, (255, 255, 255))
    draw = ImageDraw.Draw(seal)
    draw.ellipse((400, 400, 780, 780), outline=colour, width=14)
    draw.rectangle((500, 540, 680, 640), fill=colour)
    if opaque is None:
        stamped = ImageChops.multiply(page, seal)
    else:
        ink = np.asarray(seal).min(axis=2) < 200
        mixed = np.where(ink[:, :, None], opaque * np.asarray(seal) + (1 - opaque) * np.asarray(page), np.asarray(page))
        stamped = Image.fromarray(mixed.astype("uint8"))
    if quality:
        out = io.BytesIO()
        stamped.save(out, "JPEG", quality=quality)
        stamped = Image.open(out).convert("RGB")
    grey, seals = without_seals(np.asarray(stamped))
    assert seals == 1
    printed, left = np.asarray(paper.image) < 100, grey < 100
    assert (left & printed).sum() > 0.9 * printed.sum()
    assert (left & ~printed).sum() < 0.15 * printed.sum()


@pytest.mark.parametrize("shape", ["title", "frame"])
def test_red_print_stays(shape: str) -> None:
    import numpy as np
    from PIL import Image, ImageDraw

    from jixiao.readers.scan.seals import without_seals

    page = Image.new("RGB", (1654, 2339), (255, 255, 255))
    draw = ImageDraw.Draw(page)
    if shape == "title":
        for n in range(6):
            draw.rectangle((300 + 120 * n, 200, 380 + 120 * n, 290), fill=(220, 0, 0))
    else:
        draw.rectangle((300, 400, 700, 800), outline=(220, 0, 0), width=4)
    grey, seals = without_seals(np.asarray(page))
    assert seals == 0
    assert int((grey < 128).sum()) > 4000


@pytest.mark.parametrize("size", [(1, 1), (3, 4000), (4000, 3)])
def test_images_too_small_for_words_say_so(size: tuple[int, int]) -> None:
    import numpy as np

    from jixiao.readers.scan.page import read_page

    page = read_page(np.zeros(size, "uint8"), 1)
    assert page.runs == []
    assert [n.code for n in page.notes] == ["page.unread"]
