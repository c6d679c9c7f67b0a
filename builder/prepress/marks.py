"""Where a page ends: its boxes, and the marks by which it is cut and plates are laid on each other.

All lengths are points, from the lower left corner of the page as it is bound (TrimBox). Round it
lies the bleed, round that the room for marks, if there are any; no mark reaches into the bleed.
Source: ISO 32000-1, 14.11.2 (page boundaries), 14.8.2.2 (artifacts of pages), 8.6.6.4 (All).
"""

from dataclasses import dataclass
from typing import Literal

from builder.prepress.inks import BLACK, Ink, operator

Mark = Literal["crop", "registration"]
Box = tuple[float, float, float, float]
# How far the page goes on beyond its edges: left, bottom, right, top.
Bleed = tuple[float, float, float, float]
NO_BLEED: Bleed = (0.0, 0.0, 0.0, 0.0)

_MM = 72 / 25.4
# As cutters are used to: 5 mm long, thin, and not nearer to the page than 3 mm, nor to the bleed
# than 1 mm, so that a cut that goes astray shows none.
_LENGTH = 5 * _MM
_AWAY = 3 * _MM
_BESIDE_BLEED = 1 * _MM
_EDGE = 1 * _MM
_STROKE = 0.25
_RADIUS = 1.5 * _MM
# Of a circle drawn as four curves.
_ROUND = 0.5523
# The ink that is on every plate, by the name that a page's resources have for it.
MARKS_SPACE = "registration", "[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 1 1]/N 1>>]"  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """The boxes of a page: left, bottom, right, top."""

    media: Box
    bleed: Box
    trim: Box

    def entries(self) -> str:
        """The entries of a page's dictionary; a page that ends where it is cut has one box."""
        media = f"/MediaBox{_written(self.media)}"
        if self.media == self.trim:
            return media
        return f"{media}/BleedBox{_written(self.bleed)}/TrimBox{_written(self.trim)}"


def boxes_of(
    width: float, height: float, *, bleed: Bleed = NO_BLEED, marks: tuple[Mark, ...] = ()
) -> PageBoxes:
    """The boxes of a page of this size, as it is bound."""
    outer = _around(width, height, bleed)
    media = outer
    if marks:
        room = _start(bleed) + _LENGTH + _EDGE
        media = _around(width, height, (room,) * 4)
    return PageBoxes(media=media, bleed=outer, trim=(0.0, 0.0, width, height))


def clip_content(boxes: PageBoxes) -> bytes:
    """What a page's own content begins with: nothing of it is seen outside the bleed. `Q` ends it."""
    left, bottom, right, top = boxes.bleed
    return f"q {_numbers(left, bottom, right - left, top - bottom)} re W n\n".encode()


def marks_content(boxes: PageBoxes, marks: tuple[Mark, ...], ink: Ink) -> bytes:
    """The marks of a page, which are no part of what it says.

    In the inks "cmyk" its resources must have MARKS_SPACE among their colour spaces.
    """
    if not marks:
        return b""
    _, _, width, height = boxes.trim
    left, bottom, right, top = boxes.bleed
    start = _start((-left, -bottom, right - width, top - height))
    painted = [f"{_STROKE} w {operator(BLACK['grey' if ink == 'rgb' else ink], stroke=True)}\n"]
    if "crop" in marks:
        painted += _crop(width, height, start)
    if "registration" in marks:
        if ink == "cmyk":
            painted.append(f"/{MARKS_SPACE[0]} CS 1 SCN\n")
        middle = start + _LENGTH / 2
        for x, y in (
            (width / 2, -middle),
            (width / 2, height + middle),
            (-middle, height / 2),
            (width + middle, height / 2),
        ):
            painted.append(_target(x, y))
    return f"/Artifact<</Type/Page>>BDC\nq {''.join(painted)}Q\nEMC\n".encode()


def _start(bleed: Bleed) -> float:
    """How far from the page the marks begin, on all sides."""
    return max(_AWAY, max(bleed) + _BESIDE_BLEED)


def _crop(width: float, height: float, start: float) -> list[str]:
    """Two lines at each corner, in line with the edges."""
    end = start + _LENGTH
    lines = []
    for x, outward in ((0.0, -1), (width, 1)):
        for y, upward in ((0.0, -1), (height, 1)):
            lines.append(_line(x + outward * start, y, x + outward * end, y))
            lines.append(_line(x, y + upward * start, x, y + upward * end))
    return lines


def _target(x: float, y: float) -> str:
    """A circle with a cross."""
    half, r = _LENGTH / 2, _RADIUS
    c = r * _ROUND
    curves = (
        (x + r, y + c, x + c, y + r, x, y + r),
        (x - c, y + r, x - r, y + c, x - r, y),
        (x - r, y - c, x - c, y - r, x, y - r),
        (x + c, y - r, x + r, y - c, x + r, y),
    )
    circle = "".join(f"{_numbers(*curve)} c\n" for curve in curves)
    cross = _line(x - half, y, x + half, y) + _line(x, y - half, x, y + half)
    return f"{_numbers(x + r, y)} m\n{circle}s\n{cross}"


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{_numbers(x1, y1)} m {_numbers(x2, y2)} l S\n"


def _around(width: float, height: float, room: Bleed) -> Box:
    left, bottom, right, top = room
    return -left, -bottom, width + right, height + top


def _written(box: Box) -> str:
    return f"[{_numbers(*box)}]"


def _numbers(*values: float) -> str:
    return " ".join(f"{value + 0.0:.3f}".rstrip("0").rstrip(".") for value in values)
