"""Titles of an EPUB's contents, found again in its text: they say what is a heading, and how deep.

Many EPUBs set a chapter's name as a plain paragraph, in two lines, or only in the contents. The
first becomes a heading mark; the second one line, under rule R130; the third a line of its own,
under R107. Contents made by tools point several entries at the head of one file: their places
are looked for in the whole of it, and a title that has none is handed back.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.core.manuscript import Mark, MarkKind
from builder.read.documents import Title
from builder.read.passes import CONTENTS_TITLE, EditRow, Passed, moved

HEADING_LINES = "R130"
# How many lines after its place a title is looked for: a number, a picture, then the name.
LINES_LOOKED_AT = 4
# How many lines one title may be broken into.
MAX_TITLE_LINES = 3
DEEPEST_LEVEL = 6
# Longer lines are looked at only where a title points to.
MAX_TITLE_CHARS = 80
# A longer paragraph ends the search for a title behind its place.
MAX_BETWEEN_CHARS = 5_000
_LINE = re.compile(r"[^\n]+")
# What two writings of one title may differ in. Examples: 第一章　夜雨, 第一章：夜雨.
_BETWEEN = re.compile(r"[\s\u3000\u00a0:：·.．、—-]+")


@dataclass(frozen=True, slots=True)
class Titled:
    """The text with its headings, and the titles that have no place in it."""

    passed: Passed
    lost: tuple[Title, ...] = ()


@dataclass(slots=True)
class _Place:
    """Where one title belongs: `line` once it is found, else `start` (negative: nowhere)."""

    title: Title
    start: int
    line: tuple[int, int] | None = None
    is_settled: bool = False


def with_titles(passed: Passed, titles: tuple[Title, ...]) -> Titled:
    """The text with a heading mark, or a line, for each title; its edits are those of this pass."""
    if not titles:
        return Titled(Passed(passed.text, (), passed.marks))
    headings = sorted(filter(_may_be_title, passed.marks), key=_start)
    others = [mark for mark in passed.marks if not _may_be_title(mark)]
    places = _places(passed, titles)
    edits = _found_lines(passed.text, places, headings)
    _renamed_headings(passed.text, places, headings)
    inserted, lost = _unfound(passed.text, places)
    return Titled(_applied(passed.text, edits + inserted, headings + others), lost)


def _may_be_title(mark: Mark) -> bool:
    """Whether the contents can mean it; an <h1> that nobody closed holds half a book."""
    return mark.kind is MarkKind.HEADING and mark.end - mark.start <= MAX_BETWEEN_CHARS


def _places(passed: Passed, titles: tuple[Title, ...]) -> list[_Place]:
    """Where the titles point to. A page's only title needs no place: it is the page's."""
    anchors = dict(passed.anchors)
    places = [
        _Place(title, anchors.get(title.anchor, -1) if title.anchor else 0) for title in titles
    ]
    if all(place.start < 0 for place in places):
        places[0].start = 0
    # An anchor may stand in the midst of its line: <h1>第一章<a id="c1"/></h1>.
    begins = _line_starts(passed.text, {place.start for place in places if place.start > 0})
    for place in places:
        place.start = begins.get(place.start, place.start)
    return places


def _line_starts(text: str, positions: set[int]) -> dict[int, int]:
    """Where the line of each position begins; no stretch of the text is looked at twice."""
    begins: dict[int, int] = {}
    before = begin = 0
    for position in sorted(positions):
        found = text.rfind("\n", before, position)
        begin = begin if found < 0 else found + 1
        begins[position] = begin
        before = position
    return begins


# --- titles that the text has -------------------------------------------------------------


def _found_lines(
    text: str, places: list[_Place], headings: list[Mark]
) -> list[tuple[EditRow, int]]:
    """Give each title the line that says it, as a heading; the joints of broken ones."""
    edits: list[tuple[EditRow, int]] = []
    taken: set[int] = set()
    after = 0
    sharing = Counter(place.start for place in places)
    short_lines: dict[str, list[tuple[int, int]]] | None = None
    for place in places:
        line = _line_of(text, place.start, place.title.text, taken) if place.start >= 0 else None
        if line is None and (place.start < 0 or sharing[place.start] > 1):
            short_lines = _short_lines(text) if short_lines is None else short_lines
            alike = short_lines.get(_bare(place.title.text), [])
            first = bisect_left(alike, (max(place.start, after), 0))
            line = next((one for one in alike[first:] if one[0] not in taken), None)
        if line is None:
            continue
        taken.add(line[0])
        after = line[1]
        place.line, place.is_settled = line, True
        edits.extend(((HEADING_LINES, *joint), 0) for joint in _joints(text, line))
        _mark(headings, line, place.title.level)
    return edits


def _line_of(text: str, start: int, title: str, taken: set[int]) -> tuple[int, int] | None:
    """The line, or the few lines, at or soon after `start` that are the title."""
    wanted = _bare(title)
    lines = list(_lines(text, start))
    for index, line in enumerate(lines[:LINES_LOOKED_AT]):
        said = ""
        for last in lines[index : index + MAX_TITLE_LINES]:
            said += _bare(text[slice(*last)])
            if wanted and said == wanted and line[0] not in taken:
                return line[0], last[1]
            if not said or not wanted.startswith(said):
                break
    return None


def _short_lines(text: str) -> dict[str, list[tuple[int, int]]]:
    """Where each line stands that is short enough for a title."""
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _LINE.finditer(text):
        if match.end() - match.start() <= MAX_TITLE_CHARS and (bare := _bare(match[0])):
            found.setdefault(bare, []).append(match.span())
    return found


def _bare(words: str) -> str:
    return _BETWEEN.sub("", words).casefold()


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The next few lines; none behind one that is too long to stand between a place and its title."""
    for _ in range(LINES_LOOKED_AT + MAX_TITLE_LINES):
        start = _next_line(text, start)
        end = text.find("\n", start, start + MAX_BETWEEN_CHARS)
        if end < 0:
            if start < len(text) <= start + MAX_BETWEEN_CHARS:
                yield start, len(text)
            return
        yield start, end
        start = end


def _joints(text: str, line: tuple[int, int]) -> Iterator[tuple[int, str, str]]:
    """The line ends inside a title, each to become an ideographic space."""
    for match in re.finditer("\n+", text[slice(*line)]):
        yield line[0] + match.start(), match[0], "\N{IDEOGRAPHIC SPACE}"


def _mark(headings: list[Mark], line: tuple[int, int], level: int) -> None:
    """The line as one heading of this level, whatever it was before; `headings` are in order."""
    first = bisect_left(headings, line[0] - MAX_BETWEEN_CHARS, key=_start)
    last = bisect_left(headings, line[1], key=_start)
    near = headings[first:last]
    inside = [mark for mark in near if mark.end > line[0]]
    start = min([line[0], *(mark.start for mark in inside)])
    end = max([line[1], *(mark.end for mark in inside)])
    before = [mark for mark in near if mark.end <= line[0]]
    headings[first:last] = [*before, Mark(MarkKind.HEADING, start, end, _level(level))]
    if before and before[-1].start > start:  # a heading within that heading
        headings.sort(key=_start)


def _start(mark: Mark) -> int:
    return mark.start


def _level(level: int) -> str:
    return str(min(level, DEEPEST_LEVEL))


def _renamed_headings(text: str, places: list[_Place], headings: list[Mark]) -> None:
    """A heading that the contents call otherwise takes the level of the last title there."""
    taken = {place.line[0] for place in places if place.line}
    for place in reversed(places):
        if place.is_settled or place.title.is_group or place.start < 0:
            continue
        index = _heading_at(headings, text, place.start)
        if index is not None and headings[index].start not in taken:
            taken.add(headings[index].start)
            place.line = (headings[index].start, headings[index].end)
            place.is_settled = True
            headings[index] = replace(headings[index], value=_level(place.title.level))


def _heading_at(headings: list[Mark], text: str, start: int) -> int | None:
    """The heading that the file has at a place, whatever its words."""
    first = _next_line(text, start)
    index = bisect_left(headings, first, key=_start)
    if index == len(headings) or headings[index].start - first > MAX_BETWEEN_CHARS:
        return None
    return None if "\n" in text[first : headings[index].start + 1] else index


# --- titles that only the contents have ---------------------------------------------------


def _unfound(
    text: str, places: list[_Place]
) -> tuple[list[tuple[EditRow, int]], tuple[Title, ...]]:
    """A line for each title that the text lacks, with its level, and the titles without place.

    Of several titles for one place the first is set, and those that lie below it one by one.
    """
    rows: list[tuple[EditRow, int]] = []
    lost: list[Title] = []
    # By place: the deepest title there so far, and where the next one stands.
    depths: dict[int, int] = {}
    ends: dict[int, int] = {}
    said: set[tuple[int, str]] = set()
    for place in places:
        title, start = place.title, place.start
        is_repeat = (start, _bare(title.text)) in said
        said.add((start, _bare(title.text)))
        if is_repeat:
            continue
        if place.is_settled and place.line:
            if start >= 0:
                depths[start] = title.level
                ends[start] = _next_line(text, place.line[1])
        elif start < 0 or title.level <= depths.get(start, 0):
            lost.append(title)
        else:
            depths[start] = title.level
            at = ends.get(start, start)
            is_glued = at == len(text) and not text.endswith("\n") and text != ""
            line = f"\n\n{title.text}" if is_glued else f"{title.text}\n\n"
            rows.append(((CONTENTS_TITLE, at, "", line), title.level))
    return rows, tuple(lost)


def _next_line(text: str, end: int) -> int:
    while end < len(text) and text[end] == "\n":
        end += 1
    return end


# --- the text anew ------------------------------------------------------------------------


def _applied(text: str, rows: list[tuple[EditRow, int]], marks: list[Mark]) -> Passed:
    """The text with the edits made, the marks moved along, a heading mark on each new line."""
    rows = sorted(rows, key=lambda one: one[0][1])
    edits: list[EditRow] = []
    pieces: list[str] = []
    added: list[Mark] = []
    position = length = 0
    for (rule, start, before, after), level in rows:
        pieces.extend((text[position:start], after))
        length += start - position
        if rule == CONTENTS_TITLE:
            lead = len(after) - len(after.lstrip("\n"))
            end = length + len(after.rstrip("\n"))
            added.append(Mark(MarkKind.HEADING, length + lead, end, _level(level)))
        length += len(after)
        position = start + len(before)
        if edits and rule == edits[-1][0] == CONTENTS_TITLE and edits[-1][1] == start:
            edits[-1] = (rule, start, before, edits[-1][3] + after)
        else:
            edits.append((rule, start, before, after))
    pieces.append(text[position:])
    shifted = moved(marks, edits) if edits else marks
    ordered = sorted([*added, *shifted], key=lambda mark: (mark.start, -mark.end))
    return Passed("".join(pieces), tuple(edits), tuple(ordered))
