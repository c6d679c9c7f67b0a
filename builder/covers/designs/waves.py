"""海浪: rows of waves as on old porcelain, under an open sky."""

import math

from PIL import Image, ImageDraw

from builder.core.colours import RGB
from builder.covers.brief import (
    MARGIN,
    Brief,
    TitleStyle,
    small_columns,
    small_lines,
    title_in_columns,
    title_in_lines,
)
from builder.covers.canvas import Box, Canvas
from builder.covers.lettering import Pen
from builder.covers.palette import PAPER, SEAL, Palette, mixed
from builder.covers.surfaces import disc, grained

_RADIUS = 180  # of one wave
_RINGS = 4
_SEA = 1500  # where the first row begins
_FINE = 3


def draw(canvas: Canvas, brief: Brief) -> None:
    palette = brief.palette
    sky = mixed(PAPER, palette.main, 0.06)
    canvas.image = grained(canvas, sky, brief.rng, 4)
    diameter = 520
    x = 180 + brief.rng.random() * (canvas.width - 360 - diameter)
    sun: RGB = SEAL if _is_cool(palette.main) else palette.soft
    canvas.lay(disc(diameter, canvas.scale), sun, (x, _SEA - 250), 0.9)
    _sea(canvas, palette)
    if brief.in_columns:
        _in_columns(canvas, brief)
    else:
        _in_lines(canvas, brief)


def _is_cool(colour: RGB) -> bool:
    return colour[2] >= colour[0] or colour[1] > colour[0]


def _sea(canvas: Canvas, palette: Palette) -> None:
    """Rows from the back to the front, each covering the lower half of the one before it."""
    waves = [_wave(palette, shade, canvas.scale) for shade in (0.0, 0.12)]
    row = 0
    y = _SEA
    # Whole waves to the left of the front, as many as the canvas needs.
    start = -2 * _RADIUS * math.ceil(-canvas.area.left / (2 * _RADIUS)) - _RADIUS
    while y < canvas.area.bottom:
        offset = -_RADIUS if row % 2 else 0
        for x in range(start + offset, math.ceil(canvas.area.right) + _RADIUS, 2 * _RADIUS):
            wave, mask = waves[row % 2]
            left, top = canvas.px((x, y))
            canvas.image.paste(wave, (round(left), round(top)), mask)
        y += _RADIUS // 2
        row += 1


def _wave(palette: Palette, shade: float, scale: float) -> tuple[Image.Image, Image.Image]:
    """One wave: rings within rings, and the mask of its disc."""
    size = 2 * _RADIUS * _FINE
    wave = Image.new("RGB", (size, size), palette.main)
    rings = ImageDraw.Draw(wave)
    light = mixed(PAPER, palette.main, 0.05)
    dark = mixed(palette.main, palette.deep, shade * 4)
    for ring in range(_RINGS):
        inset = ring * _RADIUS * _FINE / _RINGS
        line = 7 * _FINE
        rings.ellipse((inset, inset, size - inset, size - inset), fill=light)
        inner = inset + line
        fill = dark if ring % 2 == 0 else mixed(dark, PAPER, 0.18)
        rings.ellipse((inner, inner, size - inner, size - inner), fill=fill)
    mask = disc(2 * _RADIUS, scale)
    if scale == 1:
        return wave.reduce(_FINE), mask
    return wave.resize(mask.size, Image.Resampling.LANCZOS), mask


def _in_columns(canvas: Canvas, brief: Brief) -> None:
    words, dark = brief.words, brief.palette.dark
    song, kai = brief.face("song", "bold"), brief.face("kai", "regular")
    style = TitleStyle(song, dark, 230, 1.25, 0.08, align="start", max_lines=4)
    box = Box(420, MARGIN + 20, canvas.width - MARGIN - 20, 1190)
    used = title_in_columns(canvas, words.title, box, style)
    pen = Pen(kai, 80, dark, 0.12)
    small_columns(canvas, words.beside_title, (used.left - 60, box.top + 8), pen, height=1000)


def _in_lines(canvas: Canvas, brief: Brief) -> None:
    words, dark = brief.words, brief.palette.dark
    song, kai = brief.face("song", "bold"), brief.face("kai", "regular")
    width = canvas.width - 2 * MARGIN
    y = float(MARGIN + 30)
    if words.series_line:
        pen = Pen(kai, 56, dark, 0.15)
        y += small_lines(canvas, (words.series_line,), (canvas.width / 2, y), pen, width=width) + 30
    style = TitleStyle(song, dark, 230, 1.25, 0.08, max_lines=5)
    y = title_in_lines(
        canvas, words.title, Box(MARGIN, y, canvas.width - MARGIN, y + 640), style
    ).bottom
    if words.subtitle:
        pen = Pen(kai, 72, dark, 0.08)
        y += 50 + small_lines(
            canvas, words.subtitle_lines, (canvas.width / 2, y + 50), pen, width=width
        )
    pen = Pen(kai, 80, dark, 0.12)
    small_lines(canvas, words.creators, (canvas.width / 2, y + 60), pen, width=width)
