"""月夜: a night sky over still water, the moon twice."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from builder.core.colours import RGB
from builder.covers.brief import (
    MARGIN,
    Brief,
    TitleStyle,
    columns_width,
    small_columns,
    small_lines,
    title_in_columns,
    title_in_lines,
)
from builder.covers.canvas import HEIGHT, WIDTH, Box, Canvas
from builder.covers.lettering import Align, Pen
from builder.covers.palette import BLACK, PAPER, mixed
from builder.covers.surfaces import disc, lay_hills, noise, ridge, wash

_SHORE = 1720  # where the water begins
_MOON: RGB = (0xF3, 0xE6, 0xC4)
_STARS = 90  # above a cover
_TITLE_BOX = Box(MARGIN + 20, MARGIN + 30, 1050, 1560)  # of a title in columns


def draw(canvas: Canvas, brief: Brief) -> None:
    palette, rng = brief.palette, brief.rng
    night = mixed(palette.main, BLACK, 0.62)
    canvas.image = wash(canvas,
        [(0.0, night), (_SHORE / HEIGHT, mixed(palette.main, PAPER, 0.08)), (0.73, palette.main),
         (1.0, night)],
        rng,
    )  # fmt: skip
    _stars(canvas, brief)
    diameter = 460
    x, y = canvas.width / 2 - diameter / 2, 1080.0
    if brief.in_columns:
        taken = MARGIN + 20 + columns_width(brief.words.title, _TITLE_BOX, _style(brief, "end"))
        x, y = min(max(860.0, taken + 80), canvas.width - diameter * 0.7), 880.0
    _moon(canvas, brief, (x, y), diameter)
    shade = mixed(palette.main, BLACK, 0.5)
    for level, strength in ((_SHORE - 90, 0.45), (_SHORE - 30, 0.85)):
        hills = ridge(canvas, rng, level, 70)
        lay_hills(canvas, hills, shade, depth=2000, strength=strength, foot=_SHORE)
    names = 0 if brief.in_columns else 124 * len(brief.words.creators) + 130
    _water(canvas, brief, x + diameter / 2, HEIGHT - 60 - names)
    if brief.in_columns:
        _in_columns(canvas, brief)
    else:
        _in_lines(canvas, brief)


def _style(brief: Brief, align: Align) -> TitleStyle:
    return TitleStyle(brief.face("song", "bold"), PAPER, 230, 1.25, 0.1, align=align, max_lines=4)


def _stars(canvas: Canvas, brief: Brief) -> None:
    for _ in range(_STARS):
        _star(canvas, brief.rng, Box(0, 0, canvas.width, _SHORE - 300))
    if canvas.is_wrap:
        beyond = canvas.area.width - canvas.width
        for _ in range(round(_STARS * beyond / WIDTH)):
            left = canvas.area.left if canvas.is_left_bound else canvas.width
            _star(canvas, canvas.beyond, Box(left, canvas.area.top, left + beyond, _SHORE - 300))


def _star(canvas: Canvas, rng: Random, sky: Box) -> None:
    """A star somewhere in the sky, more likely high up."""
    x, y = sky.left + rng.random() * sky.width, sky.top + rng.random() ** 1.4 * sky.height
    size = 1 + rng.random() * 2.2
    colour = mixed(canvas.colour_at(x, y), PAPER, 0.35 + 0.5 * rng.random())
    canvas.ellipse((x - size, y - size, x + size, y + size), colour)


def _moon(canvas: Canvas, brief: Brief, at: tuple[float, float], diameter: int) -> None:
    scale = canvas.scale
    halo = Image.new("L", (diameter // 2, diameter // 2))
    edge = diameter // 8
    ImageDraw.Draw(halo).ellipse((edge, edge, diameter // 2 - edge, diameter // 2 - edge), fill=150)
    halo = halo.filter(ImageFilter.GaussianBlur(edge / 2)).resize(
        (canvas.length_px(diameter * 2),) * 2
    )
    canvas.lay(halo, _MOON, (at[0] - diameter / 2, at[1] - diameter / 2), 0.55)
    full = disc(diameter, scale)
    canvas.lay(full, _MOON, at)
    clouds = Image.blend(
        noise(brief.rng, (diameter, diameter), 110),
        noise(brief.rng, (diameter, diameter), 36),
        0.45,
    ).filter(ImageFilter.GaussianBlur(6))
    clouds = clouds.resize(full.size, Image.Resampling.BICUBIC)
    seas = clouds.point([max(0, min(255, (grey - 132) * 5)) for grey in range(256)])
    canvas.lay(ImageChops.multiply(full, seas), mixed(_MOON, brief.palette.main, 0.35), at, 0.4)


def _water(canvas: Canvas, brief: Brief, x: float, foot: float) -> None:
    """Ripples down to `foot`, broadest and brightest below the moon."""
    if canvas.is_wrap:
        _far_water(canvas)
    y = _SHORE + 26.0
    while y < foot:
        near = (y - _SHORE) / (HEIGHT - _SHORE)
        for _ in range(3):
            width = (40 + 240 * brief.rng.random()) * (0.5 + near)
            centre = x + (brief.rng.random() + brief.rng.random() - 1) * (240 + 260 * near)
            glow = 0.75 * math.exp(-(((centre - x) / 300) ** 2)) * (1 - 0.45 * near)
            _ripple(canvas, (centre, y), (width, 3 + 4 * near), glow)
        y += 22 + 26 * near


def _far_water(canvas: Canvas) -> None:
    """Ripples that the moon hardly reaches, on the back and the spine."""
    rng = canvas.beyond
    left = canvas.area.left if canvas.is_left_bound else canvas.width
    y = _SHORE + 26.0
    while y < canvas.area.bottom:
        near = (y - _SHORE) / (HEIGHT - _SHORE)
        for _ in range(4):
            width = (40 + 240 * rng.random()) * (0.5 + near)
            x = left + rng.random() * (canvas.area.width - canvas.width)
            _ripple(canvas, (x, y), (width, 3 + 4 * near), 0.02 + 0.08 * rng.random())
        y += 22 + 26 * near


def _ripple(
    canvas: Canvas, at: tuple[float, float], size: tuple[float, float], glow: float
) -> None:
    """One ripple around a point, as bright as it has of the moon's colour."""
    (x, y), (width, height) = at, size
    colour = mixed(canvas.colour_at(x, y), _MOON, glow)
    canvas.rounded_rectangle((x - width / 2, y, x + width / 2, y + height), 3, colour)


def _in_columns(canvas: Canvas, brief: Brief) -> None:
    words, kai = brief.words, brief.face("kai", "regular")
    used = title_in_columns(canvas, words.title, _TITLE_BOX, _style(brief, "end"))
    lines = words.beside_title
    pen = Pen(kai, 78, mixed(PAPER, brief.palette.main, 0.12), 0.12)
    x = canvas.width - MARGIN - 20 if used.right > 500 else used.right + 60 + 117 * len(lines)
    small_columns(canvas, lines, (x, _TITLE_BOX.top + 10), pen, height=640)


def _in_lines(canvas: Canvas, brief: Brief) -> None:
    words, kai = brief.words, brief.face("kai", "regular")
    soft, width = mixed(PAPER, brief.palette.main, 0.12), canvas.width - 2 * MARGIN
    y = float(MARGIN + 30)
    if words.series_line:
        pen = Pen(kai, 56, soft, 0.15)
        y += small_lines(canvas, (words.series_line,), (canvas.width / 2, y), pen, width=width) + 30
    box = Box(MARGIN, y, canvas.width - MARGIN, y + 640)
    y = title_in_lines(canvas, words.title, box, _style(brief, "middle")).bottom
    if words.subtitle:
        pen = Pen(kai, 72, soft, 0.08)
        small_lines(canvas, words.subtitle_lines, (canvas.width / 2, y + 50), pen, width=width)
    pen = Pen(kai, 80, PAPER, 0.12)
    foot = HEIGHT - MARGIN - 124 * len(words.creators)
    small_lines(canvas, words.creators, (canvas.width / 2, foot), pen, width=width)
