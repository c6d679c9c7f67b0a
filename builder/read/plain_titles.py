"""Headings without what is no word of them: readings, and the marks of notes.

A title goes into contents, names of files and running heads, where 彧yù与灯[1] is none. Rules:
R134 a reading was taken out; R135 a note's mark went to the end of the first paragraph below,
so that the note keeps a place that leads to it; without a paragraph it stays where it is.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from builder.core.manuscript import Mark, MarkKind
from builder.read.passes import EditRow, Passed, moved

READING_IN_TITLE = "R134"
MARK_IN_TITLE = "R135"
# What a note's mark is never put behind: these lines are no paragraph.
_NO_PARAGRAPH = frozenset(
    {
        MarkKind.HEADING,
        MarkKind.TABLE,
        MarkKind.CAPTION,
        MarkKind.RAW,
        MarkKind.IMAGE,
        MarkKind.BREAK,
        MarkKind.NOTE,
    }
)


class _Going(NamedTuple):
    """A note's mark in a heading, and where it goes."""

    target: int
    mark: Mark


def with_plain_titles(passed: Passed) -> Passed:
    """The text with plain headings; its edits are those of this pass, marks and anchors moved."""
    readings, going = _in_headings(passed)
    if not readings and not going:
        return replace(passed, edits=())
    text = passed.text
    gone = {*readings, *(one.mark for one in going)}
    rows: list[EditRow] = [
        (
            READING_IN_TITLE if mark.kind is MarkKind.READING else MARK_IN_TITLE,
            mark.start,
            text[mark.start : mark.end],
            "",
        )
        for mark in gone
    ]
    targets = {
        target: [one.mark for one in together]
        for target, together in groupby(going, key=attrgetter("target"))
    }
    for target, notes in targets.items():
        words = "".join(text[mark.start : mark.end] for mark in notes)
        rows.append((MARK_IN_TITLE, target, "", words))
    rows.sort(key=lambda row: row[1])
    kept = [mark for mark in passed.marks if mark not in gone]
    anchors = [Mark(MarkKind.ANCHOR, at, at) for _, at in passed.anchors]
    marks = moved(kept, rows)
    places = moved(anchors, rows)
    pieces: list[str] = []
    position = length = 0
    for _, start, before, after in rows:
        pieces.extend((text[position:start], after))
        length += start - position
        if not before:
            marks.extend(_placed(targets[start], length))
        length += len(after)
        position = start + len(before)
    pieces.append(text[position:])
    return replace(
        passed,
        text="".join(pieces),
        edits=tuple(rows),
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))),
        anchors=tuple(
            (name, place.start) for (name, _), place in zip(passed.anchors, places, strict=True)
        ),
    )


def _placed(notes: Sequence[Mark], start: int) -> Iterator[Mark]:
    """The marks of notes one after another from `start` on."""
    for mark in notes:
        end = start + mark.end - mark.start
        yield replace(mark, start=start, end=end)
        start = end


def _in_headings(passed: Passed) -> tuple[list[Mark], list[_Going]]:
    """The readings in headings, and the marks of notes that have a place to go to."""
    readings: list[Mark] = []
    going: list[_Going] = []
    kinds = {MarkKind.READING, MarkKind.NOTE_REF}
    within = [mark for mark in passed.marks if mark.kind in kinds and mark.start < mark.end]
    starts = [mark.start for mark in within]
    headings = [mark for mark in passed.marks if mark.kind is MarkKind.HEADING] if within else []
    position = 0
    for heading in headings:
        first, last = (bisect_left(starts, at) for at in (heading.start, heading.end))
        inside = [mark for mark in within[first:last] if mark.end <= heading.end]
        if sum(mark.end - mark.start for mark in inside) >= heading.end - heading.start:
            continue
        target = _paragraph_end(passed, heading.end) if inside else -1
        for mark in inside:
            if mark.start < position or (mark.kind is MarkKind.NOTE_REF and target < 0):
                continue
            position = mark.end
            if mark.kind is MarkKind.READING:
                readings.append(mark)
            else:
                going.append(_Going(target, mark))
    return readings, going


def _paragraph_end(passed: Passed, start: int) -> int:
    """Where the first paragraph behind `start` ends; -1 when there is none."""
    text = passed.text
    breaks = {mark.start for mark in passed.marks if mark.kind is MarkKind.LINE_BREAK}
    others = [mark for mark in passed.marks if mark.kind in _NO_PARAGRAPH]
    at = text.find("\n", start)
    while 0 <= at < len(text):
        end = text.find("\n", at + 1)
        while end in breaks:
            end = text.find("\n", end + 1)
        end = end if end >= 0 else len(text)
        line = text[at + 1 : end]
        first = at + 1 + len(line) - len(line.lstrip())
        if line.strip() and not any(mark.start <= first < mark.end for mark in others):
            return at + 1 + len(line.rstrip())
        at = end
    return -1
