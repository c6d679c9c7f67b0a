"""Which line goes on from which: paragraphs, told from where lines start and end.

A line goes on from the one before it when that one was full: when not even the first
unbreakable piece of this line would have found room in it. A line that ended although there
was room ended on purpose (the end of a paragraph, of a verse, a forced break).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.check.typography.lines import Line
from builder.check.typography.marks import STOPS
from builder.check.typography.measure import (
    FLUSH_EM,
    Edges,
    Shape,
    edges_of_lines,
    size_key,
)

# An indent is at least this deep, a first line's at most that.
_INDENT_EM = 0.75
_DEEPEST_INDENT_EM = 4.5
# Lines farther apart than this many leadings have a gap between them.
_GAP = 1.45
# A line may fall short by this much in the middle of a sentence and still be meant to be full.
_SHORT_EM = 2.5
# Longer words are taken to have ended a line on purpose, not to have found no room on it.
_WIDEST_UNIT_EM = 4.0
_PAGE_LINES = 6
_PAGE_EDGE = 3
# Which part of a page's lines must end together for that to be its measure.
_OWN_SHARE = 0.4
# Larger lines are headings, which do not run on to another page.
_LARGE = 1.08


@dataclass(slots=True)
class Placed:
    """A line with what is known of it: its edges, its shortfall, and how it stands to others.

    `short` is what is missing to the measure, in points, negative beyond it. `goes_on`: it
    continues the paragraph of the line before it in the same text.
    """

    line: Line
    edges: Edges | None
    is_body: bool
    short: float
    goes_on: bool = False
    is_last: bool = True

    @property
    def inset(self) -> float:
        """How far in from the edge it starts, in em."""
        return (self.line.start - self.edges.start) / self.line.size if self.edges else 0.0


def place(page: Sequence[Line], shape: Shape) -> list[Placed]:
    """The lines of a page against the measure, which is the page's own if it keeps no other."""
    own = _own_edges(page, shape)
    placed = []
    for line in page:
        edges = own if own and shape.is_body(line) else shape.edges_of(line)
        placed.append(_placed(line, edges, shape))
    for block in _inset_blocks(placed, shape):
        for item, narrower in list(_quotations(block)):
            item.edges = narrower
            item.short = _short(item.line, narrower, hangs=shape.hangs)
    return placed


def _placed(line: Line, edges: Edges | None, shape: Shape) -> Placed:
    short = _short(line, edges, hangs=shape.hangs) if edges else 0.0
    return Placed(line, edges, shape.is_body(line), short)


def _inset_blocks(page: Sequence[Placed], shape: Shape) -> Iterator[list[Placed]]:
    """Stretches of at least three text lines that all start in from the edge."""
    block: list[Placed] = []
    for placed in page:
        if block and not _is_below(block[-1].line, placed.line, shape):
            yield block
            block = []
        if placed.is_body and placed.inset > _INDENT_EM and not placed.line.has_hole:
            block.append(placed)
        elif block:
            # The line above one at the edge is a first line of the text around.
            yield block[:-1]
            block = []
    yield block


def _is_below(first: Line, second: Line, shape: Shape) -> bool:
    return 0 < second.across - first.across < _GAP * shape.leading(first)


def _quotations(block: Sequence[Placed]) -> Iterator[tuple[Placed, Edges]]:
    """The lines of quotations in a block, with the edges these keep inside the text's own.

    A quotation has first lines farther in than its others, and they end where its full lines
    do; dialogue and verse have none.
    """
    if len(block) < _PAGE_EDGE or not block[0].edges:
        return
    size = block[0].line.size
    reach = FLUSH_EM * size
    start = min(placed.line.start for placed in block)
    is_first = [placed.line.start > start + _INDENT_EM * size for placed in block]
    stop = _common_end(
        [first for first, second in pairwise(zip(block, is_first, strict=True)) if not second[1]],
        block,
    )
    if stop is None or stop >= block[0].edges.stop - reach:
        return
    edges = Edges(start, stop, stop + 2 * reach)
    is_inside = False
    for placed, first in zip(block, is_first, strict=True):
        is_inside = first or is_inside
        if is_inside:
            yield placed, edges
        is_inside = is_inside and placed.line.stop >= stop - reach


def _common_end(firsts: Sequence[tuple[Placed, bool]], block: Sequence[Placed]) -> float | None:
    """Where a first line ends and another line, too; a line that ends with Han says it best."""
    reach = FLUSH_EM * block[0].line.size
    heads = [placed.line for placed, is_first in firsts if is_first]
    places = [
        placed.line.stop for placed in block if placed.line.stop - placed.line.earliest < reach
    ]
    counts = {
        place: sum(placed.line.ends_at(place, reach) for placed in block)
        for place in places or [line.stop for line in heads]
        if any(line.ends_at(place, reach) for line in heads)
    }
    best = max(counts, key=lambda place: (counts[place], place), default=None)
    return best if best is not None and counts[best] >= _PAGE_EDGE - 1 else None


def _own_edges(page: Sequence[Line], shape: Shape) -> Edges | None:
    """Edges of a page whose lines end elsewhere than the document's; None when they do not."""
    body = [line for line in page if shape.is_body(line) and line.is_han and not line.has_hole]
    if len(body) < _PAGE_LINES:
        return None
    edges = shape.edges_of(body[0])
    if edges is None:
        return None
    reach = FLUSH_EM * shape.size
    keeps = sum(line.ends_at(edges.stop, reach) for line in body)
    starts = sum(abs(line.start - edges.start) <= reach for line in body)
    if keeps >= 2 and starts:
        return None
    own = edges_of_lines(body, at_least=_PAGE_EDGE)
    if own is None or sum(line.ends_at(own.stop, reach) for line in body) < _OWN_SHARE * len(body):
        return None
    if any(line.start < own.start - reach or line.earliest > own.limit for line in body):
        return None
    return own


def _short(line: Line, edges: Edges, *, hangs: bool) -> float:
    if line.ends_at(edges.stop, 0.0):
        return 0.0
    if hangs and line.hangs_over(edges.stop, FLUSH_EM * line.size):
        return 0.0
    return min((edges.stop - line.stop, edges.stop - line.earliest), key=abs)


def connect(lines: Sequence[Placed], shape: Shape) -> None:
    """Say of each line whether it goes on from the one before it; lines run across pages."""
    for before, after in pairwise(lines):
        if _are_neighbours(before, after, shape) and _goes_on(before, after, shape):
            after.goes_on = True
            before.is_last = False


def _are_neighbours(before: Placed, after: Placed, shape: Shape) -> bool:
    first, second = before.line, after.line
    if first.has_hole or second.has_hole or not before.edges or not after.edges:
        return False
    if abs(size_key(first.size) - size_key(second.size)) > 1:
        return False
    if first.page != second.page:
        return second.page == first.page + 1 and first.size <= _LARGE * shape.size
    return _is_below(first, second, shape)


def _goes_on(before: Placed, after: Placed, shape: Shape) -> bool:
    assert before.edges  # noqa: S101  # neighbours have them
    assert after.edges  # noqa: S101  # as above
    size = after.line.size
    inset = after.inset
    deeper = inset - before.inset
    if not -_DEEPEST_INDENT_EM <= deeper <= _INDENT_EM:
        return False
    reach = FLUSH_EM * size
    if before.short <= reach:
        # Level lines in from the edge: verse and dialogue look so; only what is known to be a
        # paragraph's middle goes on, or what follows its deeper first line.
        return inset <= _INDENT_EM or deeper <= -_INDENT_EM or before.goes_on
    if inset > _INDENT_EM:
        return False
    if before.short < min(after.line.unit, _WIDEST_UNIT_EM * size) - reach:
        return True
    # There was room. In the middle of a sentence, at the edge, it was a slip all the same.
    return (
        shape.is_indented
        and before.edges == shape.edges_of(before.line)
        and before.short <= _SHORT_EM * size
        and before.line.text[-1] not in STOPS
        and before.line.is_han
    )


def paragraphs(lines: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The lines of each paragraph."""
    paragraph: list[Placed] = []
    for line in lines:
        if paragraph and not line.goes_on:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph
