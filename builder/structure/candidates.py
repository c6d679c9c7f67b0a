"""Every line that may be a heading, and the choice among them.

`candidates_of` only looks at single lines. `choose` looks at the whole book; it is the one
place to change when a better choice is found.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.core.manuscript import Mark, MarkKind
from builder.core.numerals import CHINESE_NUMERAL_CLASS
from builder.structure.headings import (
    CHAPTER,
    LONGEST_HEADING,
    MATTER_ROLES,
    Heading,
    parse_heading,
)
from builder.structure.lines import Line

# A line that starts with none of these is no heading; most lines of a book are done with here.
FIRST_CHARACTERS = frozenset(
    "第卷上中下正（(☆★◆◇■□●○※=＝~～*＊#＃【〖[-—0123456789０１２３４５６７８９"
    "CcPpBbVvEeNnSs" + CHINESE_NUMERAL_CLASS + "".join(word[0] for word in MATTER_ROLES)
)
ACCEPTED = 0.6
FILE_START_BONUS = 0.2
LEAST_CONTENTS_LIST = 3
LEAST_NUMBERS = 3
# Marked headings further below the chapters than this stay in the text.
DEEPEST_SECTION = 2
FAMILY_LIMIT = 0.4
CONTENTS_WORDS = frozenset({"目录", "目錄", "目次", "章节目录", "章節目錄", "CONTENTS", "Contents"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """`line` is the index of a line that may hold these headings."""

    line: int
    headings: tuple[Heading, ...]
    is_file_start: bool = False

    @property
    def first(self) -> Heading:
        """The heading, or the outer one of two."""
        return self.headings[0]

    @property
    def score(self) -> float:
        """How much this looks like a heading, its place in the file counted in."""
        return self.first.score + (FILE_START_BONUS if self.is_file_start else 0.0)

    @property
    def key(self) -> tuple[tuple[str, int], ...]:
        """What the heading counts; one that counts nothing is like no other."""
        return tuple(
            (heading.unit, -1 if heading.number is None else heading.number)
            if heading.unit or heading.number is not None
            else ("", -2 - self.line)
            for heading in self.headings
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates that start sections, and `[first, last)` lines that list the contents."""

    chosen: tuple[Candidate, ...]
    contents_list: tuple[int, int] = (0, 0)


def candidates_of(text: str, lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Candidate, ...]:
    """The lines that may be headings, by their looks or because mark-up says so."""
    marked = {mark.start: mark for mark in marks if mark.kind is MarkKind.HEADING}
    level_of_chapters = _most_common(int(m.value) for m in marked.values() if m.value.isdecimal())
    found: list[Candidate] = []
    for index, line in enumerate(lines):
        if line.start == line.end:
            continue
        mark = marked.get(line.start)
        if mark is None and (
            line.end - line.start > LONGEST_HEADING or text[line.start] not in FIRST_CHARACTERS
        ):
            continue
        if mark is not None and _depth(mark, level_of_chapters) > DEEPEST_SECTION:
            continue
        headings = parse_heading(text, line.start, line.end)
        if mark is not None:
            headings = _marked(headings, mark, line, level_of_chapters)
        if headings:
            starts_file = index == 0 or lines[index - 1].file != line.file
            found.append(Candidate(index, headings, starts_file))
    return tuple(found)


def _most_common(levels: Iterator[int]) -> int:
    counted = Counter(levels)
    return min(counted, key=lambda level: (-counted[level], level)) if counted else 1


def _depth(mark: Mark, level_of_chapters: int) -> int:
    """How far a marked heading lies below the chapters; negative above them."""
    return int(mark.value) - level_of_chapters if mark.value.isdecimal() else 0


def _marked(
    headings: tuple[Heading, ...], mark: Mark, line: Line, level_of_chapters: int
) -> tuple[Heading, ...]:
    """A heading that mark-up calls one; what its words do not say, its level does."""
    depth = _depth(mark, level_of_chapters)
    if headings and headings[0].family not in {"number", "bare unit"}:
        return tuple(replace(heading, score=2.0) for heading in headings)
    rank = CHAPTER + depth
    if headings:
        return (replace(headings[0], family="mark", rank=rank, score=2.0),)
    title = (line.start, line.end)
    return (Heading("mark", "", None, rank, (line.start, line.start), title, 2.0),)


def choose(text: str, lines: Sequence[Line], candidates: Sequence[Candidate]) -> Choice:
    """The candidates that together make the best contents of the book."""
    contents_list = _contents_list(text, lines, candidates)
    rest = [one for one in candidates if not contents_list[0] <= one.line < contents_list[1]]
    strong = [one for one in rest if one.first.family in {"unit", "matter", "english", "mark"}]
    chosen = list(_plausible([one for one in strong if one.score >= ACCEPTED]))
    if not any(one.headings[-1].rank >= CHAPTER and one.first.role is None for one in chosen):
        chosen.extend(_counting(rest))
    else:
        chosen.extend(_filling(rest, chosen))
    return Choice(tuple(sorted(chosen, key=lambda one: one.line)), contents_list)


def _contents_list(
    text: str, lines: Sequence[Line], candidates: Sequence[Candidate]
) -> tuple[int, int]:
    """The lines of a contents list: headings without text between, most of which come again."""
    last_of = {one.key: one.line for one in candidates}
    run: list[Candidate] = []
    for one in (*candidates, None):
        # A key for the second time is the first heading of the book itself (第一回).
        is_next = one is not None and (not run or one.line == run[-1].line + 1)
        if one is not None and is_next and one.key not in {member.key for member in run}:
            run.append(one)
            continue
        again = sum(last_of[member.key] > run[-1].line for member in run) if run else 0
        if len(run) >= LEAST_CONTENTS_LIST and again >= 0.8 * len(run):
            first, last = run[0].line, run[-1].line + 1
            if first and text[lines[first - 1].start : lines[first - 1].end] in CONTENTS_WORDS:
                first -= 1
            return first, last
        run = [one] if one is not None else []
    return 0, 0


def _plausible(strong: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates whose number fits, where the look of the line leaves a doubt."""
    previous: dict[str, int] = {}
    for index, one in enumerate(strong):
        heading = one.headings[-1]
        if heading.number is not None and heading.role is None:
            before = previous.get(heading.unit)
            is_doubtful = one.score < 0.85
            fits = (
                heading.number == 1 or before is None or heading.number in {before + 1, before + 2}
            )
            if is_doubtful and not fits and not _next_fits(strong, index):
                continue
            previous[heading.unit] = heading.number
        yield one


def _next_fits(strong: Sequence[Candidate], index: int) -> bool:
    """Whether the next heading of the same unit counts on from this one."""
    heading = strong[index].headings[-1]
    for one in strong[index + 1 : index + 20]:
        if one.headings[-1].unit == heading.unit:
            return one.headings[-1].number == (heading.number or 0) + 1
    return False


def _counting(rest: Sequence[Candidate]) -> list[Candidate]:
    """Headings that are mere numbers, when the book has no others: 1, 2, 3 in order."""
    best: list[Candidate] = []
    for family in ("bare unit", "number"):
        chain: list[Candidate] = []
        for one in rest:
            if one.first.family != family or one.score < FAMILY_LIMIT:
                continue
            number = one.first.number
            # Numbers on lines that follow each other at once are a list.
            is_first = not chain and number == 1
            if is_first or (
                chain
                and number == (chain[-1].first.number or 0) + 1
                and one.line > chain[-1].line + 1
            ):
                chain.append(one)
        if len(chain) >= LEAST_NUMBERS and len(chain) > len(best):
            best = chain
    return best


def _filling(rest: Sequence[Candidate], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Headings without 第 (三十章) that fill a gap in the numbers of those that were chosen."""
    by_line = sorted(chosen, key=lambda one: one.line)
    numbers: Mapping[int, int] = {
        one.line: one.headings[-1].number or 0
        for one in by_line
        if one.headings[-1].rank == CHAPTER
    }
    filling: list[Candidate] = []
    chapter_lines = sorted(numbers)
    for one in rest:
        if one.first.family != "bare unit" or one.first.rank != CHAPTER or one.first.number is None:
            continue
        index = bisect_left(chapter_lines, one.line)
        before = chapter_lines[index - 1] if index else None
        after = chapter_lines[index] if index < len(chapter_lines) else None
        follows = before is not None and one.first.number == numbers[before] + 1
        leads = after is None or numbers[after] == one.first.number + 1
        if follows and leads and one.score >= FAMILY_LIMIT:
            filling.append(one)
    return filling
