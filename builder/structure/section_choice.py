"""第一节 under 第一章, and mere numbers that part each chapter."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from builder.structure.candidates import Candidate, with_rank
from builder.structure.chains import best_chain
from builder.structure.families import CHAPTER, SUBCHAPTER
from builder.structure.lines import Line
from builder.structure.shares import LEAST_NUMBERS, Shares, link_of

LEAST_SECTION = 60  # characters under a number for it to be no item of a list
LEAST_IN_ORDER = 0.5  # of the steps of 第一节, 第二节; two that changed places cost three
LEAST_THROUGH = 6
REPEATED = 3  # lines
LEAST_STEPS_THROUGH = 0.8  # of the steps are by one, and as many have text between them


def sections_under(
    lines: Sequence[Line],
    counted: Sequence[Candidate],
    main: frozenset[str],
    *,
    chapters: Sequence[Candidate],
    volumes: Sequence[Candidate],
) -> list[Candidate]:
    """第一节 under 第一章, and mere numbers that part each chapter."""
    holders = chapters or volumes
    if not holders:
        return []
    taken = {one.line for one in chapters}
    by_style: dict[str, list[Candidate]] = {}
    for one in counted:
        is_lower = one.last.rank > CHAPTER or one.last.family == "number"
        if is_lower and one.last.style not in main and one.line not in taken:
            by_style.setdefault(one.last.style, []).append(one)
    starts = sorted(one.line for one in (*holders, *volumes))
    best: list[Candidate] = []
    for level in by_style.values():
        groups = {one.line: bisect_right(starts, one.line) for one in level}
        shares = Shares(frozenset({level[0].last.style}), ())
        numbered = [one for one in level if one.last.number is not None]
        chain = [
            numbered[index]
            for index in best_chain([link_of(lines, one, groups, shares) for one in numbered])
        ]
        kept = _whole_runs(lines, _once(chain), groups, starts)
        if len(kept) > len(best):
            best = kept
    return [with_rank(one, SUBCHAPTER) for one in best]


def _once(chain: Sequence[Candidate]) -> list[Candidate]:
    """The chain without headings that a site printed once more on the lines below them."""
    return [
        one
        for at, one in enumerate(chain)
        if not at
        or one.last.number != chain[at - 1].last.number
        or one.line > chain[at - 1].line + REPEATED
    ]


def _whole_runs(
    lines: Sequence[Line], chain: Sequence[Candidate], groups: dict[int, int], starts: Sequence[int]
) -> list[Candidate]:
    """The runs 1, 2, 3 inside one chapter that part it; runs of few words are lists.

    第四节 may open the second chapter's run when the first one's ended in 第三节.
    """
    runs: dict[int, list[Candidate]] = {}
    for one in chain:
        runs.setdefault(groups[one.line], []).append(one)
    counts_on = _counts_on(lines, chain)
    kept: list[Candidate] = []
    count = last = 0
    for group, run in runs.items():
        numbers = [one.last.number for one in run]
        end = starts[group] if group < len(starts) else len(lines)
        is_unit = run[0].last.family == "unit"
        steps = [(b or 0) - (a or 0) for a, b in pairwise(numbers)]
        # One of many that is missing or comes twice costs its own place, never the rest.
        least = LEAST_IN_ORDER if (is_unit and len(run) > LEAST_NUMBERS) or counts_on else 1.0
        is_whole = sum(step == 1 for step in steps) >= least * len(steps)
        goes_on = (is_unit or counts_on) and numbers[0] in {last + 1, last + 2}
        last = numbers[-1] or 0
        if group and is_whole and (numbers[0] == 1 or goes_on) and (len(run) > 1 or counts_on):
            bodies = _bodies(lines, [one.line for one in run], end)
            if min(bodies) >= LEAST_SECTION or run[0].last.family == "unit" or counts_on:
                kept.extend(run)
                count += 1
    return kept if count >= min(2, len(starts)) else []


def _bodies(lines: Sequence[Line], at: Sequence[int], end: int) -> list[int]:
    """How many characters stand under each heading, up to the line `end`."""
    following = [*at[1:], end]
    return [lines[last - 1].end - lines[line].end for line, last in zip(at, following, strict=True)]


def _counts_on(lines: Sequence[Line], chain: Sequence[Candidate]) -> bool:
    """Whether mere numbers run from one through the whole book, with text between them."""
    if len(chain) < LEAST_THROUGH or chain[0].last.number != 1:
        return False
    steps = [(b.last.number or 0) - (a.last.number or 0) for a, b in pairwise(chain)]
    bodies = [lines[b.line].start - lines[a.line].end for a, b in pairwise(chain)]
    return sum(step == 1 for step in steps) >= LEAST_STEPS_THROUGH * len(steps) and sum(
        body >= LEAST_SECTION for body in bodies
    ) >= LEAST_STEPS_THROUGH * len(bodies)
