"""Where a full page may be cut: never after the first line of a paragraph or before its last,
never after a heading, never beside a scene break.

Source: W3C clreq, #widow_and_orphan_control; CSS Fragmentation 3, 3.3 and 4.4.
"""

from bisect import bisect_right
from collections.abc import Sequence

from builder.press.grid import Block, L, Piece


def best_cut(
    pieces: Sequence[Piece[L]], block: Block[L], first: int, last: int, *, is_strict: bool = True
) -> tuple[int, int]:
    """The last place where a page of these pieces, and lines `first` to `last` of `block` after
    them, may end: the number of a piece (that of `block` is the number of all pieces) and the
    line of it that starts the next page; (-1, 0) if none. Unless it is strict, paragraphs may be
    parted anywhere.
    """
    line = last_break(block, first, last, is_strict=is_strict)
    if line > first:
        return len(pieces), line
    following, begins = block, first == 0
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        if begins and not piece.block.spacing.keeps_next and not following.spacing.keeps_before:
            return (at + 1, first) if at + 1 == len(pieces) else (at + 1, 0)
        line = last_break(piece.block, piece.first, piece.last - 1, is_strict=is_strict)
        if line > piece.first:
            return at, line
        following, begins = piece.block, piece.first == 0
    return -1, 0


def last_break(block: Block[L], first: int, last: int, *, is_strict: bool) -> int:
    """The last line, up to `last`, that may start a page although `first` does not; else
    `first`.
    """
    spacing = block.spacing
    if spacing.keeps_together:
        return first
    start, end = first, len(block.lines)
    if starts := block.starts:
        number = bisect_right(starts, last)
        start = max(first, starts[number - 1])
        end = starts[number] if number < len(starts) else end
    orphans, widows = (spacing.orphans, spacing.widows) if is_strict else (1, 1)
    line = min(last, end - widows)
    return line if line - start >= orphans else start
