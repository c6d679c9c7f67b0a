"""Every line that may be a heading, with what its surroundings say. Nothing is chosen here."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builder.core.manuscript import Mark, MarkKind
from builder.core.numerals import CHINESE_NUMERAL_CLASS, NUMERAL_CLASS, to_number
from builder.structure.families import CHAPTER, MATTER_ROLES, RANKS, VOLUME
from builder.structure.headings import LONGEST_HEADING, Heading, parse_heading, title_score
from builder.structure.learned import Unknown, counted, learned, ornamented
from builder.structure.lines import Line
from builder.structure.own_patterns import NO_PATTERNS, OwnPatterns

# A line that starts with none of these is no heading; most lines of a book are done with here.
FIRST_CHARACTERS = frozenset(
    "第笫卷部上中下正终終最末尾序（(☆★◆◇■□●○◎※▲△▼▽♦♥♡♠♣✦✧❀✿→=＝~～*＊#＃_＿|｜+＋^<＜【〖〔［《「『[-—－─━"
    "0123456789０１２３４５６７８９CcPpBbVvEeNnSsFfIiAaXLⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢⑴⑵⑶"
    + CHINESE_NUMERAL_CLASS
    + "".join(word[0] for word in MATTER_ROLES)
)
# Marked headings further below the chapters than this stay in the text.
DEEPEST_SECTION = 2
LEAST_REPEATS = 3
LONGEST_HELD = 5000  # characters; a longer table or <pre> is the page itself
HOLDING = frozenset(
    {MarkKind.LIST, MarkKind.TABLE, MarkKind.QUOTE, MarkKind.NOTE, MarkKind.VERSE, MarkKind.RAW}
)
# Scrapers print the book's name and the heading once more inside the text.
NAMED = "named:"
APART = 1.0
CRAMPED = 0.8
FILE_START = 2.0
ITEM = -4.0
LISTED = 8.0
WIDE_GAP = re.compile("[ \t　]{2,}|\t")

# The heading in 渡口灯火 第三章 夜雨; what stands before it comes again and again.
_UNITS = "".join(RANKS)
INNER = re.compile(rf"第[{NUMERAL_CLASS}]{{1,12}}[{_UNITS}]")
PREFIX = re.compile("[ \t　]*(?P<prefix>[^\n第。！？，：“”]{1,20}?)[ 　:：·\\-—_]{0,3}")
# 正文 before 第三章 is no name.
FRAME = re.compile("正文卷?|VIP[ 　]?(?:章节|章節|卷)?")
# A name has letters: === is an ornament.
NAME = re.compile("[^\\W_]")
# 下一章：第十三章 leads to a page.
PAGE_LINK = re.compile("[章节節页頁]")
# The number in 渡口灯火(12) and 渡口灯火（12）夜雨.
BRACKETED = re.compile(rf"[（(][{NUMERAL_CLASS}]{{1,7}}[）)]")
NAMED_NUMBER = re.compile(
    rf"[ \t　]*(?P<prefix>[^\n。！？：“”（()）]{{1,24}})[（(](?P<number>[{NUMERAL_CLASS}]{{1,7}})[）)][ \t　]*(?P<title>[^\n。]{{0,40}}?)[ \t　]*"
)
LONGEST_PREFIX = 40  # characters from the start of the line, spaces and all


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
) -> tuple[Candidate, ...]:
    """The lines that may be headings, by their looks or because mark-up says so."""
    marked = {mark.start: mark for mark in marks if mark.kind is MarkKind.HEADING}
    level_of_chapters = _most_common(int(m.value) for m in marked.values() if m.value.isdecimal())
    prefixed = _prefixed(text)
    held = _held_lines(lines, marks) if marks else frozenset()
    found: list[Candidate] = []
    unknown: list[Unknown] = []
    for index, line in enumerate(lines):
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
            or (text[start] not in FIRST_CHARACTERS and start not in prefixed)
        ):
            continue
        if mark is not None and _depth(mark, level_of_chapters) > DEEPEST_SECTION:
            continue
        headings = prefixed.get(start, ()) or parse_heading(
            text, start, line.end, longest=own.max_title
        )
        if mark is not None:
            headings = _marked(headings, mark, line, level_of_chapters)
            found.append(Candidate(index, headings, MARKED))
        elif headings:
            look = headings[-1].score + surroundings(lines, index, spaced)
            look -= LISTED * are_several(text, line)
            found.append(Candidate(index, headings, look))
        elif text[start] == "第" and (one := counted(text, index, line)):
            unknown.append(one)
        elif heading := ornamented(text, line):
            found.append(Candidate(index, (heading,), heading.score))
    found.extend(_learned(text, lines, found, unknown, spaced))
    found.sort(key=_line)
    return tuple(_without_items(found))


def _learned(
    text: str,
    lines: Sequence[Line],
    found: Sequence[Candidate],
    unknown: Sequence[Unknown],
    spaced: Sequence[bool],
) -> list[Candidate]:
    """Headings in a unit that the book itself has taught, if it has no better ones."""
    known = sum(
        one.last.rank >= CHAPTER and one.last.family != "number" and one.look >= STRONG
        and one.last.role is None
        for one in found
    )  # fmt: skip
    if not unknown or known * 2 > len(unknown):
        return []
    return [
        Candidate(index, (heading,), heading.score + surroundings(lines, index, spaced))
        for index, heading in learned(text, lines, unknown)
    ]


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
        return headings
    rank = CHAPTER + depth
    if headings:
        return (replace(headings[0], family="mark", rank=rank, style="mark"),)
    title = (line.start, line.end)
    return (Heading("mark", "", None, rank, (line.start, line.start), title, 0.0, style="mark"),)


# --- headings behind a name -----------------------------------------------------------------


def _prefixed(text: str) -> dict[int, tuple[Heading, ...]]:
    """Headings behind words that many headings share, by the start of their lines.

    One name for all is the book's and an ornament; several are those of volumes.
    """
    return _behind_names(text) | _named_numbers(text)


def _behind_names(text: str) -> dict[int, tuple[Heading, ...]]:
    matches = [
        match
        for start, inside in _line_starts(text, INNER)
        if (match := PREFIX.fullmatch(text, start, inside))
        and NAME.search(match["prefix"])
        and not _is_heading(match["prefix"])
        and not FRAME.fullmatch(match["prefix"])
        and not PAGE_LINK.search(match["prefix"])
    ]
    counts = Counter(match["prefix"] for match in matches)
    usual = {prefix for prefix, count in counts.items() if count >= LEAST_REPEATS}
    found: dict[int, tuple[Heading, ...]] = {}
    for match in matches:
        if match["prefix"] not in usual:
            continue
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        inner = parse_heading(text, match.end(), end)[:1]
        if not inner:
            continue
        start = match.start("prefix")
        inner = (replace(inner[0], style=f"{NAMED}{inner[0].style}"),)
        volume = Heading("unit", "", None, VOLUME, (start, start), match.span("prefix"),
                         inner[0].score, style="unit:")  # fmt: skip
        found[start] = (volume, *inner) if len(usual) > 1 else inner
    return found


def _line_starts(text: str, inside: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the lines start on which a pattern stands near the start, and where it stands."""
    latest = -1
    for match in inside.finditer(text):
        before = max(match.start() - LONGEST_PREFIX, 0)
        start = text.rfind("\n", before, match.start()) + 1
        if (start or not before) and start != latest:
            latest = start
            yield start, match.start()


def _is_heading(words: str) -> bool:
    """Whether the words are a heading by themselves: 第一卷 风起, 番外."""
    headings = parse_heading(words, 0, len(words))
    return bool(headings) and headings[0].family in {"unit", "matter"}


def _named_numbers(text: str) -> dict[int, tuple[Heading, ...]]:
    by_prefix: dict[str, list[re.Match[str]]] = defaultdict(list)
    for start, inside in _line_starts(text, BRACKETED):
        end = text.find("\n", inside)
        match = NAMED_NUMBER.fullmatch(text, start, end if end >= 0 else len(text))
        if match and not _is_heading(match["prefix"].strip()):
            by_prefix[match["prefix"]].append(match)
    found: dict[int, tuple[Heading, ...]] = {}
    for matches in by_prefix.values():
        numbers = [to_number(match["number"]) for match in matches]
        if len(set(numbers) - {None}) < LEAST_REPEATS:
            continue
        for match, number in zip(matches, numbers, strict=True):
            start, end = match.start("prefix"), match.end("number") + 1
            heading = Heading(
                "number", "", number, CHAPTER, (start, end), match.span("title"),
                2.5 + title_score(match["title"]), style="number:named",
            )  # fmt: skip
            found[start] = (heading,)
    return found
