"""留白: much empty paper, one shape, a title that stands by itself."""

from collections.abc import Callable

from PIL import Image, ImageDraw

from builder.covers.brief import (
    MARGIN,
    Box,
    Brief,
    TitleStyle,
    small_columns,
    small_lines,
    title_in_columns,
    title_in_lines,
)
from builder.covers.lettering import Pen
from builder.covers.surfaces import HEIGHT, WIDTH, disc, grained, lay, shape

# Where the shapes begin, and the words have to have ended.
_SHAPES_TOP = 1330


def draw(brief: Brief) -> Image.Image:
    image = grained(brief.palette.pale, brief.rng, 3)
    shapes: tuple[Callable[[Image.Image, Brief], None], ...] = (_sun, _hill, _bars, _arch, _leaf)
    shapes[int(brief.rng.random() * len(shapes))](image, brief)
    if brief.in_columns:
        _in_columns(image, brief)
    else:
        _in_lines(image, brief)
    return image


def _sun(image: Image.Image, brief: Brief) -> None:
    lay(image, disc(1240), brief.palette.main, (700, 1400))
    lay(image, disc(300), brief.palette.soft, (560, 1330))


def _hill(image: Image.Image, brief: Brief) -> None:
    lay(image, disc(2400), brief.palette.soft, (-900, 1580))
    lay(image, disc(2000), brief.palette.main, (200, 1780))


def _bars(image: Image.Image, brief: Brief) -> None:
    draw, palette = ImageDraw.Draw(image), brief.palette
    for number, colour in enumerate((palette.main, palette.soft, palette.main)):
        width = (120, 60, 24)[number]
        left = WIDTH - MARGIN - 120 - number * 150
        draw.rectangle((left, 1640 - number * 130, left + width, HEIGHT), colour)


def _arch(image: Image.Image, brief: Brief) -> None:
    draw, palette = ImageDraw.Draw(image), brief.palette
    for inset, colour in ((0, palette.main), (110, palette.soft), (220, palette.main)):
        width = 860 - 2 * inset
        lay(image, disc(width), colour, (620 + inset, 1380 + inset))
        top = 1380 + inset + width // 2
        draw.rectangle((620 + inset, top, 620 + inset + width - 1, HEIGHT), colour)


def _leaf(image: Image.Image, brief: Brief) -> None:
    """Two quarter circles that make a leaf, and a smaller one."""
    for left, top, size, colour in (
        (640, 1340, 800, brief.palette.main),
        (320, 1840, 300, brief.palette.soft),
    ):
        mask = shape(_leaf_outline(size), (size, size))
        lay(image, mask, colour, (left, top))


def _leaf_outline(size: int) -> list[tuple[float, float]]:
    steps = [step / 60 for step in range(61)]
    first = [(size * (1 - t), size * (1 - (1 - t * t) ** 0.5)) for t in steps]
    return first + [(size - x, size - y) for x, y in first]


def _in_lines(image: Image.Image, brief: Brief) -> None:
    words, palette = brief.words, brief.palette
    sans, light = brief.face("sans", "bold"), brief.face("sans", "regular")
    left, width = MARGIN, WIDTH - 2 * MARGIN
    y = float(MARGIN + 10)
    small = words.creators + words.subtitle_lines + tuple(filter(None, (words.publisher,)))
    room = _SHAPES_TOP - y - 240 - 115 * len(small)
    if words.series_line:
        pen = Pen(light, 52, palette.main, 0.12)
        y += small_lines(image, (words.series_line,), (left, y), pen, width=width, align="start")
        y += 40
    style = TitleStyle(sans, palette.dark, 250, 1.22, 0.04, align="start", max_lines=6)
    y = title_in_lines(
        image, words.title, Box(left, y, left + width, y + min(850, room)), style
    ).bottom
    ImageDraw.Draw(image).rectangle((left + 6, y + 70, left + 126, y + 82), palette.main)
    y += 150
    if words.subtitle:
        pen = Pen(light, 68, palette.dark, 0.06)
        y += small_lines(image, words.subtitle_lines, (left, y), pen, width=width, align="start")
    pen = Pen(light, 74, palette.dark, 0.1)
    y += small_lines(image, words.creators, (left, y + 10), pen, width=width, align="start")
    if words.publisher:
        pen = Pen(light, 46, palette.dark, 0.12)
        small_lines(image, (words.publisher,), (left, y + 30), pen, width=width, align="start")


def _in_columns(image: Image.Image, brief: Brief) -> None:
    words, palette = brief.words, brief.palette
    sans, light = brief.face("sans", "bold"), brief.face("sans", "regular")
    style = TitleStyle(sans, palette.dark, 240, 1.25, 0.06, align="start", max_lines=4)
    box = Box(500, MARGIN + 30, WIDTH - MARGIN, MARGIN + 1130)
    used = title_in_columns(image, words.title, box, style)
    x = used.left - 70
    ImageDraw.Draw(image).rectangle((x - 6, box.top + 8, x + 4, box.top + 128), palette.main)
    x -= 60
    if words.subtitle:
        pen = Pen(light, 66, palette.dark, 0.1)
        x -= small_columns(image, words.subtitle_lines, (x, box.top), pen, height=1100)
    pen = Pen(light, 72, palette.dark, 0.14)
    lines = words.creators + tuple(filter(None, (words.series_line, words.publisher)))
    small_columns(image, lines, (x, box.top), pen, height=1100)
