"""Paragraphs into lines: where each of them breaks.

A line is filled; where it may not end there, `ends` finds out where it does. No paragraph is
left with one character on its last line.

What it costs: `python -m benchmarks.pdf.lines`.
Must not import pages or paint. Sources: W3C clreq, line adjustment; GB/T 15834-2011 §5.1.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, chain, compress, repeat

from builder.press.asked import Asked
from builder.press.ends import Ends
from builder.press.galley import Galley, Measurer, Widths, stands_alone
from builder.press.justify import (
    EPSILON,
    FULL,
    Shift,
    end_on,
    full_line,
    lead_of,
    loose_line,
    place_on,
    places_in,
    squeezed,
    visible_end,
    width_of,
)
from builder.press.marks import HARD_BREAK, Breaks, Laws, kind_of
from builder.press.setting import OBJECT, Copy, Line, Run
from builder.press.sorts import EM, Faces

# A last line gets company by squeezing up to this part of what the line before can lose, then
# by characters of that line unless it gets looser than this, then by any squeezing, then by
# characters again.
_EASY_SQUEEZE, _EASY_LOOSENESS, _LAST_LOOSENESS = 0.5, 100, 333
# Lines of fewer ems may get looser for it: what is beside them is loose, too.
_SHORT_MEASURE, _SHORT_LOOSENESS = 26, 600
_LONGEST_LONELY = 12  # characters: 了——”……》 and the like are shorter
NARROW, CAREFUL = Breaks.NARROW, Breaks.CAREFUL
_ENDS_NARROW = frozenset("CPSX")


@dataclass(slots=True)
class Together:
    """Paragraphs broken together: they are one copy, with a hard break between each two of them,
    to which `lines` refer. `counts` says how many lines each has: none, if it has to stand alone.
    """

    copy: Copy
    lines: list[Line]
    counts: list[int]


class LineBreaker:
    """Breaks the paragraphs of one book; keeps what it learns of its faces.

    `widths` says how many points an atom takes: runs of the kinds ruby, cell and image.
    """

    def __init__(
        self,
        faces: Faces,
        laws: Laws,
        widths: Widths | None = None,
        *,
        in_columns: bool = False,
    ) -> None:
        self.measurer = Measurer(faces, laws, widths or _an_em, in_columns=in_columns)
        self._breaks = Breaks(laws.kinsoku)
        self._ends = Ends(self._breaks)

    def break_lines(self, copy: Copy) -> list[Line]:
        """The lines of a copy; their ranges join to the whole of it. No text, no lines."""
        if not copy.text:
            return []
        galley = self.measurer.galley(copy)
        ends = tuple(_hard_ends(galley.kinds))
        indents = chain((copy.indent,), repeat(0.0))
        return self._fill(galley, zip((0, *ends), ends, indents, strict=False))[0]

    def break_together(self, texts: Sequence[str], like: Copy) -> Together:
        """Break paragraphs that look as `like` does, measured at once."""
        copy = _joined(texts, like)
        kinds = self.measurer.kinds_joined(copy)
        joined = [True] * len(texts)
        if stands_alone(copy.text, kinds):
            each = kinds.split(HARD_BREAK)
            joined = [not stands_alone(*one) for one in zip(texts, each, strict=True)]
            copy = _joined(list(compress(texts, joined)), like)
            kinds = HARD_BREAK.join(compress(each, joined))
        if not copy.text:
            return Together(copy, [], [0] * len(texts))
        stops = list(accumulate(map(len, compress(texts, joined)), lambda at, n: at + 1 + n))
        starts = (0, *(stop + 1 for stop in stops))
        galley = self.measurer.many(copy, kinds)
        lines, counts = self._fill(galley, zip(starts, stops, repeat(like.indent), strict=False))
        found = iter(counts)
        return Together(copy, lines, [next(found) if one else 0 for one in joined])

    def extent(self, copy: Copy, line: Line, start: int, end: int) -> tuple[float, float]:
        """From where to where characters of a line reach, in points from the measure's start."""
        galley = self.measurer.galley(copy.like or copy)
        start, end = max(start, line.start), min(end, line.end)
        one, other = place_on(galley, line, start), end_on(galley, line, end)
        if copy.like is not None:
            one += self.measurer.grown(galley, copy, line.start, start)
            if end < visible_end(galley.kinds, line.start, line.end):
                other += self.measurer.grown(galley, copy, line.start, end)
        return one, other

    def _fill(
        self, galley: Galley, parts: Iterable[tuple[int, int, float]]
    ) -> tuple[list[Line], list[int]]:
        """The lines of all parts, and how many each of them has. Parts go from `start` to `stop`,
        one after the other, their first lines have an indent, and they have no forced break but
        at their ends.

        This loop runs for every line of a book, so what plain Han needs is written out in it.
        """
        copy, kinds, unit, cell = galley.copy, galley.kinds, galley.unit, galley.cell
        at, after, shifts, (odd, odd_ends) = galley.at, galley.after, galley.shifts, galley.odd
        breaks, trails = self._breaks, galley.pieces[0].sorts.trails
        measure, text = copy.measure, copy.text
        is_even = copy.align == "justify"
        usual = 0.0, measure / unit + EPSILON, int((measure / unit + EPSILON) // cell)
        # By what the mark at the end of a line gives up.
        spreads: dict[int, float] = Asked(
            lambda trail: _spread(measure - (cell * usual[2] - trail - cell + EM) * unit, usual[2])
        )
        since = place = 0
        lines: list[Line] = []
        counts: list[int] = []
        for start, stop, first_indent in parts:
            indent, limit, cells = usual
            if first_indent:
                indent = first_indent
                limit = max(measure - indent, 0.0) / unit + EPSILON
                cells = int(limit // cell)
            passed = bisect_left(at, start, since) - 1
            count = len(lines)
            while True:
                while odd_ends[place] <= start:
                    place += 1
                end = start + cells
                if is_even and not indent and cells > 1:
                    # Nearly all lines: so many characters of a cell, and a break between them.
                    bound = min(at[passed + 1], odd[place] + 1, stop)
                    while end < bound and kinds[start] != "O":
                        verdict = breaks[kinds[end - 1 : end + 1]]
                        if verdict > NARROW:
                            break
                        spread = spreads[trails[text[end - 1]] if verdict == NARROW else 0]
                        lines.append(Line(start, end, 0.0, measure, spread, (), FULL))
                        start, end = end, end + cells
                since, lead, natural = passed, 0.0, cell * cells
                is_easy = is_even
                if end >= at[passed + 1] or kinds[start] == "O":
                    # Something on this line takes no cell.
                    lead = lead_of(galley, start) if kinds[start] == "O" else 0.0
                    base = after[passed] + cell * (start - at[passed] - 1)
                    target = base + limit + lead
                    passed = bisect_right(after, target, passed) - 1
                    end = at[passed] + 1 + int((target - after[passed]) // cell)
                    if end > at[passed + 1]:
                        end = at[passed + 1]
                    natural = after[passed] + cell * (end - at[passed] - 1) - base
                if end >= stop:
                    break
                verdict = breaks[kinds[end - 1 : end + 1]] if end > start + 1 else CAREFUL
                squeezes: tuple[Shift, ...] = ()
                # A gap before a Latin word falls away when the line ends there.
                if verdict > NARROW or at[passed] == end - 1 or end in galley.shift_of:
                    end, squeezes = self._ends.settle(galley, start, end, stop, limit + lead)
                    if end >= stop and not squeezes:
                        break
                    is_easy = False
                while odd_ends[place] <= start:
                    place += 1
                if is_easy and odd[place] >= end:
                    if verdict == NARROW:
                        natural -= trails[text[end - 1]]
                    offset = indent - lead * unit
                    width = measure - offset
                    spread = _spread(width - (natural - cell + EM) * unit, end - start)
                    moved = tuple(shifts[since:passed]) if passed > since else ()
                    lines.append(Line(start, end, offset, width, spread, moved, FULL))
                else:
                    lines.append(_set_line(galley, start, end, indent, squeezes))
                    passed = bisect_left(at, end, since) - 1
                start = end
                if indent:
                    indent, limit, cells = usual
                if end >= stop:
                    break
            if len(lines) > count and 0 < stop - start <= _LONGEST_LONELY:
                before = first_indent if len(lines) == count + 1 else 0.0
                moved_to = self._keep_company(galley, lines, start, stop, (before, limit))
                if moved_to != start:
                    start, since = moved_to, bisect_left(at, moved_to) - 1
            if start < stop:
                while odd_ends[place] <= start:
                    place += 1
                if is_even and odd[place] >= stop:
                    lines.append(_last_line(galley, start, stop, indent, since))
                else:
                    lines.append(loose_line(galley, start, stop, indent))
            counts.append(len(lines) - count)
        return lines, counts

    # --- the last line --------------------------------------------------------------------

    def _keep_company(
        self, galley: Galley, lines: list[Line], start: int, stop: int, room: tuple[float, float]
    ) -> int:
        """Break the last of `lines` anew where one character would follow it on the last line;
        `room` is the indent of the one, and what there is room for on the other.

        Returns where the last line starts then: `stop` when all of it went into the line before.
        """
        is_lonely = galley.kinds.count("H", start, stop) < 2  # as most are not
        if not is_lonely or not _is_lonely(galley.copy.text[start:stop]):
            return start
        before, (indent, limit) = lines[-1], room
        most = (galley.copy.measure - indent) / galley.unit + EPSILON
        most += lead_of(galley, before.start)
        end, squeezes = self._company(galley, before.start, start, stop, (most, limit))
        if end != start:
            lines[-1] = _set_line(galley, before.start, end, indent, squeezes)
        return end

    def _company(
        self, galley: Galley, first: int, end: int, stop: int, rooms: tuple[float, float]
    ) -> tuple[int, tuple[Shift, ...]]:
        """Where the line before a lonely last one ends instead of `end`, and its squeezing."""
        need = width_of(galley, first, stop) - rooms[0] + EPSILON
        is_justified = galley.copy.align == "justify"
        if is_justified and (squeezes := squeezed(galley, first, stop, need, part=_EASY_SQUEEZE)):
            return stop, squeezes
        earlier, loose = self._earlier(galley, first, end, stop, rooms)
        if earlier and loose <= _EASY_LOOSENESS:
            return earlier, ()
        if is_justified and (squeezes := squeezed(galley, first, stop, need)):
            return stop, squeezes
        is_short = rooms[1] < _SHORT_MEASURE * EM
        most = _SHORT_LOOSENESS if is_short else _LAST_LOOSENESS
        return (earlier, ()) if loose <= most else (end, ())

    def _earlier(
        self, galley: Galley, first: int, end: int, stop: int, rooms: tuple[float, float]
    ) -> tuple[int, float]:
        """An earlier end of the line before the last, and how loose that becomes; 0, if none."""
        while end := self._ends.previous(galley, end - 1, first):
            if _is_lonely(galley.copy.text[end:stop]):
                continue
            places = places_in(galley, first, end)
            if places <= 0 or width_of(galley, end, stop) > rooms[1] + lead_of(galley, end):
                break
            return end, (rooms[0] - width_of(galley, first, end)) / places
        return 0, float("inf")


def _joined(texts: Sequence[str], like: Copy) -> Copy:
    text = HARD_BREAK.join(texts)
    runs = (Run(0, len(text), like.runs[0].style),)
    return replace(like, text=text, runs=runs, is_joined=True)


def _spread(left: float, count: int) -> float:
    """The room after each of so many characters but the last, when so many points are left."""
    return left / (count - 1) if left > 0.0 else 0.0


def _set_line(
    galley: Galley, start: int, end: int, indent: float, squeezes: tuple[Shift, ...]
) -> Line:
    """A line that another one follows."""
    if galley.copy.align == "justify":
        return full_line(galley, start, end, indent, squeezes=squeezes)
    return loose_line(galley, start, end, indent)


def _last_line(galley: Galley, start: int, stop: int, indent: float, since: int) -> Line:
    """A line that none follows: `loose_line`, with what plain Han needs written out; `since` is
    the last of `galley.at` before `start`.
    """
    kinds, at, after, cell = galley.kinds, galley.at, galley.after, galley.cell
    passed = bisect_left(at, stop, since) - 1
    if at[passed] == stop - 1 or kinds[start] == "O" or kinds[stop - 1] == "I":
        return loose_line(galley, start, stop, indent)
    natural = cell * (stop - start)
    moved: tuple[Shift, ...] = ()
    if passed > since:
        place = after[since] + cell * (start - at[since] - 1)
        natural = after[passed] + cell * (stop - at[passed] - 1) - place
        moved = tuple(galley.shifts[since:passed])
    natural += EM - cell
    if kinds[stop - 1] in _ENDS_NARROW:
        natural -= galley.pieces[0].sorts.trails[galley.copy.text[stop - 1]]
    return Line(start, stop, indent, natural * galley.unit, 0.0, moved)


def _hard_ends(kinds: str) -> Iterator[int]:
    """Where the parts of a paragraph end: after every forced break, and at its end."""
    at = kinds.find(HARD_BREAK)
    while at >= 0:
        yield at + 1
        at = kinds.find(HARD_BREAK, at + 1)
    if not kinds.endswith(HARD_BREAK):
        yield len(kinds)


def _is_lonely(words: str) -> bool:
    """Whether a last line has one character, whatever marks and signs stand beside it."""
    return sum(map(_counts, words)) < 2


@cache
def _counts(character: str) -> bool:
    return character == OBJECT or character.isalnum() or kind_of(character) in "HF"


def _an_em(copy: Copy, run: Run) -> float:
    """What an atom takes when nobody says: an em for each of its characters."""
    del copy
    return run.style.size * (run.end - run.start)
