"""The volumes of a book, chosen: 部, 卷, 集, 册 and 篇 above the chapters."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from builder.structure.candidates import STRONG, Candidate, with_rank
from builder.structure.chains import Link, best_chain
from builder.structure.families import CHAPTER, PART, VOLUME
from builder.structure.headings import Heading
from builder.structure.lines import Line
from builder.structure.shares import LEAST_NUMBERS

# A volume's heading stands right before a chapter's, or a preface away from it.
NEAR = 600
FAR = 3000
BESIDE_CHAPTER = 2.5
NEAR_CHAPTER = 1.0
FAR_FROM_CHAPTER = -1.5
LEAST_ALONE = -3.0  # in a sequence of volumes without chapters


def volumes_of_book(text: str, lines: Sequence[Line], rest: Sequence[Candidate]) -> list[Candidate]:
    """The headings above the chapters; a unit that comes less often stands higher."""
    above = [
        one
        for one in rest
        if one.first.role is None and one.last.rank < CHAPTER and one.look > LEAST_ALONE
    ]
    starts = sorted(
        lines[one.line].start for one in rest if one.look >= STRONG and one.last.rank >= CHAPTER
    )
    if len(starts) * 2 < sum(one.look >= STRONG for one in above):
        starts = []  # the volumes are what this book has for chapters
    else:
        above = [one for one in above if one.look > 0]
    by_unit: dict[str, list[Candidate]] = {}
    for one in above:
        by_unit.setdefault(one.first.unit, []).append(one)
    found: list[Candidate] = []
    chains: list[list[Candidate]] = []
    for unit in sorted(by_unit, key=lambda unit: len(by_unit[unit])):
        links = [_volume_link(lines, one, starts, found) for one in by_unit[unit]]
        chain = [by_unit[unit][index] for index in best_chain(links)]
        if len(chain) == 1 and chain[0].look < STRONG:
            continue
        if starts and not _count_up(chain):
            chain = [one for one in chain if not one.last.is_glued]
        chains.append(_of_two(text, chain))
        found.extend(chain)
    chains.sort(key=lambda chain: (len(chain), chain[0].line if chain else 0))
    return list(_ranked(chains))


def _count_up(chain: Sequence[Candidate]) -> bool:
    """Whether most volumes are one more than the one before; 第三卷胶片, 卷一支烟 are not."""
    numbers = [one.first.number or 0 for one in chain]
    steps = [b - a for a, b in pairwise(numbers)]
    return sum(step == 1 for step in steps) * 2 >= len(steps)


def _volume_link(
    lines: Sequence[Line], one: Candidate, chapters: Sequence[int], higher: Iterable[Candidate]
) -> Link:
    line = lines[one.line]
    look = one.look
    if chapters:
        index = bisect_right(chapters, line.start)
        gap = chapters[index] - line.end if index < len(chapters) else FAR
        look += (
            BESIDE_CHAPTER if gap <= 4 else NEAR_CHAPTER if gap <= NEAR
            else FAR_FROM_CHAPTER if gap >= FAR else 0.0
        )  # fmt: skip
    group = sum(outer.line < one.line for outer in higher)
    number = 0 if one.first.number is None else one.first.number
    return Link(number, look, line.start, line.end, group)


def _of_two(text: str, chain: Sequence[Candidate]) -> list[Candidate]:
    """下卷 is the second one where no 中卷 stands before it."""
    signs = {text[one.first.label[0]] for one in chain}
    if "下" not in signs or "中" in signs:
        return list(chain)
    return [
        replace(one, headings=(replace(one.first, number=2), *one.headings[1:]))
        if text[one.first.label[0]] == "下" and one.first.number == 3
        else one
        for one in chain
    ]


def _ranked(chains: Sequence[Sequence[Candidate]]) -> Iterable[Candidate]:
    """The volumes' headings; where units nest, those that come less often hold the others."""
    if len(chains) < 2:
        for chain in chains:
            yield from chain
        return
    for depth, chain in enumerate(chains):
        rank = min(PART + depth, CHAPTER - 1)
        yield from (with_rank(one, rank) for one in chain)


def chapters_of_volumes(volumes: Sequence[Candidate], chapters: Sequence[Candidate]) -> str:
    """The unit that counts what this book has for chapters, when few chapters stand below it."""
    if len(chapters) * 2 >= len(volumes):
        return ""
    counts = Counter(one.last.unit for one in volumes if len(one.headings) == 1)
    unit, count = counts.most_common(1)[0] if counts else ("", 0)
    return unit if count >= LEAST_NUMBERS else ""


def ranked_as_chapters(counted: Iterable[Candidate], unit: str) -> list[Candidate]:
    """The candidates, those of the unit among the chapters."""
    return [
        with_rank(one, CHAPTER) if len(one.headings) == 1 and one.last.unit == unit else one
        for one in counted
    ]


def volume_words(text: str, heading: Heading) -> str:
    """What tells one volume from another: its number, or its name when it has none."""
    if heading.number is not None:
        return f"{heading.unit}{heading.number}"
    return text[slice(*heading.label)] + text[slice(*heading.title)]


def volumes_once(text: str, ordered: Iterable[Candidate]) -> Iterable[Candidate]:
    """A volume that each of its chapters names again (第一卷 风起 第三章) opens once."""
    said = ""
    for one in ordered:
        if len(one.headings) == 1:
            if one.first.rank <= VOLUME:
                said = volume_words(text, one.first)
            yield one
            continue
        words = volume_words(text, one.first)
        yield replace(one, headings=one.headings[1:]) if words == said else one
        said = words
