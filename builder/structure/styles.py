"""Which styles count the chapters of a book, and which stand above them."""

from collections import Counter
from collections.abc import Sequence

from builder.structure.candidates import STRONG, Candidate, with_rank
from builder.structure.families import CHAPTER, DIVISION, SUBCHAPTER
from builder.structure.named import NAMED
from builder.structure.shares import STRAY_SHARE

COUNTING = frozenset({"unit", "english", "bare unit"})
NEAR_SECTION = 12  # lines of a preamble between a chapter and its first section


def main_styles(counted: Sequence[Candidate], marked: Sequence[Candidate]) -> frozenset[str]:
    """The styles that the chapters of this book have: 章 and its like, else 节, else none."""
    strong = [
        one
        for one in (*counted, *marked)
        if one.last.rank >= CHAPTER and one.last.family != "number" and one.look >= STRONG
    ]
    counts = Counter((one.last.rank, one.last.style) for one in strong)
    named = {key for key in counts if key[1].startswith(NAMED)}
    if sum(counts[key] for key in named) * 2 < counts.total():
        counts = Counter({key: counts[key] for key in counts.keys() - named})
    chapters = sum(count for (rank, _), count in counts.items() if rank == CHAPTER)
    sections = sum(count for (rank, _), count in counts.items() if rank > CHAPTER)
    is_usual = chapters >= max(2, STRAY_SHARE * sections) or not sections
    rank = CHAPTER if is_usual or _hold_sections(strong) else SUBCHAPTER
    return frozenset(style for at, style in counts if at == rank)


def _hold_sections(strong: Sequence[Candidate]) -> bool:
    """Whether some chapters 1, 2, 3 in order each stand right before a section's heading."""
    sections = {one.line for one in strong if one.last.rank > CHAPTER}
    found = [one for one in strong if one.last.rank == CHAPTER]
    numbers = [one.last.number for one in found]
    return (
        len(found) >= 2
        and numbers == list(range(1, len(found) + 1))
        and all(
            any(line in sections for line in range(one.line + 1, one.line + NEAR_SECTION + 1))
            for one in found
        )
    )


def with_holders(counted: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, a chapter's unit that always stands above another one ranked higher.

    第一幕 alone before Chapter 1, 第二幕 before Chapter 9: here acts hold chapters.
    """
    strong = [
        one
        for one in counted
        if one.look >= STRONG and one.last.rank == CHAPTER and one.last.family in COUNTING
    ]
    counts = Counter(one.last.style for one in strong)
    if len(counts) < 2:
        return list(counted)
    main = counts.most_common(1)[0][0]
    lines = {one.line for one in strong if one.last.style == main}
    raised: set[str] = set()
    for style in counts.keys() - {main}:
        found = [one for one in strong if one.last.style == style]
        numbers = [one.last.number for one in found]
        stand_above = all(
            any(line in lines for line in range(one.line + 1, one.line + NEAR_SECTION + 1))
            for one in found
        )
        is_sparse = len(found) >= 2 and 2 * len(found) <= counts[main]
        if is_sparse and stand_above and numbers == list(range(1, len(found) + 1)):
            raised.add(style)
    return [with_rank(one, DIVISION) if one.last.style in raised else one for one in counted]
