"""海浪: rows of waves as on old porcelain, under an open sky."""

from PIL import Image, ImageDraw

from builder.core.colours import RGB
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
from builder.covers.palette import PAPER, SEAL, Palette, mixed
from builder.covers.surfaces import HEIGHT, WIDTH, disc, grained, lay

_RADIUS = 180  # of one wave
_RINGS = 4
_SEA = 1500  # where the first row begins
_FINE = 3


def draw(brief: Brief) -> Image.Image:
    palette = brief.palette
    sky = mixed(PAPER, palette.main, 0.06)
    image = grained(sky, brief.rng, 4)
    diameter = 520
    x = 180 + brief.rng.random() * (WIDTH - 360 - diameter)
    sun: RGB = SEAL if _is_cool(palette.main) else palette.soft
    lay(image, disc(diameter), sun, (x, _SEA - 250), 0.9)
    _sea(image, palette)
    if brief.in_columns:
        _in_columns(image, brief)
    else:
        _in_lines(image, brief)
    return image


def _is_cool(colour: RGB) -> bool:
    return colour[2] >= colour[0] or colour[1] > colour[0]


def _sea(image: Image.Image, palette: Palette) -> None:
    """Rows from the back to the front, each covering the lower half of the one before it."""
    waves = [_wave(palette, shade) for shade in (0.0, 0.12)]
    row = 0
    y = _SEA
    while y < HEIGHT:
        offset = -_RADIUS if row % 2 else 0
        for x in range(offset - _RADIUS, WIDTH + _RADIUS, 2 * _RADIUS):
            wave, mask = waves[row % 2]
            image.paste(wave, (x, y), mask)
        y += _RADIUS // 2
        row += 1


def _wave(palette: Palette, shade: float) -> tuple[Image.Image, Image.Image]:
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
    return wave.reduce(_FINE), disc(2 * _RADIUS)


def _in_columns(image: Image.Image, brief: Brief) -> None:
    words, dark = brief.words, brief.palette.dark
    song, kai = brief.face("song", "bold"), brief.face("kai", "regular")
    style = TitleStyle(song, dark, 230, 1.25, 0.08, align="start", max_lines=4)
    box = Box(420, MARGIN + 20, WIDTH - MARGIN - 20, 1190)
    used = title_in_columns(image, words.title, box, style)
    pen = Pen(kai, 80, dark, 0.12)
    small_columns(image, words.beside_title, (used.left - 60, box.top + 8), pen, height=1000)


def _in_lines(image: Image.Image, brief: Brief) -> None:
    words, dark = brief.words, brief.palette.dark
    song, kai = brief.face("song", "bold"), brief.face("kai", "regular")
    width = WIDTH - 2 * MARGIN
    y = float(MARGIN + 30)
    if words.series_line:
        pen = Pen(kai, 56, dark, 0.15)
        y += small_lines(image, (words.series_line,), (WIDTH / 2, y), pen, width=width) + 30
    style = TitleStyle(song, dark, 230, 1.25, 0.08, max_lines=5)
    y = title_in_lines(image, words.title, Box(MARGIN, y, WIDTH - MARGIN, y + 640), style).bottom
    if words.subtitle:
        pen = Pen(kai, 72, dark, 0.08)
        y += 50 + small_lines(image, words.subtitle_lines, (WIDTH / 2, y + 50), pen, width=width)
    pen = Pen(kai, 80, dark, 0.12)
    small_lines(image, words.creators, (WIDTH / 2, y + 60), pen, width=width)
