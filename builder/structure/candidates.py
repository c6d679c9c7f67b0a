"""Every line that may be a heading, with what its surroundings say. Nothing is chosen here."""

import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from builder.core.manuscript import Mark, MarkKind
from builder.core.numerals import CHINESE_NUMERAL_CLASS
from builder.structure.families import CHAPTER, MATTER_ROLES
from builder.structure.frames import framed
from builder.structure.headings import LONGEST_HEADING, Heading, parse_heading
from builder.structure.learned import ornamented
from builder.structure.lines import Line
from builder.structure.named import headings_behind_names
from builder.structure.ornaments import MARKS
from builder.structure.own_patterns import NO_PATTERNS, OwnPatterns

MARK = re.compile(f"[{MARKS}]")
# A line that starts with none of these is no heading; most lines of a book are done with here.
FIRST_CHARACTERS = frozenset(
    "第笫卷部上中下正终終最末尾序（(<＜【〖〔［《「『[-—－"
    "0123456789０１２３４５６７８９CcPpBbVvEeNnSsFfIiAaXLⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢⑴⑵⑶"
    + CHINESE_NUMERAL_CLASS
    + "".join(word[0] for word in MATTER_ROLES)
    + "".join(MARK.findall("".join(map(chr, (*range(0x21, 0x3000), *range(0xFF00, 0xFFF0))))))
)
QUOTED = ("“第", "‘第", '"第')  # “第三章” 夜雨
# Marked headings further below the chapters than this stay in the text.
DEEPEST_SECTION = 2
LONGEST_HELD = 5000  # characters; a longer table or <pre> is the page itself
HOLDING = frozenset(
    {MarkKind.LIST, MarkKind.TABLE, MarkKind.QUOTE, MarkKind.NOTE, MarkKind.VERSE, MarkKind.RAW}
)
APART = 1.0
CRAMPED = 0.8
FILE_START = 2.0
ITEM = -4.0
LISTED = 8.0
LEAST_BEFORE = 3  # headings; so many are missing before 第四章
LONGEST_CHAPTER = 6_000  # characters, on the average; a book with longer ones may have others
WIDE_GAP = re.compile("[ \t　]{2,}|\t")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`line` is the index of a line that may hold these headings.

    `look` is how much it looks like a heading, its own words and its surroundings together.
    """

    line: int
    headings: tuple[Heading, ...]
    look: float

    @property
    def first(self) -> Heading:
        """The heading, or the outer one of two."""
        return self.headings[0]

    @property
    def last(self) -> Heading:
        """The heading, or the inner one of two."""
        return self.headings[-1]

    @property
    def is_marked(self) -> bool:
        """Whether mark-up says that this is a heading."""
        return self.look >= MARKED

    @property
    def is_own(self) -> bool:
        """Whether a pattern of the settings says so."""
        return self.last.style.startswith("own:")

    @property
    def key(self) -> tuple[tuple[str, int], ...]:
        """What the heading counts; one that counts nothing is like no other."""
        return tuple(
            (heading.unit, -1 if heading.number is None else heading.number)
            if heading.unit or heading.number is not None
            else ("", -2 - self.line)
            for heading in self.headings
        )


MARKED = 20.0
STRONG = 2.5  # a look that needs no neighbours


def with_rank(one: Candidate, rank: int) -> Candidate:
    """The candidate with another rank for its heading, or for the inner one of two."""
    return replace(one, headings=(*one.headings[:-1], replace(one.last, rank=rank)))


def candidates_of(
    text: str,
    lines: Sequence[Line],
    marks: Sequence[Mark],
    *,
    spaced: Sequence[bool],
    own: OwnPatterns = NO_PATTERNS,
    most: int = sys.maxsize,
) -> tuple[Candidate, ...]:
    """The lines that may be headings, by their looks or because mark-up says so.

    With more than `most` of them it is no book, and the rest of its lines is not looked at.
    """
    marked = {mark.start: mark for mark in marks if mark.kind is MarkKind.HEADING}
    level_of_chapters = _level_of_chapters(text, marked)
    ranks = _ranks_of_volumes(text, marked, level_of_chapters)
    named = headings_behind_names(text)
    held = _held_lines(lines, marks) if marks else frozenset()
    found: list[Candidate] = []
    for index, line in enumerate(lines):
        if len(found) > most:
            return tuple(found)
        start = line.start
        if start == line.end:
            continue
        if own.excluded and own.is_excluded(text, start, line.end):
            continue
        if own.headings and (heading := own.heading(text, start, line.end)):
            found.append(Candidate(index, (heading,), MARKED))
            continue
        mark = marked.get(start) if marked else None
        if mark is None and (
            index in held
            or line.end - start > LONGEST_HEADING
            or (
                text[start] not in FIRST_CHARACTERS
                and start not in named
                and not text.startswith(QUOTED, start)
            )
        ):
            continue
        if mark is not None and _depth(mark, level_of_chapters) > DEEPEST_SECTION:
            continue
        headings = named.get(start, ()) or parse_heading(
            text, start, line.end, longest=own.max_title
        )
        if mark is not None:
            depth = _depth(mark, level_of_chapters)
            headings = _marked(headings, line, depth, beside=ranks.get(mark.value))
            found.append(Candidate(index, headings, MARKED))
        elif headings:
            look = headings[-1].score + surroundings(lines, index, spaced)
            look -= LISTED * are_several(text, line)
            found.append(Candidate(index, headings, look))
        elif heading := ornamented(text, line):
            found.append(Candidate(index, (heading,), heading.score))
    if not marked:
        found.extend(_framed(text, lines, found, spaced))
        found.sort(key=_line)
    return tuple(_without_items(found))


def _framed(
    text: str, lines: Sequence[Line], found: Sequence[Candidate], spaced: Sequence[bool]
) -> list[Candidate]:
    """Headings in a frame that the book itself has taught, if it has no better ones."""
    known = [
        one for one in found
        if one.last.family not in {"number", "ornament"} and one.look >= STRONG
        and one.last.role is None
    ]  # fmt: skip
    chapters = sum(one.last.rank >= CHAPTER for one in known)
    edge = _edge(known)
    if chapters * LONGEST_CHAPTER > len(text) and edge is None:
        return []
    numbers = Counter(one.last.style for one in found if one.last.family == "number")
    most = max(chapters * 2, max(numbers.values(), default=0) // 2)
    lines_of_others = {
        one.line
        for one in found
        if one.last.family != "ornament" and (one.last.family != "number" or one.look > 0)
    }
    return [
        Candidate(index, (heading,), heading.score + surroundings(lines, index, spaced))
        for index, heading in framed(text, lines, known=lines_of_others, most=most, edge=edge)
    ]


def _edge(known: Sequence[Candidate]) -> tuple[int, int] | None:
    """The line and number of the first heading when others must stand before it: 第八集."""
    counted = [one for one in known if one.last.number]
    first = next(
        (a for a, b in pairwise(counted) if b.last.number == (a.last.number or 0) + 1), None
    )
    if first is None or (first.last.number or 0) <= LEAST_BEFORE:
        return None
    return first.line, first.last.number or 0


def _line(one: Candidate) -> int:
    return one.line


def are_several(text: str, line: Line) -> bool:
    """Whether a line is two headings or more side by side, as a list of contents has them."""
    parts = [part for part in WIDE_GAP.split(text[line.start : line.end]) if part]
    parts = [part for part in parts if not part.isdecimal()]
    if len(parts) < 2:
        return False
    found = [parse_heading(part, 0, len(part)) for part in parts[1:]]
    return all(one and one[0].score > 0 and not one[0].is_glued for one in found)


def _held_lines(lines: Sequence[Line], marks: Sequence[Mark]) -> frozenset[int]:
    """The lines inside lists, tables, quotes and notes that mark-up says: no headings."""
    held: set[int] = set()
    for mark in marks:
        if mark.kind in HOLDING and mark.start < mark.end <= mark.start + LONGEST_HELD:
            index = bisect_left(lines, mark.start, key=_start)
            while index < len(lines) and lines[index].start < mark.end:
                held.add(index)
                index += 1
    return frozenset(held)


def _start(line: Line) -> int:
    return line.start


def _without_items(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates; numbers on lines that follow each other at once are a list's."""
    for index, one in enumerate(found):
        if one.last.family == "number" and not one.is_marked:
            beside = (*found[max(index - 1, 0) : index], *found[index + 1 : index + 2])
            if any(
                other.last.style == one.last.style
                and abs(other.line - one.line) == 1
                and other.last.number != one.last.number
                for other in beside
            ):
                yield replace(one, look=one.look + ITEM)
                continue
        yield one


def surroundings(lines: Sequence[Line], index: int, spaced: Sequence[bool]) -> float:
    """What the blank lines around a line say for it."""
    line = lines[index]
    if index == 0 or lines[index - 1].file != line.file:
        return FILE_START
    following = lines[index + 1] if index + 1 < len(lines) else None
    blanks = line.is_apart + (following is None or following.is_apart)
    if not spaced[line.file]:
        return APART * blanks
    return -CRAMPED if blanks == 0 else 0.0


def _level_of_chapters(text: str, marked: Mapping[int, Mark]) -> int:
    """The level on which mark-up has the chapters: that of 第三章, else the most common."""
    levelled = [mark for mark in marked.values() if mark.value.isdecimal()]
    said = [
        int(mark.value)
        for mark in levelled
        if (found := parse_heading(text, mark.start, mark.end))
        and found[-1].family == "unit"
        and found[-1].rank == CHAPTER
    ]
    return _most_common(iter(said or [int(mark.value) for mark in levelled]))


def _most_common(levels: Iterator[int]) -> int:
    counted = Counter(levels)
    return min(counted, key=lambda level: (-counted[level], -level)) if counted else 1


def _depth(mark: Mark, level_of_chapters: int) -> int:
    """How far a marked heading lies below the chapters; negative above them."""
    return int(mark.value) - level_of_chapters if mark.value.isdecimal() else 0


def _ranks_of_volumes(
    text: str, marked: Mapping[int, Mark], level_of_chapters: int
) -> dict[str, int]:
    """The rank of the volumes on each level above the chapters on which mark-up has some."""
    ranks: dict[str, int] = {}
    for mark in marked.values():
        if _depth(mark, level_of_chapters) < 0:
            for heading in parse_heading(text, mark.start, mark.end)[:1]:
                if heading.family == "unit" and heading.rank < CHAPTER:
                    ranks[mark.value] = min(heading.rank, ranks.get(mark.value, CHAPTER))
    return ranks


def _marked(
    headings: tuple[Heading, ...], line: Line, depth: int, *, beside: int | None
) -> tuple[Heading, ...]:
    """A heading that mark-up calls one; what its words do not say, its level does.

    `beside` is the rank of the volumes on its level, if there are any: 后记 among them stands
    beside the last one, not in it.
    """
    rank = CHAPTER + depth if beside is None else beside
    if headings and headings[0].family not in {"number", "bare unit"}:
        if beside is None or headings[0].role is None:
            return headings
        return (replace(headings[0], rank=rank), *headings[1:])
    if headings:
        return (replace(headings[0], family="mark", rank=rank, style="mark"),)
    title = (line.start, line.end)
    return (Heading("mark", "", None, rank, (line.start, line.start), title, 0.0, style="mark"),)
