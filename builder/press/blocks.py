"""The blocks of a section → lines: paragraphs, verse, quotations, lists, raw text, hosted blocks.

Generators, so that of a book of any length only the page in hand is there. Every block of lines
is about a `Strip`: its copy with its look, and where in the book it stands.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from builder.core.book import Block as BookBlock
from builder.core.book import (
    Break,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    Raw,
    Table,
    Text,
    Verse,
)
from builder.core.specimen import BlockKey, SectionKey, block_kind
from builder.press.copy import Copied, Writer, is_plain
from builder.press.folios import marker_words
from builder.press.frame import Part
from builder.press.grid import Block, Spacing, Turning, rows_of
from builder.press.looks import Look, Looks, kept
from builder.press.setting import Copy, Line, Run
from builder.press.strips import (
    ARTIFACT,
    Place,
    SlabStrip,
    Strip,
    TextBlock,
    TextFoot,
    characters_of,
    raw_copy,
    visible_count,
)
from builder.press.tree import Tree
from builder.press.upright import cells

if TYPE_CHECKING:
    from builder.press.hosting import LaidSlab

SECTION_ANCHOR = "s-"
MAX_HEADING = 6
# A stanza is kept on one page up to so many lines.
MAX_STANZA = 12
# Paragraphs that are measured at once: more would save nothing, and keep more lines waiting.
_TOGETHER = 64


@dataclass(slots=True, eq=False)
class SectionInHand:
    """What the blocks of one section share."""

    key: SectionKey
    element: int
    id: str
    depth: int
    path: tuple[int, ...] = ()
    looks: dict[tuple[tuple[str, ...], str, str, str], tuple[BlockKey, Look]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Blocks that stand together under one element; `marker` stands before the first of them."""

    blocks: tuple[BookBlock, ...]
    path: tuple[int, ...]
    element: int
    marker: Copy | None = None


class Blocks:
    """Sets the blocks of one book. `break_lines` breaks a copy, `break_together` paragraphs that
    look alike; `slabs` are the hosted blocks by their place.
    """

    def __init__(
        self,
        looks: Looks,
        writer: Writer,
        tree: Tree,
        *,
        break_lines: Callable[[Copy], Sequence[Line]],
        break_together: Callable[[Sequence[str], Copy], tuple[Copy, Sequence[Sequence[Line]]]],
        slabs: Mapping[tuple[str, tuple[int, ...]], Sequence["LaidSlab"]],
    ) -> None:
        self._looks = looks
        self._writer = writer
        self._tree = tree
        self._break_lines = break_lines
        self._break_together = break_together
        self._slabs = slabs
        self._is_vertical = looks.frame.is_vertical

    def of(self, blocks: tuple[BookBlock, ...], own: SectionInHand) -> Iterator[TextBlock]:
        """The blocks of a section, without those of the sections in it."""
        kinds = ["", *map(block_kind, blocks), ""]
        section = SECTION_ANCHOR + own.id
        alike: Look | None = None
        waiting: list[tuple[str, Place]] = []
        for number, block in enumerate(blocks):
            place = Place(section, number)
            text = _plain_text(block)
            if text:
                _, look = self._look(own, (), kinds, number)
                if look is not alike or len(waiting) == _TOGETHER:
                    if waiting and alike:
                        yield from self._plain(waiting, alike, own.element)
                    alike, waiting = look, []
                waiting.append((text, place))
                continue
            if waiting and alike:
                yield from self._plain(waiting, alike, own.element)
                waiting = []
            yield from self._any(block, own, (), kinds, number, place, (number,))
        if waiting and alike:
            yield from self._plain(waiting, alike, own.element)

    def _look(
        self, own: SectionInHand, around: tuple[str, ...], kinds: list[str], number: int
    ) -> tuple[BlockKey, Look]:
        wanted = around, kinds[number + 1], kinds[number], kinds[number + 2]
        known = own.looks.get(wanted)
        if known is None:
            key: BlockKey = (own.key, around, wanted[1], wanted[2], wanted[3])
            known = own.looks[wanted] = key, self._looks.block(key)
        return known

    def _plain(
        self, waiting: Sequence[tuple[str, Place]], look: Look, parent: int
    ) -> Iterator[TextBlock]:
        """Paragraphs of nothing but words that look alike; most of a novel is these."""
        style = look.style
        if not style.is_shown:
            return
        like = Copy("", (Run(0, 0, style.text),), look.measure, style.indent, style.align)
        together, broken = like, _unbroken(len(waiting))
        if not self._is_vertical:
            together, broken = self._break_together([text for text, _ in waiting], like)
        shared = Copied(together)
        for (text, place), lines in zip(waiting, broken, strict=True):
            element = self._tree.add("P", parent)
            if lines:
                strip = Strip(look, shared, place, element=element)
                yield Block(look.spacing, lines, None, strip)
                continue
            runs = (Run(0, len(text), style.text),)
            copy = Copy(text, runs, look.measure, style.indent, style.align, element)
            if self._is_vertical:
                copy = cells(copy)
            strip = Strip(look, Copied(copy), place)
            yield Block(look.spacing, self._break_lines(copy), None, strip)

    def _any(
        self,
        block: BookBlock,
        own: SectionInHand,
        around: tuple[str, ...],
        kinds: list[str],
        number: int,
        place: Place,
        path: tuple[int, ...],
        parent: int = -1,
    ) -> Iterator[TextBlock]:
        """One block, with the turns of the page that its style asks for."""
        key, look = self._look(own, around, kinds, number)
        if not look.style.is_shown:
            return
        inside = (*around, kinds[number + 1])
        parent = own.element if parent < 0 else parent
        found = self._set(block, own, (key, inside), look, place, path, parent)
        if look.spacing.turns is None:
            yield from found
        else:
            yield from _turned(found, look.spacing.turns)

    def _set(
        self,
        block: BookBlock,
        own: SectionInHand,
        kind: tuple[BlockKey, tuple[str, ...]],
        look: Look,
        place: Place,
        path: tuple[int, ...],
        parent: int,
    ) -> Iterator[TextBlock]:
        """The lines of one block; `kind` is its key, and what stands around blocks inside it."""
        key, inside = kind
        slabs = self._slabs.get((own.id, path))
        if slabs:
            yield from self._hosted(slabs, look, parent, place)
            return
        pictures = self._pictures(own.id, path)
        self._writer.pictures = iter(pictures)
        match block:
            case Paragraph(inlines):
                element = self._tree.add("P", parent)
                yield self.block(self.strip(inlines, look, element, place, key))
            case Heading(inlines, level):
                look = kept(look, following=True)
                element = self._tree.add(f"H{min(own.depth + level, MAX_HEADING)}", parent)
                yield self.block(self.strip(inlines, look, element, place, key))
            case Verse(lines):
                yield from self._verse(lines, key, parent, place)
            case Quote(inner):
                element = self._tree.add("BlockQuote", parent)
                groups = [_Group(inner, path, element)]
                yield from self._together(groups, own, inside, look, place)
            case ListBlock():
                groups = list(self._items(block, key, path, parent))
                yield from self._together(groups, own, inside, look, place)
            case Raw(text):
                copied = raw_copy(text, look, self._tree.add("P", parent))
                yield self.block(Strip(look, copied, place))
            case Break():
                yield self.block(self._scene_break(look, place))
            case Table() | Figure():
                return  # hosted
            case _:
                assert_never(block)
        # A big picture follows the words that it stands among.
        for picture in pictures:
            if not self._writer.is_small(picture):
                yield from self._hosted((picture,), look, parent, place)

    def _pictures(self, section: str, path: tuple[int, ...]) -> tuple["LaidSlab", ...]:
        """The pictures among the words of a block."""
        found: list[LaidSlab] = []
        while slabs := self._slabs.get((section, (*path, -len(found) - 1))):
            found += slabs[:1]
        return tuple(found)

    def strip(
        self,
        inlines: tuple[Inline, ...],
        look: Look,
        element: int,
        place: Place,
        key: BlockKey | SectionKey | None = None,
        part: Part = "",
    ) -> Strip:
        """Some inlines in a look."""
        copied = self._writer.copy(
            inlines,
            look.style,
            measure=look.measure,
            element=element,
            key=key,
            part=part,
        )
        return Strip(look, copied, place)

    def block(self, strip: Strip) -> TextBlock:
        """A strip broken into lines, with the notes that each of them brings."""
        lines = self._break_lines(strip.copied.copy)
        feet: dict[int, list[TextFoot]] = {}
        for mention in strip.copied.mentions:
            if mention.brings:
                number = next(
                    (at for at, line in enumerate(lines) if mention.at < line.end), len(lines) - 1
                )
                feet.setdefault(number, []).extend(note.foot for note in mention.brings)
        return Block(strip.look.spacing, lines, feet or None, strip)

    def _verse(
        self, lines: tuple[tuple[Inline, ...], ...], key: BlockKey, parent: int, place: Place
    ) -> Iterator[TextBlock]:
        whole, look = self._looks.block(key), self._looks.block(key, "line")
        gap = self._looks.frame.blocks.get((key, "gap"))
        between = rows_of(gap.before, self._looks.grid) if gap else 1
        verse = self._tree.add("Div", parent)
        before, characters = whole.spacing.before, place.characters
        stanzas = _stanzas(lines)
        for at, stanza in enumerate(stanzas):
            element = self._tree.add("Div", verse)
            for number, line in enumerate(stanza):
                is_last = number == len(stanza) - 1
                own = kept(
                    look,
                    following=_stays(number, len(stanza)),
                    before=before if number == 0 else 0,
                    after=whole.spacing.after if is_last and at == len(stanzas) - 1 else 0,
                )
                here = replace(place, characters=characters)
                strip = self.strip(line, own, self._tree.add("P", element), here, key, "line")
                characters += visible_count(strip.copied.copy)
                yield self.block(strip)
            before = between

    def _together(
        self,
        groups: Sequence[_Group],
        own: SectionInHand,
        around: tuple[str, ...],
        look: Look,
        place: Place,
    ) -> Iterator[TextBlock]:
        """The blocks of a quotation, or of the items of a list; the distances of the whole go to
        the first and the last of them.
        """
        held: TextBlock | None = None
        characters = place.characters
        for group in groups:
            kinds = ["", *map(block_kind, group.blocks), ""]
            marker = group.marker
            for number, block in enumerate(group.blocks):
                here = replace(place, characters=characters)
                path = (*group.path, number)
                for one in self._any(block, own, around, kinds, number, here, path, group.element):
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

    def _items(
        self, block: ListBlock, key: BlockKey, path: tuple[int, ...], parent: int
    ) -> Iterator[_Group]:
        """The items of a list, each with its mark."""
        frame, tree = self._looks.frame, self._tree
        counter = frame.markers.get(key, "decimal" if block.is_ordered else "disc")
        style = self._looks.block(key, "marker").style.text
        whole = tree.add("L", parent)
        for number, item in enumerate(block.items):
            element = tree.add("LI", whole)
            words = marker_words(block.start + number, counter)
            marker = None
            if words:
                runs = (Run(0, len(words), style),)
                marker = Copy(words, runs, 0.0, element=tree.add("Lbl", element))
                marker = cells(marker) if self._is_vertical else marker
            yield _Group(item, (*path, number), tree.add("LBody", element), marker)

    def _scene_break(self, look: Look, place: Place) -> Strip:
        """＊　＊　＊ is drawn: no character of the text."""
        style = look.style
        text = self._looks.frame.break_words
        runs = (Run(0, len(text), style.text),) if text else ()
        copy = Copy(text, runs, look.measure, 0.0, "center", ARTIFACT)
        spacing = replace(look.spacing, keeps_next=True, keeps_before=True)
        return Strip(replace(look, spacing=spacing), Copied(copy), place)

    def _hosted(
        self, slabs: Sequence["LaidSlab"], look: Look, parent: int, place: Place
    ) -> Iterator[TextBlock]:
        """A block that WeasyPrint laid out, page by page of its own."""
        characters = place.characters
        for number, slab in enumerate(slabs):
            across = slab.width if self._is_vertical else slab.height
            spacing = Spacing(
                unit=float(max(1, rows_of(across, self._looks.grid))),
                before=look.spacing.before if number == 0 else 0,
                after=look.spacing.after if number == len(slabs) - 1 else 0,
                orphans=1,
                widows=1,
            )
            strip = SlabStrip(slab, parent, look, replace(place, characters=characters))
            characters += slab.characters
            yield Block(spacing, (None,), None, strip)


def _unbroken(count: int) -> Sequence[Sequence[Line]]:
    return [()] * count


def _plain_text(block: BookBlock) -> str:
    """The text of a paragraph of nothing but words that can be set as they are; else nothing."""
    if type(block) is Paragraph and len(block.inlines) == 1:
        (inline,) = block.inlines
        if type(inline) is Text and is_plain(inline.value):
            return inline.value
    return ""


def _turned(blocks: Iterator[TextBlock], turns: tuple[Turning, Turning]) -> Iterator[TextBlock]:
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


def _stanzas(lines: tuple[tuple[Inline, ...], ...]) -> list[list[tuple[Inline, ...]]]:
    stanzas: list[list[tuple[Inline, ...]]] = [[]]
    for line in lines:
        if line:
            stanzas[-1].append(line)
        elif stanzas[-1]:
            stanzas.append([])
    return [stanza for stanza in stanzas if stanza]


def _stays(number: int, count: int) -> bool:
    """Whether line `number` of a stanza of `count` lines stays with the next one."""
    if number == count - 1:
        return False
    return count <= MAX_STANZA or number == 0 or number == count - 2


def _no_less(spacing: Spacing, *, before: int = 0, after: int = 0) -> Spacing:
    return replace(spacing, before=max(spacing.before, before), after=max(spacing.after, after))
