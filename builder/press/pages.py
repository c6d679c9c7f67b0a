"""Filling pages on a grid of lines.

A page is a number of rows, as high as the book's lines. Everything starts on a row; what is not
a whole number of rows high leaves the rest of its last one empty, so that the lines of both
sides of a sheet fall on each other. Blocks come one by one, finished pages go one by one. Where
a page is full, it is cut at the last place where it may be: never after the first line of a
paragraph or before its last (orphans and widows), never after a heading, never beside a scene
break. Notes stand at the foot of the page that their mark is on; one that does not fit takes
its line to the next page, and is split only where that would leave half a page empty.

Knows nothing of fonts, of PDF and of what the lines say.
Source: W3C clreq, #widow_and_orphan_control; CSS Fragmentation 3, 3.3 and 4.4.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor
from typing import Generic

from builder.press.cutting import best_cut
from builder.press.grid import HAIR, Block, Filled, FootPiece, L, Piece, Sheet, Turn, Turning

MIN_NOTE_LINES = 2  # of a note that is split, on either page
# Text that a page keeps beside notes from the page before.
MIN_TEXT_ROWS = 3


def fill(
    items: Iterable[Block[L] | Turn], sheet: Sheet, *, first_index: int = 0
) -> Iterator[Filled[L]]:
    """The pages that `items` fill; the first is the page `first_index` of the file (0 is a recto).

    Every page shows something, but for blank ones where a turn wants another side.
    """
    filler: _Filler[L] = _Filler(sheet, first_index)
    for item in items:
        if type(item) is Turn:
            filler.turn(item)
        else:
            filler.add(item)  # type: ignore[arg-type]  # all that is no turn is a block
        if filler.finished:
            yield from filler.finished
            filler.finished.clear()
    filler.close()
    yield from filler.finished


class _Filler(Generic[L]):
    def __init__(self, sheet: Sheet, first_index: int) -> None:
        self.finished: list[Filled[L]] = []
        self._sheet = sheet
        self._index = first_index
        self._name = ""
        self._carried: list[FootPiece[L]] = []
        self._waiting: deque[tuple[Block[L], int]] = deque()
        self._open(None)

    def _open(self, turn: Turn | None) -> None:
        """Begin a page, with the rest of the last page's notes at its foot."""
        self._page: Filled[L] = Filled(self._index, self._name, turn=turn)
        self._row = 0
        self._after = 0
        self._kept: list[FootPiece[L]] = []
        self._foot_height = 0.0
        if self._carried:
            self._take_carried()
        self._room = self._rows_beside(self._foot_height)

    def _take_carried(self) -> None:
        sheet = self._sheet
        space = (sheet.rows - MIN_TEXT_ROWS) * sheet.leading - sheet.apart
        left: list[FootPiece[L]] = []
        for piece in self._carried:
            leading = piece.foot.leading
            count = min(piece.last - piece.first, floor(space / leading + HAIR))
            if left or count <= 0:
                if not self._kept and not left:
                    count = 1  # one line a page, whatever its height
                else:
                    left.append(piece)
                    continue
            middle = piece.first + count
            self._kept.append(FootPiece(piece.foot, piece.first, middle))
            space -= count * leading
            if middle < piece.last:
                left.append(FootPiece(piece.foot, middle, piece.last))
        self._carried = left
        self._foot_height = self._height(self._kept)

    def _height(self, feet: Sequence[FootPiece[L]]) -> float:
        """Points that notes take up at the foot."""
        if not feet:
            return 0.0
        return self._sheet.apart + sum((one.last - one.first) * one.foot.leading for one in feet)

    def _rows_beside(self, foot_height: float) -> int:
        sheet = self._sheet
        if not foot_height:
            return sheet.rows
        return sheet.rows - ceil(foot_height / sheet.leading - HAIR)

    # --- placing --------------------------------------------------------------------------

    def add(self, block: Block[L]) -> None:
        """Place a block, on a page of its own where it asks for one."""
        turns = block.spacing.turns
        if turns is None:
            self.place(block)
            return
        self._break_page(turns[0])
        self.place(block)
        self._break_page(turns[1])

    def _break_page(self, turning: Turning) -> None:
        """Begin a page, unless there is nothing on this one and it is as wanted."""
        if not turning:
            return
        side = "" if turning == "page" else turning
        page = self._page
        is_right = not side or (self._index % 2 == 0) == (side == "recto")
        if page.pieces or page.turn is None or not is_right:
            subject = None if page.pieces or page.turn is None else page.turn.subject
            self.turn(Turn(self._name, side, opens=False, subject=subject))

    def place(self, block: Block[L]) -> None:
        """Place a block and whatever had to move to make room for it."""
        spacing = block.spacing
        if block.feet is None and self._page.pieces and not self._waiting:
            # Nearly every paragraph: it stands below the last one and fits.
            row = self._row + max(self._after, spacing.before)
            count = len(block.lines)
            end = row + (count if spacing.unit == 1.0 else ceil(count * spacing.unit - HAIR))
            if end <= self._room:
                self._page.pieces.append(Piece(block, 0, count, row))
                self._row, self._after = end, spacing.after
                return
        self._waiting.append((block, 0))
        while self._waiting:
            self._place(*self._waiting.popleft())

    def _place(self, block: Block[L], first: int) -> None:
        row = self._start(block, first)
        count = len(block.lines)
        last, feet = self._fitting(block, first, row)
        if last == count:
            self._put(block, first, last, row, feet)
        else:
            self._cut(block, first, row, last)

    def _start(self, block: Block[L], first: int) -> int:
        before = 0 if first else block.spacing.before
        if self._page.pieces:
            return self._row + max(self._after, before)
        # At the top of a page, only what opens keeps its distance.
        return before if self._page.turn is not None else 0

    def _put(
        self, block: Block[L], first: int, last: int, row: int, feet: list[FootPiece[L]]
    ) -> None:
        spacing = block.spacing
        self._page.pieces.append(Piece(block, first, last, row))
        self._row = row + ceil((last - first) * spacing.unit - HAIR)
        self._after = spacing.after if last == len(block.lines) else 0
        if feet:
            self._page.feet += feet
            self._foot_height = self._height(self._kept + self._page.feet)
            self._room = self._rows_beside(self._foot_height)

    def _fitting(self, block: Block[L], first: int, row: int) -> tuple[int, list[FootPiece[L]]]:
        """How far the block fits on this page from `row`, and the notes that come with it."""
        unit, count = block.spacing.unit, len(block.lines)
        feet: list[FootPiece[L]] = []
        if not block.feet:
            fitting = floor((self._room - row) / unit + HAIR)
            return max(first, min(count, first + fitting)), feet
        for at in range(first, count):
            new = [FootPiece(foot, 0, len(foot.lines)) for foot in block.feet.get(at, ())]
            height = self._height([*self._kept, *self._page.feet, *feet, *new])
            if row + ceil((at + 1 - first) * unit - HAIR) > self._rows_beside(height):
                return at, feet
            feet += new
        return count, feet

    # --- cutting --------------------------------------------------------------------------

    def _cut(self, block: Block[L], first: int, row: int, last: int) -> None:
        """Finish the page, as nothing after line `last` of `block` fits on it."""
        pieces = self._page.pieces
        at, line = best_cut(pieces, block, first, last)
        is_hollow = self._is_hollow(at, line, row, first)
        if is_hollow:
            # Rather a lone line than a heading at the foot, or half a page that stays empty.
            other = best_cut(pieces, block, first, last, is_strict=False)
            if not self._is_hollow(*other, row, first):
                (at, line), is_hollow = other, False
        if is_hollow and block.feet and self._split(block, first, row, last):
            return
        if at < 0:  # nothing may be parted, so something must
            if last == first and not pieces and not self._kept:
                last = first + 1  # higher than a page
            at, line = len(pieces), last
        if at == len(pieces):
            if line > first:
                feet = self._feet_between(block, first, line)
                self._put(block, first, line, row, feet)
            self._turn_over([(block, line)] if line < len(block.lines) else [])
            return
        rest = [(piece.block, piece.first) for piece in pieces[at + 1 :]]
        cut = pieces[at]
        del pieces[at + (line > cut.first) :]
        if line > cut.first:
            cut.last = line
        self._page.feet = [
            foot
            for piece in pieces
            for foot in self._feet_between(piece.block, piece.first, piece.last)
        ]
        self._turn_over([(cut.block, line), *rest, (block, first)])

    def _is_hollow(self, at: int, line: int, row: int, first: int) -> bool:
        """Whether a cut leaves more than half of the page empty; where there is none, it does."""
        pieces = self._page.pieces
        end = self._row
        if at == len(pieces) and line > first:
            end = row + (line - first)
        elif at < len(pieces):
            end = pieces[at].row + (line - pieces[at].first) if at >= 0 else 0
        return end + self._sheet.rows - self._room < self._sheet.rows / 2

    def _split(self, block: Block[L], first: int, row: int, last: int) -> bool:
        """Set line `last`, and as much of its notes as there is room for; whether that helps."""
        assert block.feet is not None  # noqa: S101  (asked for by the caller)
        new = list(block.feet.get(last, ()))
        end = row + ceil((last + 1 - first) * block.spacing.unit - HAIR)
        feet = self._feet_between(block, first, last)
        space = (self._sheet.rows - end) * self._sheet.leading
        space -= self._height([*self._kept, *self._page.feet, *feet]) or self._sheet.apart
        placed: list[FootPiece[L]] = []
        carried: list[FootPiece[L]] = []
        for foot in new:
            count = 0 if carried else min(len(foot.lines), floor(space / foot.leading + HAIR))
            if count < len(foot.lines):
                count = min(count, len(foot.lines) - MIN_NOTE_LINES)
                count = count if count >= MIN_NOTE_LINES else 0
                carried.append(FootPiece(foot, count, len(foot.lines)))
            if count:
                placed.append(FootPiece(foot, 0, count))
                space -= count * foot.leading
        if not placed or space < -HAIR:
            return False
        self._put(block, first, last + 1, row, [*feet, *placed])
        self._carried += carried
        self._turn_over([(block, last + 1)] if last + 1 < len(block.lines) else [])
        return True

    def _feet_between(self, block: Block[L], first: int, last: int) -> list[FootPiece[L]]:
        if not block.feet:
            return []
        return [
            FootPiece(foot, 0, len(foot.lines))
            for at in range(first, last)
            for foot in block.feet.get(at, ())
        ]

    # --- turning --------------------------------------------------------------------------

    def _turn_over(self, rest: list[tuple[Block[L], int]]) -> None:
        self._finish()
        self._open(None)
        self._waiting.extendleft(reversed(rest))

    def _finish(self) -> None:
        page = self._page
        number = 0
        for piece in page.feet:
            if not piece.first:
                number += 1
                piece.foot.number = number
        for piece in self._carried:
            if not piece.first and not piece.foot.number:
                number += 1
                piece.foot.number = number
        page.feet = self._kept + page.feet
        self.finished.append(page)
        self._index += 1

    def turn(self, turn: Turn) -> None:
        """End the page, if it has anything on it, and begin another."""
        self.close()
        if turn.side and (self._index % 2 == 0) != (turn.side == "recto"):
            self.finished.append(Filled(self._index, self._name, is_blank=True))
            self._index += 1
        self._name = turn.name
        self._open(turn)

    def close(self) -> None:
        """End the page, and set what is left of its notes."""
        while self._page.pieces or self._kept or self._carried:
            self._finish()
            self._open(None)
