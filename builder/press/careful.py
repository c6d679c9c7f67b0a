"""A line shown with care: part by part, each at its own place, character by character.

For lines of several faces or styles, with characters that read as others, with readings, marks
of notes and ornaments. Must not import pages.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from builder.press import ruby
from builder.press.codes import PAIR
from builder.press.face import DASHES, Face, Faces
from builder.press.frame import TextStyle
from builder.press.marks import kind_of, narrow_between, shows
from builder.press.ornaments import decorations
from builder.press.pen import Pen, Point
from builder.press.setting import Copy, Line, Run
from builder.press.sorts import EM, narrow_key
from builder.press.worn import ATOMS

TRAILING = "wIiz\n"  # kinds that are not painted at a line's end
_END = attrgetter("end")
_LONG_WORD = 4  # characters from which a word is worth an operator of its own
# A letter with marks on it. Example: e with U+0301. Counter-example: é, か with U+309A.
_MARKED = re.compile("[A-Za-z\u00c0-\u024f][\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class _Part:
    """Characters `start` to `end` in one face; `is_word` when no room is spread inside of it.

    `is_misread` when a reader of the PDF would take them for others.
    """

    start: int
    end: int
    face: Face
    is_word: bool
    is_misread: bool


class Careful:
    """Shows one line, part by part, each at its own place."""

    def __init__(self, copy: Copy, line: Line, faces: Faces, pen: Pen, element: int = -1) -> None:
        self._copy, self._text = copy, copy.text
        self._element = element if element >= 0 else copy.element
        self._line, self._faces, self._pen = line, faces, pen
        self._shifts = dict(line.shifts)
        self._tight = {at for first, last in line.tight for at in range(first, last - 1)}
        self._words = {
            at: first
            for first, last in line.tight
            if last - first >= _LONG_WORD
            for at in range(first, last)
        }
        self._narrowed = narrow_between(copy.text, line.start, line.end)
        # By index, the one character that a letter and its marks make: é of e and U+0301.
        self._composed = _composed(copy.text, line)
        self._absorbed = {
            at + further for at, (_, count) in self._composed.items() for further in range(1, count)
        }

    def show(self, x: float, y: float) -> None:
        """Show the line; what it has of its end that cannot be seen is left out."""
        copy, line, pen = self._copy, self._line, self._pen
        left = x
        x += line.offset
        end = line.end
        while end > line.start and kind_of(self._text[end - 1]) in TRAILING:
            end -= 1
        runs = copy.runs
        for number in range(bisect_right(runs, line.start, key=_END), len(runs)):
            run = runs[number]
            start, stop = max(run.start, line.start), min(run.end, end)
            if run.start >= end:
                break
            if start >= stop or run.kind == "break":
                continue
            pen.enter(run.element if run.element >= 0 else self._element)
            ends: list[tuple[float, float]] = []
            if run.kind in ATOMS:
                width = self._show_atom(run, (x, y), x - left)
                ends += [(x, x + width)] * (stop - start)
                x += width + self._after(stop - 1, run.style)
            else:
                for part in self._parts(run, start, stop):
                    x = self._show_part(part, run.style, (x, y), ends)
            # A base is shown as words of its own, with what is beside them.
            if (run.style.emphasis or run.style.underline) and run.kind != "ruby":
                words = self._text[start:stop]
                pen.ornaments += decorations(run.style, words, ends, y, pen.place, in_columns=False)

    def _after(self, index: int, style: TextStyle) -> float:
        """The points that follow a character beside its advance and its letter-spacing."""
        points = self._shifts.get(index, 0.0) * style.size / EM
        return points if index in self._tight else points + self._line.spread

    def _parts(self, run: Run, start: int, stop: int) -> Iterator[_Part]:
        text, first = self._text, self._faces.face(run.style.face)
        slim = self._faces.face(narrow_key(run.style.face)) if self._narrowed else first

        def looks(index: int) -> tuple[Face, int, bool]:
            is_composed = index in self._composed or index in self._absorbed
            while index in self._absorbed:
                index -= 1
            character = self._character(index)
            face = slim if index in self._narrowed else first
            if not face.covers(character):
                face = face.fallback(character)
            # What shows nothing goes with the character that it changes.
            follows = index + 1 < stop and not _code(first, text[index + 1])
            code = _code(face, character)
            is_misread = is_composed or follows or not code or character in face.misread
            return face, self._words.get(index, -1), is_misread

        at = start
        for (face, word, is_misread), group in groupby(range(start, stop), looks):
            count = sum(1 for _ in group)
            yield _Part(at, at + count, face, word >= 0, is_misread)
            at += count

    def _show_part(
        self, part: _Part, style: TextStyle, at: Point, ends: list[tuple[float, float]]
    ) -> float:
        """Show a part; gives where the next one starts, and into `ends` where characters are."""
        pen, face, (x, y) = self._pen, part.face, at
        common = style.spacing + (0.0 if part.is_word else self._line.spread)
        pieces: list[tuple[str, float]] = []
        start = x
        is_second = False
        for index in range(part.start, part.end):
            character = self._character(index)
            code, advance = _code(face, character), 0.0
            if index in self._absorbed:
                code = ""
            if code:
                advance = face.advances[character] * style.size / EM
            after = self._after(index, style) + (style.spacing if advance else 0.0)
            ends.append((x, x + advance))
            x += advance + after
            surplus = after - common if code else after
            if is_second:
                # The second of —— has no glyph of its own: that of the pair ends with it.
                before, _ = pieces.pop()
                code, is_second = before, False
                surplus = after - common
            elif character in PAIR and self._pairs(index, part):
                code, is_second = face.codes[ord(DASHES)], True
                if len(code) != 1:
                    code, is_second = code[:1], False
            pieces.append((code, -surplus * EM / style.size))
        pen.dress(style, face)
        pen.spacing(common)
        pen.move(*pen.place(start, y))
        with pen.reading(self._text[part.start : part.end] if part.is_misread else ""):
            pen.show(_joined(pieces))
        return x

    def _character(self, index: int) -> str:
        return self._composed[index][0] if index in self._composed else self._text[index]

    def _pairs(self, index: int, part: _Part) -> bool:
        """Whether —— starts at `index`."""
        return index + 1 < part.end and self._text[index : index + 2] == PAIR

    def _show_atom(self, run: Run, at: Point, inside: float) -> float:
        """Show what is set as a whole, `inside` the measure; gives how long it is."""
        if run.kind == "ruby":
            return self._show_ruby(run, at, inside)
        if run.kind != "note":
            return float(run.extra) if run.kind == "image" else 0.0  # the page places it
        words = Run(0, len(run.extra), run.style, element=run.element)
        copy = Copy(run.extra, (words,), 0.0, element=self._element)
        mark = Careful(copy, Line(0, len(run.extra), 0.0, 0.0), self._faces, self._pen)
        x, y = at
        for part in mark._parts(words, 0, words.end):
            x = mark._show_part(part, run.style, (x, y), [])
        return x - at[0]

    def _show_ruby(self, run: Run, at: Point, inside: float) -> float:
        """A base, and its reading above it."""
        room, pieces = ruby.pieces(self._copy, run, self._faces, inside, in_columns=False)
        for piece in pieces:
            shown = Careful(piece.copy, piece.line, self._faces, self._pen)
            shown.show(at[0] + piece.x, at[1] + piece.y)
        return room


def _composed(text: str, line: Line) -> dict[int, tuple[str, int]]:
    """By index of a letter on a line, the character that it makes with the marks on it, and how
    many characters that takes the place of.
    """
    found = {}
    for match in _MARKED.finditer(text, line.start, line.end):
        one = unicodedata.normalize("NFC", match[0])
        if len(one) == 1:
            found[match.start()] = one, len(match[0])
    return found


def _code(face: Face, character: str) -> str:
    """The code of a character; nothing for one that shows nothing."""
    return face.codes[ord(character)] if shows(character) else ""


def _joined(pieces: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The pieces with those joined between which nothing moves."""
    joined: list[tuple[str, float]] = []
    for code, back in pieces:
        if joined and (not joined[-1][1] or not code):
            before, moved = joined.pop()
            code, back = before + code, back + moved
        joined.append((code, back if abs(back) > 0.05 else 0.0))
    if joined:
        joined[-1] = joined[-1][0], 0.0  # the next part has a place of its own
    return joined
