"""The plan made flesh: sections with their blocks, notes, and the trace of every character."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from builder.core.book import Book, Metadata, Note, Section
from builder.core.manuscript import Manuscript
from builder.core.span import Span
from builder.structure.blocks import BLOCK_KINDS, BlockBuilder, Built
from builder.structure.inlines import InlineMarks
from builder.structure.letters import with_letters, with_signature
from builder.structure.links import led_to_sections
from builder.structure.notes import NoteText
from builder.structure.plan import Plan, nodes_of
from builder.structure.quotations import with_quotations
from builder.structure.trace import Claim, Pieces
from builder.structure.tree import Node


@dataclass(frozen=True, slots=True)
class Assembly:
    """The parts of the book, and of its projection: `lines` in order, `moved` after them."""

    front: tuple[Section, ...]
    body: tuple[Section, ...]
    back: tuple[Section, ...]
    notes: tuple[Note, ...]
    lines: tuple[Pieces, ...]
    moved: tuple[Pieces, ...]
    claims: tuple[Claim, ...]

    def book(self, metadata: Metadata, manuscript: Manuscript) -> Book:
        """The book, with the manuscript's pictures."""
        return Book(
            metadata,
            self.front,
            self.body,
            self.back,
            self.notes,
            manuscript.assets,
            manuscript.cover,
        )


def assemble(manuscript: Manuscript, plan: Plan) -> Assembly:
    """Build every section and note of the plan."""
    assembler = _Assembler(manuscript, plan)
    outline = plan.outline
    front, body, back = (
        tuple(assembler.section(node) for node in nodes)
        for nodes in (outline.front, outline.body, outline.back)
    )
    notes = tuple(assembler.note(note) for note in assembler.note_texts)
    return Assembly(
        front, body, back, notes,
        tuple(assembler.lines), tuple(assembler.moved), (*plan.claims, *assembler.claims),
    )  # fmt: skip


# What an author signs.
SIGNED_ROLES = frozenset({"preface", "foreword", "introduction", "afterword", "acknowledgments"})


def _starts(plan: Plan) -> Iterator[tuple[int, str]]:
    """Where each section begins, and its id."""
    for node in nodes_of(plan.outline.nodes):
        if plan.lines:
            yield plan.lines[min(node.opening.line, len(plan.lines) - 1)].start, node.id


class _Assembler:
    """Collects lines and claims while sections are built in reading order."""

    def __init__(self, manuscript: Manuscript, plan: Plan) -> None:
        self._plan = plan
        sections = tuple(plan.notes[node.id] for node in nodes_of(plan.outline.nodes))
        self.note_texts: tuple[NoteText, ...] = (
            *chain.from_iterable(section.notes for section in sections),
            *plan.marked_notes.values(),
        )
        note_ids = {note.id: note.id for section in sections for note in section.notes}
        note_ids |= {value: note.id for value, note in plan.marked_notes.items()}
        found = chain.from_iterable(section.marks for section in sections)
        marks = led_to_sections(manuscript.marks, tuple(_starts(plan)))
        inlines = InlineMarks((*marks, *found), note_ids)
        block_marks = tuple(mark for mark in manuscript.marks if mark.kind in BLOCK_KINDS)
        self._builder = BlockBuilder(
            manuscript.text, block_marks, inlines, plan.spaced, scenes=plan.scenes
        )
        self.lines: list[Pieces] = []
        self.moved: list[Pieces] = []
        self.claims: list[Claim] = [c for section in sections for c in section.claims]

    def section(self, node: Node) -> Section:
        """One section with everything below it."""
        opening = node.opening
        self.claims.extend(opening.claims)
        if opening.pieces:
            self.lines.append(opening.pieces)
        lines = self._plan.notes[node.id].lines
        built = with_quotations(with_letters(self._builder.blocks(lines)))
        if node.role in SIGNED_ROLES:
            built = with_signature(built)
        self._keep(built, self.lines)
        first = self._plan.lines[min(opening.line, len(self._plan.lines) - 1)]
        last = lines[-1].end if lines else first.end
        return Section(
            node.role,
            opening.number,
            opening.label,
            opening.title,
            tuple(one.block for one in built),
            tuple(self.section(child) for child in node.children),
            node.id,
            Span(first.start, max(last, first.start)),
        )

    def note(self, note: NoteText) -> Note:
        """One note; its lines come after all others."""
        built = self._builder.blocks(note.lines)
        self._keep(built, self.moved)
        span = Span(note.lines[0].start, note.lines[-1].end)
        return Note(note.id, tuple(one.block for one in built), span)

    def _keep(self, built: list[Built], lines: list[Pieces]) -> None:
        for one in built:
            lines.extend(one.lines)
            self.claims.extend(one.claims)
