"""Hard-wrapped lines: a file whose lines were cut at a width is given its paragraphs back.

Whether a stretch of text is wrapped shows in the widths of its lines, counted in columns
(Han two, ASCII one, as GBK has bytes): hardly any line is wider than some width, many lines
reach it, and most of those stop in the middle of a sentence. A text with one paragraph a
line has no such edge; a list of titles or a poem has one, but its lines are no sentences.

A line is joined to the next when the next one's first word would not have fitted on it.
A paragraph starts at an indent, after a blank line, or after a line that was not full,
whichever the stretch itself uses.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.core.numerals import CHINESE_NUMERAL_CLASS, NUMERAL_CLASS
from builder.normalize.characters import is_han
from builder.normalize.rule import Change, Rule
from builder.normalize.widths import MEASURES, Line, Measure, columns, lines_of, measured

NARROWEST, WIDEST = 24, 132
# How far a full line may stay below the width: half a character, and a mark or a bracket
# that had to go to the next line; and how far a hanging mark may stand out.
SLACK, HANGING = 3, 4
# Where paragraphs tell their start, a line so wide that stops in a sentence goes on below: what
# was taken out of it (a watermark, a full-width mark) made it narrower.
LEAST_CUT = 0.7
LEAST_FULL = 6
LEAST_FULL_SHARE = 0.2
MOST_WIDER_SHARE = 0.02
LEAST_CUT_SHARE = 0.5
LEAST_PROSE_SHARE = 0.5
# The first mark stands at the same place in most lines of a poem.
MOST_ALIKE_SHARE = 0.4
# A wrapped text has this many times more lines at its width than at any width below it.
LEAST_PEAK = 3.0
# When fewer of the full lines that end a sentence end a paragraph too, they are joined.
LEAST_CHANCE = 0.25

GLANCE = 400
# So many lines show by which count they were wrapped, and how much clearer than columns
# another count has to be.
SAMPLE = 4000
CLEARLY = 0.005

SENTENCE_END = frozenset("。！？!?…；;”」』’）)》．.—~～")
SPEECH = frozenset("“「『‘")
# What no paragraph starts with, and marks of two characters that were cut in two.
NEVER_FIRST = frozenset("，。！？；：、．”’」』》）,")
HALVED = frozenset({"……", "——"})
PROSE = re.compile("[，。！？；：、,．]")
# Columns of a table: a|b, or words far apart.
TABLE = re.compile("[|｜│]|[ \N{IDEOGRAPHIC SPACE}]{3}|\t")
# What starts a line that is no continuation: a heading, an item of a list, a rule, a speech.
FRESH = re.compile(
    f"(?:正文 ?)?第 ?[{NUMERAL_CLASS}]{{1,9}} ?[章回节節卷部篇集幕折话話场場册冊季](?![，。！？；、”」])|卷之?[{NUMERAL_CLASS}]"
    "|[-*•●◆■※☆★＊=]{1,3}|番外|楔子|[【〖]第"
    f"|[0-9０-９]{{1,4}}[.、)）．]|[（(][{NUMERAL_CLASS}]{{1,4}}[)）]|[{CHINESE_NUMERAL_CLASS}]{{1,4}}、"
    r"|(?i:chapter|part|volume|no|ep)[. ]{1,2}[0-9a-z]"
)
# The first thing of a line that cannot be cut: a word, or a character with marks behind it.
UNBREAKABLE = re.compile("[!-~]{1,40}|.[，。！？；：、．）”」』》…]{0,3}")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a stretch of lines was wrapped.

    `width` as `measure` counts; lines of one paragraph have `gap` newlines between them and `indent`
    columns before them. A paragraph starts with an indent or after a blank line when
    `has_indents` or `has_blanks`. Where it does neither, a full line that ends a sentence is
    mostly the end of a paragraph, unless there are too many of them: `runs_on`.
    """

    measure: Measure
    width: int
    gap: int
    indent: int
    has_indents: bool
    has_blanks: bool
    runs_on: bool


def _unwrapped(text: str) -> Iterator[Change]:
    if not _may_be_wrapped(text):
        return
    for lines, wrapping in _wrapped_stretches(text, lines_of(text)):
        for line, following in pairwise(lines):
            if _is_cut(text, line, following, wrapping):
                before = text[line.end : following.start]
                yield line.end, before, _joint(text, line.end, following.start)


def _may_be_wrapped(text: str) -> bool:
    """Whether many lines anywhere are of nearly one length: a quick look before the careful one."""
    lines = [line for line in text.split("\n") if line]
    for first in range(0, len(lines), GLANCE):
        stretch = lines[first : first + GLANCE]
        counts = Counter(map(len, stretch))
        least = max(LEAST_FULL - 1, 0.7 * LEAST_FULL_SHARE * counts.total())
        # Five lengths side by side: as wide as what is called full, Latin letters counted in.
        for length, _ in counts.most_common(4):
            window = sum(counts[other] for other in range(length - 2, length + 3))
            if length < NARROWEST // 2 or window < least:
                continue
            cut = sum(
                length - 2 <= len(line) <= length + 2 and line[-1] not in SENTENCE_END
                for line in stretch
            )
            if cut >= 0.6 * LEAST_CUT_SHARE * window:
                return True
    return False


def _wrapped_stretches(
    text: str, lines: Sequence[Line]
) -> Iterator[tuple[Sequence[Line], Wrapping]]:
    """Lines that were wrapped alike, measured so, and how."""
    stretches: list[tuple[int, int]] = []
    first = 0
    for index, line in enumerate(lines):
        if line.width > WIDEST:
            stretches.append((first, index))
            first = index + 1
    stretches.append((first, len(lines)))
    found = {
        (start, end): wrapping
        for start, end in stretches
        if end - start > LEAST_FULL and (wrapping := _wrapping(text, lines[start:end]))
    }
    if not found:
        return
    # A stretch too short to tell by itself goes with the rest of a wrapped text.
    longest = max(found, key=lambda stretch: stretch[1] - stretch[0])
    is_usual = 2 * sum(end - start for start, end in found) > len(lines)
    for start, end in stretches:
        wrapping = found.get((start, end), found[longest])
        its_lines = measured(text, lines[start:end], wrapping.measure)
        if (start, end) in found or (is_usual and _fits(its_lines, wrapping.width)):
            yield its_lines, wrapping


def _fits(lines: Sequence[Line], width: int) -> bool:
    wider = sum(line.width > width + HANGING for line in lines)
    return wider <= MOST_WIDER_SHARE * len(lines)


def _wrapping(text: str, lines: Sequence[Line]) -> Wrapping | None:
    """How these lines were wrapped; None when they were not."""
    edges = [
        (measure, *edge)
        for measure in MEASURES
        if (edge := _edge(measured(text, lines[:SAMPLE], measure))) is not None
    ]
    if not edges:
        return None
    # Columns unless another count has clearly more lines that are full.
    measure, width, _ = max(edges, key=lambda edge: edge[2] * (1 + CLEARLY * (edge[0] is columns)))
    return _wrapping_at(text, measured(text, lines, measure), measure, width)


def _wrapping_at(text: str, lines: Sequence[Line], measure: Measure, width: int) -> Wrapping | None:
    """How these lines, measured so, were wrapped at a width; None when they were not."""
    full = [
        (line, following)
        for line, following in pairwise(lines)
        if width - SLACK <= _measured(line, width) <= width + HANGING
    ]
    cut = [pair for pair in full if text[pair[0].end - 1] not in SENTENCE_END]
    marks = [mark.start() - line.start for line, _ in full if (mark := _first_mark(text, line))]
    # The same notice again and again shows no width.
    different = {text[line.start : line.end] for line, _ in full}
    if (
        len(different) < LEAST_FULL
        or len(cut) < LEAST_CUT_SHARE * len(full)
        or len(marks) < LEAST_PROSE_SHARE * len(full)
        or Counter(marks).most_common(1)[0][1] > MOST_ALIKE_SHARE * len(marks)
        or sum(TABLE.search(text, line.start, line.end) is not None for line, _ in full) * 4
        > len(full)
    ):
        return None
    gap = Counter(text.count("\n", line.end, after.start) for line, after in cut).most_common(1)
    indent = Counter(after.indent for _, after in cut).most_common(1)
    return _with_starts(text, lines, (measure, width), (gap[0][0], indent[0][0]))


def _first_mark(text: str, line: Line) -> re.Match[str] | None:
    return PROSE.search(text, line.start, line.end)


def _with_starts(
    text: str, lines: Sequence[Line], edge: tuple[Measure, int], within: tuple[int, int]
) -> Wrapping:
    """The wrapping, with how its paragraphs start: seen after lines that are clearly short."""
    measure, width = edge
    gap, indent = within
    after_short = [
        following
        for line, following in pairwise(lines)
        if line.indent + line.width < width - 8 and text[line.end - 1] in SENTENCE_END
    ]
    blank = [
        text.count("\n", line.end, following.start) > gap
        for line, following in pairwise(lines)
        if line.indent + line.width < width - 8
    ]
    indented = sum(following.indent > indent for following in after_short)
    ended = sum(
        width - SLACK <= _measured(line, width) and text[line.end - 1] in SENTENCE_END
        for line in lines
    )
    # Of the paragraphs, this many end on a full line by chance.
    by_chance = len(after_short) * 2 * SLACK / width
    return Wrapping(
        measure,
        width,
        gap,
        indent,
        has_indents=bool(after_short) and indented >= 0.6 * len(after_short),
        has_blanks=bool(blank) and sum(blank) >= 0.6 * len(blank),
        runs_on=by_chance < LEAST_CHANCE * ended,
    )


def _measured(line: Line, width: int) -> int:
    """A line's width with its indent, or without it where the indent was added afterwards."""
    whole = line.indent + line.width
    return whole if whole <= width + HANGING else line.width


def _edge(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The width at which these lines were cut, and how many have it; None without such an edge."""
    counts = Counter(line.indent + line.width for line in lines)
    allowed = MOST_WIDER_SHARE * len(lines)
    candidates = sorted(
        (width for width in counts if NARROWEST <= width <= WIDEST),
        key=lambda width: (-_near(counts, width), -counts[width], width),
    )
    for width in candidates[:8]:
        # Indents that were added after wrapping make some first lines wider.
        wider = sum(line.width > width + HANGING for line in lines)
        full = _near(counts, width)
        if wider > allowed or full < max(LEAST_FULL, LEAST_FULL_SHARE * len(lines)):
            continue
        below = [_near(counts, other) for other in range(width // 3, width - 4, 4)]
        if full >= LEAST_PEAK * max(sum(below) / max(len(below), 1), 1):
            return width, full
    return None


def _near(counts: Counter[int], width: int) -> int:
    return sum(counts[width - below] for below in range(SLACK + 1))


def _is_cut(text: str, line: Line, following: Line, wrapping: Wrapping) -> bool:
    """Whether the paragraph of `line` goes on in `following`."""
    if text.count("\n", line.end, following.start) > wrapping.gap:
        return False
    if following.indent > wrapping.indent or FRESH.match(text, following.start, following.end):
        return False
    width = _measured(line, wrapping.width)
    if width > wrapping.width + HANGING:
        return False
    if FRESH.match(text, line.start, line.end) and (
        (wrapping.has_indents and line.indent <= wrapping.indent)
        or not PROSE.search(text, line.start, line.end)
    ):
        return False
    if (
        text[following.start] in NEVER_FIRST
        or text[line.end - 1 : line.end] + text[following.start] in HALVED
    ):
        return width >= LEAST_CUT * wrapping.width
    is_sentence = text[line.end - 1] in SENTENCE_END
    is_told = wrapping.has_indents or wrapping.has_blanks
    if is_told and not is_sentence and width >= LEAST_CUT * wrapping.width:
        return True
    unbreakable = UNBREAKABLE.match(text, following.start, following.end)
    needed = wrapping.measure(unbreakable[0]) if unbreakable else 2
    if width + max(needed, SLACK) <= wrapping.width:
        return False
    if is_told or not is_sentence:
        return True
    return wrapping.runs_on and text[following.start] not in SPEECH


def _joint(text: str, end: int, start: int) -> str:
    """What stands between two lines that are one: nothing, but a space between Latin words."""
    left, right = text[end - 1], text[start]
    if is_han(left) or is_han(right) or not (left.isascii() and right.isascii()):
        return ""
    if left in "-/([~.@:" or (left.isdigit() and right.isdigit()):
        return ""
    if right in ".~)]/" or (left.isalnum() and right.isalnum() and _in_address(text, end, start)):
        return ""
    return " "


# www.exam|ple.com, but not see|www.example.com.
ADDRESS_BEFORE = re.compile("[A-Za-z0-9-][.●。．·?][A-Za-z0-9-]{1,40}$")
ADDRESS_AFTER = re.compile("(?!www|http)[A-Za-z0-9-]{1,40}[.●．·?][A-Za-z]{2}")


def _in_address(text: str, end: int, start: int) -> bool:
    """Whether a line was cut in the middle of an address."""
    return bool(
        ADDRESS_BEFORE.search(text, max(end - 42, 0), end) or ADDRESS_AFTER.match(text, start)
    )


RULES = (
    Rule(
        "N016",
        "judgement",
        "standard",
        frozenset(),
        _unwrapped,
        "blocks",
        is_contextual=True,
    ),
)
