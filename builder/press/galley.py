"""A paragraph measured: kinds of its characters, and where each of them would stand.

Positions count in thousandths of the em of the copy's first run. Nearly all characters of
Chinese prose take one em, so a place is `index × cell` and only the exceptions are kept:
neighbouring marks that lose room, Latin letters, gaps, runs of other sizes. A paragraph of
plain Han costs one `str.translate` and one regular expression.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Protocol

from builder.press.frame import FaceKey, TextStyle
from builder.press.marks import (
    GAP,
    GAP_SPACE,
    HARD_BREAK,
    NARROWED,
    NEIGHBOURS,
    UNIT_SPACE,
    Laws,
    kind_of,
    narrow_in,
    shows,
)
from builder.press.setting import Copy, Run

EM = 1000
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

    `kinds` is for `str.translate`, `pairs` has what two neighbours lose (negative), `blanks`
    how much room a mark has to give on its left and right, `trails` what one gives up at the
    end of a line. All ask when looked up with [].
    """

    def __init__(self, face: Face, laws: Laws, *, in_columns: bool) -> None:
        self.face = face
        self._in_columns = in_columns
        self.kinds: dict[int, str] = _Asked(self._kind)
        self.pairs: dict[str, int] = _Asked(self._lost)
        self.blanks: dict[str, tuple[int, int]] = _Asked(self._blank)
        self.trails: dict[str, int] = _Asked(self._trail)
        self.advances: dict[str, int] = _Asked(self._advance)
        self._laws = laws

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
    where those end. `shifts` are what characters advance more or less beside their own width,
    by index, in thousandths of the em of their run. `narrowed` are the marks set narrow because
    they stand among Latin words.
    """

    copy: Copy
    laws: Laws
    kinds: str
    sorts: Sorts
    unit: float
    cell: float
    at: list[int]
    after: list[float]
    shifts: list[tuple[int, float]]
    is_plain: bool
    is_tight: bool
    narrowed: tuple[int, ...] = ()
    pieces: tuple["Piece", ...] = ()
    shift_of: dict[int, float] = field(default_factory=dict)

    def place(self, index: int) -> float:
        """Where the character at `index` starts."""
        at = self.at
        if not at:
            return self.cell * index
        passed = bisect_left(at, index)
        if not passed:
            return self.cell * index
        return self.after[passed - 1] + self.cell * (index - at[passed - 1] - 1)

    def reach(self, target: float) -> int:
        """How many characters end at or before `target`; at most as many as there are."""
        after = self.after
        passed = bisect_right(after, target)
        if not passed:
            reached = int(target // self.cell)
        else:
            reached = self.at[passed - 1] + 1
            reached += int((target - after[passed - 1]) // self.cell)
        if passed < len(after):
            return min(reached, self.at[passed])
        return min(reached, len(self.kinds))

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
        before, after = piece.sorts.blanks[self.copy.text[index]]
        return before * piece.scale, after * piece.scale


@dataclass(frozen=True, slots=True)
class Piece:
    """A run measured: its sorts, its size against the first run's, its letter-spacing in units.

    `width` is that of an atom, in units; -1 for words.
    """

    run: Run
    start: int
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
        self._style: TextStyle | None = None
        self._style_sorts: Sorts | None = None
        self._copy: Copy | None = None
        self._galley: Galley | None = None

    def galley(self, copy: Copy) -> Galley:
        """The measured copy; the last one is remembered."""
        if copy is self._copy and self._galley is not None:
            return self._galley
        run = copy.runs[0]
        style = run.style
        sorts = self._style_sorts
        if sorts is None or style is not self._style:
            sorts = self.sorts(style.face)
            self._style, self._style_sorts = style, sorts
        kinds = copy.text.translate(sorts.kinds)
        is_simple = len(copy.runs) == 1 and run.kind not in ATOMS
        if is_simple and HARD_BREAK not in kinds and kinds.isupper():
            galley = self._plain(copy, kinds, sorts)
        else:
            galley = self._mixed(copy)
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

    def _plain(self, copy: Copy, kinds: str, sorts: Sorts) -> Galley:
        """A paragraph of one run in which every character takes an em."""
        run = copy.runs[0]
        style = run.style
        unit = style.size / EM
        spacing = style.spacing / unit
        cell = EM + spacing
        at: list[int] = []
        after: list[float] = []
        shifts: list[tuple[int, float]] = []
        text, pairs = copy.text, sorts.pairs
        moved: float = 0
        if "XX" in kinds:
            found = sorted(_squeezes(text, kinds, sorts).items())
        else:
            found = [
                (index, pairs[text[index : index + 2]])
                for index in [match.start() for match in NEIGHBOURS.finditer(kinds)]
            ]
        for index, shift in found:
            if shift:
                moved += shift
                at.append(index)
                after.append(cell * (index + 1) + moved)
                shifts.append((index, shift))
        return Galley(
            copy=copy,
            laws=self.laws,
            kinds=kinds,
            sorts=sorts,
            unit=unit,
            cell=cell,
            at=at,
            after=after,
            shifts=shifts,
            is_plain=True,
            is_tight="DD" in kinds or "EE" in kinds,
            pieces=(Piece(run, 0, sorts, 1.0, spacing),),
            shift_of=dict(shifts) if shifts else {},
        )

    def _mixed(self, copy: Copy) -> Galley:
        """A paragraph of any runs and characters."""
        first = copy.runs[0].style
        unit = first.size / EM
        pieces = tuple(self._piece(copy, run, unit) for run in copy.runs)
        kinds = "".join(_kinds_of(copy, piece) for piece in pieces)
        narrowed: tuple[int, ...] = ()
        if "l" in kinds:
            narrowed = narrow_in(copy.text)
            kinds = _replaced(kinds, {at: NARROWED.get(kinds[at], "a") for at in narrowed})
        kinds = UNIT_SPACE.sub("g", kinds)
        cell = EM + first.spacing / unit
        more: dict[int, float] = {}
        for piece in pieces:
            self._measure(copy, piece, kinds, cell, more)
        for index in narrowed:
            piece = next(one for one in reversed(pieces) if one.start <= index)
            slim = self.sorts(narrow_key(piece.run.style.face))
            slimmer = slim.advances[copy.text[index]] * piece.scale + piece.spacing
            more[index] = slimmer - cell
        galley = Galley(
            copy=copy,
            laws=self.laws,
            kinds=kinds,
            sorts=pieces[0].sorts,
            unit=unit,
            cell=cell,
            at=[],
            after=[],
            shifts=[],
            is_plain=False,
            is_tight=True,
            narrowed=narrowed,
            pieces=pieces,
        )
        shifts = self._shifts(galley)
        for index, shift in shifts.items():
            more[index] = more.get(index, 0) + shift * galley.piece(index).scale
        moved: float = 0
        for index in sorted(more):
            moved += more[index]
            galley.at.append(index)
            galley.after.append(cell * (index + 1) + moved)
        galley.shifts.extend(sorted(shifts.items()))
        galley.shift_of.update(shifts)
        return galley

    def _piece(self, copy: Copy, run: Run, unit: float) -> Piece:
        sorts = self.sorts(run.style.face)
        scale = run.style.size / copy.runs[0].style.size
        width = -1.0
        if run.kind == "note":
            width = sum(sorts.advances[one] for one in run.extra) * scale
        elif run.kind in ATOMS:
            width = self._widths(copy, run) / unit
        return Piece(run, run.start, sorts, scale, run.style.spacing / unit, width)

    def _measure(
        self, copy: Copy, piece: Piece, kinds: str, cell: float, more: dict[int, float]
    ) -> None:
        """Put into `more` what the characters of a piece take beyond a cell each."""
        run, scale, spacing = piece.run, piece.scale, piece.spacing
        if piece.width >= 0:
            for index in range(run.start, run.end):
                more[index] = -cell
            more[run.start] += piece.width + spacing
            return
        advances, text = piece.sorts.advances, copy.text
        indices: Iterable[int] = range(run.start, run.end)
        if scale == 1 and EM + spacing == cell:
            odd = _ODD.finditer(kinds, run.start, run.end)
            indices = (index for match in odd for index in range(*match.span()))
        for index in indices:
            advance = advances[text[index]]
            # What shows nothing has no letter-spacing either.
            more[index] = advance * scale + (spacing if advance else 0) - cell

    def _shifts(self, galley: Galley) -> dict[int, float]:
        """By index, how characters move together or apart because of their neighbours."""
        text, kinds = galley.copy.text, galley.kinds
        shifts = _squeezes(text, kinds, galley)
        gap = self.laws.latin_gap * EM
        if gap:
            for match in GAP.finditer(kinds):
                shifts[match.end() - 1] = gap
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


def _kinds_of(copy: Copy, piece: Piece) -> str:
    run = piece.run
    if run.kind == "break":
        return HARD_BREAK * (run.end - run.start)
    words = copy.text[run.start : run.end]
    if piece.width < 0:
        return words.translate(piece.sorts.kinds)
    kind = ATOMS[run.kind]
    if run.kind == "cell" and kind_of(words[0]) == "X":
        kind = "q"
    return kind + "k" * (len(words) - 1)


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
