"""印章: the title cut into a great seal, stamped in cinnabar on bare paper."""

import math

from PIL import Image, ImageChops, ImageDraw

from builder.covers.brief import MARGIN, Brief, TitleStyle, small_lines, title_in_lines
from builder.covers.canvas import HEIGHT, Box, Canvas
from builder.covers.lettering import Pen, draw_line
from builder.covers.palette import INK, PAPER, mixed
from builder.covers.surfaces import grained, worn

_MAX_CUT = 9
_SIDE = 860


def draw(canvas: Canvas, brief: Brief) -> None:
    canvas.image = grained(canvas, mixed(PAPER, brief.palette.main, 0.03), brief.rng, 5)
    text = _cut(brief)
    stamp = _stamp(text, brief, canvas.scale)
    width, height = stamp.width / canvas.scale, stamp.height / canvas.scale
    crowded = len(brief.words.subtitle_lines) + len(brief.words.creators) > 3
    if crowded and height > _SIDE:
        width, height = width * _SIDE // height, _SIDE
        stamp = stamp.resize((canvas.length_px(width), canvas.length_px(height)))
    top = 190 if crowded else 330 if height <= 900 else 240
    left = (canvas.width - width) / 2
    impression = worn(stamp, brief.rng, 0.09, scale=canvas.scale)
    canvas.lay(impression, brief.palette.main, (left, top), 0.95)
    _words(canvas, brief, top + height + 150)


def _cut(brief: Brief) -> str:
    """What is cut: the title, or a name short enough."""
    words = brief.words
    title = words.title.split("·")[0]
    han = "".join(character for character in title if character >= "\u3400")
    if title == han and len(title) <= _MAX_CUT:
        return title
    author = words.creators[0].replace("\N{IDEOGRAPHIC SPACE}", "") if words.creators else ""
    if 2 <= len(author) <= 4 and all("\u3400" <= character <= "\u9fff" for character in author):
        return author
    return (han or words.title)[:1]


def _stamp(text: str, brief: Brief, scale: float) -> Image.Image:
    """A square or a tall seal: columns from right to left, white characters, a white rim.

    A mask, `scale` pixels a unit.
    """
    rows = len(text) if len(text) in {2, 3} else math.ceil(math.sqrt(len(text)))
    columns = -(-len(text) // rows)
    cell = scale * (_SIDE / max(rows, columns) if columns > 1 or rows == 1 else 440)
    edge, line = scale * 65, scale * 28
    size = (round(cell * columns + 2 * edge), round(cell * rows + 2 * edge))
    mask = Image.new("L", size)
    rim = ImageDraw.Draw(mask)
    rim.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), scale * 46, fill=255)
    inner = (line, line, size[0] - 1 - line, size[1] - 1 - line)
    rim.rounded_rectangle(inner, scale * 30, outline=0, width=round(scale * 9))
    # The last column of an uneven number is cut larger and wider spaced, as engravers do.
    for number in range(columns):
        column = text[number * rows : (number + 1) * rows]
        step = cell * rows / len(column)
        x = size[0] - edge - cell * (number + 0.5)
        for row, character in enumerate(column):
            _cut_character(mask, character, (x, edge + step * (row + 0.5)), (cell, step), brief)
    return mask


def _cut_character(
    mask: Image.Image,
    character: str,
    middle: tuple[float, float],
    cell: tuple[float, float],
    brief: Brief,
) -> None:
    song = brief.face("song", "bold")
    side = round(max(cell) * 1.0)
    glyph = Image.new("L", (side, side))
    pen = Pen(song, round(side * 0.96), 255)
    draw_line(Canvas(glyph), character, (side / 2, side / 2), pen)
    box = glyph.getbbox() or (0, 0, side, side)
    # Seal characters fill their cell.
    width, height = round(cell[0] * 0.9), round(cell[1] * 0.9)
    ratio = (box[2] - box[0]) / (box[3] - box[1])
    if ratio < 0.6 or ratio > 1.7:
        filled = glyph.resize((width, height), Image.Resampling.LANCZOS)
    else:
        filled = glyph.crop(box).resize((width, height), Image.Resampling.LANCZOS)
    blank = Image.new("L", mask.size)
    blank.paste(filled, (round(middle[0] - width / 2), round(middle[1] - height / 2)))
    mask.paste(ImageChops.subtract(mask, blank))


def _words(canvas: Canvas, brief: Brief, top: float) -> None:
    words, song = brief.words, brief.face("song", "bold")
    kai = brief.face("kai", "regular")
    width = canvas.width - 2 * MARGIN
    style = TitleStyle(song, INK, 150, 1.3, 0.16, max_lines=4)
    box = Box(
        MARGIN, top, canvas.width - MARGIN, top + (480 if len(words.subtitle_lines) < 2 else 280)
    )
    y = title_in_lines(canvas, words.title, box, style).bottom
    if words.subtitle:
        pen = Pen(kai, 70, INK, 0.1)
        y += 50 + small_lines(
            canvas, words.subtitle_lines, (canvas.width / 2, y + 50), pen, width=width
        )
    pen = Pen(kai, 80, mixed(INK, PAPER, 0.15), 0.12)
    y += 70 + small_lines(canvas, words.creators, (canvas.width / 2, y + 70), pen, width=width)
    other = tuple(filter(None, (words.series_line, words.publisher)))
    pen = Pen(kai, 50, mixed(INK, PAPER, 0.25), 0.15)
    foot = max(y, HEIGHT - MARGIN - 78.0 * len(other))
    small_lines(canvas, other, (canvas.width / 2, foot), pen, width=width)
