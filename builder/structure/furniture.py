"""Numbers of pages among the candidates: - 12 -, · 12 ·, 渡口灯火　12.

They count through the whole book as chapters do. What tells them apart: other headings with
titles count through the book as well, the two counts do not make one, and the numbers do not
stand beside those headings, as scenes below a chapter and parts above one do.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from builder.structure.candidates import Candidate
from builder.structure.families import CHAPTER, RANKS
from builder.structure.lines import Line

LEAST_COUNTED = 3
LEAST_STEPS = 0.8  # of the steps of the chapters are by one
LEAST_ON = 0.9  # of the steps of the pages go on
LEAST_TITLED = 0.8
EARLY, LATE = 0.35, 0.5  # of the text: where the first chapter stands at most, the last at least
LEAST_BODY = 150  # characters between two chapters, on the average
BESIDE = 2  # lines from a chapter to its first scene
MOST_BESIDE = 0.5
MOST_BACK = 0.1  # of the steps of both counts together, if they are one


def without_pages(
    text: str, lines: Sequence[Line], candidates: Sequence[Candidate]
) -> Sequence[Candidate]:
    """The candidates without the numbers of pages, if this book has such."""
    bare: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    titled: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.is_marked or one.last.number is None or one.last.rank < CHAPTER:
            continue
        titled[one.last.style, one.last.form].append(one)
        if len(one.headings) == 1 and _may_count_pages(one):
            bare[one.last.style, one.last.form].append(one)
    pages = [few for few in bare.values() if len(few) >= LEAST_COUNTED and _count_on(few)]
    if not pages:
        return candidates
    chapters = [few for few in titled.values() if _are_chapters(text, lines, few)]
    gone = {
        one.line
        for few in pages
        if any(_are_apart(few, others) for others in chapters)
        for one in few
    }
    return [one for one in candidates if one.line not in gone] if gone else candidates


def _has_title(one: Candidate) -> bool:
    return one.last.title[0] < one.last.title[1]


def _may_count_pages(one: Candidate) -> bool:
    """A number in digits without a title, and no 章 or its like behind it."""
    heading = one.last
    is_learned = heading.family == "unit" and heading.unit not in RANKS
    is_digits = heading.form.startswith("digits") or (is_learned and "digits" in heading.unit)
    return not _has_title(one) and is_digits and (is_learned or heading.family == "number")


def _count_on(few: Sequence[Candidate]) -> bool:
    """Whether the numbers only rise."""
    steps = [(b.last.number or 0) - (a.last.number or 0) for a, b in pairwise(few)]
    return sum(step > 0 for step in steps) >= LEAST_ON * len(steps)


def _are_chapters(text: str, lines: Sequence[Line], few: Sequence[Candidate]) -> bool:
    """Whether headings with titles part the whole book."""
    named = [one for one in few if _has_title(one) and one.look > 0]
    if len(named) < max(LEAST_COUNTED, LEAST_TITLED * len(few)):
        return False
    steps = [(b.last.number or 0) - (a.last.number or 0) for a, b in pairwise(named)]
    first, last = lines[named[0].line].start, lines[named[-1].line].start
    return (
        sum(step == 1 for step in steps) >= LEAST_STEPS * len(steps)
        and first <= EARLY * len(text)
        and last >= LATE * len(text)
        and last - first >= LEAST_BODY * (len(named) - 1)
    )


def _are_apart(pages: Sequence[Candidate], chapters: Sequence[Candidate]) -> bool:
    """Whether two counts are two, and not one below the other."""
    if _share_above(chapters, pages, BESIDE) > MOST_BESIDE:
        return False
    if _share_above(pages, chapters, 1) > MOST_BESIDE:
        return False
    both = sorted((one.line, one.last.number or 0) for one in (*pages, *chapters))
    steps = [b - a for (_, a), (_, b) in pairwise(both)]
    return sum(step <= 0 for step in steps) > MOST_BACK * len(steps)


def _share_above(upper: Sequence[Candidate], lower: Sequence[Candidate], reach: int) -> float:
    """The share of some headings that have one of others at most `reach` lines below them."""
    at = {one.line for one in lower}
    above = sum(any(one.line + step in at for step in range(1, reach + 1)) for one in upper)
    return above / max(len(upper), 1)
