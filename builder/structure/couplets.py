"""Titles in two lines: 第一回, and a couplet below it, each half of it on a line of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.structure import trace
from builder.structure.families import CHAPTER
from builder.structure.lines import Line
from builder.structure.outline import HEADING_GAP, Opening
from builder.structure.trace import Piece, made

# 沈公子夜走望江楼, but not 夜雨 and not 沈公子，夜走望江楼.
HALF = re.compile("[\u3400-\u9fff]{5,9}")
LEAST_COUPLETS = 2
COUPLET_SHARE = 0.7  # of the chapters with a title that may be half a couplet


def with_couplets(
    text: str, lines: Sequence[Line], openings: Sequence[Opening]
) -> tuple[Opening, ...]:
    """The openings, each title with its second half when that stands on the line below.

    Only where most chapters are written so: a line of the same length may as well be the
    first of a poem.
    """
    halves = [
        index
        for index, one in enumerate(openings)
        if one.label and one.rank >= CHAPTER and not one.is_made and HALF.fullmatch(one.title)
    ]
    found = [index for index in halves if _has_second_half(text, lines, openings[index])]
    if len(found) < max(LEAST_COUPLETS, COUPLET_SHARE * len(halves)):
        return tuple(openings)
    result = list(openings)
    for index in found:
        one = openings[index]
        line = lines[one.body]
        gap = made(HEADING_GAP, trace.HEADING_SPACE)
        result[index] = replace(
            one,
            title=f"{one.title}{HEADING_GAP}{text[line.start : line.end]}",
            pieces=(*one.pieces, gap, Piece(line.start, line.end)),
            body=one.body + 1,
        )
    return tuple(result)


def _has_second_half(text: str, lines: Sequence[Line], opening: Opening) -> bool:
    """Whether the next line is as long as the title and says something else; no third one does."""
    if opening.end - opening.body < 2 or any(
        claim.start > opening.pieces[-1].end for claim in opening.claims
    ):
        return False
    second, third = (text[line.start : line.end] for line in lines[opening.body : opening.body + 2])
    return (
        len(second) == len(opening.title)
        and second != opening.title
        and HALF.fullmatch(second) is not None
        and not (len(third) == len(second) and HALF.fullmatch(third))
    )
