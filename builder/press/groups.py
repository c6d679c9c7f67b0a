"""Blocks that belong together: quotations, the items of lists, stanzas, the pages of a slab."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from builder.core.book import Block as BookBlock
from builder.core.book import Inline, ListBlock
from builder.core.specimen import BlockKey, block_kind
from builder.press.copy import Copied
from builder.press.folios import marker_words
from builder.press.grid import Block, Spacing, Turning, rows_of
from builder.press.looks import Look, Looks
from builder.press.setting import Copy, Run
from builder.press.strips import ARTIFACT, Place, SlabStrip, Strip, TextBlock, characters_of
from builder.press.tree import Tree
from builder.press.upright import cells

if TYPE_CHECKING:
    from builder.press.hosting import LaidSlab

# A stanza is kept on one page up to so many lines.
MAX_STANZA = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that stand together under one element; `marker` stands before the first of them."""

    blocks: tuple[BookBlock, ...]
    path: tuple[int, ...]
    element: int
    marker: Copy | None = None


class SetBlock(Protocol):
    """Sets block `number` of a group, whose kinds are `kinds`."""

    def __call__(
        self,
        block: BookBlock,
        kinds: list[str],
        number: int,
        place: Place,
        path: tuple[int, ...],
        parent: int,
        /,
    ) -> Iterator[TextBlock]: ...


def together(
    groups: Sequence[Group], look: Look, place: Place, set_block: SetBlock
) -> Iterator[TextBlock]:
    """The blocks of a quotation, or of the items of a list; the distances of the whole go to
    the first and the last of them. `set_block` sets one block of a group.
    """
    held: TextBlock | None = None
    characters = place.characters
    for group in groups:
        kinds = ["", *map(block_kind, group.blocks), ""]
        marker = group.marker
        for number, block in enumerate(group.blocks):
            here = replace(place, characters=characters)
            path = (*group.path, number)
            for one in set_block(block, kinds, number, here, path, group.element):
                subject = one.subject
                characters += characters_of(subject)
                if marker is not None and isinstance(subject, Strip | SlabStrip):
                    subject.marker, marker = marker, None
                if held is None:
                    one.spacing = _no_less(one.spacing, before=look.spacing.before)
                else:
                    yield held
                held = one
    if held is not None:
        held.spacing = _no_less(held.spacing, after=look.spacing.after)
        yield held


def items_of(
    block: ListBlock, key: BlockKey, path: tuple[int, ...], parent: int, looks: Looks, tree: Tree
) -> Iterator[Group]:
    """The items of a list, each with its mark."""
    frame = looks.frame
    counter = frame.markers.get(key, "decimal" if block.is_ordered else "disc")
    style = looks.block(key, "marker").style.text
    whole = tree.add("L", parent)
    for number, item in enumerate(block.items):
        element = tree.add("LI", whole)
        words = marker_words(block.start + number, counter)
        marker = None
        if words:
            runs = (Run(0, len(words), style),)
            marker = Copy(words, runs, 0.0, element=tree.add("Lbl", element))
            marker = cells(marker) if frame.is_vertical else marker
        yield Group(item, (*path, number), tree.add("LBody", element), marker)


def turned(blocks: Iterator[TextBlock], turns: tuple[Turning, Turning]) -> Iterator[TextBlock]:
    """The blocks of one, with the turn before it at the first and that after it at the last."""
    found = list(blocks)
    for number, block in enumerate(found):
        before, after = block.spacing.turns or ("", "")
        if number == 0:
            before = turns[0] or before
        if number == len(found) - 1:
            after = turns[1] or after
        own = (before, after) if before or after else None
        block.spacing = replace(block.spacing, turns=own)
        yield block


def hosted(
    slabs: Sequence["LaidSlab"], look: Look, parent: int, place: Place, *, grid: float
) -> Iterator[TextBlock]:
    """A block that WeasyPrint laid out, page by page of its own, on a grid of so many points."""
    characters = place.characters
    for number, slab in enumerate(slabs):
        across = slab.width if look.is_vertical else slab.height
        spacing = Spacing(
            unit=float(max(1, rows_of(across, grid))),
            before=look.spacing.before if number == 0 else 0,
            after=look.spacing.after if number == len(slabs) - 1 else 0,
            orphans=1,
            widows=1,
        )
        strip = SlabStrip(slab, parent, look, replace(place, characters=characters))
        characters += slab.characters
        yield Block(spacing, (None,), None, strip)


def scene_break(text: str, look: Look, place: Place) -> Strip:
    """＊　＊　＊ is drawn: no character of the text."""
    style = look.style
    runs = (Run(0, len(text), style.text),) if text else ()
    copy = Copy(text, runs, look.measure, 0.0, "center", ARTIFACT)
    spacing = replace(look.spacing, keeps_next=True, keeps_before=True)
    return Strip(replace(look, spacing=spacing), Copied(copy), place)


def stanzas_of(lines: tuple[tuple[Inline, ...], ...]) -> list[list[tuple[Inline, ...]]]:
    stanzas: list[list[tuple[Inline, ...]]] = [[]]
    for line in lines:
        if line:
            stanzas[-1].append(line)
        elif stanzas[-1]:
            stanzas.append([])
    return [stanza for stanza in stanzas if stanza]


def stays(number: int, count: int) -> bool:
    """Whether line `number` of a stanza of `count` lines stays with the next one."""
    if number == count - 1:
        return False
    return count <= MAX_STANZA or number == 0 or number == count - 2


def _no_less(spacing: Spacing, *, before: int = 0, after: int = 0) -> Spacing:
    return replace(spacing, before=max(spacing.before, before), after=max(spacing.after, after))
