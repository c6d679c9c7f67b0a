"""线装: a thread-bound book in coloured cloth, its title on a paper label."""

from PIL import Image, ImageChops, ImageDraw

from builder.core.colours import RGB
from builder.covers.brief import (
    Box,
    Brief,
    TitleStyle,
    column_px,
    fit_columns,
    fit_lines,
    small_columns,
    small_lines,
    title_in_columns,
    title_in_lines,
)
from builder.covers.lettering import Pen
from builder.covers.palette import BLACK, INK, PAPER, mixed
from builder.covers.surfaces import HEIGHT, SIZE, WIDTH, colour_at, grained, noise

_SPINE = 1452  # where the holes are
_HOLES = (170, 860, 1540, 2230)  # 四眼, the four holes of an ordinary book
_THREAD = 9
_LONGEST_MARK = 7  # of a subtitle that goes onto the label


def draw(brief: Brief) -> Image.Image:
    image = _cloth(brief)
    _stitches(image)
    if brief.in_columns:
        _label_in_columns(image, brief)
    else:
        _label_in_lines(image, brief)
    return image


def _cloth(brief: Brief) -> Image.Image:
    """A weave: threads across, threads down, a little unevenly dyed."""
    image = grained(brief.palette.main, brief.rng, 7)
    down = noise(brief.rng, (WIDTH, 24), 3).resize(SIZE, Image.Resampling.NEAREST)
    across = noise(brief.rng, (24, HEIGHT), 3).resize(SIZE, Image.Resampling.NEAREST)
    weave = Image.blend(down, across, 0.5).point([118 + grey // 13 for grey in range(256)])
    return ImageChops.add(image, Image.merge("RGB", (weave,) * 3), 1, -128)


def _stitches(image: Image.Image) -> None:
    draw = ImageDraw.Draw(image)
    shade = mixed(colour_at(image, _SPINE, 20), BLACK, 0.45)
    thread = mixed(PAPER, INK, 0.08)
    for colour, off in ((shade, 5), (thread, 0)):
        runs = [(_SPINE, 0, _SPINE, HEIGHT)]
        runs += [(_SPINE, y, WIDTH, y) for y in _HOLES]
        for x0, y0, x1, y1 in runs:
            draw.line((x0 + off, y0 + off, x1 + off, y1 + off), colour, _THREAD)
    for y in _HOLES:
        draw.ellipse((_SPINE - 9, y - 9, _SPINE + 9, y + 9), mixed(thread, INK, 0.35))


def _label(image: Image.Image, brief: Brief, box: Box) -> None:
    """A slip of paper pasted on, with a double rule inside its edge."""
    draw = ImageDraw.Draw(image)
    shadow = mixed(brief.palette.main, BLACK, 0.3)
    edges = (round(box.left), round(box.top), round(box.right), round(box.bottom))
    draw.rectangle([edge + 7 for edge in edges], shadow)
    paper = grained(mixed(PAPER, (0xE6, 0xD2, 0xA8), 0.25), brief.rng, 6)
    image.paste(paper.crop((0, 0, edges[2] - edges[0], edges[3] - edges[1])), edges[:2])
    for inset, width in ((22, 7), (37, 2)):
        left, top, right, bottom = edges
        draw.rectangle(
            (left + inset, top + inset, right - inset, bottom - inset), outline=INK, width=width
        )


def _label_in_columns(image: Image.Image, brief: Brief) -> None:
    words, kai = brief.words, brief.face("kai", "bold")
    style = TitleStyle(kai, INK, 250, spacing_em=0.12, max_lines=3, pitch_em=1.15)
    width = 380 if len(words.title) <= 9 else 560
    small = [part for part in (words.subtitle, words.series_line) if part]
    mark = next((part for part in small if len(part) <= _LONGEST_MARK), "")
    beside = words.subtitle_lines if words.subtitle != mark else ()
    beside += (words.series_line,) if words.series_line not in {"", mark} else ()
    room = 1150 if len(words.title) <= 4 or mark else 1350
    inner = Box(170 + 62, 170 + 90, 170 + width - 62, 170 + 90 + room)
    title = fit_columns(words.title, inner, style)
    tallest = max(column_px(line, Pen(kai, title.size_px, INK, 0.12)) for line in title.lines)
    foot = inner.top + max(tallest + 60, 640) + (66 * 1.1 * len(mark) + 60 if mark else 0)
    label = Box(170, 170, 170 + width, foot + 40)
    _label(image, brief, label)
    title_in_columns(image, words.title, inner, style)
    if mark:
        at = (label.middle + 33, label.bottom - 90)
        small_columns(image, (mark,), at, Pen(kai, 66, INK, 0.1), height=700, align="end")
    pen = Pen(brief.face("kai", "regular"), 72, mixed(PAPER, brief.palette.main, 0.08), 0.12)
    right = label.right + 42 + 108 * len(beside)
    small_columns(image, beside, (right, 210), pen, height=1500)
    _makers(image, brief, label)


def _label_in_lines(image: Image.Image, brief: Brief) -> None:
    words, kai = brief.words, brief.face("kai", "bold")
    style = TitleStyle(kai, INK, 230, spacing_em=0.06, max_lines=5, pitch_em=1.3)
    box = Box(240, 360, 1230, 960)
    title = fit_lines(words.title, box, style)
    foot = box.top + title.size_px * (1 + (len(title.lines) - 1) * style.pitch_em)
    small = words.subtitle_lines + ((words.series_line,) if words.series_line else ())
    label = Box(170, 260, 1300, foot + 100 + (20 + 102 * len(small) if small else 0))
    _label(image, brief, label)
    title_in_lines(image, words.title, box, style)
    if small:
        pen = Pen(kai, 66, INK, 0.06)
        small_lines(image, small, (label.middle, foot + 50), pen, width=980)
    _makers(image, brief, label)


def _makers(image: Image.Image, brief: Brief, label: Box) -> None:
    """Who made the book, at the foot by the spine; beside a label that reaches down there."""
    words = brief.words
    light: RGB = mixed(PAPER, brief.palette.main, 0.08)
    pen = Pen(brief.face("kai", "regular"), 84, light, 0.12)
    lines = words.creators + ((words.publisher,) if words.publisher else ())
    top = HEIGHT - 170 - 84 * 1.55 * len(lines) + 40
    place = (_SPINE - 110, top)
    left = label.right if label.bottom > top - 60 else 60
    small_lines(image, lines, place, pen, width=_SPINE - 220 - left, align="end")
