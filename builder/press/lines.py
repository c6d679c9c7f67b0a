"""Paragraphs into lines: where each of them breaks.

A line is filled, then looked at where it would break. Where it may not, the line is squeezed
until what has to stay with it fits; only then are characters moved to the next (clreq, “先挤进，
后推出”). Addresses and overlong words part when nothing else would look right. No paragraph is
left with one character on its last line.

50,000 paragraphs of 60 characters take about 0.7 s (`python -m benchmarks.pdf.lines`).
Must not import pages or paint. Sources: W3C clreq, line adjustment; GB/T 15834-2011 §5.1.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from builder.press.galley import Galley, Measurer, Widths
from builder.press.justify import (
    EPSILON,
    Shift,
    end_on,
    full_line,
    hangs_at,
    lead_of,
    loose_line,
    place_on,
    places_in,
    shifts_within,
    squeezed,
    width_of,
)
from builder.press.marks import HARD_BREAK, IS_ADDRESS, PAIRS, Breaks, Laws, kind_of, parting
from builder.press.setting import OBJECT, Copy, Line, Run
from builder.press.sorts import EM, Faces

# Thousandths of the em between characters from which a line looks loose: an address parts from
# the first, a word with a hyphen from the second, any word from the third.
_LOOSE_FOR_ADDRESSES, _LOOSE_FOR_HYPHENS, _LOOSE_FOR_WORDS = 60, 150, 500
# A last line gets company by squeezing up to this part of what the line before can lose, then
# by characters of that line unless it gets looser than this, then by any squeezing, then by
# characters again.
_EASY_SQUEEZE, _EASY_LOOSENESS, _LAST_LOOSENESS = 0.5, 100, 333
# Lines of fewer ems may get looser for it: what is beside them is loose, too.
_SHORT_MEASURE, _SHORT_LOOSENESS = 26, 600
_LONGEST_LONELY = 12  # characters: 了——”……》 and the like are shorter
FREE, NARROW, CAREFUL = Breaks.FREE, Breaks.NARROW, Breaks.CAREFUL
_NEAR = 6  # characters that a forced break may go back for a better place
_SEEN = 100  # characters of a word or an address that are looked at, on each side of a break
_FAR = 40  # characters beyond the measure that no line can take in
_LATIN = frozenset("lnabuyjqg")
_ENDS_NARROW = frozenset("CPSX")
_CLOSING = frozenset("auq")
_INSEPARABLE = frozenset("jk")


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

    def break_lines(self, copy: Copy) -> list[Line]:
        """The lines of a copy; their ranges join to the whole of it. No text, no lines."""
        if not copy.text:
            return []
        galley = self.measurer.galley(copy)
        lines: list[Line] = []
        if galley.is_plain:
            self._fill(galley, lines, 0, len(copy.text))
            return lines
        start = 0
        for end in _hard_ends(galley.kinds):
            self._fill(galley, lines, start, end)
            start = end
        return lines

    def extent(self, copy: Copy, line: Line, start: int, end: int) -> tuple[float, float]:
        """From where to where characters of a line reach, in points from the measure's start."""
        galley = self.measurer.galley(copy)
        start, end = max(start, line.start), min(end, line.end)
        return place_on(galley, line, start), end_on(galley, line, end)

    def _fill(self, galley: Galley, lines: list[Line], start: int, stop: int) -> None:
        """Append the lines of `start` to `stop`, which has no forced break but at its end.

        This loop runs for every line of a book, so what plain Han needs is written out in it.
        """
        copy, kinds, unit, cell, breaks = (
            galley.copy, galley.kinds, galley.unit, galley.cell, self._breaks
        )  # fmt: skip
        text, at, after, shifts = copy.text, galley.at, galley.after, galley.shifts
        is_justified, is_plain, is_tight = copy.align == "justify", galley.is_plain, galley.is_tight
        is_quick = is_justified and len(galley.pieces) == 1
        trails = galley.pieces[0].sorts.trails
        measure = copy.measure
        indent = 0.0 if lines else copy.indent
        limit = max(measure - indent, 0.0) / unit + EPSILON
        before: Line | None = None
        base = galley.place(start)
        passed = bisect_left(at, start) - 1
        while True:
            lead = lead_of(galley, start) if kinds[start] == "O" else 0.0
            target = base + limit + lead
            since, passed = passed, bisect_right(after, target) - 1
            end = min(at[passed] + 1 + int((target - after[passed]) // cell), at[passed + 1])
            if end >= stop:
                break
            verdict = breaks[kinds[end - 1 : end + 1]] if end > start + 1 else CAREFUL
            if (
                (verdict == FREE or (verdict == NARROW and at[passed] != end - 1))
                and is_quick
                # A gap before a Latin word falls away when the line ends there.
                and (is_plain or (end not in galley.shift_of and kinds[start:end].isupper()))
                and not (is_tight and PAIRS.search(kinds, start, end))
            ):
                place = after[passed] + cell * (end - at[passed] - 1)
                natural = place - base
                if verdict == NARROW:
                    natural -= trails[text[end - 1]]
                if not shifts:
                    moved: tuple[Shift, ...] = ()
                elif is_plain:
                    moved = tuple(shifts[since:passed]) if passed > since else ()
                else:
                    moved = shifts_within(galley, start, end - 1)
                offset = indent - lead * unit
                width = measure - offset
                spread = max(width - natural * unit, 0.0) / (end - start - 1)
                before = Line(start, end, offset, width, spread, moved, is_full=True)
            else:
                end, squeezes = self._settle(galley, start, end, stop, limit + lead)
                if end >= stop and not squeezes:
                    break
                if is_justified:
                    before = full_line(galley, start, end, indent, squeezes=squeezes)
                else:
                    before = loose_line(galley, start, end, indent)
                place, passed = galley.place(end), bisect_left(at, end) - 1
            lines.append(before)
            if end >= stop:
                return
            start, base = end, place
            if indent:
                indent = 0.0
                limit = measure / unit + EPSILON
        if (
            before
            and stop - start <= _LONGEST_LONELY
            and kinds[start : start + 2] != "HH"
            and _is_lonely(text[start:stop])
        ):
            start = self._keep_company(galley, lines, start, stop, limit)
            if start >= stop:
                return
            base, since = galley.place(start), bisect_left(at, start) - 1
            passed = bisect_left(at, stop) - 1
        if (
            is_plain
            and is_justified
            and at[passed] != stop - 1
            and kinds[start] != "O"
            and kinds[stop - 1] != "I"
        ):
            natural = after[passed] + cell * (stop - at[passed] - 1) - base - cell + EM
            if kinds[stop - 1] in _ENDS_NARROW:
                natural -= trails[text[stop - 1]]
            moved = tuple(shifts[since:passed]) if passed > since else ()
            lines.append(Line(start, stop, indent, natural * unit, 0.0, moved))
        else:
            lines.append(loose_line(galley, start, stop, indent))

    # --- where a line ends ----------------------------------------------------------------

    def _settle(
        self, galley: Galley, start: int, end: int, stop: int, room: float
    ) -> tuple[int, tuple[Shift, ...]]:
        """Where a line of `room` units from `start` breaks, and how it is squeezed for it.

        `end` is how far it is filled when nothing narrows; the next mark may not start a line.
        """
        end = max(end, start)
        onward = self._next(galley, end + 1, stop)
        while onward and width_of(galley, start, onward) <= room:
            end = onward
            if end >= stop:
                return end, ()
            onward = self._next(galley, end + 1, stop)
        if end > start and self._may_break(galley, end):
            if width_of(galley, start, end) <= room:
                return end, ()
            # A centred mark takes its em back where its neighbour goes to the next line.
            onward, end = end, end - 1
        if hangs_at(galley, end) and (end + 1 >= stop or self._may_break(galley, end + 1)):
            return end + 1, ()
        if onward and galley.copy.align == "justify":
            need = width_of(galley, start, onward) - room + EPSILON
            if squeezes := squeezed(galley, start, onward, need):
                return onward, squeezes
        return self._pushed(galley, start, end, stop, room), ()

    def _pushed(self, galley: Galley, start: int, end: int, stop: int, room: float) -> int:
        """Where a line breaks that cannot be squeezed: before what does not fit, or within it."""
        back = self._previous(galley, end, start)
        places = places_in(galley, start, back) if back else 0
        loose = (room - width_of(galley, start, back)) / places if places > 0 else float("inf")
        if loose <= _LOOSE_FOR_ADDRESSES:
            return back
        parted = self._parted(galley, start, end, stop, loose)
        return parted or back or self._forced(galley, start, end, stop)

    def _parted(self, galley: Galley, start: int, end: int, stop: int, loose: float) -> int:
        """Where within a Latin run a line breaks, or 0 when it had better not."""
        kinds, text = galley.kinds, galley.copy.text
        if not (start < end < stop and kinds[end] in _LATIN and kinds[end - 1] in _LATIN):
            return 0
        # No more of a run than a few words of it: a line costs the same however long it is.
        first, last = end, end
        while first > max(start, end - _SEEN) and kinds[first - 1] in _LATIN:
            first -= 1
        while last < min(stop, end + _SEEN) and kinds[last] in _LATIN:
            last += 1
        if not text[first:last].isalnum():
            is_address = IS_ADDRESS.search(text, first, last) is not None
            if loose > (_LOOSE_FOR_ADDRESSES if is_address else _LOOSE_FOR_HYPHENS):
                fitting = [
                    at
                    for at in parting(text, first, last)
                    if first < at <= end
                    and kinds[at] not in _CLOSING
                    and not _parts_pair(text, start, at)
                ]
                if fitting:
                    return fitting[-1]
        return self._forced(galley, start, end, stop) if loose > _LOOSE_FOR_WORDS else 0

    def _may_break(self, galley: Galley, at: int) -> bool:
        return self._breaks[galley.kinds[at - 1 : at + 1]] != Breaks.FORBIDDEN

    def _next(self, galley: Galley, at: int, stop: int) -> int:
        """The first place from `at` where a line may break; 0 when it is too far to matter."""
        kinds, breaks = galley.kinds, self._breaks
        for place in range(at, min(stop, at + _FAR)):
            if breaks[kinds[place - 1 : place + 1]] != Breaks.FORBIDDEN:
                return place
        return stop if stop < at + _FAR else 0

    def _previous(self, galley: Galley, at: int, start: int) -> int:
        """The last place up to `at` where a line may break; 0 when there is none."""
        kinds, breaks = galley.kinds, self._breaks
        for place in range(at, start, -1):
            if breaks[kinds[place - 1 : place + 1]] != Breaks.FORBIDDEN:
                return place
        return 0

    def _forced(self, galley: Galley, start: int, end: int, stop: int) -> int:
        """Where a line breaks when no place is good: where it is full, but within no atom, and
        before no mark if that can be helped.
        """
        kinds, breaks = galley.kinds, self._breaks
        place = max(end, start + 1)
        for better in range(place, max(start, place - _NEAR), -1):
            if (
                kinds[better : better + 1] not in breaks.never_first
                and kinds[better - 1] not in breaks.never_last
                and not _parts_pair(galley.copy.text, start, better)
            ):
                return better
        place = max(place, start + 1)
        while place < stop and kinds[place] in _INSEPARABLE:
            place += 1
        return place

    # --- the last line --------------------------------------------------------------------

    def _keep_company(
        self, galley: Galley, lines: list[Line], start: int, stop: int, limit: float
    ) -> int:
        """Break the last of `lines` anew, since one character would follow it on the last line.

        Returns where the last line starts then: `stop` when all of it went into the line before.
        """
        before = lines[-1]
        copy = galley.copy
        indent = copy.indent if len(lines) == 1 else 0.0
        room = (copy.measure - indent) / galley.unit + EPSILON + lead_of(galley, before.start)
        end, squeezes = self._company(galley, before.start, start, stop, (room, limit))
        if end == start:
            return start
        if copy.align == "justify":
            lines[-1] = full_line(galley, before.start, end, indent, squeezes=squeezes)
        else:
            lines[-1] = loose_line(galley, before.start, end, indent)
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
        while end := self._previous(galley, end - 1, first):
            if _is_lonely(galley.copy.text[end:stop]):
                continue
            places = places_in(galley, first, end)
            if places <= 0 or width_of(galley, end, stop) > rooms[1] + lead_of(galley, end):
                break
            return end, (rooms[0] - width_of(galley, first, end)) / places
        return 0, float("inf")


def _hard_ends(kinds: str) -> Iterator[int]:
    """Where the parts of a paragraph end: after every forced break, and at its end."""
    at = kinds.find(HARD_BREAK)
    while at >= 0:
        yield at + 1
        at = kinds.find(HARD_BREAK, at + 1)
    if not kinds.endswith(HARD_BREAK):
        yield len(kinds)


def _parts_pair(text: str, start: int, at: int) -> bool:
    """Whether a break at `at`, in a line from `start`, would be inside a —— or ……; long rows of
    them are pairs, of which no line starts with half.
    """
    mark = text[at - 1]
    if mark not in "—…" or text[at : at + 1] != mark:
        return False
    row = text[start:at]
    return (len(row) - len(row.rstrip(mark))) % 2 == 1


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
