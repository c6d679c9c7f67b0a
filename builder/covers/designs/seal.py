"""印章: the title cut into a great seal, stamped in cinnabar on bare paper."""

import math

from PIL import Image, ImageChops, ImageDraw

from builder.covers.brief import MARGIN, Box, Brief, TitleStyle, small_lines, title_in_lines
from builder.covers.lettering import Pen, draw_line
from builder.covers.palette import INK, PAPER, mixed
from builder.covers.surfaces import HEIGHT, WIDTH, grained, lay, worn

_MAX_CUT = 9
_SIDE = 860


def draw(brief: Brief) -> Image.Image:
    image = grained(mixed(PAPER, brief.palette.main, 0.03), brief.rng, 5)
    text = _cut(brief)
    stamp = _stamp(text, brief)
    crowded = len(brief.words.subtitle_lines) + len(brief.words.creators) > 3
    if crowded and stamp.height > _SIDE:
        stamp = stamp.resize((stamp.width * _SIDE // stamp.height, _SIDE))
    top = 190 if crowded else 330 if stamp.height <= 900 else 240
    left = (WIDTH - stamp.width) / 2
    lay(image, worn(stamp, brief.rng, 0.09), brief.palette.main, (left, top), 0.95)
    _words(image, brief, top + stamp.height + 150)
    return image


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


def _stamp(text: str, brief: Brief) -> Image.Image:
    """A square or a tall seal: columns from right to left, white characters, a white rim."""
    rows = len(text) if len(text) in {2, 3} else math.ceil(math.sqrt(len(text)))
    columns = -(-len(text) // rows)
    cell = _SIDE / max(rows, columns) if columns > 1 or rows == 1 else 440
    size = (round(cell * columns) + 130, round(cell * rows) + 130)
    mask = Image.new("L", size)
    rim = ImageDraw.Draw(mask)
    rim.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 46, fill=255)
    rim.rounded_rectangle((28, 28, size[0] - 29, size[1] - 29), 30, outline=0, width=9)
    # The last column of an uneven number is cut larger and wider spaced, as engravers do.
    for number in range(columns):
        column = text[number * rows : (number + 1) * rows]
        step = cell * rows / len(column)
        x = size[0] - 65 - cell * (number + 0.5)
        for row, character in enumerate(column):
            _cut_character(mask, character, (x, 65 + step * (row + 0.5)), (cell, step), brief)
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
    draw_line(glyph, character, (side / 2, side / 2), Pen(song, round(side * 0.96), 255))
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


def _words(image: Image.Image, brief: Brief, top: float) -> None:
    words, song = brief.words, brief.face("song", "bold")
    kai = brief.face("kai", "regular")
    width = WIDTH - 2 * MARGIN
    style = TitleStyle(song, INK, 150, 1.3, 0.16, max_lines=4)
    box = Box(MARGIN, top, WIDTH - MARGIN, top + (480 if len(words.subtitle_lines) < 2 else 280))
    y = title_in_lines(image, words.title, box, style).bottom
    if words.subtitle:
        pen = Pen(kai, 70, INK, 0.1)
        y += 50 + small_lines(image, words.subtitle_lines, (WIDTH / 2, y + 50), pen, width=width)
    pen = Pen(kai, 80, mixed(INK, PAPER, 0.15), 0.12)
    y += 70 + small_lines(image, words.creators, (WIDTH / 2, y + 70), pen, width=width)
    other = tuple(filter(None, (words.series_line, words.publisher)))
    pen = Pen(kai, 50, mixed(INK, PAPER, 0.25), 0.15)
    foot = max(y, HEIGHT - MARGIN - 78.0 * len(other))
    small_lines(image, other, (WIDTH / 2, foot), pen, width=width)
