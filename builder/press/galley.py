"""A paragraph measured: kinds of its characters, and where each of them would stand.

Positions count in thousandths of the em of the copy's first run. Nearly all characters of
Chinese prose take one em, so a place is `index × cell` and only the exceptions are kept:
neighbouring marks that lose room, Latin letters, gaps, runs of other sizes. Paragraphs of one
look are measured together: their kinds cost one `str.translate`, their neighbours one regular
expression.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter

from builder.press.frame import FaceKey, TextStyle
from builder.press.marks import (
    BESIDE_LATIN,
    FAST_SPACE,
    HARD_BREAK,
    LONE_DASH,
    NARROWED,
    NEIGHBOURS,
    Laws,
    kind_of,
    narrow_in,
)
from builder.press.setting import Copy, Run
from builder.press.shifts import shifts_of, squeezes_of
from builder.press.sorts import EM, Faces, Sorts, narrow_key
from builder.press.worn import worn_of

INFINITE = float("inf")
_START = attrgetter("start")
_MANY_RUNS = 100
# Where some characters start, and where they end: in order, none in another.
Spans = tuple[list[int], list[int]]
# Characters that do not take an em; in several paragraphs at once no line holds what parts them.
_ODD, _ODD_OF_MANY = re.compile("[^A-Z]+"), re.compile("[^A-Z\n]+")
# A pattern that begins with a letter finds it ten times as fast as one that begins with two.
_PAIRS = re.compile("DD+"), re.compile("EE+")
# By kind: what is set as a whole, and what follows a line's words as a mark does.
ATOMS: Mapping[str, str] = {"ruby": "r", "cell": "r", "image": "r", "note": "q"}


@dataclass(slots=True)
class Galley:
    """A copy measured. `unit` is points per thousandth of its first run's em.

    Character k ends at `cell × (k + 1)`, unless it or one before it is among `at`; `after` has
    where those end. Both lists begin with the start of the text, as if a character -1 ended at
    0, and end with one that nothing reaches. `shifts` are what characters advance more or less beside their own width,
    by index, in thousandths of the em of their run: one for each character of `at`, often 0;
    `shift_of` has the others by their index. `odd` is where a line needs more than counting: words,
    —— and ……, all of a copy of several runs; and one place that nothing reaches.
    """

    copy: Copy
    laws: Laws
    kinds: str
    pieces: tuple["Piece", ...]
    unit: float
    cell: float
    at: list[int]
    after: list[float]
    shifts: list[tuple[int, float]]
    shift_of: dict[int, float]
    odd: Spans

    def place(self, index: int) -> float:
        """Where the character at `index` starts."""
        passed = bisect_left(self.at, index) - 1
        return self.after[passed] + self.cell * (index - self.at[passed] - 1)

    def piece(self, index: int) -> "Piece":
        """The piece that has the character at `index`."""
        if len(self.pieces) == 1:
            return self.pieces[0]
        return self.pieces[bisect_right(self.pieces, index, key=lambda piece: piece.start) - 1]

    def shift(self, index: int) -> float:
        """How much more the character at `index` takes because of its neighbour."""
        shift = self.shift_of.get(index, 0)
        return shift * self.piece(index).scale if shift else 0.0

    def blank(self, index: int) -> tuple[float, float]:
        """The room that the mark at `index` has to give at its left and at its right."""
        piece = self.piece(index)
        blank = piece.sorts.blanks[self.copy.text[index]]
        return blank if piece.scale == 1 else (blank[0] * piece.scale, blank[1] * piece.scale)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run measured: its sorts, its size against the first run's, its letter-spacing in units.

    `width` is that of an atom, in units; -1 for words.
    """

    start: int
    style: TextStyle
    sorts: Sorts
    scale: float
    spacing: float
    width: float = -1.0


Widths = Callable[[Copy, Run], float]


class Measurer:
    """Measures copies. `widths` gives the points that an atom takes (a reading, a picture)."""

    def __init__(self, faces: Faces, laws: Laws, widths: Widths, *, in_columns: bool) -> None:
        self.faces = faces
        self.laws = laws
        self._in_columns = in_columns
        self._widths = widths
        self._sorts: dict[FaceKey, Sorts] = {}
        # Of the style that was met last: paragraphs of one look come one after the other.
        self._style: TextStyle | None = None
        self._piece_of_style: tuple[Piece, ...] = ()
        # What was measured last, and the last of many runs: between pages of such a paragraph
        # the notes at their feet are asked for.
        self._last: list[Galley | None] = [None, None]

    def galley(self, copy: Copy) -> Galley:
        """The measured copy; the last one is remembered."""
        kind = len(copy.runs) >= _MANY_RUNS
        last = self._last[kind]
        if last is not None and last.copy is copy:
            return last
        run = copy.runs[0]
        if len(copy.runs) > 1 or run.kind in ATOMS or run.kind == "break":
            galley = self._of_runs(copy)
        else:
            galley = self._of_words(copy, self.kinds(copy.text, run.style))
        self._last[kind] = galley
        return galley

    def grown(self, galley: Galley, copy: Copy, start: int, end: int) -> float:
        """By how many points marks of a copy from `start` to `end` are longer than they were when
        the galley was measured; the copy is like the galley's but for their words.
        """
        runs, known = copy.runs, galley.copy.runs
        number, more = bisect_left(runs, start, key=_START), 0.0
        while number < len(runs) and runs[number].start < end:
            run = runs[number]
            if run is not known[number]:
                more += self._piece(copy, run).width - galley.pieces[number].width
            number += 1
        return more * galley.unit

    def kinds(self, text: str, style: TextStyle) -> str:
        """The kinds of the characters of a text in one style."""
        if style is self._style:
            kinds = self._piece_of_style[0].sorts.kinds(text)
        else:
            kinds = self.sorts(style.face).kinds(text)
        return _with_lone_dashes(kinds)

    def kinds_joined(self, copy: Copy) -> str:
        """The kinds of the characters of a copy that is joined, whose codes are asked for, too."""
        worn = worn_of(copy, self.faces)
        if not worn.shown:
            return self.kinds(copy.text, worn.style)
        sorts = self.sorts(worn.style.face)
        return _with_lone_dashes(sorts.kinds_of_read(copy.text, worn.read))

    def sorts(self, key: FaceKey) -> Sorts:
        """The sorts of a face."""
        known = self._sorts.get(key)
        if known is None:
            known = self._sorts[key] = Sorts(
                self.faces.face(key), self.laws, in_columns=self._in_columns
            )
        return known

    def many(self, copy: Copy, kinds: str) -> Galley:
        """Several paragraphs as one copy of one run, with a hard break between each two of them;
        none of them is one that `stands_alone`.
        """
        odd = [found.span() for found in _ODD_OF_MANY.finditer(kinds)]
        if not odd:
            return self._of_han(copy, kinds)
        if "w" in kinds:
            kinds = FAST_SPACE.sub("g", kinds)
        return self._measured(copy, kinds, self._pieces(copy), odd)

    def _of_words(self, copy: Copy, kinds: str) -> Galley:
        """A paragraph of one run."""
        if kinds.isupper() and HARD_BREAK not in kinds:
            return self._of_han(copy, kinds)
        kinds, narrowed = _in_context(copy.text, kinds)
        odd = [found.span() for found in _ODD.finditer(kinds)]
        return self._measured(copy, kinds, self._pieces(copy), odd, narrowed)

    def _of_runs(self, copy: Copy) -> Galley:
        """A paragraph of several runs, or of an atom."""
        pieces = tuple(self._piece(copy, run) for run in copy.runs)
        kinds = "".join(map(_kinds_of, repeat(copy), copy.runs, pieces))
        kinds, narrowed = _in_context(copy.text, LONE_DASH.sub("T", kinds))
        return self._measured(copy, kinds, pieces, [(0, len(kinds))], narrowed)

    def _of_han(self, copy: Copy, kinds: str) -> Galley:
        """A copy of one run in which every character takes an em."""
        pieces = self._pieces(copy)
        (piece,) = pieces
        cell = EM + piece.spacing
        at, after = [-1], [0.0]
        squeezes = _squeezes(copy.text, kinds, piece.sorts)
        shifts = sorted(squeezes.items())
        moved = cell
        for index, shift in shifts:
            moved += shift
            at.append(index)
            after.append(cell * index + moved)
        at.append(len(kinds))
        after.append(INFINITE)
        return Galley(
            copy, self.laws, kinds, pieces, piece.style.size / EM, cell, at, after, shifts,
            squeezes, _with_pairs([], kinds),
        )  # fmt: skip

    def _measured(
        self,
        copy: Copy,
        kinds: str,
        pieces: tuple[Piece, ...],
        odd: list[tuple[int, int]],
        narrowed: tuple[int, ...] = (),
    ) -> Galley:
        """A copy of any characters, which take a cell each where it is not `odd`."""
        text, size = copy.text, copy.runs[0].style.size
        cell = EM + copy.runs[0].style.spacing * EM / size
        galley = Galley(
            copy, self.laws, kinds, pieces, size / EM, cell, [-1], [0.0], [], {},
            _with_pairs(odd, kinds),
        )  # fmt: skip
        more: dict[int, float] = {}
        if len(pieces) == 1 and pieces[0].width < 0:
            _measure_words(galley, pieces[0], odd, more)
        else:
            for run, piece in zip(copy.runs, pieces, strict=True):
                _measure(galley, run, piece, more)
        for index in narrowed:
            piece = galley.piece(index)
            slim = self.sorts(narrow_key(piece.style.face))
            more[index] = slim.advances[text[index]] * piece.scale + piece.spacing - cell

        def sorts_at(index: int) -> Sorts:
            return galley.piece(index).sorts

        if len(pieces) == 1:
            squeezes = _squeezes(text, kinds, pieces[0].sorts)
        else:
            squeezes = squeezes_of(text, kinds, sorts_at)
        shifts = shifts_of(text, kinds, squeezes, odd, sorts_at, self.laws)
        galley.shift_of = shifts
        for index, shift in shifts.items():
            more[index] = more.get(index, 0.0) + shift * galley.piece(index).scale
        moved = cell
        for index in sorted(more):
            moved += more[index]
            galley.at.append(index)
            galley.after.append(cell * index + moved)
            galley.shifts.append((index, shifts.get(index, 0.0)))
        galley.at.append(len(kinds))
        galley.after.append(INFINITE)
        return galley

    def _pieces(self, copy: Copy) -> tuple[Piece, ...]:
        """The one piece of a copy that has one run; that of the style that was met last is known."""
        run = copy.runs[0]
        if run.style is not self._style:
            self._style, self._piece_of_style = run.style, (self._piece(copy, run),)
        return self._piece_of_style

    def _piece(self, copy: Copy, run: Run) -> Piece:
        style, size = run.style, copy.runs[0].style.size
        sorts = self.sorts(style.face)
        scale = style.size / size
        width = -1.0
        if run.kind == "note" and not self._in_columns:
            width = sum(sorts.advances[one] for one in run.extra) * scale
        elif run.kind in ATOMS:
            width = self._widths(copy, run) * EM / size
        return Piece(run.start, style, sorts, scale, style.spacing * EM / size, width)


def _measure(galley: Galley, run: Run, piece: Piece, more: dict[int, float]) -> None:
    """Put into `more` what the characters of a run take beyond a cell each."""
    cell, scale, spacing = galley.cell, piece.scale, piece.spacing
    if piece.width >= 0:
        more.update(dict.fromkeys(range(run.start, run.end), -cell))
        more[run.start] += piece.width + spacing
        return
    spans = [(run.start, run.end)]
    if scale == 1 and EM + spacing == cell:
        spans = [odd.span() for odd in _ODD.finditer(galley.kinds, run.start, run.end)]
    _measure_words(galley, piece, spans, more)


def _measure_words(
    galley: Galley, piece: Piece, spans: Iterable[tuple[int, int]], more: dict[int, float]
) -> None:
    """The same of some words of a run."""
    advances, text, cell = piece.sorts.advances, galley.copy.text, galley.cell
    for start, end in spans:
        for index in range(start, end):
            advance = advances[text[index]]
            # What shows nothing has no letter-spacing either.
            more[index] = (advance * piece.scale + piece.spacing if advance else 0.0) - cell


def _with_lone_dashes(kinds: str) -> str:
    """The kinds with those of single dashes; nearly all are in pairs."""
    return LONE_DASH.sub("T", kinds) if "D" in kinds.replace("DD", "") else kinds


def _squeezes(text: str, kinds: str, sorts: Sorts) -> dict[int, float]:
    """What marks of one face beside each other lose."""
    if "XX" in kinds:
        return squeezes_of(text, kinds, lambda _: sorts)
    pairs = sorts.pairs
    return {
        index: lost
        for match in NEIGHBOURS.finditer(kinds)
        if (lost := pairs[text[(index := match.start()) : index + 2]])
    }


def _with_pairs(odd: list[tuple[int, int]], kinds: str) -> Spans:
    """The places that lines have to look at, with those of —— and ……."""
    if odd != [(0, len(kinds))]:
        pairs = [found.span() for one in _PAIRS for found in one.finditer(kinds)]
        odd = sorted(odd + pairs) if pairs else odd
    odd = [*odd, (len(kinds) + 1, len(kinds) + 1)]
    return [start for start, _ in odd], [end for _, end in odd]


def stands_alone(text: str, kinds: str) -> bool:
    """Whether kinds of a paragraph depend on more of it than on their neighbours."""
    return '"' in text or ("l" in kinds and BESIDE_LATIN.search(kinds) is not None)


def _in_context(text: str, kinds: str) -> tuple[str, tuple[int, ...]]:
    """The kinds of a paragraph as its words want them, and where marks are as narrow as those."""
    narrowed: tuple[int, ...] = ()
    if "l" in kinds and BESIDE_LATIN.search(kinds) and (narrowed := narrow_in(text)):
        kinds = _replaced(kinds, {at: NARROWED.get(kinds[at], "a") for at in narrowed})
    if '"' in text:
        kinds = _replaced(kinds, _straight(text))
    return (FAST_SPACE.sub("g", kinds) if "w" in kinds else kinds), narrowed


def _kinds_of(copy: Copy, run: Run, piece: Piece) -> str:
    if run.kind == "break":
        return HARD_BREAK * (run.end - run.start)
    words = copy.text[run.start : run.end]
    if piece.width < 0:
        return piece.sorts.kinds(words)
    kind = ATOMS[run.kind]
    if run.kind == "cell" and kind_of(words[0]) == "X":
        kind = "q"
    return kind + "k" * (len(words) - 1)


def _straight(text: str) -> dict[int, str]:
    """The kinds of straight quotation marks: they open and close in turn."""
    places = [at for at, character in enumerate(text) if character == '"']
    return {at: "ba"[number % 2] for number, at in enumerate(places)}


def _replaced(kinds: str, changes: Mapping[int, str]) -> str:
    letters = list(kinds)
    for index, kind in changes.items():
        letters[index] = kind
    return "".join(letters)
