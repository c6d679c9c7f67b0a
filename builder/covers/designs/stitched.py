"""线装: a thread-bound book in coloured cloth, its title on a paper label."""

import math

from PIL import Image, ImageChops

from builder.core.colours import RGB
from builder.covers.brief import (
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
from builder.covers.canvas import HEIGHT, SIZE, WIDTH, Box, Canvas
from builder.covers.lettering import Pen
from builder.covers.palette import BLACK, INK, PAPER, mixed
from builder.covers.surfaces import grained, noise_on

STITCH = 148  # how far from the spine the holes are
_HOLES = (170, 860, 1540, 2230)  # 四眼, the four holes of an ordinary book
_THREAD = 9
_SPINE_LABEL_EDGE = 0.1  # of its width, from the rule to the edge
_LONGEST_MARK = 7  # of a subtitle that goes onto the label


def draw(canvas: Canvas, brief: Brief) -> None:
    canvas.image = _cloth(canvas, brief)
    _stitches(canvas)
    if brief.in_columns:
        _label_in_columns(canvas, brief)
    else:
        _label_in_lines(canvas, brief)


def _cloth(canvas: Canvas, brief: Brief) -> Image.Image:
    """A weave: threads across, threads down, a little unevenly dyed."""
    ground = grained(canvas, brief.palette.main, brief.rng, 7)
    across, down = math.ceil(canvas.area.width), math.ceil(canvas.area.height)
    warp = noise_on(canvas, brief.rng, 3, alone=(WIDTH, 24), here=(across, 24))
    weft = noise_on(canvas, brief.rng, 3, alone=(24, HEIGHT), here=(24, down))
    size = SIZE if canvas.is_alone else (across, down)
    warp, weft = (threads.resize(size, Image.Resampling.NEAREST) for threads in (warp, weft))
    weave = Image.blend(warp, weft, 0.5).point([118 + grey // 13 for grey in range(256)])
    weave = weave.resize(ground.size, Image.Resampling.BICUBIC)
    return ImageChops.add(ground, Image.merge("RGB", (weave,) * 3), 1, -128)


def _stitches(canvas: Canvas) -> None:
    """Thread along the spine, and around it on a wrap, where a book that is bound has it."""
    stitch = STITCH if canvas.is_left_bound else canvas.width - STITCH
    end, seams = canvas.front_right, [stitch]
    if canvas.is_wrap:
        around = canvas.spine + 2 * STITCH
        end = stitch - around if canvas.is_left_bound else stitch + around
        seams.append(end)
    shade = mixed(canvas.colour_at(stitch, 20), BLACK, 0.45)
    thread = mixed(PAPER, INK, 0.08)
    for colour, off in ((shade, 5), (thread, 0)):
        runs = [(seam, canvas.area.top, seam, canvas.area.bottom) for seam in seams]
        runs += [(stitch, y, end, y) for y in _HOLES]
        for x0, y0, x1, y1 in runs:
            canvas.line((x0 + off, y0 + off, x1 + off, y1 + off), colour, _THREAD)
    for seam in seams:
        for y in _HOLES:
            canvas.ellipse((seam - 9, y - 9, seam + 9, y + 9), mixed(thread, INK, 0.35))


def spine_label(canvas: Canvas, brief: Brief, words: Box) -> None:
    """The slip of paper on the spine of a wrap, over the thread."""
    edge = words.width * _SPINE_LABEL_EDGE
    around = Box(words.left, words.top - 3 * edge, words.right, words.bottom + 3 * edge)
    _slip(canvas, brief, around, ((edge * 0.9, edge / 4),))


def _label(canvas: Canvas, brief: Brief, box: Box) -> None:
    """A slip of paper pasted on, with a double rule inside its edge."""
    _slip(canvas, brief, box, ((22, 7), (37, 2)))


def _slip(canvas: Canvas, brief: Brief, box: Box, rules: tuple[tuple[float, float], ...]) -> None:
    """Paper with its shadow; each rule is so far inside and so wide."""
    left, top, right, bottom = map(round, (box.left, box.top, box.right, box.bottom))
    shadow = mixed(brief.palette.main, BLACK, 0.3)
    canvas.rectangle((left + 7, top + 7, right + 7, bottom + 7), shadow)
    paper = grained(canvas, mixed(PAPER, (0xE6, 0xD2, 0xA8), 0.25), brief.rng, 6)
    size = (0, 0, canvas.length_px(right - left), canvas.length_px(bottom - top))
    at = canvas.px((left, top))
    canvas.image.paste(paper.crop(size), (round(at[0]), round(at[1])))
    for inset, width in rules:
        inner = (left + inset, top + inset, right - inset, bottom - inset)
        canvas.rectangle(inner, outline=INK, width=width)


def _label_in_columns(canvas: Canvas, brief: Brief) -> None:
    words, kai = brief.words, brief.face("kai", "bold")
    style = TitleStyle(kai, INK, 250, spacing_em=0.12, max_lines=3, pitch_em=1.15)
    width = 380 if len(words.title) <= 9 else 560
    small = [part for part in (words.subtitle, words.series_line) if part]
    mark = next((part for part in small if len(part) <= _LONGEST_MARK), "")
    beside = words.subtitle_lines if words.subtitle != mark else ()
    beside += (words.series_line,) if words.series_line not in {"", mark} else ()
    room = 1150 if len(words.title) <= 4 or mark else 1350
    edge = canvas.width - 170 - width if canvas.is_left_bound else 170
    inner = Box(edge + 62, 170 + 90, edge + width - 62, 170 + 90 + room)
    title = fit_columns(words.title, inner, style)
    tallest = max(column_px(line, Pen(kai, title.size_px, INK, 0.12)) for line in title.lines)
    foot = inner.top + max(tallest + 60, 640) + (66 * 1.1 * len(mark) + 60 if mark else 0)
    label = Box(edge, 170, edge + width, foot + 40)
    _label(canvas, brief, label)
    title_in_columns(canvas, words.title, inner, style)
    if mark:
        at = (label.middle + 33, label.bottom - 90)
        small_columns(canvas, (mark,), at, Pen(kai, 66, INK, 0.1), height=700, align="end")
    pen = Pen(brief.face("kai", "regular"), 72, mixed(PAPER, brief.palette.main, 0.08), 0.12)
    right = label.right + 42 + 108 * len(beside)
    if canvas.is_left_bound:
        right = label.left - 42
    small_columns(canvas, beside, (right, 210), pen, height=1500)
    _makers(canvas, brief, label)


def _label_in_lines(canvas: Canvas, brief: Brief) -> None:
    words, kai = brief.words, brief.face("kai", "bold")
    style = TitleStyle(kai, INK, 230, spacing_em=0.06, max_lines=5, pitch_em=1.3)
    edge = canvas.width - 1300 if canvas.is_left_bound else 170
    box = Box(edge + 70, 360, edge + 1060, 960)
    title = fit_lines(words.title, box, style)
    foot = box.top + title.size_px * (1 + (len(title.lines) - 1) * style.pitch_em)
    small = words.subtitle_lines + ((words.series_line,) if words.series_line else ())
    label = Box(edge, 260, edge + 1130, foot + 100 + (20 + 102 * len(small) if small else 0))
    _label(canvas, brief, label)
    title_in_lines(canvas, words.title, box, style)
    if small:
        pen = Pen(kai, 66, INK, 0.06)
        small_lines(canvas, small, (label.middle, foot + 50), pen, width=980)
    _makers(canvas, brief, label)


def _makers(canvas: Canvas, brief: Brief, label: Box) -> None:
    """Who made the book, at the foot by the spine; beside a label that reaches down there."""
    words = brief.words
    light: RGB = mixed(PAPER, brief.palette.main, 0.08)
    pen = Pen(brief.face("kai", "regular"), 84, light, 0.12)
    lines = words.creators + ((words.publisher,) if words.publisher else ())
    top = HEIGHT - 170 - 84 * 1.55 * len(lines) + 40
    stands_beside = label.bottom > top - 60
    if canvas.is_left_bound:
        start = STITCH + 110
        room = (label.left if stands_beside else canvas.width - 60) - start - 110
        small_lines(canvas, lines, (start, top), pen, width=room, align="start")
        return
    seam = canvas.width - STITCH
    left = label.right if stands_beside else 60
    small_lines(canvas, lines, (seam - 110, top), pen, width=seam - 220 - left, align="end")
