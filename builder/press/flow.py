"""Book → blocks of lines: the book in reading order, as the pages take it.

A generator, so that of a book of any length only the page in hand is there. Here are parts,
sections and headings; `blocks` sets what stands below them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from builder.core.book import Section, Text, heading_of
from builder.core.specimen import PartName, SectionKey, section_key
from builder.press.blocks import MAX_HEADING, SECTION_ANCHOR, Blocks, SectionInHand
from builder.press.copy import Writer
from builder.press.frame import BlockStyle
from builder.press.grid import Turn
from builder.press.looks import Looks, kept
from builder.press.notes import NOTE_ANCHOR, Notes
from builder.press.strips import (
    Opening,
    Place,
    SlabStrip,
    Strip,
    TextBlock,
    TextItem,
    opening_of,
    plain_copy,
    side_of,
    strings_of,
)
from builder.press.tree import ROOT, Tree

if TYPE_CHECKING:
    pass

NOTES_ID = "notes"
LEAST_FOLLOWING = 2  # lines of text under a heading
# A title of two halves of five characters or more, as of the old novels.
# Example: 甄士隐梦幻识通灵　贾雨村风尘怀闺秀. Counter-example: 风雪　夜, 一二三四五六.
_COUPLET = re.compile("([^\u3000]{5,})\u3000([^\u3000]{5,})")


class Flow:
    """Walks a book: its parts, its sections, their headings; a page has `rows`."""

    def __init__(
        self, looks: Looks, writer: Writer, notes: Notes, tree: Tree, blocks: Blocks, *, rows: int
    ) -> None:
        self._rows = rows
        self._looks = looks
        self._writer = writer
        self._notes = notes
        self._tree = tree
        self._blocks = blocks
        # What opens without a page of its own, by the anchor where it does.
        self.running_on: dict[str, Opening] = {}
        # Where what shows nothing is, by its anchor: at what follows, or at what came last.
        self.elsewhere: dict[str, str] = {}
        self._last = ""
        self._waiting: list[str] = []

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
        own = SectionInHand(key, self._tree.add("Sect", parent), section.id, len(path))
        head = self._looks.heading(key, "").style
        opening = Opening(own.id, self._strings(key, section.heading))
        if head.break_before in {"page", "recto", "verso"}:
            yield _turn(head, opening)
        elif opening.strings:
            self.running_on[SECTION_ANCHOR + own.id] = opening
        shown = chain(self._heading(section, own), self._blocks.of(section.blocks, own))
        yield from self._anchored(shown, own)
        if head.break_after in {"page", "recto", "verso"}:
            yield _turn(replace(head, break_before=head.break_after))
        for child in section.children:
            yield from self._section((*path, child), part, own.element, is_first=is_first)

    def _anchored(self, blocks: Iterator[TextBlock], own: SectionInHand) -> Iterator[TextBlock]:
        """The blocks of a section, the first of which is where links to it lead."""
        first, anchor = next(blocks, None), SECTION_ANCHOR + own.id
        if first is None:
            self._waiting.append(anchor)
            self.elsewhere[anchor] = self._last
            return
        if isinstance(first.subject, Strip | SlabStrip):
            first.subject.anchor = self._last = anchor
            self.elsewhere.update(dict.fromkeys(self._waiting, anchor))
            self._waiting.clear()
        yield first
        yield from blocks

    def _strings(self, key: SectionKey, heading: str) -> tuple[tuple[str, str], ...]:
        if not heading:
            return ()
        return strings_of(self._looks.frame.strings.get(key, ()), heading)

    def _heading(self, section: Section, own: SectionInHand) -> Iterator[TextBlock]:
        """The heading, in as many copies as it has parts of their own."""
        looks, key = self._looks, own.key
        whole = looks.heading(key, "")
        label = section.label if looks.heading(key, "label").style.is_shown else ""
        title = section.title if looks.heading(key, "title").style.is_shown else ""
        if not whole.style.is_shown or not (label or title):
            return
        element = self._tree.add(f"H{min(own.depth, MAX_HEADING)}", own.element)
        if label and title and looks.heading(key, "gap").style.is_shown:
            parts = [(heading_of(label, title), whole)]
        else:
            parts = [(label, looks.heading(key, "label"))] if label else []
            halves = _COUPLET.fullmatch(title)
            if halves and not looks.heading(key, "half-gap").style.is_shown:
                parts += [(words, looks.heading(key, "half")) for words in halves.groups()]
            elif title:
                parts.append((title, looks.heading(key, "title")))
        before, after = whole.spacing.before, whole.spacing.after
        found: list[TextBlock] = []
        for number, (words, look) in enumerate(parts):
            look = kept(
                look,
                following=True,
                before=before if number == 0 else 0,
                after=after if number == len(parts) - 1 else 0,
            )
            strip = self._blocks.strip(
                (Text(words),), look, element, Place(SECTION_ANCHOR + own.id)
            )
            found.append(self._blocks.block(strip))
        # A long one begins higher on its page, and not on one page to end on the next.
        height = sum(block.spacing.unit * len(block.lines) for block in found)
        following = after + LEAST_FOLLOWING if section.blocks else 0
        room = max(0, int(self._rows - height - following))
        found[0].spacing = replace(found[0].spacing, before=min(before, room))
        yield from found

    # --- notes without a mark -------------------------------------------------------------

    def unmentioned(self, title: str) -> Iterator[TextItem]:
        """The notes that nothing mentions, at the end of the book, under a heading."""
        left, frame, tree = self._notes.unmentioned(), self._looks.frame, self._tree
        if not left or not frame.left_note.is_shown:
            return
        yield Turn(frame.left_title.page, "", subject=opening_of(frame, NOTES_ID, title))
        section = tree.add("Sect", ROOT)
        if frame.left_title.is_shown:
            look = kept(self._looks.of(frame.left_title), following=True)
            copied = plain_copy(title, look, tree.add("H1", section))
            yield self._blocks.block(Strip(look, copied, Place(NOTES_ID), NOTES_ID))
        article = tree.add("Art", section)
        body = self._looks.of(frame.left_note)
        for number, note in enumerate(left):
            element = tree.add("Note", article)
            for copied in self._notes.loose(self._writer, note, element, body):
                strip = Strip(body, copied, Place(NOTES_ID, number), NOTE_ANCHOR + note.id)
                yield self._blocks.block(strip)


def _turn(style: BlockStyle, subject: Opening | None = None) -> Turn:
    return Turn(style.page, side_of(style), subject=subject)
