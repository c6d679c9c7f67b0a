"""Headings that share their line with the first paragraph: 第三章 夜雨　　他把灯放下。"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from builder.structure.headings import parse_heading
from builder.structure.lines import SPACES, Line

GAP = "\N{IDEOGRAPHIC SPACE}" * 2
LONGEST_HEAD = 60  # characters before the gap
LEAST_PARAGRAPH = 8
LEAST_SCORE = 1.0
SENTENCE_ENDS = frozenset("。！？…!?”」』")
CERTAIN = frozenset({"unit", "matter", "english", "bare unit"})


def with_headings_apart(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, a heading and the paragraph behind it two of them.

    Two full-width spaces are an indent: what stands behind them and ends a sentence is a
    paragraph, when what stands before them is a heading by itself.
    """
    splits = dict(_splits(text, lines))
    if not splits:
        return tuple(lines)
    result: list[Line] = []
    for index, line in enumerate(lines):
        if index not in splits:
            result.append(line)
            continue
        end, start = splits[index]
        result.append(line._replace(end=end))
        result.append(line._replace(start=start, is_apart=False))
    return tuple(result)


def _splits(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, tuple[int, int]]]:
    """For the index of each such line, where its heading ends and its paragraph starts."""
    latest = -1
    at = text.find(GAP)
    while at >= 0:
        index = bisect_right(lines, at, key=_start) - 1
        start = at
        while text[start : start + 1] in SPACES and start < len(text):
            start += 1
        if index > latest and lines[index].start < at and start < lines[index].end:
            latest = index
            line = lines[index]
            if _is_glued(text, line, at, start):
                yield index, (at, start)
        at = text.find(GAP, max(start, at + 1))


def _is_glued(text: str, line: Line, end: int, start: int) -> bool:
    if end - line.start > LONGEST_HEAD or line.end - start < LEAST_PARAGRAPH:
        return False
    if text[line.end - 1] not in SENTENCE_ENDS:
        return False
    headings = parse_heading(text, line.start, end)
    return bool(headings) and (headings[-1].family in CERTAIN and headings[-1].score >= LEAST_SCORE)


def _start(line: Line) -> int:
    return line.start
