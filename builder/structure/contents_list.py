"""Contents lists inside the text: headings without bodies that all come again.

They are left out: the book has its own. A list of things in a story is none, although its
numbers come again in the next list: its words do not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from builder.structure.candidates import WIDE_GAP, Candidate, are_several
from builder.structure.families import CHAPTER
from builder.structure.lines import Line

LEAST_ENTRIES = 4
LEAST_LOOK = 1.5  # of the heading that an entry leads to
LEAST_LOOK_OF_WORDS = -2.0
LEAST_LOOK_OF_NUMBER = -6.0
LEAST_NAMED = 2  # under a line that says 目录
MOST_FIRST_HEADINGS = 4  # 第一部, 第一卷, 楔子, 第一章
EARLY = 0.05  # of the text: where mere numbers may list the contents
LEAST_SHARE = 0.8
LEAST_APART = 0.6  # a volume's heading and its first chapter's have none
CONTENTS_WORDS = re.compile(
    "[【\\[《〈（(☆=＝*—-]{0,6} ?(?:章节|章節|本书|本書|作品)?(?:目[ 　]{0,4}[录錄次]|CONTENTS|Contents) ?[】\\]》〉）)☆=＝*—-]{0,6}[：:]?"
)
# 第一章 灯下…………12: dots and the page.
PAGE = re.compile(
    "(?:(?<![ \t　.．。…·—\\-_])[ \t　.．。…·—\\-_]{2,}+|(?<=[\u4e00-\u9fff])[ \t　]++)"
    "(?:[0-9０-９]{1,5}[ 页頁]*+)?$"
)
LETTER = re.compile("[^\\W_]")

DIGITS = "0123456789"  # of a page that stands right behind its entry

Range = tuple[int, int]


def contents_lists(
    text: str, lines: Sequence[Line], candidates: Sequence[Candidate]
) -> tuple[Range, ...]:
    """The ranges of lines that list contents, in order."""
    places = _places(text, lines, candidates)
    found: list[Range] = []
    for whole in _runs(candidates):
        run = _without_first_headings(text, lines, whole)
        again = [_next_place(places, text, lines, one, run[-1].line) for one in run]
        while run and again[-1] < 0:
            run.pop()
            again.pop()
        while run and again[0] < 0:
            run.pop(0)
            again.pop(0)
        if len(run) < LEAST_NAMED:
            continue
        first, end = run[0].line, run[-1].line
        is_named = first > 0 and _is_name(text, lines[first - 1])
        is_early = is_named or lines[first].start <= EARLY * len(text)
        if run[0].first.family == "number" and not is_early:
            continue
        is_enough = is_named or len(run) >= LEAST_ENTRIES
        if is_enough and _are_headings(run, again):
            found.append((first - is_named, end + 1))
    return tuple(found)


def _places(
    text: str, lines: Sequence[Line], candidates: Sequence[Candidate]
) -> dict[object, list[int]]:
    """The lines on which the same words, or the same counted unit, stand."""
    places: dict[object, list[int]] = {}
    for one in candidates:
        is_number = one.first.family in {"number", "bare unit"}
        if one.look < (LEAST_LOOK_OF_NUMBER if is_number else LEAST_LOOK_OF_WORDS):
            continue
        # The very same words say more than any look; a unit that comes again says less.
        places.setdefault(_words(text, lines[one.line]), []).append(one.line)
        if not is_number and one.look >= LEAST_LOOK:
            places.setdefault(one.key, []).append(one.line)
    return places


def _next_place(
    places: dict[object, list[int]], text: str, lines: Sequence[Line], one: Candidate, end: int
) -> int:
    """The line after `end` on which an entry comes again; -1 when it does not."""
    words = _words(text, lines[one.line])
    for key in (words, words.rstrip(DIGITS), one.key):
        known = places.get(key, ())
        at = bisect_right(known, end)
        if at < len(known):
            return known[at]
    return -1


def _are_headings(run: Sequence[Candidate], again: Sequence[int]) -> bool:
    """Whether nearly all entries come again, after the list, and with text between them."""
    end = run[-1].line
    later = [at for at in again if at > end]
    apart = sum(abs(b - a) > 1 for a, b in pairwise(later))
    return len(later) >= LEAST_SHARE * len(run) and apart >= LEAST_APART * (len(later) - 1)


def _runs(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates on lines that follow each other."""
    run: list[Candidate] = []
    for one in candidates:
        if run and one.line != run[-1].line + 1:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _without_first_headings(
    text: str, lines: Sequence[Line], run: list[Candidate]
) -> list[Candidate]:
    """The run up to the book's own first headings, which begin the list once more."""
    if len(run) < LEAST_ENTRIES:
        return run
    window = range(max(len(run) - MOST_FIRST_HEADINGS, 1), len(run))
    for at in window:
        if _begins_again(text, lines, run[0], run[at]):
            return run[:at]
    # 第一卷 风起 above its own list: the first chapter comes once more, not the volume.
    ranks = [one.first.rank for one in run]
    lead = next((at for at, rank in enumerate(ranks) if rank >= CHAPTER), len(run))
    for at in window if lead else ():
        is_one_volume = at > lead and min(ranks[lead:at]) >= CHAPTER
        if is_one_volume and _begins_again(text, lines, run[lead], run[at]):
            return run[:at]
    return run


def _begins_again(text: str, lines: Sequence[Line], first: Candidate, one: Candidate) -> bool:
    """Whether a heading says or counts the same as the first of a list."""
    first_words = _words(text, lines[first.line])
    is_counted = one.first.family not in {"number", "bare unit"}
    is_same = _words(text, lines[one.line]) in {first_words, first_words.rstrip(DIGITS)}
    return is_same or (is_counted and one.key == first.key)


def _is_name(text: str, line: Line) -> bool:
    return CONTENTS_WORDS.fullmatch(text, line.start, line.end) is not None


def _words(text: str, line: Line) -> str:
    words = text[line.start : line.end]
    if are_several(text, line):
        words = WIDE_GAP.split(words)[0]
    kept = "".join(LETTER.findall(PAGE.sub("", words)))
    return kept or "".join(LETTER.findall(words))
