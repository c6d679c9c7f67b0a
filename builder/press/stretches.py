"""A line of a column as stretches: what is shown in one go, and where down the column.

Most lines are one stretch of upright characters. Others part where the face changes, where
Latin lies down, at cells, bases with readings and marks of notes.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from builder.press import ruby
from builder.press.face import DASHES, Face, Faces
from builder.press.frame import TextStyle
from builder.press.marks import kind_of, narrow_in
from builder.press.setting import Copy, Line, Run
from builder.press.sorts import narrow_key
from builder.press.upright import cells

_EM = 1000
_NOT_PAINTED = " \n"
_MAY_NARROW = frozenset("“”‘’…—")
_ATOMS = frozenset({"cell", "ruby", "note", "image"})
# —— is one glyph where the font has it. Example: ——. Counter-example: —.
_PAIR = re.compile("——")
Kind = Literal["upright", "turned", "cell", "ruby", "note", "image"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of a copy from `x` on, `length` points long.

    `common` follows every character beside its advance, `gaps` single ones beside that:
    (index, points).
    """

    kind: Kind
    run: Run
    face: Face
    start: int
    end: int
    x: float
    length: float
    common: float = 0.0
    gaps: tuple[tuple[int, float], ...] = ()

    @property
    def style(self) -> TextStyle:
        """How its characters look."""
        return self.run.style

    @property
    def codes(self) -> dict[int, str]:
        """Their codes: those of columns for what stands upright, else those of lines."""
        return self.face.column_codes if self.kind == "upright" else self.face.codes


def atom_room(copy: Copy, run: Run, faces: Faces) -> float:
    """The room of what is set as a whole: a base with its reading, a mark, a cell, a picture."""
    if run.kind == "ruby":
        return ruby.room(copy, run, faces, in_columns=True)
    if run.kind == "note":
        return column_length(mark_of(run), faces)
    return float(run.extra) if run.kind == "image" else run.style.size


def mark_of(run: Run) -> Copy:
    """The words of a note's mark as a copy of their own."""
    style = replace(run.style, raised=0.0)
    words = Run(0, len(run.extra), style, element=run.element)
    return cells(Copy(run.extra, (words,), 0.0, element=run.element))


def stretches(copy: Copy, line: Line, faces: Faces) -> Iterator[Stretch]:
    """What a line is shown in, in order; spaces at its end are not."""
    end = line.end
    while end > line.start and copy.text[end - 1] in _NOT_PAINTED:
        end -= 1
    at, runs = line.offset, copy.runs
    number = bisect_right(runs, line.start, key=lambda run: run.start) - 1
    while number < len(runs) and runs[number].start < end:
        run = runs[number]
        number += 1
        for stretch in _of_run(copy, run, max(run.start, line.start), min(run.end, end), faces):
            placed = _placed(copy, line, stretch, at, faces)
            at += placed.length
            yield placed


def _of_run(
    copy: Copy, run: Run, start: int, end: int, faces: Faces
) -> Iterator[tuple[Kind, Run, Face, int, int]]:
    first = faces.face(run.style.face)
    match run.kind:
        case "break":
            return
        case "ruby" | "note" | "image":
            yield run.kind, run, first, start, end
            return
    text = copy.text[start:end]
    if run.kind == "cell":
        face = first if first.covers(text) else first.fallback(text[0])
        yield run.kind, run, face, start, end
        return
    narrowed = _narrowed(copy, start, end) if not _MAY_NARROW.isdisjoint(text) else ()
    slim = faces.face(narrow_key(run.style.face)) if narrowed else first
    if not narrowed and first.covers(text):
        # Whether a character is turned is known once it was measured.
        sum(map(first.column_advances.__getitem__, text))
        if first.turned.isdisjoint(text):
            yield "upright", run, first, start, end
            return

    def stand(index: int) -> tuple[Face, bool]:
        character = copy.text[index]
        face = slim if index in narrowed else first
        if not face.covers(character):
            face = face.fallback(character)
        face.column_advances[character]
        return face, character in face.turned

    for (face, is_turned), group in groupby(range(start, end), stand):
        indices = list(group)
        yield ("turned" if is_turned else "upright"), run, face, indices[0], indices[-1] + 1


def _narrowed(copy: Copy, start: int, end: int) -> tuple[int, ...]:
    """Which marks from `start` to `end` belong to Latin words, and so lie down with them; as the
    line breaker has it.
    """
    found = copy.narrowed
    if found is None:
        found = copy.narrowed = _narrowed_of(copy.like or copy)
    return found[bisect_left(found, start) : bisect_left(found, end)]


def _narrowed_of(copy: Copy) -> tuple[int, ...]:
    """The same of a whole copy; what is set as a whole is no word."""
    at, words = 0, set[str]()
    for run in copy.runs:
        if run.kind in _ATOMS:
            words.update(copy.text[at : run.start])
            at = run.end
    words.update(copy.text[at:])
    return narrow_in(copy.text) if any(kind_of(one) == "l" for one in words) else ()


def _placed(
    copy: Copy,
    line: Line,
    stretch: tuple[Kind, Run, Face, int, int],
    at: float,
    faces: Faces,
) -> Stretch:
    kind, run, face, start, end = stretch
    size, count = run.style.size, end - start
    if kind == "upright" or kind == "turned":
        length = sum(map(face.column_advances.__getitem__, copy.text[start:end])) * size / _EM
        common = run.style.spacing
    else:
        length, common = atom_room(copy, run, faces), 0.0
    gaps: tuple[tuple[int, float], ...] = ()
    if line.spread or line.shifts:
        # Nothing is spread inside Latin words, so there it is the spaces that differ.
        spread = line.spread if kind == "upright" else 0.0
        gaps = tuple(_gaps(line, start, end, size, spread))
        common += spread
        length += sum(points for _, points in gaps)
    if kind == "upright" or kind == "turned":
        length += common * count
    return Stretch(kind, run, face, start, end, at, length, common, gaps)


def _gaps(
    line: Line, start: int, end: int, size: float, common: float
) -> Iterator[tuple[int, float]]:
    """What follows characters from `start` to `end` more or less than `common`."""
    found: dict[int, float] = {}
    if line.spread and not common:
        found = dict.fromkeys(range(start, end), line.spread)
    if line.spread:
        for first, last in line.tight:
            for index in range(max(first, start), min(last - 1, end)):
                found[index] = -common
    for index, shift in line.shifts:
        if start <= index < end:
            found[index] = found.get(index, 0.0) + shift * size / _EM
    for index in sorted(found):
        if found[index]:
            yield index, found[index]


def column_length(copy: Copy, faces: Faces) -> float:
    """How long a copy is on one line that nothing is spread on."""
    line = Line(0, len(copy.text), 0.0, 0.0)
    return sum(stretch.length for stretch in stretches(copy, line, faces))


def extents(copy: Copy, stretch: Stretch) -> list[tuple[float, float]]:
    """Where each character of a stretch begins and ends; those of an atom have all of it."""
    if stretch.kind not in {"upright", "turned"}:
        room = stretch.length - sum(points for _, points in stretch.gaps)
        return [(stretch.x, stretch.x + room)] * (stretch.end - stretch.start)
    gaps, at, found = dict(stretch.gaps), stretch.x, []
    for index in range(stretch.start, stretch.end):
        advance = stretch.face.column_advances[copy.text[index]] * stretch.style.size / _EM
        found.append((at, at + advance))
        at += advance + stretch.common + gaps.get(index, 0.0)
    return found


def shown(text: str, stretch: Stretch) -> list[tuple[str, float]]:
    """The characters of a stretch in pieces, each with the room after it beside the common one.

    —— becomes one character where the font has one glyph for both; lengths are points.
    """
    words, offset = text[stretch.start : stretch.end], stretch.start
    gaps = {index - offset + 1: points for index, points in stretch.gaps}
    has_pair = "——" in words and len(DASHES.translate(stretch.codes)) == 1
    if has_pair:
        for pair in _PAIR.finditer(words):
            gaps.pop(pair.start() + 1, None)
    pieces, at = [], 0
    for after in sorted(gaps):
        if after < len(words):
            pieces.append((words[at:after], gaps[after]))
            at = after
    pieces.append((words[at:], 0.0))
    if has_pair:
        pieces = [(_PAIR.sub(DASHES, piece), points) for piece, points in pieces]
    return pieces
