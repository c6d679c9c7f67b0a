"""Notes that scraped chapters carry as plain text: ［1］ in a sentence, ［1］…… at the end.

A mark becomes a note only when both ends are there: a mark inside the section's text and a
line that starts with the same mark among the section's last lines.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from builder.core.manuscript import Mark, MarkKind
from builder.structure import trace
from builder.structure.lines import Line
from builder.structure.trace import Claim

_MARK = "[［\\[〔【](?:注)?[0-9]{1,3}[］\\]〕】]|[①-⑳㉑-㉟㊱-㊿]|[（(]?注[0-9一二三四五六七八九十①-⑩]{1,3}[）)]?"
# ［1］ or ① or 注①, but not [a] and not (1).
NOTE_MARK = re.compile(_MARK)
NOTE_LINE = re.compile(rf"(?P<mark>{_MARK})[：:、.．]?[ \t　]{{0,4}}(?=[^\n])")
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


def notes_of(text: str, lines: Sequence[Line], section_id: str) -> SectionNotes:
    """The notes of one section's lines."""
    first = _first_note_line(text, lines)
    body, tail = tuple(lines[:first]), lines[first:]
    texts = {match["mark"]: (line, match) for line in tail if (match := _note_line(text, line))}
    found = [
        (match, line)
        for line in body
        for match in NOTE_MARK.finditer(text, line.start, line.end)
        if match.start() > line.start
    ]
    used = {match[0] for match, _ in found} & texts.keys()
    lone_marks = tuple((m.start(), m[0]) for m, _ in found if texts and m[0] not in texts)
    lone_lines = tuple((line.start, mark) for mark, (line, _) in texts.items() if mark not in used)
    if not used or len(texts) != len(tail):
        return SectionNotes(tuple(lines), lone_marks=lone_marks, lone_lines=lone_lines)
    claims: list[Claim] = []
    if body and NOTES_HEADING.fullmatch(text, body[-1].start, body[-1].end):
        claims.append(Claim(body[-1].start, body[-1].end, trace.NOTES_HEADING))
        body = body[:-1]
    body += tuple(line for mark, (line, _) in texts.items() if mark not in used)
    texts = {mark: found for mark, found in texts.items() if mark in used}
    ids = {mark: f"{section_id}-note-{index}" for index, mark in enumerate(texts, start=1)}
    claims.extend(Claim(line.start, match.end(), trace.NOTE_MARK) for line, match in texts.values())
    return SectionNotes(
        body,
        tuple(
            NoteText(ids[mark], (line._replace(start=match.end()),))
            for mark, (line, match) in texts.items()
        ),
        tuple(
            Mark(MarkKind.NOTE_REF, match.start(), match.end(), ids[match[0]])
            for match, _ in found
            if match[0] in used
        ),
        tuple(claims),
        lone_marks,
        lone_lines,
    )


def _first_note_line(text: str, lines: Sequence[Line]) -> int:
    index = len(lines)
    while index and _note_line(text, lines[index - 1]):
        index -= 1
    return index


def _note_line(text: str, line: Line) -> re.Match[str] | None:
    match = NOTE_LINE.match(text, line.start, line.end)
    return match if match and match.end() < line.end else None
