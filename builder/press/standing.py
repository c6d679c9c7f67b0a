"""Columns on paper: upright characters, Latin on its side, several characters in one room.

Upright characters are shown in the writing mode of columns (Identity-V, with the font's forms for
columns), what lies on its side under a text matrix turned by 90°, and a cell as a tiny line. `y`
is the axis of the column throughout: characters of any size are centred on it.

pdfium takes text objects that start at one height for a line and sorts them from left to right;
so the first glyph of a column has an operator of its own (decision 0016).
"""

from bisect import bisect_right
from operator import attrgetter

from builder.press import ruby
from builder.press.codes import NO_CODE, column_table_of
from builder.press.face import Face, Faces
from builder.press.ornaments import decorations
from builder.press.pen import Pen
from builder.press.setting import Copy, Line
from builder.press.stretches import Stretch, extents, mark_of, shown, stretches

_EM = 1000
_MIDDLE = 0.38  # of the em box above the baseline: half of 880 − 120
_TOP = 0.88
_START = attrgetter("start")
_WORDS = frozenset({"text", "link", "code"})
# Pairs of marks that Unicode has one character for, drawn as a single room needs it.
_PAIRS = {
    "！？": "⁉",
    "？！": "⁈",
    "！！": "‼",
    "？？": "⁇",
    "!?": "⁉",
    "?!": "⁈",
    "!!": "‼",
    "??": "⁇",
}


def show_column(copy: Copy, line: Line, faces: Faces, pen: Pen, x: float, y: float) -> None:
    """Show one line as a column: `x` points below the text area's top, its axis at `y`."""
    # Inside of what is tight nothing is spread, which only matters where anything is.
    if (line.tight and line.spread) or not _show_plain(copy, line, faces, pen, x, y):
        _show_carefully(copy, line, faces, pen, x, y)


def _show_plain(copy: Copy, line: Line, faces: Faces, pen: Pen, x: float, y: float) -> bool:
    """Show a line of nothing but upright characters in one face; whether it is one."""
    runs = copy.runs
    number = bisect_right(runs, line.start, key=_START) - 1 if len(runs) > 1 else 0
    run = runs[number]
    style = run.style
    if run.end < line.end or run.kind not in _WORDS or style.emphasis or style.underline:
        return False
    face = faces.face(style.face)
    codes, _ = column_table_of(face).read(copy.text[line.start : line.end])
    if not codes or NO_CODE in codes:
        return False
    pen.enter(run.element if run.element >= 0 else copy.element)
    pen.font(f"{face.name}v", style.size)
    pen.colour(style.colour)
    pen.rise(0.0)
    pen.spacing(0.0 - style.spacing - line.spread)
    pen.move(*pen.place(x + line.offset, y))
    pen.show([(codes[0], 0.0)])
    pieces, at = [], 1
    for index, shift in line.shifts:
        after = index + 1 - line.start
        if after < len(codes):
            pieces.append((codes[at:after], shift))
            at = after
    if at < len(codes):
        pen.show([*pieces, (codes[at:], 0.0)])
    return True


def _show_carefully(copy: Copy, line: Line, faces: Faces, pen: Pen, x: float, y: float) -> None:
    is_first = True
    for stretch in stretches(copy, line, faces):
        run = stretch.run
        pen.enter(run.element if run.element >= 0 else copy.element)
        match stretch.kind:
            case "upright":
                _show_upright(copy.text, stretch, pen, x, y, is_first=is_first)
            case "turned":
                _show_turned(copy.text, stretch, pen, x, y)
            case "cell":
                _show_cell(copy.text[stretch.start : stretch.end], stretch, pen, x, y)
            case "ruby":
                _show_ruby(copy, stretch, faces, pen, x, y)
            case "image":
                pass  # the page places it
            case "note":
                _show_note(copy, stretch, faces, pen, x, y)
        # A base is shown as words of its own, with what is beside them.
        if (run.style.emphasis or run.style.underline) and run.kind != "ruby":
            text = copy.text[stretch.start : stretch.end]
            ends = [(x + start, x + end) for start, end in extents(copy, stretch)]
            pen.ornaments += decorations(run.style, text, ends, y, pen.place, in_columns=True)
        is_first = False


def _show_upright(
    text: str, stretch: Stretch, pen: Pen, x: float, y: float, *, is_first: bool
) -> None:
    size = stretch.style.size
    pieces = shown(text, stretch)
    codes = [(piece.translate(stretch.codes), gap) for piece, gap in pieces]
    left, top = pen.place(x + stretch.x, y)
    _dress(pen, stretch, f"{stretch.face.name}v")
    pen.spacing(0.0 - stretch.common)
    with pen.reading(_misread(text[stretch.start : stretch.end], stretch.face)):
        pen.move(left, top)
        first, gap = codes[0]
        if is_first and len(first) > 1:
            pen.show([(first[0], 0.0)])
            codes[0] = first[1:], gap
        # In columns a positive number moves down, away from the glyph before.
        pen.show([(piece, gap * _EM / size) for piece, gap in codes])


def _show_turned(text: str, stretch: Stretch, pen: Pen, x: float, y: float) -> None:
    size = stretch.style.size
    codes = [(piece.translate(stretch.codes), gap) for piece, gap in shown(text, stretch)]
    left, top = pen.place(x + stretch.x, y)
    _dress(pen, stretch, stretch.face.name)
    pen.spacing(stretch.common)
    with pen.reading(_misread(text[stretch.start : stretch.end], stretch.face)):
        pen.matrix(0, -1, 1, 0, left - _MIDDLE * size, top)
        pen.show([(piece, -gap * _EM / size) for piece, gap in codes])


def _show_cell(words: str, stretch: Stretch, pen: Pen, x: float, y: float) -> None:
    """A tiny line in one character's room, narrowed when it is wider.

    A single glyph is shown as a character of the column. Several are shown as a line; poppler
    would read it apart from its column, but for an ActualText that ends in the column's font.
    """
    size, face = stretch.style.size, stretch.face
    codes = _codes_of_cell(words, face)
    axis, top = pen.place(x + stretch.x, y)
    pen.spacing(0.0)
    if len(codes) == 1:
        _dress(pen, stretch, f"{face.name}v")
        with pen.reading(_misread(words, face)):
            pen.move(axis, top)
            pen.show([(codes, 0.0)])
        return
    width = sum(map(face.advance, words))
    narrowed = min(1.0, _EM / width)
    with pen.reading(words):
        _dress(pen, stretch, face.name)
        middle = narrowed * width * size / _EM / 2
        pen.matrix(narrowed, 0, 0, 1, axis - middle, top - _TOP * size)
        pen.show([(words.translate(face.codes), 0.0)])
        pen.font(f"{face.name}v", size)


def _dress(pen: Pen, stretch: Stretch, font: str) -> None:
    pen.font(font, stretch.style.size)
    pen.colour(stretch.style.colour)
    pen.rise(0.0)


def _codes_of_cell(words: str, face: Face) -> str:
    """A single glyph for one character, or for a pair of marks that is drawn as one."""
    if len(words) == 1:
        return words.translate(face.column_codes)
    pair = _PAIRS.get(words, "")
    glyph = face.metrics.glyph(pair, face.key.language) if pair and face.covers(pair) else None
    if glyph is not None and glyph.number and face.program.read_as(glyph.number, words):
        face.program.is_columnar = True
        return face.program.shown(glyph.number)
    return words


def _misread(words: str, face: Face) -> str:
    """Words whose glyphs would be read as others, else nothing."""
    return "" if face.misread.isdisjoint(words) else words


def _show_ruby(copy: Copy, stretch: Stretch, faces: Faces, pen: Pen, x: float, y: float) -> None:
    """A base, and its reading at the right of it."""
    _, pieces = ruby.pieces(copy, stretch.run, faces, stretch.x, in_columns=True)
    for piece in pieces:
        start = x + stretch.x + piece.x
        show_column(piece.copy, piece.line, faces, pen, start, y + piece.y)


def _show_note(copy: Copy, stretch: Stretch, faces: Faces, pen: Pen, x: float, y: float) -> None:
    """The mark of a note, raised: its middle stands at the right of the column's axis."""
    style = stretch.style
    size = copy.largest = copy.largest or max(other.style.size for other in copy.runs)
    shift = style.raised + _MIDDLE * (style.size - size) if style.raised else 0.0
    mark = mark_of(stretch.run)
    line = Line(0, len(mark.text), 0.0, stretch.length)
    show_column(mark, line, faces, pen, x + stretch.x, y - shift)
