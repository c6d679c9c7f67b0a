"""月窗: a round window in a garden wall, bamboo behind it."""

import math

from PIL import Image, ImageChops, ImageDraw

from builder.covers.brief import (
    MARGIN,
    Brief,
    TitleStyle,
    small_columns,
    small_lines,
    title_in_columns,
    title_in_lines,
)
from builder.covers.canvas import HEIGHT, WIDTH, Box, Canvas, Point
from builder.covers.lettering import Align, Pen
from builder.covers.palette import PAPER, mixed
from builder.covers.surfaces import disc, grained, shape

_FRAME = 34
_JOINT = 190.0  # from one knot of a stalk to the next


def draw(canvas: Canvas, brief: Brief) -> None:
    palette = brief.palette
    canvas.image = grained(canvas, palette.pale, brief.rng, 4)
    diameter = 1240 if brief.in_columns else 840 if _is_crowded(brief) else 1080
    # On paper the window keeps clear of the knife, and of the fold.
    aside = max(720.0, 640.0 + canvas.width - WIDTH) if canvas.is_wrap else 640.0
    middle = (aside, 1600.0) if brief.in_columns else (canvas.width / 2, 2160.0 - diameter / 2)
    corner = (middle[0] - diameter / 2, middle[1] - diameter / 2)
    canvas.lay(disc(diameter, canvas.scale), palette.main, corner)
    side = diameter - 2 * _FRAME
    hole = disc(side, canvas.scale)
    corner = (corner[0] + _FRAME, corner[1] + _FRAME)
    canvas.lay(hole, mixed(PAPER, palette.main, 0.14), corner)
    _garden(canvas, hole, corner, side, brief)
    if brief.in_columns:
        _in_columns(canvas, brief)
    else:
        _in_lines(canvas, brief)


def _is_crowded(brief: Brief) -> bool:
    """Whether there are so many words that the window has to be smaller."""
    return len(brief.words.subtitle_lines) + len(brief.words.creators) > 3


def _garden(canvas: Canvas, hole: Image.Image, corner: Point, side: int, brief: Brief) -> None:
    """Stalks from far and pale to near and dark; what the window does not show is cut off."""
    for place, share in ((0.68, 0.3), (0.16, 0.55), (0.44, 0.95)):
        foot = side * (place + 0.06 * brief.rng.random())
        mask = _bamboo(side, foot, share, brief, canvas.scale)
        colour = mixed(mixed(PAPER, brief.palette.main, 0.14), brief.palette.deep, share)
        canvas.lay(ImageChops.multiply(mask, hole), colour, corner)


def _bamboo(side: int, foot: float, share: float, brief: Brief, scale: float) -> Image.Image:
    """A stalk from `foot` up to the head of a mask, `scale` pixels a unit."""
    mask = Image.new("L", (round(side * scale), round(side * scale)))
    lean = (brief.rng.random() - 0.5) * 0.16
    width = 26 + 26 * share
    y, x = side + 40.0, foot
    side_of_branch = 1 if brief.rng.random() < 0.5 else -1
    while y > -_JOINT:
        length = _JOINT * (0.85 + 0.3 * brief.rng.random())
        top = (x + lean * length, y - length)
        _stamp(mask, _joint((x, y - 5), (top[0], top[1] + 5), width), scale)
        if y < side * 0.86:
            _branch(mask, top, side_of_branch, share, brief, scale)
            side_of_branch = -side_of_branch
        (x, y), width = top, width * 0.96
        lean += (brief.rng.random() - 0.5) * 0.03
    return mask


def _joint(low: Point, high: Point, width: float) -> list[Point]:
    """One length of a stalk: wider at both knots."""
    half, waist = width / 2, width / 2 * 0.84
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
    left = [(low[0] - half, low[1]), (low[0] - waist, low[1] - 14), (middle[0] - waist, middle[1]),
            (high[0] - waist, high[1] + 14), (high[0] - half, high[1])]  # fmt: skip
    right = [(high[0] + half, high[1]), (high[0] + waist, high[1] + 14), (middle[0] + waist, middle[1]),
             (low[0] + waist, low[1] - 14), (low[0] + half, low[1])]  # fmt: skip
    return left + right


def _branch(
    mask: Image.Image, knot: Point, toward: int, share: float, brief: Brief, scale: float
) -> None:
    """A thin twig from a knot, with a spray of leaves at its end: 个 and 介, as painters say."""
    reach = 110 + 130 * brief.rng.random()
    tip = (knot[0] + toward * reach, knot[1] - reach * (0.25 + 0.3 * brief.rng.random()))
    twig = [value * scale for value in (*knot, *tip)]
    ImageDraw.Draw(mask).line(twig, 255, round((3 + 3 * share) * scale))
    for number in range(3 + int(3 * brief.rng.random())):
        angle = math.pi / 2 - toward * (1.05 - 0.42 * number) + (brief.rng.random() - 0.5) * 0.25
        length = (150 + 90 * brief.rng.random()) * (0.7 + 0.3 * share)
        _stamp(mask, _leaf(tip, angle, length), scale)


def _leaf(root: Point, angle: float, length: float) -> list[Point]:
    """A narrow leaf from `root`, broadest a third of the way along; `angle` is from the level."""
    along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    outline = []
    for side_of, steps in ((1, range(13)), (-1, range(12, -1, -1))):
        for step in steps:
            at = step / 12
            breadth = side_of * length * 0.21 * at**0.6 * (1 - at)
            outline.append(
                (
                    root[0] + along[0] * length * at + across[0] * breadth,
                    root[1] + along[1] * length * at + across[1] * breadth,
                )
            )
    return outline


def _stamp(mask: Image.Image, outline: list[Point], scale: float) -> None:
    """Put a shape on a mask, drawn no larger than it is."""
    outline = [(x * scale, y * scale) for x, y in outline]
    left, top = math.floor(min(x for x, _ in outline)), math.floor(min(y for _, y in outline))
    right, bottom = math.ceil(max(x for x, _ in outline)), math.ceil(max(y for _, y in outline))
    size = (max(1, right - left), max(1, bottom - top))
    small = shape([(x - left, y - top) for x, y in outline], size)
    mask.paste(255, (left, top), small)


def _in_columns(canvas: Canvas, brief: Brief) -> None:
    words, dark = brief.words, brief.palette.dark
    song, kai = brief.face("song", "bold"), brief.face("kai", "regular")
    style = TitleStyle(song, dark, 230, 1.25, 0.08, align="start", max_lines=4)
    box = Box(440, MARGIN + 20, canvas.width - MARGIN - 20, 1000)
    used = title_in_columns(canvas, words.title, box, style)
    pen = Pen(kai, 80, dark, 0.12)
    small_columns(canvas, words.beside_title, (used.left - 60, box.top + 8), pen, height=700)
    _publisher(canvas, brief, (canvas.width - MARGIN, "end"))


def _publisher(canvas: Canvas, brief: Brief, place: tuple[float, Align]) -> None:
    if brief.words.publisher:
        pen = Pen(brief.face("kai", "regular"), 48, brief.palette.dark, 0.15)
        # On paper the line ends where it begins on a screen: printers want more of an edge.
        foot = (place[0], HEIGHT - MARGIN - 48 * canvas.is_wrap)
        small_lines(canvas, (brief.words.publisher,), foot, pen, width=500, align=place[1])


def _in_lines(canvas: Canvas, brief: Brief) -> None:
    words, dark = brief.words, brief.palette.dark
    song, kai = brief.face("song", "bold"), brief.face("kai", "regular")
    width = canvas.width - 2 * MARGIN
    y = float(MARGIN)
    if words.series_line:
        pen = Pen(kai, 56, dark, 0.15)
        y += small_lines(canvas, (words.series_line,), (canvas.width / 2, y), pen, width=width) + 20
    small = words.creators + words.subtitle_lines
    room = (1250 if _is_crowded(brief) else 1010) - y - 124 * len(small) - 85
    style = TitleStyle(song, dark, 230, 1.25, 0.08, max_lines=5)
    y = title_in_lines(
        canvas, words.title, Box(MARGIN, y, canvas.width - MARGIN, y + room), style
    ).bottom
    if words.subtitle:
        pen = Pen(kai, 72, dark, 0.08)
        y += 20 + small_lines(
            canvas, words.subtitle_lines, (canvas.width / 2, y + 45), pen, width=width
        )
    pen = Pen(kai, 80, dark, 0.12)
    small_lines(canvas, words.creators, (canvas.width / 2, y + 60), pen, width=width)
    _publisher(canvas, brief, (canvas.width / 2, "middle"))
