"""色块: every character of the title in a field of its own colour."""

from builder.core.colours import RGB
from builder.covers.brief import MARGIN, Brief, TitleStyle, fit_lines, small_lines
from builder.covers.canvas import HEIGHT, Box, Canvas
from builder.covers.lettering import Pen, draw_line
from builder.covers.palette import PAPER, mixed
from builder.covers.surfaces import disc, grained

_MAX_FIELDS = 8


def draw(canvas: Canvas, brief: Brief) -> None:
    canvas.image = grained(canvas, brief.palette.pale, brief.rng, 3)
    if brief.words.is_han and brief.words.han_count <= _MAX_FIELDS:
        _fields(canvas, brief)
    else:
        _bands(canvas, brief)
    if canvas.is_wrap:
        left = -canvas.spine if canvas.is_left_bound else canvas.width
        box = (left, canvas.area.top, left + canvas.spine, canvas.area.bottom)
        canvas.rectangle(box, brief.palette.main)
    _foot(canvas, brief)


def _shades(brief: Brief) -> tuple[RGB, ...]:
    palette = brief.palette
    shades = (palette.main, palette.soft, palette.deep, mixed(palette.main, PAPER, 0.3))
    turn = int(brief.rng.random() * len(shades))
    return shades[turn:] + shades[:turn]


def _foot_px(brief: Brief) -> int:
    """What is kept at the foot for the names."""
    lines = len(brief.words.creators) + len(brief.words.subtitle_lines)
    return max(420, 200 + 115 * lines)


def _grid(count: int) -> tuple[int, int]:
    """Columns and rows for so many characters."""
    if count <= 3:
        return 1, count
    return 2, -(-count // 2)


def _fields(canvas: Canvas, brief: Brief) -> None:
    title, shades = brief.words.title, _shades(brief)
    columns, rows = _grid(len(title))
    width, height = canvas.width / columns, (HEIGHT - _foot_px(brief)) / rows
    song = brief.face("song", "bold")
    size = int(min(width, height) * 0.74)
    for place in range(columns * rows):
        column, row = place % columns, place // columns
        if brief.in_columns:
            column, row = columns - 1 - place // rows, place % rows
        ground = shades[(row + column * (1 + rows % 2)) % len(shades)]
        box = Box(column * width, row * height, (column + 1) * width, (row + 1) * height)
        canvas.rectangle(_reaching_out(canvas, box), ground)
        middle = (box.middle, (box.top + box.bottom) / 2)
        if place < len(title):
            draw_line(canvas, title[place], middle, Pen(song, size, brief.palette.on(ground)))
        else:
            _ornament(canvas, middle, size, brief.palette.on(ground))


def _reaching_out(canvas: Canvas, box: Box) -> tuple[float, float, float, float]:
    """A field's corners; where it meets the edge of the page it is cut with the page."""
    left = canvas.front_left if box.left <= 0 else box.left
    right = canvas.front_right if box.right >= canvas.width else box.right
    return left, canvas.area.top if box.top <= 0 else box.top, right, box.bottom


def _ornament(canvas: Canvas, middle: tuple[float, float], size: int, colour: RGB) -> None:
    """A disc where the grid has a field more than the title has characters."""
    diameter = int(size * 0.5)
    canvas.lay(
        disc(diameter, canvas.scale), colour, (middle[0] - diameter / 2, middle[1] - diameter / 2)
    )


def _bands(canvas: Canvas, brief: Brief) -> None:
    sans = brief.face("sans", "bold")
    style = TitleStyle(sans, PAPER, 380, 1.45, 0.02, max_lines=7)
    box = Box(MARGIN, 0, canvas.width - MARGIN, HEIGHT - _foot_px(brief) - 100)
    title = fit_lines(brief.words.title, box, style)
    shades, height = _shades(brief), (HEIGHT - _foot_px(brief)) / len(title.lines)
    for number, line in enumerate(title.lines):
        ground = shades[number % len(shades)]
        top = number * height
        canvas.rectangle(_reaching_out(canvas, Box(0, top, canvas.width, top + height)), ground)
        pen = Pen(sans, title.size_px, brief.palette.on(ground), 0.02)
        draw_line(canvas, line, (MARGIN, top + height / 2), pen, align="start")


def _foot(canvas: Canvas, brief: Brief) -> None:
    words, palette = brief.words, brief.palette
    y = HEIGHT - _foot_px(brief) + 80.0
    light = brief.face("sans", "regular")
    if words.subtitle:
        pen = Pen(brief.face("sans", "bold"), 68, palette.dark, 0.06)
        y += small_lines(canvas, words.subtitle_lines, (MARGIN, y), pen, width=1300, align="start")
    pen = Pen(light, 74, palette.dark, 0.1)
    small_lines(canvas, words.creators, (MARGIN, y), pen, width=900, align="start")
    other = tuple(filter(None, (words.series_line, words.publisher)))
    pen = Pen(light, 46, palette.dark, 0.1)
    foot = HEIGHT - MARGIN - 46 * 1.55 * len(other)
    small_lines(canvas, other, (canvas.width - MARGIN, foot), pen, width=480, align="end")
