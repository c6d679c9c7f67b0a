"""Headings of families that no list has, learned from the book: 第三夜, 其三 雪, Scene 3, 003|雪.

A line is a frame around a numeral: what stands before it, a word right behind it, the sign
that parts it from the title. A frame is one of headings when short lines of their own count in
it through the whole book, one after another, with text between. A story that says 第三天 in a
line of its own now and then does not, nor do the numbers of pages, which cut sentences in two.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from builder.core.numerals import (
    CHINESE_NUMERAL_CLASS,
    ENCLOSED_CLASS,
    ROMAN_CHARACTERS,
    WORDS,
    to_number,
)
from builder.structure.chains import Link, best_chain
from builder.structure.families import CHAPTER, RANKS
from builder.structure.headings import FAMILY_SCORES, GLUED, Heading, title_score
from builder.structure.lines import Line
from builder.structure.ornaments import within_ornaments

LONGEST_FRAMED = 64
_WORDS = "|".join(sorted((word.replace(" ", "-") for word in WORDS), key=len, reverse=True))
_HAN = "[\u4e00-\u9fff]"
_NUMERAL = (
    "(?:(?<![0-9０-９])(?P<digits>[0-9０-９]{1,4})(?![0-9０-９])"
    f"|(?<![{CHINESE_NUMERAL_CLASS}])(?P<chinese>[{CHINESE_NUMERAL_CLASS}]{{1,7}})(?![{CHINESE_NUMERAL_CLASS}])"
    f"|(?P<sign>[{ENCLOSED_CLASS}{ROMAN_CHARACTERS}])"
    "|(?<![A-Za-z])(?P<roman>[IVXLC]{1,9}|[ivxl]{1,7})(?![A-Za-z])"
    f"|(?<=[A-Za-z] )(?P<word>(?i:{_WORDS}))(?!-?[A-Za-z]))"
)
_APART = "(?P<apart>[ \\t　、·•.．:：|｜丨/／\\\\_~～—–…\\-+＋>＞)）\\]］】〗〕》」』]{1,4}(?![0-9０-９]{1,9}(?:[^0-9０-９A-Za-z\u4e00-\u9fff]|$))|$)"
# 第三封信 雪, 三夜 and 003|雪, but not 第三天他走了 and not 12:30.
COUNTED = re.compile(
    f"(?P<before>(?:[^\n0-9０-９，。！？；：“”‘’…=＝]{{0,8}}第[ ]?)?){_NUMERAL}[ ]?(?P<unit>{_HAN}{{0,2}}){_APART}"
)
# 第三 夜雨, where 夜雨 is no unit, but not 第 3 页.
ORDINAL = re.compile(
    f"(?P<before>[^\n0-9０-９，。！？；：“”‘’…=＝]{{0,8}}第[ ]?){_NUMERAL}(?P<unit>)(?P<apart>[ ])(?={_HAN}{{2}})(?![页頁])"
)
# 其三, Scene 3 雪, 之三雪, but not 第三天.
NAMED_COUNT = re.compile(f"{_NUMERAL}(?P<unit>){_APART[:-1]}|(?=[0-9A-Za-z《“「『\u4e00-\u9fff]))")
BEFORE = re.compile("[^\n0-9０-９，。！？；：“”‘’…=＝]{0,11}[^第\n0-9０-９，。！？；：“”‘’…=＝]")
MOST_READINGS = 3  # of a line: 七夜谈 其三 counts three or seven
KINDS = ("digits", "chinese", "sign", "roman", "word")
# These count what is no chapter: 第12页, Page 12, 3级.
PAGES = frozenset("页頁")
NO_UNITS = frozenset("级級")
NO_WORDS = re.compile(
    "(?:^|[^A-Za-z])(?:page|pp?|level|lv|hp|mp|exp|note|fig|table)[. :：]{0,3}$|[页頁注图圖表]$",
    re.IGNORECASE,
)
UNFINISHED = frozenset("。．；;，,：:、")
SENTENCE_END = frozenset('。！？!?…”」』’"）)～~—】]》>')
PLAIN_SIGNS = frozenset("、.．:：·)）")
LEAST_COUNTED = 3
LEAST_SHARE = 0.6  # of the lines in a frame count in order
LOOK = 1.0
FEW = 20  # headings, of which the first one may be missing
LEAST_STEPS = 0.8  # of the steps are by one
LEAST_WHOLE = 0.4  # of the lines before them end a sentence; one in five does before a page number
LEAST_BODY = 150  # characters between two headings, on the average
SIGNATURE = 16  # characters at most of 你的父亲, of a date; who cuts pages cuts full lines
EARLY, LATE = 0.35, 0.5  # of the text: where the first stands at most, the last at least
STARTS_AGAIN = 5  # numbers at least before they may start from one again, on the average
LIST = 3  # lines in a row are a list's


class Framed(NamedTuple):
    """A line as a frame around `number`; `label` and `title` are stretches of the text."""

    line: int
    frame: tuple[str, str, str, str]
    number: int
    label: tuple[int, int]
    title: tuple[int, int]


def framed(
    text: str,
    lines: Sequence[Line],
    *,
    known: Set[int],
    most: int,
    edge: tuple[int, int] | None = None,
) -> Iterator[tuple[int, Heading]]:
    """The headings, by line, in the frame that counts through the book; none if there is none.

    `known` are the lines that are headings of other kinds. A frame has to have as many as
    `most` of them at least, or reach the `edge`: the line and number of the first known
    heading of a book that changes its headings half-way.
    """
    by_frame: dict[tuple[str, str, str, str], list[Framed]] = defaultdict(list)
    for index, line in enumerate(lines):
        if 0 < line.end - line.start <= LONGEST_FRAMED and index not in known:
            for one in _framed(text, index, line):
                by_frame[one.frame].append(one)
    found = [
        group
        for few in by_frame.values()
        if len(few) >= LEAST_COUNTED
        and _count_through(
            text,
            lines,
            _without_lists(group := [*few, *_glued(text, lines, few, known)]),
            most=most,
            edge=edge,
        )
    ]
    for one in max(found, key=len, default=[]):
        score = FAMILY_SCORES["unit"] + title_score(text[slice(*one.title)])
        unit = "".join(one.frame)
        is_glued = one.label[1] == one.title[0] < one.title[1]
        heading = Heading(
            "unit", unit, one.number, CHAPTER, one.label, one.title,
            score - (GLUED if is_glued else 0.0), style=f"unit:{unit}", is_glued=is_glued,
        )  # fmt: skip
        yield one.line, heading


def _glued(
    text: str, lines: Sequence[Line], best: Sequence[Framed], known: Set[int]
) -> Iterator[Framed]:
    """第三夜他走了多久了？ where 第三夜 stands in a line by itself, or apart from its title."""
    before, _, unit, _ = best[0].frame if best else ("", "", "", "")
    if not before.endswith("第"):
        return
    pattern = re.compile(f"{re.escape(before)}[ ]?{_NUMERAL}[ ]?{unit}")
    taken = {one.line for one in best} | known
    for index, line in enumerate(lines):
        if line.end - line.start > LONGEST_FRAMED or index in taken:
            continue
        start, end = within_ornaments(text, line.start, line.end)
        match = pattern.match(text, start, end)
        number = to_number(next(match[kind] for kind in KINDS if match[kind])) if match else None
        if match and number is not None and text[end - 1] not in UNFINISHED:
            yield Framed(index, best[0].frame, number, match.span(), (match.end(), end))


def _framed(text: str, index: int, line: Line) -> Iterator[Framed]:
    """The line as a frame around a numeral, in each way that it can be read."""
    if text[line.end - 1] in UNFINISHED:
        return
    start, end = within_ornaments(text, line.start, line.end)
    counted = COUNTED.match(text, start, end)
    if counted:
        if one := _read(index, counted, counted["before"], start, end):
            yield one
        if counted["before"]:
            ordinal = ORDINAL.match(text, start, end) if counted["unit"] else None
            if ordinal and (one := _read(index, ordinal, ordinal["before"], start, end)):
                yield one
            return
    readings = 0
    for match in NAMED_COUNT.finditer(text, start, end):
        before = text[start : match.start()]
        if readings == MOST_READINGS or not (not before or BEFORE.fullmatch(before)):
            return
        if before and (one := _read(index, match, before, start, end)):
            readings += 1
            yield one


def _read(index: int, match: re.Match[str], words: str, start: int, end: int) -> Framed | None:
    """The frame that a match is, if headings are counted so."""
    kind = next(kind for kind in KINDS if match[kind])
    number = to_number(match[kind])
    unit, before = match["unit"], words.strip()
    is_ordinal = before.endswith("第")
    if number is None or unit[:1] in PAGES or NO_WORDS.search(words):
        return None
    if unit[:1] in (RANKS if is_ordinal else NO_UNITS):
        return None
    sign = match["apart"].strip()[:1]
    is_plain = not before and not unit and (not sign or sign in PLAIN_SIGNS)
    if is_plain or not (before or unit or match.end() < end):
        return None
    frame = (before.lower(), kind, unit, "" if unit or before else sign)
    label_end = match.end("unit") if unit else match.end(kind)
    return Framed(index, frame, number, (start, label_end), (match.end(), end))


def _without_lists(found: Sequence[Framed]) -> list[Framed]:
    """The lines that do not stand in a list: a heading stands alone."""
    runs: list[list[Framed]] = []
    for one in sorted(found):
        if runs and one.line == runs[-1][-1].line + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    kept = [run[0] for run in runs if len(run) < LIST]
    return [one for at, one in enumerate(kept) if not at or one.number != kept[at - 1].number]


def _chain(lines: Sequence[Line], found: Sequence[Framed]) -> list[Framed]:
    """Those that count in order."""
    links = [Link(one.number, LOOK, lines[one.line].start, lines[one.line].end) for one in found]
    return [found[index] for index in best_chain(links)]


def _count_through(
    text: str,
    lines: Sequence[Line],
    found: Sequence[Framed],
    *,
    most: int = 0,
    edge: tuple[int, int] | None = None,
) -> bool:
    chain = _chain(lines, found) if len(found) >= LEAST_COUNTED else []
    if (
        len(chain) < max(LEAST_COUNTED, LEAST_SHARE * len(found))
        or chain[0].number > 2 + len(chain) // FEW
    ):
        return False
    end = len(text)
    if edge and chain[-1].line < edge[0] and edge[1] - chain[-1].number in {1, 2}:
        end = lines[edge[0]].start
    elif len(found) < most or edge:
        return False
    starts_again = sum(one.number <= 1 for one in chain[1:])
    steps = sum(b.number - a.number == 1 or b.number <= 1 for a, b in pairwise(chain))
    first, last = lines[chain[0].line].start, lines[chain[-1].line].start
    before = [lines[one.line - 1] for one in chain if one.line]
    whole = sum(_is_whole(text, line) for line in before)
    return (
        steps >= LEAST_STEPS * (len(chain) - 1)
        and (starts_again + 1) * STARTS_AGAIN <= len(chain)
        and last - first >= LEAST_BODY * (len(chain) - 1)
        and first <= EARLY * end
        and last >= LATE * end
        and whole >= LEAST_WHOLE * len(before)
    )


def _is_whole(text: str, line: Line) -> bool:
    """Whether a line before a heading ends what it says: a sentence, a signature, a date."""
    length = line.end - line.start
    last = text[line.end - 1 : line.end]
    return length > 0 and (last in SENTENCE_END or (length <= SIGNATURE and last not in UNFINISHED))
