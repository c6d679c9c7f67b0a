"""Titles on a line of their own: 第三章, and 夜雨 on the line below it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.structure import trace
from builder.structure.families import CHAPTER
from builder.structure.headings import LONGEST_TITLE, title_score
from builder.structure.lines import Line
from builder.structure.outline import HEADING_GAP, Opening
from builder.structure.repeats import words_of
from builder.structure.title_ends import end_of_title
from builder.structure.trace import Claim, Piece, made

LONGEST_LOOSE_TITLE = 20
PUNCTUATION = re.compile("[，。！？；：、…“”「」—,.!?;:]")
SENTENCE = re.compile("[。．]$|[。！？!?…][”」』’]$|。")
# 发表于 2015-3-10 12:00 | 只看该作者, 更新时间：2012年3月, but not 发表于秋天 and not 2012年的雪.
STAMP = re.compile(
    "只看[该該]作者|[发發]表[于於][ 　:：]{0,3}[0-9]|(?:更新|[发發]布|[发發]表|上[传傳])[时時][间間]"
    "|(?:19|20)[0-9]{2}(?P<sign>[-/.])[0-9]{1,2}(?P=sign)[0-9]{1,2}|(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日 ?[0-9]"
    "|^[0-9]{1,2}[:：][0-9]{2}"
)
LEAST_BARE = 2
LOOSE_SHARE = 0.7
LEAST_LOOSE = -2.2


def with_loose_titles(
    text: str, lines: Sequence[Line], openings: Sequence[Opening]
) -> tuple[Opening, ...]:
    """The openings, each 第三章 with the title that stands alone on the line after it.

    Only where most chapters without a title on their line are written so: a single short line
    may as well be the first sentence.
    """
    ranks = {one.rank for one in openings if one.role is None and not one.is_made}
    least = min(CHAPTER, max(ranks, default=CHAPTER))
    bare = [
        index
        for index, one in enumerate(openings)
        if one.label
        and not one.title
        and not one.is_made
        and one.rank >= least
        and one.role is None
    ]
    loose = [index for index in bare if _has_loose_title(text, lines, openings[index])]
    may_be = [index for index in bare if _may_have_loose_title(text, lines, openings[index])]
    is_usual = len(loose) >= LOOSE_SHARE * len(bare) or (
        len(may_be) == len(bare) and len(loose) * 2 >= len(bare)
    )
    if len(bare) < LEAST_BARE or not is_usual:
        return tuple(openings)
    result = list(openings)
    for index in may_be:
        one = openings[index]
        line = lines[one.body]
        title = text[line.start : line.end]
        body, claims = one.body + 1, list(one.claims)
        while body < one.end and words_of(text[lines[body].start : lines[body].end]) == words_of(
            title
        ):
            claims.append(Claim(lines[body].start, lines[body].end, trace.REPEATED_TITLE))
            body += 1
        stop = end_of_title(text, line.start, line.end)
        if stop < line.end:
            claims.append(Claim(stop, line.end, trace.TITLE_REMARK))
            title = text[line.start : stop]
        gap = made(HEADING_GAP, trace.HEADING_SPACE)
        result[index] = replace(
            one,
            title=title,
            pieces=(*one.pieces, gap, Piece(line.start, stop)),
            body=body,
            claims=tuple(claims),
        )
    return tuple(result)


def _has_loose_title(text: str, lines: Sequence[Line], opening: Opening) -> bool:
    if opening.end - opening.body < 2:
        return False
    words = _line(text, lines[opening.body])
    return (
        len(words) <= LONGEST_TITLE and title_score(words) > LEAST_LOOSE and not STAMP.search(words)
    )


def _may_have_loose_title(text: str, lines: Sequence[Line], opening: Opening) -> bool:
    """Whether the next line may be a title in a book that is known to write them so."""
    if opening.end - opening.body < 2:
        return False
    words = _line(text, lines[opening.body])
    return (
        len(words) <= LONGEST_TITLE * 2 and not SENTENCE.search(words) and not STAMP.search(words)
    )


def _line(text: str, line: Line) -> str:
    return text[line.start : line.end]
