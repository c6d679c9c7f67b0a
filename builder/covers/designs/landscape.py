"""山水: hills in ink that fade into mist, and the sun or the moon above them."""

from PIL import Image

from builder.covers.brief import (
    MARGIN,
    Brief,
    TitleStyle,
    small_columns,
    small_lines,
    title_in_columns,
    title_in_lines,
)
from builder.covers.canvas import HEIGHT, Box, Canvas
from builder.covers.lettering import Pen
from builder.covers.palette import INK, PAPER, SEAL, mixed
from builder.covers.surfaces import disc, lay_hills, ridge, shape, wash

_LAYERS = 5
_SHORE = 1960  # where the hills begin to run out into water


def draw(canvas: Canvas, brief: Brief) -> None:
    palette, rng = brief.palette, brief.rng
    sky = mixed(PAPER, palette.main, 0.05)
    canvas.image = wash(
        canvas, [(0.0, sky), (0.55, PAPER), (1.0, mixed(PAPER, palette.main, 0.12))], rng
    )
    if brief.in_columns:
        is_on_right = rng.random() < 0.5
        _in_columns(canvas, brief, on_right=is_on_right)
        columns = len(brief.words.subtitle_lines) + len(brief.words.creators)
        sun = (240.0 if is_on_right else canvas.width - 540, 930.0 if columns < 4 else 1130.0)
    else:
        foot = _in_lines(canvas, brief)
        sun = (240 + rng.random() * (canvas.width - 780), max(900.0, foot + 50))
    _birds(
        canvas, brief, (sun[0] + 340 if sun[0] < canvas.width / 2 else sun[0] - 260, sun[1] + 150)
    )
    canvas.lay(disc(300, canvas.scale), SEAL, sun, 0.88)
    for layer in range(_LAYERS):
        near = layer / (_LAYERS - 1)
        hills = ridge(canvas, rng, 1480 + 180 * layer, 190 - 30 * near)
        colour = mixed(mixed(PAPER, palette.main, 0.42 + 0.4 * near), INK, 0.12 + 0.5 * near**2)
        depth, strength = 520 + 240 * near, 0.62 + 0.38 * near
        lay_hills(canvas, hills, colour, depth=depth, strength=strength)
    _water(canvas, brief)
    _boat(canvas, brief)


def _water(canvas: Canvas, brief: Brief) -> None:
    """At the feet of the hills all runs out into pale water."""
    shore = round(canvas.px((0, _SHORE))[1])
    depth, below = canvas.length_px(HEIGHT - _SHORE), canvas.image.height - shore
    rise = Image.new("L", (canvas.image.width, below), 255)
    rise.paste(Image.linear_gradient("L").resize((canvas.image.width, depth)))
    canvas.lay(rise, mixed(PAPER, brief.palette.main, 0.1), (canvas.area.left, _SHORE), 0.9)


def _boat(canvas: Canvas, brief: Brief) -> None:
    """A boat on the water in front, its fisherman no more than two strokes."""
    hull = [(0, 30), (40, 44), (150, 44), (200, 24), (170, 62), (40, 62)]
    man = [(96, 44), (92, 14), (102, 0), (112, 14), (110, 44)]
    x = 300 + brief.rng.random() * 900
    for points in (hull, man):
        canvas.lay(shape(points, (220, 70), canvas.scale), brief.palette.dark, (x, HEIGHT - 190))


def _birds(canvas: Canvas, brief: Brief, at: tuple[float, float]) -> None:
    for number in range(3):
        size = 46 - 10 * number
        wing = [(0, 0.1), (0.3, 0.0), (0.5, 0.34), (0.7, 0.0), (1, 0.1), (0.72, 0.1), (0.5, 0.5),
                (0.28, 0.1)]  # fmt: skip
        mask = shape([(px * size, py * size) for px, py in wing], (size, size), canvas.scale)
        place = (at[0] + number * 74 + brief.rng.random() * 20, at[1] - number * 44)
        canvas.lay(mask, INK, place, 0.8)


def _in_columns(canvas: Canvas, brief: Brief, *, on_right: bool) -> None:
    words, palette = brief.words, brief.palette
    song, kai = brief.face("song", "bold"), brief.face("kai", "regular")
    style = TitleStyle(song, INK, 230, 1.25, 0.1, align="start" if on_right else "end", max_lines=4)
    box = Box(MARGIN + 20, MARGIN + 20, canvas.width - MARGIN - 20, MARGIN + 1020)
    used = title_in_columns(canvas, words.title, box, style)
    # The small columns stand below the title's level, on the side where the page is empty.
    pen = Pen(kai, 80, mixed(INK, palette.main, 0.3), 0.12)
    lines = words.beside_title
    x = used.left - 60 if on_right else used.right + 60 + 120 * len(lines)
    small_columns(canvas, lines, (x, box.top + 130), pen, height=760)


def _in_lines(canvas: Canvas, brief: Brief) -> float:
    """Where the words end comes back: the sun stands below."""
    words, palette = brief.words, brief.palette
    song, kai = brief.face("song", "bold"), brief.face("kai", "regular")
    soft = mixed(INK, palette.main, 0.3)
    width = canvas.width - 2 * MARGIN
    y = float(MARGIN + 20)
    if words.series_line:
        pen = Pen(kai, 58, soft, 0.15)
        y += small_lines(canvas, (words.series_line,), (canvas.width / 2, y), pen, width=width) + 30
    style = TitleStyle(song, INK, 230, 1.25, 0.08, max_lines=5)
    y = title_in_lines(
        canvas, words.title, Box(MARGIN, y, canvas.width - MARGIN, y + 560), style
    ).bottom
    if words.subtitle:
        pen = Pen(kai, 74, soft, 0.08)
        y += 50 + small_lines(
            canvas, words.subtitle_lines, (canvas.width / 2, y + 50), pen, width=width
        )
    pen = Pen(kai, 80, soft, 0.12)
    return (
        y + 60 + small_lines(canvas, words.creators, (canvas.width / 2, y + 60), pen, width=width)
    )
