"""Book → blocks of lines: the book in reading order, as the pages take it.

A generator, so that of a book of any length only the page in hand is there. Every block is a
`Strip`: its copy with its look, where in the book it stands, what is to be found there.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, assert_never

from builder.core.book import (
    Block as BookBlock,
)
from builder.core.book import (
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
    Text,
    Verse,
)
from builder.core.specimen import (
    BlockKey,
    PartName,
    SectionKey,
    block_kind,
    section_key,
)
from builder.press.copy import Copied, Writer, is_plain
from builder.press.folios import marker_words
from builder.press.frame import BlockStyle, Part
from builder.press.looks import Look, Looks, kept
from builder.press.notes import NOTE_ANCHOR, Notes
from builder.press.pages import Block, Spacing, Turn, rows_of
from builder.press.setting import Copy, Line, Run
from builder.press.strips import (
    ARTIFACT,
    Opening,
    Place,
    SlabStrip,
    Strip,
    TextBlock,
    TextFoot,
    TextItem,
    characters_of,
    opening_of,
    plain_copy,
    raw_copy,
    strings_of,
    visible_count,
)
from builder.press.tree import ROOT, Tree
from builder.press.upright import cells

if TYPE_CHECKING:
    from builder.press.hosting import LaidSlab

SECTION_ANCHOR = "s-"
NOTES_ID = "notes"
MAX_HEADING = 6
# A stanza is kept on one page up to so many lines.
MAX_STANZA = 12
# A title of two halves of five characters or more, as of the old novels.
# Example: 甄士隐梦幻识通灵　贾雨村风尘怀闺秀. Counter-example: 风雪　夜, 一二三四五六.
_COUPLET = re.compile("([^\u3000]{5,})\u3000([^\u3000]{5,})")


@dataclass(slots=True, eq=False)
class _Section:
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


class Flow:
    """Walks a book. `break_lines` breaks a copy, `slabs` are the hosted blocks by their place."""

    def __init__(
        self,
        looks: Looks,
        writer: Writer,
        notes: Notes,
        tree: Tree,
        *,
        break_lines: Callable[[Copy], Sequence[Line]],
        slabs: Mapping[tuple[str, tuple[int, ...]], Sequence["LaidSlab"]],
    ) -> None:
        self._looks = looks
        self._writer = writer
        self._notes = notes
        self._tree = tree
        self._break_lines = break_lines
        self._slabs = slabs
        self._is_vertical = looks.frame.is_vertical

    def part(self, name: PartName, sections: tuple[Section, ...]) -> Iterator[TextItem]:
        """Front matter, body or back matter: an article with its sections."""
        if not sections:
            return
        article = self._tree.add("Art", ROOT)
        for number, section in enumerate(sections):
            yield from self._section((section,), name, article, is_first=number == 0)

    def _section(
        self, path: tuple[Section, ...], part: PartName, parent: int, *, is_first: bool
    ) -> Iterator[TextItem]:
        section = path[-1]
        key = section_key(part, path, is_first=is_first)
        own = _Section(key, self._tree.add("Sect", parent), section.id, len(path))
        head = self._looks.heading(key, "").style
        if head.break_before in {"page", "recto", "verso"}:
            yield _turn(head, Opening(own.id, self._strings(key, section.heading)))
        yield from self._anchored(chain(self._heading(section, own), self._blocks(section.blocks, own)), own)  # fmt: skip
        if head.break_after in {"page", "recto", "verso"}:
            yield _turn(replace(head, break_before=head.break_after))
        for child in section.children:
            yield from self._section((*path, child), part, own.element, is_first=is_first)

    def _anchored(self, blocks: Iterator[TextBlock], own: _Section) -> Iterator[TextBlock]:
        """The blocks of a section, the first of which is where links to it lead."""
        first = next(blocks, None)
        if first is None:
            return
        if isinstance(first.subject, Strip | SlabStrip):
            first.subject.anchor = SECTION_ANCHOR + own.id
        yield first
        yield from blocks

    def _strings(self, key: SectionKey, heading: str) -> tuple[tuple[str, str], ...]:
        if not heading:
            return ()
        return strings_of(self._looks.frame.strings.get(key, ()), heading)

    def _heading(self, section: Section, own: _Section) -> Iterator[TextBlock]:
        """The heading, in as many copies as it has parts of their own."""
        if not section.heading:
            return
        looks, key = self._looks, own.key
        element = self._tree.add(f"H{min(own.depth, MAX_HEADING)}", own.element)
        whole = looks.heading(key, "")
        if looks.heading(key, "gap").style.is_shown or not (section.label and section.title):
            part: Part = "title" if section.title else "label"
            look = whole if (section.label and section.title) else looks.heading(key, part)
            parts = [(section.heading, look)]
        else:
            parts = [(section.label, looks.heading(key, "label"))]
            halves = _COUPLET.fullmatch(section.title)
            title = looks.heading(key, "title")
            if halves and not looks.heading(key, "half-gap").style.is_shown:
                half = looks.heading(key, "half")
                parts += [(words, half) for words in halves.groups()]
            else:
                parts.append((section.title, title))
        before, after = whole.spacing.before, whole.spacing.after
        for number, (words, look) in enumerate(parts):
            look = kept(
                look,
                following=True,
                before=before if number == 0 else 0,
                after=after if number == len(parts) - 1 else 0,
            )
            strip = self._strip((Text(words),), look, element, Place(SECTION_ANCHOR + own.id))
            yield self._block(strip)

    # --- blocks ---------------------------------------------------------------------------

    def _blocks(self, blocks: tuple[BookBlock, ...], own: _Section) -> Iterator[TextBlock]:
        kinds = ["", *map(block_kind, blocks), ""]
        section = SECTION_ANCHOR + own.id
        for number, block in enumerate(blocks):
            place = Place(section, number)
            if type(block) is Paragraph:
                _, look = self._look(own, (), kinds, number)
                inlines = block.inlines
                if len(inlines) == 1 and type(inlines[0]) is Text:
                    text = inlines[0].value
                    if is_plain(text):
                        yield self._plain(text, look, own.element, place)
                        continue
            yield from self._any(block, own, (), kinds, number, place, (number,))

    def _look(
        self, own: _Section, around: tuple[str, ...], kinds: list[str], number: int
    ) -> tuple[BlockKey, Look]:
        wanted = around, kinds[number + 1], kinds[number], kinds[number + 2]
        known = own.looks.get(wanted)
        if known is None:
            key: BlockKey = (own.key, around, wanted[1], wanted[2], wanted[3])
            known = own.looks[wanted] = key, self._looks.block(key)
        return known

    def _plain(self, text: str, look: Look, parent: int, place: Place) -> TextBlock:
        """A paragraph of nothing but words; most of a novel is these."""
        style = look.style
        element = self._tree.add("P", parent)
        runs = (Run(0, len(text), style.text),) if text else ()
        copy = Copy(text, runs, look.measure, style.indent, style.align, element)
        if self._is_vertical:
            copy = cells(copy)
        return Block(look.spacing, self._break_lines(copy), None, Strip(look, Copied(copy), place))

    def _any(
        self,
        block: BookBlock,
        own: _Section,
        around: tuple[str, ...],
        kinds: list[str],
        number: int,
        place: Place,
        path: tuple[int, ...],
        parent: int = -1,
    ) -> Iterator[TextBlock]:
        parent = own.element if parent < 0 else parent
        key, look = self._look(own, around, kinds, number)
        slabs = self._slabs.get((own.id, path))
        if slabs:
            yield from self._hosted(slabs, look, parent, place)
            return
        match block:
            case Paragraph(inlines):
                element = self._tree.add("P", parent)
                yield self._block(self._strip(inlines, look, element, place, key))
            case Heading(inlines, level):
                kind = f"H{min(own.depth + level, MAX_HEADING)}"
                look = kept(look, following=True)
                element = self._tree.add(kind, parent)
                yield self._block(self._strip(inlines, look, element, place, key))
            case Verse(lines):
                yield from self._verse(lines, key, parent, place)
            case Quote(inner):
                inside = (*around, kinds[number + 1])
                element = self._tree.add("BlockQuote", parent)
                groups = [_Group(inner, path, element)]
                yield from self._together(groups, own, inside, look, place)
            case ListBlock():
                inside = (*around, kinds[number + 1])
                groups = list(self._items(block, key, path, parent))
                yield from self._together(groups, own, inside, look, place)
            case Raw(text):
                copied = raw_copy(text, look, self._tree.add("P", parent))
                yield self._block(Strip(look, copied, place))
            case Break():
                yield self._block(self._scene_break(look, place))
            case Table() | Figure():
                return  # hosted
            case _:
                assert_never(block)

    def _strip(
        self,
        inlines: tuple[Inline, ...],
        look: Look,
        element: int,
        place: Place,
        key: BlockKey | SectionKey | None = None,
        part: Part = "",
    ) -> Strip:
        copied = self._writer.copy(
            inlines,
            look.style,
            measure=look.measure,
            element=element,
            key=key,
            part=part,
        )
        return Strip(look, copied, place)

    def _block(self, strip: Strip) -> TextBlock:
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
                strip = self._strip(line, own, self._tree.add("P", element), here, key, "line")
                characters += visible_count(strip.copied.copy)
                yield self._block(strip)
            before = between

    def _together(
        self,
        groups: Sequence[_Group],
        own: _Section,
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
                    if marker is not None and isinstance(subject, Strip):
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

    # --- notes without a mark -------------------------------------------------------------

    def unmentioned(self, title: str) -> Iterator[TextItem]:
        """The notes that nothing mentions, at the end of the book, under a heading."""
        left = self._notes.unmentioned()
        if not left:
            return
        frame, tree = self._looks.frame, self._tree
        yield Turn(frame.left_title.page, "", subject=opening_of(frame, NOTES_ID, title))
        look = kept(self._looks.of(frame.left_title), following=True)
        section = tree.add("Sect", ROOT)
        copied = plain_copy(title, look, tree.add("H1", section))
        strip = Strip(look, copied, Place(NOTES_ID), NOTES_ID)
        yield Block(look.spacing, self._break_lines(copied.copy), None, strip)
        article = tree.add("Art", section)
        body = self._looks.of(frame.left_note)
        for number, note in enumerate(left):
            element = tree.add("Note", article)
            for copied in self._notes.loose(self._writer, note, element, body):
                strip = Strip(body, copied, Place(NOTES_ID, number), NOTE_ANCHOR + note.id)
                yield self._block(strip)


def _turn(style: BlockStyle, subject: Opening | None = None) -> Turn:
    side = style.break_before if style.break_before in {"recto", "verso"} else ""
    return Turn(style.page, side, subject=subject)


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
