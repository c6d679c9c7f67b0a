"""Titles of an EPUB's contents, found again in its text: they say what is a heading, and how deep.

Many EPUBs set a chapter's name as a plain paragraph, or only in the contents. The first becomes
a heading mark; the second a line of its own, under rule R107.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from builder.core.manuscript import Mark, MarkKind
from builder.read.documents import Title
from builder.read.passes import CONTENTS_TITLE, EditRow, Passed

# How many lines after its place a title is looked for: a number, a picture, then the name.
LINES_LOOKED_AT = 4
DEEPEST_LEVEL = 6
_LINE = re.compile(r"[^\n]+")
# What two writings of one title may differ in. Examples: 第一章　夜雨, 第一章：夜雨.
_BETWEEN = re.compile(r"[\s\u3000\u00a0:：·.．、—-]+")


def with_titles(passed: Passed, titles: tuple[Title, ...]) -> Passed:
    """The text with a heading mark, or a line, for each title; its edits are those of this pass."""
    if not titles:
        return Passed(passed.text, (), passed.marks)
    places = dict(passed.anchors)
    marks = list(passed.marks)
    edits: list[EditRow] = []
    inserted: list[tuple[int, Title]] = []
    taken: set[int] = set()
    for title in titles:
        start = places.get(title.anchor, 0 if not title.anchor else -1)
        if start < 0:
            continue
        found = _line_of(passed.text, start, title.text)
        heading = _heading_at(marks, passed.text, start)
        if found is not None and found[0] not in taken:
            taken.add(found[0])
            _mark(marks, found, title.level)
        elif heading is not None and marks[heading].start not in taken:
            taken.add(marks[heading].start)
            marks[heading] = replace(marks[heading], value=_level(title))
        elif found is None:
            inserted.append((start, title))
    text = passed.text
    for start, title in sorted(inserted, key=lambda one: one[0]):
        edits.append((CONTENTS_TITLE, start, "", f"{title.text}\n\n"))
    return _inserted(text, edits, marks, inserted)


def _inserted(
    text: str, edits: list[EditRow], marks: list[Mark], inserted: list[tuple[int, Title]]
) -> Passed:
    """The text with whole lines put in, the marks moved along."""
    if not edits:
        return Passed(text, (), tuple(_in_order(marks)))
    pieces: list[str] = []
    added: list[Mark] = []
    position = length = 0
    for (_, start, _, line), (_, title) in zip(
        edits, sorted(inserted, key=lambda one: one[0]), strict=True
    ):
        pieces.extend((text[position:start], line))
        length += start - position
        added.append(Mark(MarkKind.HEADING, length, length + len(line) - 2, _level(title)))
        length += len(line)
        position = start
    pieces.append(text[position:])
    moved = [_moved(mark, edits) for mark in marks]
    merged: list[EditRow] = []
    for rule, start, before, after in edits:
        if merged and merged[-1][1] == start:
            merged[-1] = (rule, start, before, merged[-1][3] + after)
        else:
            merged.append((rule, start, before, after))
    return Passed("".join(pieces), tuple(merged), tuple(_in_order([*added, *moved])))


def _moved(mark: Mark, edits: list[EditRow]) -> Mark:
    before_start = sum(len(after) for _, at, _, after in edits if at <= mark.start)
    before_end = sum(len(after) for _, at, _, after in edits if at < mark.end)
    shift_end = max(before_end, before_start) if mark.end == mark.start else before_end
    return replace(mark, start=mark.start + before_start, end=mark.end + shift_end)


def _in_order(marks: list[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _line_of(text: str, start: int, title: str) -> tuple[int, int] | None:
    """The line at or soon after `start` that is the title; None when there is none."""
    wanted = _BETWEEN.sub("", title).casefold()
    for line in _lines(text, start):
        if wanted and _BETWEEN.sub("", text[slice(*line)]).casefold() == wanted:
            return line
    return None


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    # A line that began just before the anchor counts too: <h1>第一章<a id="c1"/></h1>.
    start = text.rfind("\n", 0, start) + 1
    for count, match in enumerate(_LINE.finditer(text, start)):
        if count == LINES_LOOKED_AT:
            return
        yield match.span()


def _heading_at(marks: list[Mark], text: str, start: int) -> int | None:
    """The heading that the file has at a place, whatever its words."""
    first = next(_lines(text, start), None)
    for index, mark in enumerate(marks):
        if mark.kind is MarkKind.HEADING and first and first[0] <= mark.start < first[1]:
            return index
    return None


def _mark(marks: list[Mark], line: tuple[int, int], level: int) -> None:
    """The line as a heading of this level, whatever it was before."""
    for index, mark in enumerate(marks):
        if mark.kind is MarkKind.HEADING and mark.start < line[1] and mark.end > line[0]:
            marks[index] = replace(mark, value=str(min(level, DEEPEST_LEVEL)))
            return
    marks.append(Mark(MarkKind.HEADING, *line, str(min(level, DEEPEST_LEVEL))))


def _level(title: Title) -> str:
    return str(min(title.level, DEEPEST_LEVEL))
