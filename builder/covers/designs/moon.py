"""月夜: a night sky over still water, the moon twice."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from builder.covers.brief import (
    MARGIN,
    Box,
    Brief,
    TitleStyle,
    columns_width,
    small_columns,
    small_lines,
    title_in_columns,
    title_in_lines,
)
from builder.covers.lettering import Align, Pen
from builder.covers.palette import BLACK, PAPER, mixed
from builder.covers.surfaces import (
    HEIGHT,
    WIDTH,
    colour_at,
    disc,
    lay,
    lay_hills,
    noise,
    ridge,
    wash,
)

_SHORE = 1720  # where the water begins
_MOON = (0xF3, 0xE6, 0xC4)
_TITLE_BOX = Box(MARGIN + 20, MARGIN + 30, 1050, 1560)  # of a title in columns


def draw(brief: Brief) -> Image.Image:
    palette, rng = brief.palette, brief.rng
    night = mixed(palette.main, BLACK, 0.62)
    image = wash(
        [(0.0, night), (_SHORE / HEIGHT, mixed(palette.main, PAPER, 0.08)), (0.73, palette.main),
         (1.0, night)],
        rng,
    )  # fmt: skip
    _stars(image, brief)
    diameter = 460
    x, y = WIDTH / 2 - diameter / 2, 1080.0
    if brief.in_columns:
        taken = MARGIN + 20 + columns_width(brief.words.title, _TITLE_BOX, _style(brief, "end"))
        x, y = min(max(860.0, taken + 80), WIDTH - diameter * 0.7), 880.0
    _moon(image, brief, (x, y), diameter)
    shade = mixed(palette.main, BLACK, 0.5)
    for level, strength in ((_SHORE - 90, 0.45), (_SHORE - 30, 0.85)):
        hills = ridge(rng, level, 70)
        lay_hills(image, hills, shade, depth=2000, strength=strength, foot=_SHORE)
    names = 0 if brief.in_columns else 124 * len(brief.words.creators) + 130
    _water(image, brief, x + diameter / 2, HEIGHT - 60 - names)
    if brief.in_columns:
        _in_columns(image, brief)
    else:
        _in_lines(image, brief)
    return image


def _style(brief: Brief, align: Align) -> TitleStyle:
    return TitleStyle(brief.face("song", "bold"), PAPER, 230, 1.25, 0.1, align=align, max_lines=4)


def _stars(image: Image.Image, brief: Brief) -> None:
    draw = ImageDraw.Draw(image)
    for _ in range(90):
        x, y = brief.rng.random() * WIDTH, brief.rng.random() ** 1.4 * (_SHORE - 300)
        size = 1 + brief.rng.random() * 2.2
        colour = mixed(colour_at(image, x, y), PAPER, 0.35 + 0.5 * brief.rng.random())
        draw.ellipse((x - size, y - size, x + size, y + size), colour)


def _moon(image: Image.Image, brief: Brief, at: tuple[float, float], diameter: int) -> None:
    halo = Image.new("L", (diameter // 2, diameter // 2))
    edge = diameter // 8
    ImageDraw.Draw(halo).ellipse((edge, edge, diameter // 2 - edge, diameter // 2 - edge), fill=150)
    halo = halo.filter(ImageFilter.GaussianBlur(edge / 2)).resize((diameter * 2, diameter * 2))
    lay(image, halo, _MOON, (at[0] - diameter / 2, at[1] - diameter / 2), 0.55)
    full = disc(diameter)
    lay(image, full, _MOON, at)
    clouds = Image.blend(
        noise(brief.rng, full.size, 110), noise(brief.rng, full.size, 36), 0.45
    ).filter(ImageFilter.GaussianBlur(6))
    seas = clouds.point([max(0, min(255, (grey - 132) * 5)) for grey in range(256)])
    lay(image, ImageChops.multiply(full, seas), mixed(_MOON, brief.palette.main, 0.35), at, 0.4)


def _water(image: Image.Image, brief: Brief, x: float, foot: float) -> None:
    """Ripples down to `foot`, broadest and brightest below the moon."""
    draw = ImageDraw.Draw(image)
    y = _SHORE + 26.0
    while y < foot:
        near = (y - _SHORE) / (HEIGHT - _SHORE)
        for _ in range(3):
            width = (40 + 240 * brief.rng.random()) * (0.5 + near)
            centre = x + (brief.rng.random() + brief.rng.random() - 1) * (240 + 260 * near)
            glow = 0.75 * math.exp(-(((centre - x) / 300) ** 2)) * (1 - 0.45 * near)
            colour = mixed(colour_at(image, centre, y), _MOON, glow)
            draw.rounded_rectangle(
                (centre - width / 2, y, centre + width / 2, y + 3 + 4 * near), 3, colour
            )
        y += 22 + 26 * near


def _in_columns(image: Image.Image, brief: Brief) -> None:
    words, kai = brief.words, brief.face("kai", "regular")
    used = title_in_columns(image, words.title, _TITLE_BOX, _style(brief, "end"))
    lines = words.beside_title
    pen = Pen(kai, 78, mixed(PAPER, brief.palette.main, 0.12), 0.12)
    x = WIDTH - MARGIN - 20 if used.right > 500 else used.right + 60 + 117 * len(lines)
    small_columns(image, lines, (x, _TITLE_BOX.top + 10), pen, height=640)


def _in_lines(image: Image.Image, brief: Brief) -> None:
    words, kai = brief.words, brief.face("kai", "regular")
    soft, width = mixed(PAPER, brief.palette.main, 0.12), WIDTH - 2 * MARGIN
    y = float(MARGIN + 30)
    if words.series_line:
        pen = Pen(kai, 56, soft, 0.15)
        y += small_lines(image, (words.series_line,), (WIDTH / 2, y), pen, width=width) + 30
    box = Box(MARGIN, y, WIDTH - MARGIN, y + 640)
    y = title_in_lines(image, words.title, box, _style(brief, "middle")).bottom
    if words.subtitle:
        pen = Pen(kai, 72, soft, 0.08)
        small_lines(image, words.subtitle_lines, (WIDTH / 2, y + 50), pen, width=width)
    pen = Pen(kai, 80, PAPER, 0.12)
    foot = HEIGHT - MARGIN - 124 * len(words.creators)
    small_lines(image, words.creators, (WIDTH / 2, foot), pen, width=width)
