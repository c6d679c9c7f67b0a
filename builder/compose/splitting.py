"""A chapter too long for one file, cut into several where a reader hardly notices.

Old e-readers lay out a whole file before they show its first page, and some refuse large ones.
A cut falls between two blocks, at a scene break or before a subchapter if one is near; a single
block that is itself too long is cut inside, a paragraph at the end of a sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from typing import assert_never

from builder.compose.sentences import cut_inlines
from builder.core.book import (
    Block,
    Break,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    Raw,
    Section,
    Table,
    Verse,
)
from builder.core.page_starts import BEFORE_ALL, visible
from builder.core.traversal import block_lines

# What stands in one file at most; with the marks of printed pages it stays under 250 KB, which
# every reader takes.
MAX_BYTES = 240_000
# Parts are planned shorter, so that the last one can take what the others left.
_PLANNED_BYTES = 220_000
# A block larger than this is cut inside; before a smaller one a file may just end.
_LARGE_BYTES = 40_000
_HEADING_BYTES = 1_500
# How full a part must be to end before its room does: at a scene break, before a subchapter.
_NEARLY_FULL = 0.85
_WELL_FILLED = 0.6

Cost = Callable[[Block], int]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a section: after `characters` visible ones of its `block`."""

    section_id: str
    block: int = BEFORE_ALL
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What of a section goes into one file.

    `continued` are the ids of the sections that began in an earlier file; `start` is where in
    the whole section this part starts. `is_inside_paragraph` when the part starts with the
    rest of a paragraph.
    """

    section: Section
    start: Place
    continued: frozenset[str] = frozenset()
    is_inside_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class _BlockCut:
    """`characters` of the first block of the tail stand at the end of the head."""

    head: tuple[Block, ...]
    tail: tuple[Block, ...]
    characters: int = 0
    is_inside_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class _SectionCut:
    head: Section
    tail: Section
    start: Place
    continued: tuple[str, ...]
    is_inside_paragraph: bool = False


def whole(section: Section) -> Part:
    """A section that one file holds."""
    return Part(section, Place(section.id))


def split(section: Section, cost: Cost) -> tuple[Part, ...]:
    """`section` as the parts that fit into files; `cost` is what a block takes, in bytes.

    All children of `section` stay inside its files. Nothing is lost, doubled or moved.
    """
    parts = [whole(section)]
    while (size := _size(parts[-1].section, cost)) > MAX_BYTES:
        rest = parts[-1]
        cut = _cut_section(rest.section, size / ceil(size / _PLANNED_BYTES), cost)
        if cut is None:
            break
        parts[-1] = replace(rest, section=cut.head)
        parts.append(
            Part(
                cut.tail,
                _counted_on(cut.start, rest.start),
                frozenset(cut.continued),
                cut.is_inside_paragraph,
            )
        )
    return tuple(parts)


def _counted_on(place: Place, start: Place) -> Place:
    """A place in the rest of a section as a place in the whole of it."""
    if place.section_id != start.section_id or start.block == BEFORE_ALL:
        return place
    characters = start.characters if place.block == 0 else 0
    return Place(place.section_id, start.block + place.block, characters + place.characters)


def _size(section: Section, cost: Cost) -> int:
    own = sum(cost(block) for block in section.blocks)
    return _HEADING_BYTES + own + sum(_size(child, cost) for child in section.children)


# --- sections -----------------------------------------------------------------------------


def _cut_section(section: Section, room: float, cost: Cost) -> _SectionCut | None:
    """Cut so that the head takes `room`; None when there is no place for a cut."""
    room -= _HEADING_BYTES
    enough = room * _WELL_FILLED
    if cut := _cut_blocks(section.blocks, room, cost):
        return _SectionCut(
            replace(section, blocks=cut.head, children=()),
            replace(section, blocks=cut.tail),
            Place(section.id, len(section.blocks) - len(cut.tail), cut.characters),
            (section.id,),
            cut.is_inside_paragraph,
        )
    used = sum(cost(block) for block in section.blocks)
    for index, child in enumerate(section.children):
        size = _size(child, cost)
        if used + size > room:
            if used > enough:
                return _before_child(section, index)
            is_worth = _is_worth(size, room - used)
            if is_worth and (inner := _cut_section(child, room - used, cost)):
                return _around(section, index, inner)
            if index or section.blocks:
                return _before_child(section, index)
        used += size
    return None


def _is_worth(size: float, room: float) -> bool:
    return size > _LARGE_BYTES and room > _LARGE_BYTES


def _around(section: Section, index: int, inner: _SectionCut) -> _SectionCut:
    """The cut through a child as a cut through `section`."""
    children = section.children
    return replace(
        inner,
        head=replace(section, children=(*children[:index], inner.head)),
        tail=replace(section, blocks=(), children=(inner.tail, *children[index + 1 :])),
        continued=(section.id, *inner.continued),
    )


def _before_child(section: Section, index: int) -> _SectionCut:
    return _SectionCut(
        replace(section, children=section.children[:index]),
        replace(section, blocks=(), children=section.children[index:]),
        Place(section.children[index].id),
        (section.id,),
    )


# --- blocks -------------------------------------------------------------------------------


def _cut_blocks(blocks: tuple[Block, ...], room: float, cost: Cost) -> _BlockCut | None:
    """Cut so that the head takes `room`, or one block; None when all of it does."""
    used = natural = 0
    for index, block in enumerate(blocks):
        size = cost(block)
        if used + size > room:
            inner = _cut_block(block, room - used, cost) if _is_worth(size, room - used) else None
            if inner:
                return replace(
                    inner, head=blocks[:index] + inner.head, tail=inner.tail + blocks[index + 1 :]
                )
            at = max(natural or index, 1)
            while at > 1 and isinstance(blocks[at - 1], Heading):
                at -= 1
            return _BlockCut(blocks[:at], blocks[at:]) if blocks[at:] else None
        if isinstance(block, Heading) and used > room * _NEARLY_FULL:
            natural = index
        used += size
        if isinstance(block, Break) and used > room * _NEARLY_FULL:
            natural = index + 1
    return None


def _cut_block(block: Block, room: float, cost: Cost) -> _BlockCut | None:
    """Cut inside one block; None when it has to stay whole.

    Where it is cut follows from its share of the room: lines of a verse and items of a list
    are much alike.
    """
    share = room / cost(block)
    match block:
        case Paragraph(inlines, role):
            first, second = cut_inlines(inlines, share)
            if not first or not second:
                return None
            cut = _between(replace(block, inlines=first), replace(block, inlines=second))
            return replace(cut, is_inside_paragraph=role == "body")
        case Verse(lines):
            at = _stanza_end(lines, int(len(lines) * share))
            if not 0 < at < len(lines):
                return None
            return _between(replace(block, lines=lines[:at]), replace(block, lines=lines[at:]))
        case ListBlock(items, _, start):
            at = int(len(items) * share)
            if not 0 < at < len(items):
                return None
            later = replace(block, items=items[at:], start=start + at)
            return _between(replace(block, items=items[:at]), later)
        case Quote(blocks):
            inner = _cut_blocks(blocks, room, cost)
            if inner is None:
                return None
            cut = _between(replace(block, blocks=inner.head), replace(block, blocks=inner.tail))
            return replace(cut, is_inside_paragraph=inner.is_inside_paragraph)
        case Table() | Figure() | Break() | Raw() | Heading():
            return None
        case _:
            assert_never(block)


def _between(head: Block, tail: Block) -> _BlockCut:
    lines = block_lines(head, readings=False)
    return _BlockCut((head,), (tail,), sum(len(visible(line)) for line in lines))


def _stanza_end(lines: tuple[tuple[Inline, ...], ...], at: int) -> int:
    """The last end of a stanza shortly before the line `at`; `at` itself when there is none."""
    first = int(at * _NEARLY_FULL)
    return next((line for line in range(at, first, -1) if not lines[line - 1]), at)
