"""A paragraph measured: kinds of its characters, and where each of them would stand.

Positions count in thousandths of the em of the copy's first run. Nearly all characters of
Chinese prose take one em, so a place is `index × cell` and only the exceptions are kept:
neighbouring marks that lose room, Latin letters, gaps, runs of other sizes. A paragraph of
plain Han costs one `str.translate` and one regular expression.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from typing import Protocol

from builder.press.frame import FaceKey, TextStyle
from builder.press.marks import (
    FAST_SPACE,
    GAP,
    GAP_SPACE,
    HARD_BREAK,
    LONE_DASH,
    NARROWED,
    NEIGHBOURS,
    QUOTES,
    Laws,
    kind_of,
    narrow_in,
    shows,
)
from builder.press.setting import Copy, Run

EM = 1000
INFINITE = float("inf")
_PLANE, _UNKNOWN = 0x10000, "\x7f"
# What neighbouring marks lose: two take 1½ em. Source: clreq, adjacent punctuation marks.
HALF = 500
# Blank on a side from which a mark can do with half its em; fonts draw a ？ nearly that wide.
_NEARLY_HALF = 480
_NEARLY_QUARTER = 240
# Two ？ or ！ take one em, three two (GB/T 15834-2011 §5.1.2).
_EXCLAMATIONS = re.compile("X{2,}")
# Characters that do not take an em.
_ODD = re.compile("[^A-Z]+")
NARROW_FEATURE = "pwid"
# By kind: what is set as a whole, and what follows a line's words as a mark does.
ATOMS: Mapping[str, str] = {"ruby": "r", "cell": "r", "image": "r", "note": "q"}


class Face(Protocol):
    """What of a `press.face.Face` lines and painting ask; a square font in tests, too."""

    name: str
    key: FaceKey
    advances: dict[str, int]
    column_advances: dict[str, int]
    inks: dict[str, tuple[int, int]]
    column_inks: dict[str, tuple[int, int]]
    codes: dict[int, str]
    misread: set[str]

    def covers(self, text: str, /) -> bool: ...
    def fallback(self, character: str, /) -> "Face": ...


class Faces(Protocol):
    """What gives the faces of a book."""

    def face(self, key: FaceKey, /) -> Face: ...


class Sorts:
    """The characters of one face under the laws: kinds, widths, blank beside marks.

    `pairs` has what two neighbours lose (negative), `blanks` how much room a mark has to give
    on its left and right, `trails` what one gives up at the end of a line. All ask when looked
    up with [].
    """

    def __init__(self, face: Face, laws: Laws, *, in_columns: bool) -> None:
        self.face = face
        self._in_columns = in_columns
        # Of all characters of the first plane: a list translates nearly twice as fast as a dict.
        self._plane = [_UNKNOWN] * _PLANE
        self._kinds: dict[int, str] = _Asked(self._kind)
        self.pairs: dict[str, int] = _Asked(self._lost)
        self.blanks: dict[str, tuple[int, int]] = _Asked(self._blank)
        self.trails: dict[str, int] = _Asked(self._trail)
        self.advances: dict[str, int] = _Asked(self._advance)
        self._laws = laws

    def kinds(self, text: str) -> str:
        """The kinds of the characters of a text."""
        kinds = text.translate(self._plane)
        if _UNKNOWN not in kinds and kinds.isascii():
            return kinds
        for code_point in {ord(character) for character in text}:
            if code_point < _PLANE:
                self._plane[code_point] = self._kinds[code_point]
        return text.translate(self._kinds)

    def _of(self, character: str) -> Face:
        return self.face if self.face.covers(character) else self.face.fallback(character)

    def _advance(self, character: str) -> int:
        if not shows(character):
            return 0
        face = self._of(character)
        return (face.column_advances if self._in_columns else face.advances)[character]

    def _kind(self, code_point: int) -> str:
        character = chr(code_point)
        kind = kind_of(character)
        if kind.isupper() and self.advances[character] != EM:
            return kind.lower()
        return kind

    def _blank(self, mark: str) -> tuple[int, int]:
        if self._laws.squeeze == "none" or self.advances[mark] != EM:
            return 0, 0
        face = self._of(mark)
        first, last = (face.column_inks if self._in_columns else face.inks)[mark]
        before, after = first, EM - last
        if after >= _NEARLY_HALF and after >= before:
            return 0, HALF
        if before >= _NEARLY_HALF:
            return HALF, 0
        if min(before, after) >= _NEARLY_QUARTER:
            return HALF // 2, HALF // 2
        return 0, 0

    def _trail(self, mark: str) -> int:
        after = self.blanks[mark][1]
        return after if after >= HALF else 0

    def _lost(self, pair: str) -> int:
        blank = self.blanks[pair[0]][1] + self.blanks[pair[1]][0]
        return -blank if self._laws.squeeze == "tight" else -min(blank, HALF)


class _Asked(dict):  # type: ignore[type-arg]  # a mapping of anything, typed where it is made
    """A mapping that asks for what it does not have yet, once."""

    __slots__ = ("_ask",)

    def __init__(self, ask: Callable[..., object]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: object) -> object:
        value = self[key] = self._ask(key)
        return value


@dataclass(slots=True)
class Galley:
    """A copy measured. `unit` is points per thousandth of its first run's em.

    Character k ends at `cell × (k + 1)`, unless it or one before it is among `at`; `after` has
    where those end. Both lists begin with the start of the text, as if a character -1 ended at
    0, and end with one that nothing reaches. `shifts` are what characters advance more or less beside their own width,
    by index, in thousandths of the em of their run; `shift_of` the same as a mapping. A plain
    galley has one run and nothing but characters of one cell, a tight one has words, —— or ……,
    inside of which no room is added.
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
    is_plain: bool
    is_tight: bool

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
        self._copy: Copy | None = None
        self._galley: Galley | None = None

    def galley(self, copy: Copy) -> Galley:
        """The measured copy; the last one is remembered."""
        if copy is self._copy and self._galley is not None:
            return self._galley
        run = copy.runs[0]
        if run.style is not self._style:
            self._style, self._piece_of_style = run.style, (self._piece(copy, run),)
        if len(copy.runs) > 1 or run.kind in ATOMS or run.kind == "break":
            galley = self._of_runs(copy)
        else:
            pieces = self._piece_of_style
            kinds = pieces[0].sorts.kinds(copy.text)
            if "D" in kinds:
                kinds = LONE_DASH.sub("T", kinds)
            if kinds.isupper() and HARD_BREAK not in kinds:
                galley = self._plain(copy, kinds, pieces)
            else:
                galley = self._mixed(copy, kinds, pieces)
        self._copy, self._galley = copy, galley
        return galley

    def sorts(self, key: FaceKey) -> Sorts:
        """The sorts of a face."""
        known = self._sorts.get(key)
        if known is None:
            known = self._sorts[key] = Sorts(
                self.faces.face(key), self.laws, in_columns=self._in_columns
            )
        return known

    def _plain(self, copy: Copy, kinds: str, pieces: tuple[Piece, ...]) -> Galley:
        """A paragraph of one run in which every character takes an em."""
        (piece,) = pieces
        cell = EM + piece.spacing
        text, pairs = copy.text, piece.sorts.pairs
        if "XX" in kinds:
            squeezes = _squeezes(text, kinds, piece.sorts)
        else:
            squeezes = {}
            for match in NEIGHBOURS.finditer(kinds):
                index = match.start()
                if lost := pairs[text[index : index + 2]]:
                    squeezes[index] = lost
        at, after = [-1], [0.0]
        shifts: list[tuple[int, float]] = []
        if squeezes:
            moved = cell
            shifts = sorted(squeezes.items())
            for index, shift in shifts:
                moved += shift
                at.append(index)
                after.append(cell * index + moved)
        at.append(len(text))
        after.append(INFINITE)
        is_tight = "DD" in kinds or "EE" in kinds
        return Galley(
            copy, self.laws, kinds, pieces, piece.style.size / EM, cell, at, after, shifts, squeezes,
            is_plain=True, is_tight=is_tight,
        )  # fmt: skip

    def _of_runs(self, copy: Copy) -> Galley:
        """A paragraph of several runs, or of an atom."""
        pieces = tuple(self._piece(copy, run) for run in copy.runs)
        kinds = "".join(map(_kinds_of, repeat(copy), copy.runs, pieces))
        return self._mixed(copy, LONE_DASH.sub("T", kinds), pieces)

    def _mixed(self, copy: Copy, kinds: str, pieces: tuple[Piece, ...]) -> Galley:
        """A paragraph of any characters."""
        text = copy.text
        narrowed: tuple[int, ...] = ()
        if "l" in kinds and QUOTES.search(text) and (narrowed := narrow_in(text)):
            kinds = _replaced(kinds, {at: NARROWED.get(kinds[at], "a") for at in narrowed})
        if '"' in text:
            kinds = _replaced(kinds, _straight(text))
        if "w" in kinds:
            kinds = FAST_SPACE.sub("g", kinds)
        size = copy.runs[0].style.size
        cell = EM + copy.runs[0].style.spacing * EM / size
        galley = Galley(
            copy, self.laws, kinds, pieces, size / EM, cell, [-1], [0.0], [], {},
            is_plain=False, is_tight=True,
        )  # fmt: skip
        more: dict[int, float] = {}
        for run, piece in zip(copy.runs, pieces, strict=True):
            self._measure(galley, run, piece, more)
        for index in narrowed:
            piece = galley.piece(index)
            slim = self.sorts(narrow_key(piece.style.face))
            more[index] = slim.advances[text[index]] * piece.scale + piece.spacing - cell
        shifts = galley.shift_of = self._shifts(galley)
        galley.shifts = sorted(shifts.items())
        for index, shift in galley.shifts:
            more[index] = more.get(index, 0.0) + shift * galley.piece(index).scale
        moved = cell
        for index in sorted(more):
            moved += more[index]
            galley.at.append(index)
            galley.after.append(cell * index + moved)
        galley.at.append(len(text))
        galley.after.append(INFINITE)
        return galley

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

    def _measure(self, galley: Galley, run: Run, piece: Piece, more: dict[int, float]) -> None:
        """Put into `more` what the characters of a run take beyond a cell each."""
        cell, scale, spacing = galley.cell, piece.scale, piece.spacing
        if piece.width >= 0:
            more.update(dict.fromkeys(range(run.start, run.end), -cell))
            more[run.start] += piece.width + spacing
            return
        advances, text = piece.sorts.advances, galley.copy.text
        spans = [(run.start, run.end)]
        if scale == 1 and EM + spacing == cell:
            spans = [odd.span() for odd in _ODD.finditer(galley.kinds, run.start, run.end)]
        for start, end in spans:
            for index in range(start, end):
                advance = advances[text[index]]
                # What shows nothing has no letter-spacing either.
                more[index] = (advance * scale + spacing if advance else 0.0) - cell

    def _shifts(self, galley: Galley) -> dict[int, float]:
        """By index, how characters move together or apart because of their neighbours."""
        text, kinds = galley.copy.text, galley.kinds
        shifts = _squeezes(text, kinds, galley)
        gap = self.laws.latin_gap * EM
        if gap:
            for match in GAP.finditer(kinds):
                shifts[match.end() - 1] = gap
            if "w" in kinds:
                for match in GAP_SPACE.finditer(kinds):
                    index = match.start()
                    shifts[index] = gap - galley.piece(index).sorts.advances[text[index]]
        at = kinds.find("m")
        while at >= 0:
            self._pad(galley, at, shifts)
            at = kinds.find("m", at + 1)
        return shifts

    def _pad(self, galley: Galley, index: int, shifts: dict[int, float]) -> None:
        """Give a narrow · between Han half an em, in Taiwan and Hong Kong a whole one."""
        kinds = galley.kinds
        if kinds[index - 1 : index] not in set("HRr") or kinds[index + 1 : index + 2] not in set(
            "HRr"
        ):
            return
        sorts = galley.piece(index).sorts
        is_wide = sorts.face.key.language.lower().startswith("zh-hant")
        pad = ((EM if is_wide else HALF) - sorts.advances[galley.copy.text[index]]) / 2
        if pad > 0:
            shifts[index - 1] = shifts.get(index - 1, 0) + pad
            shifts[index] = pad


def _squeezes(text: str, kinds: str, of: "Sorts | Galley") -> dict[int, float]:
    """By index, what marks beside each other lose."""
    shifts: dict[int, float] = {}
    for match in NEIGHBOURS.finditer(kinds):
        index = match.start()
        sorts = of if isinstance(of, Sorts) else of.piece(index).sorts
        lost = sorts.pairs[text[index : index + 2]]
        if lost:
            shifts[index] = lost
    if "XX" in kinds:
        _join(text, kinds, of, shifts)
    return shifts


def _join(text: str, kinds: str, of: "Sorts | Galley", shifts: dict[int, float]) -> None:
    """！！ and ？！ take one em, ？？？ two: each loses alike, where its blank is."""
    for match in _EXCLAMATIONS.finditer(kinds):
        first, last = match.start(), match.end() - 1
        sorts = of if isinstance(of, Sorts) else of.piece(first).sorts
        before, after = sorts.blanks[text[first]]
        if not before + after:
            continue
        lost = EM / 3 if last - first == 2 else HALF
        left = lost * before / (before + after)
        for index in range(first, last):
            shifts[index] = -lost
        shifts[last] = min(shifts.get(last, 0), left - lost)
        if left and first:
            shifts[first - 1] = shifts.get(first - 1, 0) - left


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


@cache
def narrow_key(key: FaceKey) -> FaceKey:
    """The key of the same face with narrow quotation marks."""
    if NARROW_FEATURE in key.features:
        return key
    return replace(key, features=(*key.features, NARROW_FEATURE))
