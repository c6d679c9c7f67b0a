"""Lines onto a page.

Most lines are one string of glyph numbers, translated in one go. A character that needs more
thought has `NO_CODE` in the table of its face and sends its line another way: by words (Latin,
numbers, ——), or the careful way (`careful`). Must not import pages.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from builder.press.careful import TRAILING, Careful
from builder.press.codes import NO_CODE, NO_GLYPH, PAIR
from builder.press.face import DASHES, Faces
from builder.press.marks import kind_of, narrow_between
from builder.press.pen import Codes, Pen, Point, Shifts, held
from builder.press.setting import Copy, Line
from builder.press.worn import Worn, worn_of

_NOTHING: tuple[Codes, Shifts] = ("", 0, 0), ()
_PAIRS = re.compile(PAIR)
_QUOTES = re.compile(f"[“”‘’…—{DASHES}]")
# Where a mark may belong to Latin words. Example: say “yes”, don’t. Counter-example: 说：“好”。
_BESIDE_LATIN = re.compile("[^\u2e80-\uffef“”‘’…—][“”‘’…—]|[“”‘’…—][^\u2e80-\uffef“”‘’…—]")


@dataclass(slots=True)
class Label:
    """Words on a line of their own, `width` points wide, and what is to be shown of them; nothing
    of what needs more thought.
    """

    copy: Copy
    width: float
    worn: Worn
    codes: Codes
    shifts: Shifts = ()


def label_of(copy: Copy, width: float, faces: Faces) -> Label:
    """A label ready to be shown, on as many pages as want it."""
    worn = worn_of(copy, faces)
    return Label(copy, width, worn, *_codes_of(copy, Line(0, len(copy.text), 0.0, width), worn))


def show_label(label: Label, faces: Faces, pen: Pen, x: float, y: float) -> None:
    """Show a label at a point on paper, from the upper left corner; never in columns."""
    if label.codes[2]:
        worn = label.worn
        pen.line(worn, worn.element, label.codes, label.shifts, 0.0, pen.from_top(x, y))
        return
    line = Line(0, len(label.copy.text), 0.0, label.width)
    with pen.on_paper() as (left, top):
        Careful(label.copy, line, faces, pen).show(x - left, y - top)


def show_line(copy: Copy, line: Line, faces: Faces, pen: Pen, x: float, y: float) -> None:
    """Show one line whose measure starts at `x`, on the baseline `y`: logical points."""
    show_lines(copy, (line,), faces, pen, (x, y), 0.0)


def show_lines(
    copy: Copy,
    lines: Sequence[Line],
    faces: Faces,
    pen: Pen,
    at: Point,
    leading: float,
    *,
    elements: Sequence[int] = (),
) -> None:
    """Show lines of one copy from a point on, one below the other; `elements` has that of each
    line if those are not the copy's own.
    """
    if not lines:
        return
    worn = worn_of(copy, faces)
    elements = elements or [worn.element] * len(lines)
    x, y = at
    number, count = 0, len(lines)
    while number < count:
        if worn.is_uniform:
            odd = worn.codes.find(NO_CODE, lines[number].start, lines[-1].end)
            rest = (lines[number:], elements[number:]) if number else (lines, elements)
            number += pen.lines(worn, *rest, (x, y + number * leading), leading, odd)
            if number == count:
                return
        line, element, here = lines[number], elements[number], y + number * leading
        codes, shifts = _codes_of(copy, line, worn)
        if codes[2]:
            pen.line(worn, element, codes, shifts, line.spread, pen.place(x + line.offset, here))
        else:
            Careful(copy, line, faces, pen, element if worn.is_uniform else -1).show(x, here)
        number += 1


def _codes_of(copy: Copy, line: Line, worn: Worn) -> tuple[Codes, Shifts]:
    """The codes of a line, and what moves among them; none when it needs more thought."""
    if not worn.is_uniform:
        return _NOTHING
    shifts = held(line, worn) if line.tight and line.spread else line.shifts
    if shifts is None:
        return _NOTHING
    start, end = line.start, line.end
    if worn.codes.find(NO_CODE, start, end) < 0 and NO_GLYPH not in worn.shown[start * 2 : end * 2]:
        return (worn.shown, start, end), shifts
    return _worded(copy, line, worn, dict(shifts))


def _worded(copy: Copy, line: Line, worn: Worn, moves: dict[int, float]) -> tuple[Codes, Shifts]:
    """A line with Latin words, numbers or —— in one face: its codes, and what moves among them.

    Nothing when a character needs more thought.
    """
    text, start, end = copy.text, line.start, line.end
    while end > start and kind_of(text[end - 1]) in TRAILING:
        end -= 1
    words = text[start:end]
    skipped: list[int] = []
    if _QUOTES.search(words):
        if DASHES in words or (_BESIDE_LATIN.search(words) and narrow_between(text, start, end)):
            return _NOTHING
        if PAIR in words and worn.has_pair:
            # The pair is one glyph: nothing moves inside of it, and what follows is one code less.
            skipped = [start + found.start() for found in _PAIRS.finditer(words)]
            words = words.replace(PAIR, DASHES)
            for at in skipped:
                moves.pop(at, 0.0)
    codes, shown = worn.worded.read(words)
    if NO_CODE in codes:
        return _NOTHING
    moves.pop(end - 1, 0.0)
    shifts = [(at - start - bisect_left(skipped, at), moves[at]) for at in sorted(moves)]
    return (shown, 0, len(codes)), tuple(shifts)
