"""Where a line ends: filled, squeezed, or with something moved to the next.

Where a line may not break, it is squeezed until what has to stay with it fits; only then are
characters moved to the next (clreq, “先挤进，后推出”). Addresses and overlong words part when
nothing else would look right. Must not import lines, pages or paint.
"""

from builder.press.galley import Galley
from builder.press.justify import EPSILON, Shift, hangs_at, places_in, squeezed, width_of
from builder.press.marks import IS_ADDRESS, Breaks, parting

# Thousandths of the em between characters from which a line looks loose: an address parts from
# the first, a word with a hyphen from the second, any word from the third.
_LOOSE_FOR_ADDRESSES, _LOOSE_FOR_HYPHENS, _LOOSE_FOR_WORDS = 60, 150, 500
_NEAR = 6  # characters that a forced break may go back for a better place
_SEEN = 100  # characters of a word or an address that are looked at, on each side of a break
_FAR = 40  # characters beyond the measure that no line can take in
_LATIN = frozenset("lnabuyjqg")
_CLOSING = frozenset("auq")
_INSEPARABLE = frozenset("jk")


class Ends:
    """Finds where lines end; `breaks` says between which kinds they may."""

    def __init__(self, breaks: Breaks) -> None:
        self._breaks = breaks

    def settle(
        self, galley: Galley, start: int, end: int, stop: int, room: float
    ) -> tuple[int, tuple[Shift, ...]]:
        """Where a line of `room` units from `start` breaks, and how it is squeezed for it.

        `end` is how far it is filled when nothing narrows; the next mark may not start a line.
        """
        end = max(end, start)
        width, onward = 0.0, self._next(galley, end + 1, stop)
        while onward and (width := width_of(galley, start, onward)) <= room:
            end = onward
            if end >= stop:
                return end, ()
            onward = self._next(galley, end + 1, stop)
        if end > start and self._may_break(galley, end):
            if (width := width_of(galley, start, end)) <= room:
                return end, ()
            # A centred mark takes its em back where its neighbour goes to the next line.
            onward, end = end, end - 1
        if hangs_at(galley, end) and (end + 1 >= stop or self._may_break(galley, end + 1)):
            return end + 1, ()
        if onward and galley.copy.align == "justify":
            need = width - room + EPSILON
            if squeezes := squeezed(galley, start, onward, need):
                return onward, squeezes
        return self._pushed(galley, start, end, stop, room), ()

    def _pushed(self, galley: Galley, start: int, end: int, stop: int, room: float) -> int:
        """Where a line breaks that cannot be squeezed: before what does not fit, or within it."""
        back = self.previous(galley, end, start)
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

    def previous(self, galley: Galley, at: int, start: int) -> int:
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


def _parts_pair(text: str, start: int, at: int) -> bool:
    """Whether a break at `at`, in a line from `start`, would be inside a —— or ……; long rows of
    them are pairs, of which no line starts with half.
    """
    mark = text[at - 1]
    if mark not in "—…" or text[at : at + 1] != mark:
        return False
    row = text[start:at]
    return (len(row) - len(row.rstrip(mark))) % 2 == 1
