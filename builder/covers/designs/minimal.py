"""留白: much empty paper, one shape, a title that stands by itself."""

from collections.abc import Callable

from builder.covers.brief import (
    MARGIN,
    Brief,
    TitleStyle,
    small_columns,
    small_lines,
    title_in_columns,
    title_in_lines,
)
from builder.covers.canvas import WIDTH, Box, Canvas
from builder.covers.lettering import Pen
from builder.covers.surfaces import disc, grained, shape

# Where the shapes begin, and the words have to have ended.
_SHAPES_TOP = 1330


def draw(canvas: Canvas, brief: Brief) -> None:
    canvas.image = grained(canvas, brief.palette.pale, brief.rng, 3)
    shapes: tuple[Callable[[Canvas, Brief], None], ...] = (_sun, _hill, _bars, _arch, _leaf)
    shapes[int(brief.rng.random() * len(shapes))](canvas, brief)
    if brief.in_columns:
        _in_columns(canvas, brief)
    else:
        _in_lines(canvas, brief)


def _sun(canvas: Canvas, brief: Brief) -> None:
    right = canvas.width - WIDTH
    canvas.lay(disc(1240, canvas.scale), brief.palette.main, (700 + right, 1400))
    canvas.lay(disc(300, canvas.scale), brief.palette.soft, (560 + right, 1330))


def _hill(canvas: Canvas, brief: Brief) -> None:
    canvas.lay(disc(2400, canvas.scale), brief.palette.soft, (-900, 1580))
    canvas.lay(disc(2000, canvas.scale), brief.palette.main, (200, 1780))


def _bars(canvas: Canvas, brief: Brief) -> None:
    palette = brief.palette
    for number, colour in enumerate((palette.main, palette.soft, palette.main)):
        width = (120, 60, 24)[number]
        left = canvas.width - MARGIN - 120 - number * 150
        box = (left, 1640 - number * 130, left + width, canvas.area.bottom)
        canvas.rectangle(box, colour)


def _arch(canvas: Canvas, brief: Brief) -> None:
    palette, x = brief.palette, 620 + canvas.width - WIDTH
    for inset, colour in ((0, palette.main), (110, palette.soft), (220, palette.main)):
        width = 860 - 2 * inset
        canvas.lay(disc(width, canvas.scale), colour, (x + inset, 1380 + inset))
        top = 1380 + inset + width // 2
        foot = canvas.area.bottom
        canvas.rectangle((x + inset, top, x + inset + width - 1, foot), colour)


def _leaf(canvas: Canvas, brief: Brief) -> None:
    """Two quarter circles that make a leaf, and a smaller one."""
    for left, top, size, colour in (
        (640, 1340, 800, brief.palette.main),
        (320, 1840, 300, brief.palette.soft),
    ):
        mask = shape(_leaf_outline(size), (size, size), canvas.scale)
        canvas.lay(mask, colour, (left + canvas.width - WIDTH, top))


def _leaf_outline(size: int) -> list[tuple[float, float]]:
    steps = [step / 60 for step in range(61)]
    first = [(size * (1 - t), size * (1 - (1 - t * t) ** 0.5)) for t in steps]
    return first + [(size - x, size - y) for x, y in first]


def _in_lines(canvas: Canvas, brief: Brief) -> None:
    words, palette = brief.words, brief.palette
    sans, light = brief.face("sans", "bold"), brief.face("sans", "regular")
    left, width = MARGIN, canvas.width - 2 * MARGIN
    y = float(MARGIN + 10)
    small = words.creators + words.subtitle_lines + tuple(filter(None, (words.publisher,)))
    room = _SHAPES_TOP - y - 240 - 115 * len(small)
    if words.series_line:
        pen = Pen(light, 52, palette.main, 0.12)
        y += small_lines(canvas, (words.series_line,), (left, y), pen, width=width, align="start")
        y += 40
    style = TitleStyle(sans, palette.dark, 250, 1.22, 0.04, align="start", max_lines=6)
    y = title_in_lines(
        canvas, words.title, Box(left, y, left + width, y + min(850, room)), style
    ).bottom
    canvas.rectangle((left + 6, y + 70, left + 126, y + 82), palette.main)
    y += 150
    if words.subtitle:
        pen = Pen(light, 68, palette.dark, 0.06)
        y += small_lines(canvas, words.subtitle_lines, (left, y), pen, width=width, align="start")
    pen = Pen(light, 74, palette.dark, 0.1)
    y += small_lines(canvas, words.creators, (left, y + 10), pen, width=width, align="start")
    if words.publisher:
        pen = Pen(light, 46, palette.dark, 0.12)
        small_lines(canvas, (words.publisher,), (left, y + 30), pen, width=width, align="start")


def _in_columns(canvas: Canvas, brief: Brief) -> None:
    words, palette = brief.words, brief.palette
    sans, light = brief.face("sans", "bold"), brief.face("sans", "regular")
    style = TitleStyle(sans, palette.dark, 240, 1.25, 0.06, align="start", max_lines=4)
    box = Box(500, MARGIN + 30, canvas.width - MARGIN, MARGIN + 1130)
    used = title_in_columns(canvas, words.title, box, style)
    x = used.left - 70
    canvas.rectangle((x - 6, box.top + 8, x + 4, box.top + 128), palette.main)
    x -= 60
    if words.subtitle:
        pen = Pen(light, 66, palette.dark, 0.1)
        x -= small_columns(canvas, words.subtitle_lines, (x, box.top), pen, height=1100)
    pen = Pen(light, 72, palette.dark, 0.14)
    lines = words.creators + tuple(filter(None, (words.series_line, words.publisher)))
    small_columns(canvas, lines, (x, box.top), pen, height=1100)
