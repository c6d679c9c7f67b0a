"""Notes that scraped chapters carry as plain text: ［1］ in a sentence, ［1］…… at the end.

A mark becomes a note only when both ends are there: a mark inside the section's text and a
line further down that starts with the same mark. A remark in brackets (注：…) needs no mark.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from builder.core.manuscript import Mark, MarkKind
from builder.structure import trace
from builder.structure.lines import Line
from builder.structure.trace import Claim

_MARK = "[［\\[〔【](?:注)?[0-9]{1,3}[］\\]〕】]|[①-⑳㉑-㉟㊱-㊿]|[（(]?注[0-9一二三四五六七八九十①-⑩]{1,3}[）)]?"
# ［1］ or ① or 注①, but not [a] and not (1).
NOTE_MARK = re.compile(_MARK)
NOTE_LINE = re.compile(rf"(?P<mark>{_MARK})[：:、.．]?[ \t　]{{0,4}}(?=[^\n])")
# What a note that mark-up says may begin with. Example: ①光绪, [1] 光绪, 1. 光绪.
# Counter-example: 光绪, 1840年 (no stop), ① alone.
_OWN_MARK = re.compile(
    rf"(?P<mark>{_MARK}|[0-9]{{1,3}})(?P<stop>[：:、.．]?)[ \t　]{{0,4}}(?=[^\n])"
)
# A remark inside a sentence: （注：夜里用的灯）, but not （注意：…）.
REMARK = re.compile("[（(](?:作者)?[注註][：:](?P<note>[^（）()\n]{1,300})[）)]")
# A remark on a line of its own: 【注】夜里用的灯。 or （注：夜里用的灯。）.
REMARK_LINE = re.compile(
    "(?:[（(](?=(?:作者)?[注註][：:][^\n]{1,600}[）)])(?:作者)?[注註][：:]|[【［\\[][注註][】］\\]][：:]?[ 　]{0,2})"
    "(?P<note>[^\n]{1,600}?)[）)]?"
)
# Most sections have none of these, and are done with at once.
# One class of characters comes first, so that the engine skips the rest at full speed.
ANY_NOTE = re.compile(
    "[［\\[〔【注註①-⑳㉑-㉟㊱-㊿]"
    "(?:(?<=[注註])[0-9一二三四五六七八九十①-⑩：:】］\\]]|(?<=[［\\[〔【])[0-9]|(?<=[①-⑳㉑-㉟㊱-㊿]))"
)
NOTES_HEADING = re.compile(
    "[【\\[［（(]?(?:注释|注釋|註釋|注解|註解|附注|附註|注|註)[】\\]］）)]?[：:]?"
)


class NoteText(NamedTuple):
    """A note: its id, where its words start on the first line, and its lines."""

    id: str
    lines: tuple[Line, ...]


class SectionNotes(NamedTuple):
    """What the text of a section says about notes.

    `lines` are those of the section without the notes'. `lone_marks` and `lone_lines` are
    where a mark or a note stands whose other end is missing.
    """

    lines: tuple[Line, ...]
    notes: tuple[NoteText, ...] = ()
    marks: tuple[Mark, ...] = ()
    claims: tuple[Claim, ...] = ()
    lone_marks: tuple[tuple[int, str], ...] = ()
    lone_lines: tuple[tuple[int, str], ...] = ()


class _Collecting:
    """Notes and marks of one section, in reading order."""

    def __init__(self, section_id: str) -> None:
        self._section_id = section_id
        self.notes: list[NoteText] = []
        self.marks: list[Mark] = []
        self.claims: list[Claim] = []
        self.waiting: dict[str, list[tuple[int, int]]] = {}

    def note(self, line: Line, start: int, end: int) -> str:
        """Take `[start, end)` of a line as the next note; its id."""
        identifier = f"{self._section_id}-note-{len(self.notes) + 1}"
        self.notes.append(NoteText(identifier, (line._replace(start=start, end=end),)))
        return identifier

    def refer(self, start: int, end: int, identifier: str) -> None:
        """The mark at `[start, end)` refers to a note."""
        self.marks.append(Mark(MarkKind.NOTE_REF, start, end, identifier))


def without_own_marks(
    text: str, notes: dict[str, NoteText], marks: Sequence[Mark]
) -> tuple[dict[str, NoteText], tuple[Claim, ...]]:
    """Notes that mark-up says, without the mark that each begins with: the edition numbers them.

    It is the same that the text refers to the note with: ① or ［1］, or a bare 1 before a stop.
    """
    printed = {
        mark.value: text[mark.start : mark.end]
        for mark in marks
        if mark.kind is MarkKind.NOTE_REF and mark.value in notes
    }
    found = dict(notes)
    claims: list[Claim] = []
    for value, own in printed.items():
        first, *rest = notes[value].lines
        match = _OWN_MARK.match(text, first.start, first.end)
        if match and match["mark"] == own and (match["stop"] or not own.isdecimal()):
            claims.append(Claim(first.start, match.end(), trace.NOTE_MARK))
            lines = (first._replace(start=match.end()), *rest)
            found[value] = notes[value]._replace(lines=lines)
    return found, tuple(claims)


def notes_of(
    text: str,
    lines: Sequence[Line],
    section_id: str,
    *,
    known: frozenset[int] = frozenset(),
) -> SectionNotes:
    """The notes of one section: behind a paragraph, at its end, or inside a sentence.

    `known` are the starts of marks whose notes stand elsewhere, and of lines that are no notes.

    A numbered mark is one only when a later line starts with it; numbers may start again
    after each block of notes.
    """
    if not lines or not ANY_NOTE.search(text, lines[0].start, lines[-1].end):
        return SectionNotes(tuple(lines))
    collecting = _Collecting(section_id)
    body: list[Line] = []
    unused: list[tuple[Line, str]] = []
    for line in lines:
        if line.start in known:
            body.append(line)
            continue
        if _take_numbered(text, line, collecting) or _take_remark(text, line, body, collecting):
            continue
        match = _note_line(text, line)
        if match:
            unused.append((line, match["mark"]))
        body.append(line)
        _gather_marks(text, line, collecting, known)
    body = _without_headings(text, lines, body, collecting)
    lone_lines = _tail_of(body, unused)
    has_notes = bool(collecting.notes or lone_lines)
    lone_marks = tuple(
        (start, text[start:end])
        for places in collecting.waiting.values()
        for start, end in places
        if has_notes
    )
    return SectionNotes(
        tuple(body),
        tuple(collecting.notes),
        tuple(sorted(collecting.marks, key=lambda mark: mark.start)),
        tuple(collecting.claims),
        tuple(sorted(lone_marks)),
        lone_lines,
    )


def _take_numbered(text: str, line: Line, collecting: _Collecting) -> bool:
    """Take a line that starts with a mark that waits for its note."""
    match = _note_line(text, line)
    if match is None or match["mark"] not in collecting.waiting:
        return False
    identifier = collecting.note(line, match.end(), line.end)
    collecting.claims.append(Claim(line.start, match.end(), trace.NOTE_MARK))
    for start, end in collecting.waiting.pop(match["mark"]):
        collecting.refer(start, end, identifier)
    return True


def _take_remark(text: str, line: Line, body: Sequence[Line], collecting: _Collecting) -> bool:
    """Take a line that is a remark on the paragraph before it: （注：…） or 【注】…."""
    match = REMARK_LINE.fullmatch(text, line.start, line.end)
    if match is None or not body or body[-1].start == body[-1].end:
        return False
    start, end = match.span("note")
    identifier = collecting.note(line, start, end)
    collecting.claims.append(Claim(line.start, start, trace.NOTE_MARK))
    if end < line.end:
        collecting.claims.append(Claim(end, line.end, trace.NOTE_MARK))
    collecting.refer(body[-1].end, body[-1].end, identifier)
    return True


def _gather_marks(text: str, line: Line, collecting: _Collecting, known: frozenset[int]) -> None:
    """Marks that wait for their notes, and remarks inside the line, which are notes at once."""
    for match in REMARK.finditer(text, line.start, line.end):
        if match.start() > line.start:
            identifier = collecting.note(line, *match.span("note"))
            collecting.refer(match.start(), match.end(), identifier)
    for match in NOTE_MARK.finditer(text, line.start, line.end):
        if match.start() > line.start and match.start() not in known:
            collecting.waiting.setdefault(match[0], []).append(match.span())


def _without_headings(
    text: str, lines: Sequence[Line], body: Sequence[Line], collecting: _Collecting
) -> list[Line]:
    """The lines without 注释： above a block of notes."""
    note_starts = {note.lines[0].end for note in collecting.notes}
    following = dict(pairwise(lines))
    kept: list[Line] = []
    for line in body:
        after = following.get(line)
        if (
            after is not None
            and after.end in note_starts
            and NOTES_HEADING.fullmatch(text, line.start, line.end)
        ):
            collecting.claims.append(Claim(line.start, line.end, trace.NOTES_HEADING))
        else:
            kept.append(line)
    return kept


def _tail_of(
    body: Sequence[Line], unused: Sequence[tuple[Line, str]]
) -> tuple[tuple[int, str], ...]:
    """The lines at the section's end that look like notes and have no mark."""
    marks = dict(unused)
    index = len(body)
    while index and body[index - 1] in marks:
        index -= 1
    return tuple((line.start, marks[line]) for line in body[index:])


def _note_line(text: str, line: Line) -> re.Match[str] | None:
    match = NOTE_LINE.match(text, line.start, line.end)
    return match if match and match.end() < line.end else None
