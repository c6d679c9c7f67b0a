"""A description on a back: paragraphs in justified lines or columns, by the rules of Chinese.

No mark stands at the wrong end of a line; where two marks meet, and at a line's end, they lose
the half of their em that has no ink, as far as the writing has it there.
Source: W3C clreq, 6.1 (punctuation), line composition.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.covers.breaking import pieces
from builder.covers.canvas import Box, Canvas
from builder.covers.lettering import (
    Pen,
    Unit,
    advance_em,
    column_units,
    draw_unit,
    line_units,
)
from builder.covers.typefaces import Typeface

# Full-width marks with their ink in the first half of the em, and in the second. In Taiwan and
# Hong Kong pause marks stand in the middle, so only brackets have a half to lose.
_BRACKETS_CLOSE = frozenset("）》〉」』】〕")
_MARKS_CLOSE = _BRACKETS_CLOSE | frozenset("，。、”’")
_OPEN = frozenset("（《〈「『【〔“‘")
_HALF = 0.5
_INDENT_EM = 2.0
_FULL_WIDTH_EM = 0.9  # what is narrower is no full-width mark
_CUT = "…"
_DROPPED_BEFORE_CUT = "，、；：。 …—"


@dataclass(frozen=True, slots=True)
class SetUnit:
    """A unit whose cell's middle is `middle_em` along its line."""

    unit: Unit
    middle_em: float


@dataclass(frozen=True, slots=True)
class Blurb:
    """Lines ready to be drawn at `size`; `is_cut` when the text went on."""

    lines: tuple[tuple[SetUnit, ...], ...]
    size: int
    measure_em: float
    is_cut: bool


@dataclass(frozen=True, slots=True)
class BlurbStyle:
    """How a description is set; sizes are units of the canvas, the largest first."""

    typeface: Typeface
    sizes: tuple[int, ...]
    pitch_em: float
    is_traditional: bool
    in_columns: bool


def fit_blurb(text: str, box: Box, style: BlurbStyle) -> Blurb:
    """The description as large as it goes into `box`; cut with … where even the smallest is too long."""
    length, depth = (box.height, box.width) if style.in_columns else (box.width, box.height)
    for size in style.sizes:
        measure = max(2.0, float(int(length / size)))
        lines = tuple(_broken(text, style, measure))
        room = max(1, int((depth / size - 1) / style.pitch_em) + 1)
        if len(lines) <= room:
            return Blurb(_justified(lines, style, measure), size, measure, is_cut=False)
    shown = [*lines[: room - 1], _cut(lines[room - 1], style, measure)]
    return Blurb(_justified(tuple(shown), style, measure), size, measure, is_cut=True)


def blurb_depth(blurb: Blurb, style: BlurbStyle) -> float:
    """How deep its lines reach together."""
    return blurb.size * (1 + (len(blurb.lines) - 1) * style.pitch_em) if blurb.lines else 0.0


def draw_blurb(
    canvas: Canvas, blurb: Blurb, at: tuple[float, float], pen: Pen, *, style: BlurbStyle
) -> None:
    """Set the lines from the upper left corner `at`, the columns from the upper right one."""
    for number, line in enumerate(blurb.lines):
        across = blurb.size * (0.5 + number * style.pitch_em)
        for placed in line:
            along = placed.middle_em * blurb.size
            middle = (
                (at[0] - across, at[1] + along)
                if style.in_columns
                else (at[0] + along, at[1] + across)
            )
            draw_unit(canvas, placed.unit, middle, pen)


@dataclass(frozen=True, slots=True)
class _Line:
    """Units of one line, before they are spread over it."""

    units: tuple[Unit, ...]
    indent_em: float
    is_last: bool


def _broken(text: str, style: BlurbStyle, measure: float) -> Iterator[_Line]:
    """The lines of all paragraphs."""
    for paragraph in text.splitlines():
        if words := " ".join(paragraph.split()):
            yield from _paragraph(words, style, measure)


def _paragraph(words: str, style: BlurbStyle, measure: float) -> Iterator[_Line]:
    indent = min(_INDENT_EM, measure / 4)
    line: list[Unit] = []
    for piece in pieces(words, keeps_words=False):
        for part in _parts(piece, style, measure):
            if line and _length([*line, *part], indent, style) > measure:
                yield _Line(tuple(_bare(line)), indent, is_last=False)
                line, indent = [], 0.0
                part = [unit for at, unit in enumerate(part) if at or unit.text != " "]
            line += part
    yield _Line(tuple(_bare(line)), indent, is_last=True)


def _parts(piece: str, style: BlurbStyle, measure: float) -> list[list[Unit]]:
    """A piece whole; in single characters where no line could hold it."""
    units = _units(piece, style)
    if _length(units, 0, style) <= measure:
        return [units]
    return [_units(character, style) for character in piece]


def _units(text: str, style: BlurbStyle) -> list[Unit]:
    return list(column_units(text, style.typeface) if style.in_columns else line_units(text))


def _bare(line: list[Unit]) -> list[Unit]:
    """A line without the space at its end."""
    return line[:-1] if line and line[-1].text == " " else line


def _cut(line: _Line, style: BlurbStyle, measure: float) -> _Line:
    """The line with … at its end, and as much less of it as that takes."""
    units = list(line.units)
    mark = _units(_CUT, style)
    while units and (
        (units[-1].reading or units[-1].text) in _DROPPED_BEFORE_CUT
        or _length([*units, *mark], line.indent_em, style) > measure
    ):
        units.pop()
    return _Line((*units, *mark), line.indent_em, is_last=True)


# --- along the line -------------------------------------------------------------------------


def _length(units: list[Unit], indent: float, style: BlurbStyle) -> float:
    return indent + sum(room for _, room, _ in _rooms(units, style))


def _rooms(units: list[Unit], style: BlurbStyle) -> list[tuple[Unit, float, float]]:
    """Each unit, its room along the line, and where in it the middle of its cell is."""
    closing = _BRACKETS_CLOSE if style.is_traditional else _MARKS_CLOSE
    found = []
    for at, unit in enumerate(units):
        advance = advance_em(unit, style.typeface, down=style.in_columns)
        mark = unit.reading or unit.text
        following = units[at + 1] if at + 1 < len(units) else None
        after = (following.reading or following.text) if following else ""
        before = (units[at - 1].reading or units[at - 1].text) if at else ""
        room, middle = advance, advance / 2
        if advance > _FULL_WIDTH_EM:
            if mark in closing and (following is None or after in closing or after in _OPEN):
                room -= _HALF
            elif mark in _OPEN and before in _OPEN:
                room, middle = room - _HALF, middle - _HALF
        found.append((unit, room, middle))
    return found


def _justified(
    lines: tuple[_Line, ...], style: BlurbStyle, measure: float
) -> tuple[tuple[SetUnit, ...], ...]:
    return tuple(tuple(_spread(line, style, measure)) for line in lines)


def _spread(line: _Line, style: BlurbStyle, measure: float) -> Iterator[SetUnit]:
    """The units of a line from end to end; those of a last line as they come."""
    rooms = _rooms(list(line.units), style)
    left_over = measure - line.indent_em - sum(room for _, room, _ in rooms)
    gap = 0.0 if line.is_last or len(rooms) < 2 else left_over / (len(rooms) - 1)
    x = line.indent_em
    for unit, room, middle in rooms:
        yield SetUnit(unit, x + middle)
        x += room + gap
