"""A cover for a page of paper: its proportions, its pixels, and the same picture."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from builder.core.choices import CoverDesign
from builder.core.config import CoverConfig
from builder.covers import DESIGN_NAMES, CoverPage, draw_cover
from tests.covers.books import LATIN, MIXED, SHORT


def opened(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content)) as image:
        return image.convert("RGB")


@pytest.mark.parametrize("design", DESIGN_NAMES)
def test_a_page_of_a_covers_proportions_shows_the_same_cover(design: CoverDesign) -> None:
    for metadata in (MIXED, LATIN):
        settings = CoverConfig(design=design)
        large = opened(draw_cover(metadata, settings, page=CoverPage(160, 240)).jpeg)
        alone = opened(draw_cover(metadata, settings).jpeg)
        assert large.width > 1900
        pair = (image.resize((160, 240)) for image in (large, alone))
        difference = ImageStat.Stat(ImageChops.difference(*pair)).mean
        # Threads of cloth are woven anew for each size.
        assert sum(difference) / 3 < (4 if design == "stitched" else 2.5)


@pytest.mark.parametrize(
    ("page", "size"),
    [
        (CoverPage(148, 210), (1772, 2514)),
        (CoverPage(127, 203.2, 3.0), (1592, 2504)),
        (CoverPage(40, 400), (479, 4788)),
        (CoverPage(300, 150), (3591, 1796)),
    ],
)
def test_a_page_has_its_own_proportions_and_304_dots_an_inch(
    page: CoverPage, size: tuple[int, int]
) -> None:
    drawn = opened(draw_cover(SHORT, CoverConfig(design="moon"), page=page).jpeg).size
    assert drawn == pytest.approx(size, abs=2)


def test_a_poster_is_drawn_coarser_than_memory_would_hold() -> None:
    width, height = opened(
        draw_cover(SHORT, CoverConfig(design="minimal"), page=CoverPage(900, 900)).jpeg
    ).size
    assert width * height <= 60_100_000
