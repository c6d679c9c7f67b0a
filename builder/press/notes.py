"""Notes: their marks in the text, and their words at the foot of the page.

A note is set once, where it is mentioned first. Its mark is a number that starts anew on each
page, so it is known only when the page is full; a second mention names the page of the first.
A note that a note mentions follows it.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import assert_never

from builder.core.book import (
    Block,
    Break,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Raw,
    Table,
    Text,
    Verse,
)
from builder.core.errors import ComposeError
from builder.core.numerals import circled
from builder.press.copy import Copied, Mention, Noted, Writer
from builder.press.frame import IN_NOTES, NoteArea, TextStyle
from builder.press.grid import Foot
from builder.press.looks import Look
from builder.press.setting import Copy, Line
from builder.press.tree import ROOT, Tree

NOTE_ANCHOR, MARK_ANCHOR = "n-", "r-"


@dataclass(frozen=True, slots=True)
class FootLine:
    """A line at the foot of a page. `opens` is the note that begins with it."""

    copied: Copied
    line: Line
    opens: "SetNote | None" = None


@dataclass(slots=True, eq=False)
class SetNote:
    """A note on its way to the foot of a page; `label` is that of its page, once known."""

    id: str
    foot: Foot[Line | FootLine | None]
    mark_element: int
    label: str = ""


@dataclass(slots=True, eq=False)
class Notes:
    """The notes of a book as they are set; `label` is that of the page in hand."""

    notes: Mapping[str, Note]
    area: NoteArea
    tree: Tree
    measure: float
    again: str
    again_style: TextStyle
    break_lines: Callable[[Copy], Sequence[Line]]
    label: str = ""
    known: dict[str, SetNote] = field(default_factory=dict)
    _waiting: deque[tuple[SetNote, int]] = field(default_factory=deque)
    _pending: set[str] = field(default_factory=set)
    _is_inside: bool = False
    # The paragraph that mentions the notes in hand, and the element that the next one follows.
    _parent: int = ROOT
    _last: int = -1

    def mention(self, writer: Writer, note_id: str, parent: int) -> Noted | None:
        """The mark of a note; None when the style sheets show no notes. Raises ComposeError E004
        when there is no such note.
        """
        if note_id not in self.notes:
            raise ComposeError("E004", note=note_id)
        if not self.area.body.is_shown:
            self.host((note_id,))
            return None
        lbl = self.tree.add("Lbl", parent)
        link = self.tree.add("Link", lbl)
        if not self._is_inside:
            self._parent, self._last = parent, lbl
        target = f"#{NOTE_ANCHOR}{note_id}"
        known = self.known.get(note_id)
        if known is not None and not (self._is_inside and note_id in self._pending):
            again = Mention(0, partial(self._again_words, known), target)
            return again, self.again_style, link
        first = known is None
        if known is None:
            known = self.known[note_id] = SetNote(note_id, Foot((), self.area.body.leading), -1)
            # A note never stands inside another, but behind it.
            self._last = self.tree.add("Note", self._parent, after=self._last)
            self._waiting.append((known, self._last))
            self._pending.add(note_id)
        mention = Mention(0, partial(self.number, known), target)
        if first and not self._is_inside:
            mention.brings = tuple(self._set_waiting(writer))
        return mention, self.area.call, link

    def _again_words(self, note: SetNote) -> str:
        return self.again.format(note.label or self.label)

    def _set_waiting(self, writer: Writer) -> Iterator[SetNote]:
        """Set the note just mentioned, and those that it mentions."""
        self._is_inside = True
        while self._waiting:
            note, element = self._waiting.popleft()
            self._pending.discard(note.id)
            self.set_body(writer, note, element)
            yield note
        self._is_inside = False

    def set_body(self, writer: Writer, note: SetNote, element: int) -> None:
        """Break the words of a note into the lines of its foot."""
        note.mark_element = self.tree.add("Link", self.tree.add("Lbl", element))
        style = self.area.body
        measure = self.measure - style.start - style.end
        lines: list[Line | FootLine | None] = []
        for inlines in _paragraphs(self.notes[note.id].blocks):
            copied = writer.copy(
                inlines,
                style,
                measure=measure,
                element=self.tree.add("P", element),
                key=IN_NOTES,
            )
            for line in self.break_lines(copied.copy):
                lines.append(FootLine(copied, line, None if lines else note))
        note.foot.lines = lines

    def host(self, note_ids: Sequence[str]) -> None:
        """Note that these stand under a hosted block, or nowhere."""
        for note_id in note_ids:
            self.known[note_id] = SetNote(note_id, Foot((), self.area.body.leading), -1)

    def loose(self, writer: Writer, note: Note, element: int, look: Look) -> Iterator[Copied]:
        """The paragraphs of a note that stands in the flow, because nothing mentions it."""
        self.known[note.id] = SetNote(note.id, Foot((), self.area.body.leading), element)
        self._is_inside = True
        for inlines in _paragraphs(note.blocks):
            yield writer.copy(
                inlines,
                look.style,
                measure=look.measure,
                element=self.tree.add("P", element),
                key=IN_NOTES,
            )
        self._is_inside = False

    def number(self, note: SetNote) -> str:
        """What the mark of a note says."""
        return circled(note.foot.number or 1)

    def unmentioned(self) -> tuple[Note, ...]:
        """The notes that nothing has mentioned so far."""
        return tuple(note for note in self.notes.values() if note.id not in self.known)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[tuple[Inline, ...]]:
    """The paragraphs and lines of a note; what is no prose as prose."""
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(inlines):
                yield inlines
            case Verse(lines):
                yield from filter(None, lines)
            case Quote(inner):
                yield from _paragraphs(inner)
            case ListBlock(items):
                for item in items:
                    yield from _paragraphs(item)
            case Table(rows):
                for row in rows:
                    yield from filter(None, row)
            case Figure(image, caption):
                yield (image, *caption)
            case Raw(text):
                for line in text.split("\n"):
                    yield (Text(line),)
            case Break():
                pass
            case _:
                assert_never(block)
