"""The blocks of a section → lines: paragraphs, verse, quotations, lists, raw text, hosted blocks.

Generators, so that of a book of any length only the page in hand is there. Every block of lines
is about a `Strip`: its copy with its look, and where in the book it stands.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate, chain, groupby, islice, repeat
from operator import attrgetter
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
from builder.press.frame import Part
from builder.press.grid import Block, Spacing, rows_of
from builder.press.groups import (
    Group,
    hosted,
    items_of,
    scene_break,
    stanzas_of,
    stays,
    together,
    turned,
)
from builder.press.lines import Together
from builder.press.looks import Look, Looks, kept
from builder.press.setting import Copy, Line, Run
from builder.press.strips import (
    Place,
    Strip,
    TextBlock,
    TextFoot,
    raw_copy,
    visible_count,
)
from builder.press.tree import Tree
from builder.press.upright import cells

if TYPE_CHECKING:
    from builder.press.hosting import LaidSlab

SECTION_ANCHOR = "s-"
MAX_HEADING = 6
# Paragraphs that are measured at once: more would save nothing, and keep more lines waiting.
_TOGETHER = 64
_LINE_END = attrgetter("end")


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
        break_together: Callable[[Sequence[str], Copy], Together],
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
        texts = [_plain_text(block) for block in blocks]

        def look_of(number: int) -> Look | None:
            return self._look(own, (), kinds, number)[1] if texts[number] else None

        for look, numbers in groupby(range(len(blocks)), look_of):
            while look and (some := list(islice(numbers, _TOGETHER))):
                plain = [texts[number] for number in some]
                yield from self._plain(plain, Place(section, some[0]), look, own.element)
            for number in numbers:
                place = Place(section, number)
                yield from self._any(own, (), blocks[number], kinds, number, place, (number,))

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
        self, texts: Sequence[str], place: Place, look: Look, parent: int
    ) -> Iterator[TextBlock]:
        """Paragraphs of nothing but words that look alike, the first of them at `place`; most of a
        novel is these.
        """
        style = look.style
        if not style.is_shown:
            return
        like = Copy("", (Run(0, 0, style.text),), look.measure, style.indent, style.align)
        together = Together(like, [], [0] * len(texts))
        if not self._is_vertical:
            together = self._break_together(texts, like)
        elements = self._tree.add_all("P", parent, len(texts))
        since = 0
        for first, last in _stretches(together.counts, may_join=look.spacing == Spacing()):
            here = replace(place, block=place.block + first)
            counts = together.counts[first:last]
            lines = together.lines[since : since + sum(counts)]
            since += len(lines)
            if lines:
                of_lines = chain.from_iterable(map(repeat, elements[first:last], counts))
                strip = Strip(look, Copied(together.copy), here, elements=tuple(of_lines))
                starts = tuple(accumulate(counts[:-1], initial=0))
                yield Block(look.spacing, lines, None, strip, starts)
                continue
            text = texts[first]
            runs = (Run(0, len(text), style.text),)
            copy = Copy(text, runs, look.measure, style.indent, style.align, elements[first])
            copy = cells(copy) if self._is_vertical else copy
            strip = Strip(look, Copied(copy), here)
            yield Block(look.spacing, self._break_lines(copy), None, strip)

    def _any(
        self,
        own: SectionInHand,
        around: tuple[str, ...],
        block: BookBlock,
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
            yield from turned(found, look.spacing.turns)

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
            yield from hosted(slabs, look, parent, place, grid=self._looks.grid)
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
                groups = [Group(inner, path, element)]
                yield from together(groups, look, place, partial(self._any, own, inside))
            case ListBlock():
                groups = list(items_of(block, key, path, parent, self._looks, self._tree))
                yield from together(groups, look, place, partial(self._any, own, inside))
            case Raw(text):
                copied = raw_copy(text, look, self._tree.add("P", parent))
                yield self.block(Strip(look, copied, place))
            case Break():
                yield self.block(scene_break(self._looks.frame.break_words, look, place))
            case Table() | Figure():
                return  # hosted
            case _:
                assert_never(block)
        # A big picture follows the words that it stands among.
        for picture in pictures:
            if not self._writer.is_small(picture):
                yield from hosted((picture,), look, parent, place, grid=self._looks.grid)

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
                number = min(bisect_right(lines, mention.at, key=_LINE_END), len(lines) - 1)
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
        stanzas = stanzas_of(lines)
        for at, stanza in enumerate(stanzas):
            element = self._tree.add("Div", verse)
            for number, line in enumerate(stanza):
                is_last = number == len(stanza) - 1
                own = kept(
                    look,
                    following=stays(number, len(stanza)),
                    before=before if number == 0 else 0,
                    after=whole.spacing.after if is_last and at == len(stanzas) - 1 else 0,
                )
                here = replace(place, characters=characters)
                strip = self.strip(line, own, self._tree.add("P", element), here, key, "line")
                characters += visible_count(strip.copied.copy)
                yield self.block(strip)
            before = between


def _stretches(counts: Sequence[int], *, may_join: bool) -> Iterator[tuple[int, int]]:
    """From where to where paragraphs are one block, by the numbers of their lines."""
    first = 0
    for number in range(1, len(counts)):
        if not (may_join and counts[first] and counts[number]):
            yield first, number
            first = number
    yield first, len(counts)


def _plain_text(block: BookBlock) -> str:
    """The text of a paragraph of nothing but words that can be set as they are; else nothing."""
    if type(block) is Paragraph and len(block.inlines) == 1:
        (inline,) = block.inlines
        if type(inline) is Text and is_plain(inline.value):
            return inline.value
    return ""
