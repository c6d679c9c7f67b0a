"""Sections with the notes that stand in lists elsewhere, and what is left of those lists."""

from collections.abc import Sequence
from dataclasses import replace

from builder.core.manuscript import Mark, MarkKind
from builder.structure import trace
from builder.structure.endnotes import EndNotes
from builder.structure.families import CHAPTER
from builder.structure.lines import Line
from builder.structure.notes import NoteText, SectionNotes
from builder.structure.outline import Opening
from builder.structure.trace import Claim, Piece


def with_end_notes(
    section: SectionNotes, end_notes: EndNotes, *, opening: Opening, section_id: str
) -> SectionNotes:
    """What a section says about notes, with those that stand in lists elsewhere."""
    at = opening.body
    if at >= opening.end or not (at in end_notes.notes or at in end_notes.lone_marks):
        return section
    notes = list(section.notes)
    marks = list(section.marks)
    for one in end_notes.notes.get(at, ()):
        identifier = f"{section_id}-note-{len(notes) + 1}"
        notes.append(NoteText(identifier, one.lines))
        marks.extend(
            Mark(MarkKind.NOTE_REF, mark.start, mark.end, identifier) for mark in one.references
        )
    lone_marks = {*section.lone_marks, *end_notes.lone_marks.get(at, ())}
    return section._replace(
        notes=tuple(notes),
        marks=tuple(sorted(marks, key=lambda mark: mark.start)),
        lone_marks=tuple(sorted(lone_marks)),
    )


def with_lists_apart(
    text: str, lines: Sequence[Line], openings: Sequence[Opening], end_notes: EndNotes
) -> tuple[Opening, ...]:
    """The openings without those whose text went to the notes, and with one for leftovers.

    What is left of a list 注释 at the end of a book is no text of the chapter before it.
    """
    kept: list[Opening] = []
    starts = {one.heading.start: one.heading for one in end_notes.apart if one.heading}
    for opening in openings:
        if _is_used_up(lines, opening, end_notes):
            start, end = lines[opening.line].start, lines[opening.line].end
            if opening.body > opening.line:
                end_notes.claims.append(Claim(start, end, trace.NOTES_HEADING))
            continue
        kept.append(opening)
        for index in range(opening.body, opening.end) if starts else ():
            heading = starts.get(lines[index].start)
            if heading and heading.start not in end_notes.taken:
                kept[-1] = replace(kept[-1], end=index)
                kept.append(_opening(text, heading, index, opening.end))
    return tuple(kept)


def _is_used_up(lines: Sequence[Line], opening: Opening, end_notes: EndNotes) -> bool:
    """Whether 注释 was a section, or a file, and all its lines have become notes."""
    own = lines[opening.body : opening.end]
    return (
        bool(own)
        and all(line.start in end_notes.taken for line in own)
        and (
            opening.is_made or (opening.line < opening.body and _is_list(lines, opening, end_notes))
        )
    )


def _is_list(lines: Sequence[Line], opening: Opening, end_notes: EndNotes) -> bool:
    return lines[opening.line].start in end_notes.taken


def _opening(text: str, heading: Line, index: int, end: int) -> Opening:
    label = text[heading.start : heading.end]
    piece = Piece(heading.start, heading.end)
    return Opening(CHAPTER, "appendix", None, label, "", (piece,), index, index + 1, end)
