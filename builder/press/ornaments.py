"""Dots and lines beside words: 着重号, proper-noun lines (专名号), wavy title marks (书名号乙式).

Dots stand under a line and at the right of a column, lines under a line and at the left of a
column. They are drawn, not set: a reader of the text never meets them.
Source: W3C clreq, #emphasis_dots and #proper_noun_marks; GB/T 15834-2011 §4.11, 4.15, 4.16.
"""

import unicodedata
from collections.abc import Callable, Sequence

from builder.prepress import operator
from builder.press.frame import TextStyle

# A logical point (along the line, across it) → a place on the page.
Place = Callable[[float, float], tuple[float, float]]
# Where a character begins and ends along its line, in points.
Extent = tuple[float, float]

# All of these in ems of the text.
_DOT_SIZE = 0.2
_DOT_CLEAR = 0.18  # from the em box to the middle of a dot
_LINE_CLEAR = 0.1
_LINE_WIDTH = 0.05
_LINE_GAP = 0.08  # at both ends: lines of neighbouring names must not become one
_WAVE_HEIGHT = 0.06  # from its middle
_WAVE_LENGTH = 0.36
_DESCENT = 0.12  # the em box reaches so far below the baseline
_CONTROL = 0.5523  # of a quarter of a circle, for the curves of a wave


def decorations(
    style: TextStyle,
    text: str,
    extents: Sequence[Extent],
    y: float,
    place: Place,
    *,
    in_columns: bool,
) -> list[str]:
    """The paths beside some words on one line; empty when the style asks for none.

    `extents` has an entry for each character of `text`; `y` is the line's baseline, or the axis
    of the column. Marks and spaces carry no dots.
    """
    paths = []
    edge = style.size * (0.5 if in_columns else _DESCENT)
    if style.emphasis and text:
        clear = edge + _DOT_CLEAR * style.size
        middles = [
            place((start + end) / 2, y - clear if in_columns else y + clear)
            for character, (start, end) in zip(text, extents, strict=True)
            if carries_dot(character)
        ]
        if middles:
            paths.append(_dots(middles, style))
    if style.underline and text:
        gap = _LINE_GAP * style.size
        start, end = extents[0][0] + gap, extents[-1][1] - gap
        across = y + edge + _LINE_CLEAR * style.size
        draw = _wave if style.underline == "wavy" else _rule
        paths.append(draw(start, end, across, style, place))
    return paths


def carries_dot(character: str) -> bool:
    """Whether a character can be stressed: letters and numbers, no marks, no spaces."""
    return unicodedata.category(character)[0] in "LN"


def _dots(middles: list[tuple[float, float]], style: TextStyle) -> str:
    """Strokes of no length with round ends, which are painted as filled circles."""
    strokes = "".join(f"{x:.2f} {y:.2f} m {x:.2f} {y:.2f} l\n" for x, y in middles)
    return f"q 1 J {_DOT_SIZE * style.size:.2f} w {_stroking(style)}\n{strokes}S Q\n"


def _rule(start: float, end: float, across: float, style: TextStyle, place: Place) -> str:
    (x1, y1), (x2, y2) = place(start, across), place(end, across)
    return (
        f"q {_LINE_WIDTH * style.size:.2f} w {_stroking(style)}"
        f" {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S Q\n"
    )


def _wave(start: float, end: float, across: float, style: TextStyle, place: Place) -> str:
    """A wave of whole half-waves, so that it begins and ends on its middle line."""
    halves = max(2, round((end - start) / (_WAVE_LENGTH / 2 * style.size)))
    length, height = (end - start) / halves, _WAVE_HEIGHT * style.size
    middle = across + height / 2
    path = "{:.2f} {:.2f} m".format(*place(start, middle))
    for half in range(halves):
        at, top = start + half * length, middle + (height if half % 2 else -height) * 1.33
        points = (
            place(at + length * _CONTROL / 2, top),
            place(at + length * (1 - _CONTROL / 2), top),
            place(at + length, middle),
        )
        path += "".join(f" {x:.2f} {y:.2f}" for x, y in points) + " c"
    return f"q {_LINE_WIDTH * style.size:.2f} w {_stroking(style)} {path} S Q\n"


def _stroking(style: TextStyle) -> str:
    return operator(style.colour, stroke=True)
