"""The headings of a book, chosen over the whole of it.

Every line that might be a heading comes in with how much it looks like one (candidates.py).
The book says which of its units count volumes, chapters and sections; each level's best
sequence is then found by chains.py, twice: the second time knowing how this book writes its
headings, so that `12、` is a list's item in a book of 第十二章, and a heading in its gaps.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from builder.structure.candidates import NAMED, Candidate
from builder.structure.chains import Link, best_chain
from builder.structure.contents_list import Range, contents_lists
from builder.structure.families import CHAPTER, FRONT_ROLES, PART, SUBCHAPTER, VOLUME
from builder.structure.headings import FAMILY_SCORES, Heading
from builder.structure.lines import Line

STRONG = 2.5  # a look that needs no neighbours
LEAST_MATTER = 1.5
LEAST_NUMBERS = 3
LEAST_LATE = 10
STRAY_SHARE = 0.1
STRAY = -2.5
ECHO = -6.0
UNLIKE = -2.0
LIKE = 1.0
# A volume's heading stands right before a chapter's, or a preface away from it.
NEAR = 600
FAR = 3000
BESIDE_CHAPTER = 2.5
NEAR_CHAPTER = 1.0
FAR_FROM_CHAPTER = -1.5
LEAST_SECTION = 60  # characters under a number for it to be no item of a list
MISPLACED = -2.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates that start sections, and the ranges of lines that list the contents."""

    chosen: tuple[Candidate, ...]
    contents_lists: tuple[Range, ...] = ()


def choose(
    text: str,
    lines: Sequence[Line],
    candidates: Sequence[Candidate],
    *,
    volume_files: frozenset[int] = frozenset(),
) -> Choice:
    """The candidates that together make the best contents of the book.

    `volume_files` are the files that begin a volume, whatever their text says.
    """
    lists = contents_lists(text, lines, candidates)
    rest = [one for one in candidates if not _is_listed(one.line, lists)]
    choosing = _Choosing(text, lines, rest, volume_files)
    return Choice(choosing.chosen(), lists)


def _is_listed(line: int, lists: Sequence[Range]) -> bool:
    return any(first <= line < last for first, last in lists)


class _Choosing:
    """The levels of one book, from the volumes down."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        rest: Sequence[Candidate],
        volume_files: frozenset[int],
    ) -> None:
        self._text = text
        self._lines = lines
        self._volume_starts = [
            index
            for index, line in enumerate(lines if volume_files else ())
            if line.file in volume_files and (not index or lines[index - 1].file != line.file)
        ]
        self._marked = [one for one in rest if one.is_marked]
        said = [one for one in self._marked if one.last.rank >= CHAPTER and not one.is_own]
        marks_chapters = len(said) >= LEAST_NUMBERS
        others = [one for one in rest if not one.is_marked]
        # In a book whose mark-up says what its headings are, no other line is one.
        self._rest = [] if marks_chapters else others
        self._matter = [one for one in self._rest if one.first.role is not None]
        self._counted = [one for one in self._rest if one.first.role is None]

    def chosen(self) -> tuple[Candidate, ...]:
        """All headings of the book in order, each with the rank it has in this book."""
        main = self._main_styles()
        matter = self._matter_chosen()
        volumes = self._volumes()
        chapters = self._chapters(main, [*volumes, *_holders(matter)])
        if len(chapters) * 2 < len(volumes) and len(volumes) >= LEAST_NUMBERS:
            first = min((one.line for one in _holders(matter)), default=len(self._lines))
            chapters = [one for one in chapters if one.line > first]
        is_echo = all(style.startswith(NAMED) for style in main)
        if (not chapters or is_echo) and not self._marked:
            chapters = (
                self._numbered([one.line for one in (*volumes, *_holders(matter))]) or chapters
            )
        sections = self._sections(main, chapters, volumes)
        everything = {
            one.line: one for one in (*self._marked, *matter, *sections, *volumes, *chapters)
        }
        ordered = [everything[line] for line in sorted(everything)]
        return tuple(_volumes_once(self._text, ordered))

    # --- which styles count chapters ------------------------------------------------------

    def _main_styles(self) -> frozenset[str]:
        """The styles that the chapters of this book have: 章 and its like, else 节, else none."""
        strong = [
            one
            for one in (*self._counted, *self._marked)
            if one.last.rank >= CHAPTER and one.last.family != "number" and one.look >= STRONG
        ]
        counts = Counter((one.last.rank, one.last.style) for one in strong)
        named = {key for key in counts if key[1].startswith(NAMED)}
        if sum(counts[key] for key in named) * 2 < counts.total():
            counts = Counter({key: counts[key] for key in counts.keys() - named})
        chapters = sum(count for (rank, _), count in counts.items() if rank == CHAPTER)
        sections = sum(count for (rank, _), count in counts.items() if rank > CHAPTER)
        rank = CHAPTER if chapters >= max(2, STRAY_SHARE * sections) or not sections else SUBCHAPTER
        return frozenset(style for at, style in counts if at == rank)

    # --- volumes --------------------------------------------------------------------------

    def _volumes(self) -> list[Candidate]:
        """The headings above the chapters; a unit that comes less often stands higher."""
        above = [one for one in self._counted if one.last.rank < CHAPTER and one.look > 0]
        starts = sorted(
            self._lines[one.line].start
            for one in self._rest
            if one.look >= STRONG and one.last.rank >= CHAPTER
        )
        if len(starts) * 2 < sum(one.look >= STRONG for one in above):
            starts = []  # the volumes are what this book has for chapters
        by_unit: dict[str, list[Candidate]] = {}
        for one in above:
            by_unit.setdefault(one.first.unit, []).append(one)
        found: list[Candidate] = []
        chains: list[list[Candidate]] = []
        for unit in sorted(by_unit, key=lambda unit: len(by_unit[unit])):
            links = [self._volume_link(one, starts, found) for one in by_unit[unit]]
            chain = [by_unit[unit][index] for index in best_chain(links)]
            if len(chain) == 1 and chain[0].look < STRONG:
                continue
            chains.append(_of_two(self._text, chain))
            found.extend(chain)
        chains.sort(key=lambda chain: (len(chain), chain[0].line if chain else 0))
        return list(_ranked(chains))

    def _volume_link(
        self, one: Candidate, chapters: Sequence[int], higher: Iterable[Candidate]
    ) -> Link:
        line = self._lines[one.line]
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

    # --- chapters -------------------------------------------------------------------------

    def _chapters(self, main: frozenset[str], boundaries: Sequence[Candidate]) -> list[Candidate]:
        """The headings of main styles, and those that fill their gaps."""
        if not main:
            return []
        level = [
            one
            for one in self._counted
            if one.last.number is not None and (one.last.style in main or one.last.rank == CHAPTER)
        ]
        groups = self._groups(boundaries, level)
        shares = _Shares(main, ())
        chain: list[Candidate] = []
        for _ in range(2):
            links = [self._link(one, groups, shares) for one in level]
            chain = [level[index] for index in best_chain(links)]
            shares = _Shares(main, chain)
        return [_with_rank(one, CHAPTER) for one in self._with_repeats(chain, level)]

    def _with_repeats(
        self, chain: Sequence[Candidate], level: Sequence[Candidate]
    ) -> list[Candidate]:
        """The chain, and before each heading the line that says the same: it opens the section."""
        before = {one.line + 1: one for one in level}
        taken = {one.line for one in chain}
        result: list[Candidate] = []
        for one in chain:
            first = before.get(one.line)
            if first and first.line not in taken and first.key[-1] == one.key[-1]:
                result.append(first)
            result.append(one)
        return result

    def _link(self, one: Candidate, groups: dict[int, int], shares: "_Shares") -> Link:
        line = self._lines[one.line]
        look, is_stray = shares.look(one)
        number = one.last.number or 0
        return Link(number, look, line.start, line.end, groups[one.line], is_stray)

    def _groups(
        self, boundaries: Iterable[Candidate], level: Iterable[Candidate]
    ) -> dict[int, int]:
        """For each heading of a level, how many volumes began before it."""
        starts = sorted([*(one.line for one in boundaries), *self._volume_starts])
        groups: dict[int, int] = {}
        extra, said = 0, ""
        for one in level:
            if len(one.headings) > 1:
                words = volume_words(self._text, one.first)
                extra += words != said
                said = words
            groups[one.line] = bisect_right(starts, one.line) + extra
        return groups

    def _numbered(self, boundaries: Sequence[int]) -> list[Candidate]:
        """Headings that are mere numbers, when the book has no others: 1, 2, 3 in order."""
        best: list[Candidate] = []
        styles = {one.last.style for one in self._counted if one.last.rank == CHAPTER}
        for style in sorted(styles):
            level = [
                one for one in self._counted
                if one.last.style == style and one.last.number is not None
            ]  # fmt: skip
            ends = sorted(boundaries)
            groups = {one.line: bisect_right(ends, one.line) for one in level}
            shares = _Shares(frozenset({style}), ())
            links = [self._link(one, groups, shares) for one in level]
            chain = [level[index] for index in best_chain(links)]
            if len(chain) > len(best) and self._is_contents(chain):
                best = chain
        return best

    def _is_contents(self, chain: Sequence[Candidate]) -> bool:
        """Whether numbers part the whole text, not a few lines of it."""
        if len(chain) < LEAST_NUMBERS:
            return False
        numbers = [one.last.number or 0 for one in chain]
        follows = sum(b in {a, a + 1, 1} for a, b in pairwise(numbers))
        # A book that starts with 101、 says so by many numbers that follow each other.
        least = 0.6 if numbers[0] <= 1 else 0.9 if len(chain) >= LEAST_LATE else 2.0
        first, last = self._lines[chain[0].line], self._lines[chain[-1].line]
        length = len(self._text)
        covers = first.start <= max(length * 0.2, NEAR) and length - last.end <= length * 0.7
        are_apart = all(
            b.line > a.line + 1 or a.last.number == b.last.number for a, b in pairwise(chain)
        )
        return covers and are_apart and follows >= least * (len(chain) - 1)

    # --- sections under chapters ----------------------------------------------------------

    def _sections(
        self, main: frozenset[str], chapters: Sequence[Candidate], volumes: Sequence[Candidate]
    ) -> list[Candidate]:
        """第一节 under 第一章, and mere numbers that part each chapter."""
        holders = chapters or volumes
        if not holders:
            return []
        taken = {one.line for one in chapters}
        by_style: dict[str, list[Candidate]] = {}
        for one in self._counted:
            is_lower = one.last.rank > CHAPTER or one.last.family == "number"
            if is_lower and one.last.style not in main and one.line not in taken:
                by_style.setdefault(one.last.style, []).append(one)
        starts = sorted(one.line for one in (*holders, *volumes))
        best: list[Candidate] = []
        for level in by_style.values():
            groups = {one.line: bisect_right(starts, one.line) for one in level}
            shares = _Shares(frozenset({level[0].last.style}), ())
            numbered = [one for one in level if one.last.number is not None]
            chain = [
                numbered[index]
                for index in best_chain([self._link(one, groups, shares) for one in numbered])
            ]
            kept = self._whole_runs(chain, groups, starts)
            if len(kept) > len(best):
                best = kept
        return [_with_rank(one, SUBCHAPTER) for one in best]

    def _whole_runs(
        self, chain: Sequence[Candidate], groups: dict[int, int], starts: Sequence[int]
    ) -> list[Candidate]:
        """The runs 1, 2, 3 inside one chapter that part it; runs of few words are lists."""
        runs: dict[int, list[Candidate]] = {}
        for one in chain:
            runs.setdefault(groups[one.line], []).append(one)
        kept: list[Candidate] = []
        count = 0
        for group, run in runs.items():
            numbers = [one.last.number for one in run]
            end = starts[group] if group < len(starts) else len(self._lines)
            if group and numbers == list(range(1, len(run) + 1)) and len(run) > 1:
                bodies = self._bodies([one.line for one in run], end)
                if min(bodies) >= LEAST_SECTION or run[0].last.family == "unit":
                    kept.extend(run)
                    count += 1
        return kept if count >= min(2, len(starts)) else []

    def _bodies(self, at: Sequence[int], end: int) -> list[int]:
        """How many characters stand under each heading, up to the line `end`."""
        following = [*at[1:], end]
        return [
            self._lines[last - 1].end - self._lines[line].end
            for line, last in zip(at, following, strict=True)
        ]

    # --- matter ---------------------------------------------------------------------------

    def _matter_chosen(self) -> list[Candidate]:
        """序, 楔子, 后记 and their like, by their looks and where they stand."""
        length = max(len(self._text), 1)
        chosen: list[Candidate] = []
        for one in self._matter:
            look = one.look
            if one.first.role in FRONT_ROLES and self._lines[one.line].start > length / 2:
                look += MISPLACED
            if look >= LEAST_MATTER:
                chosen.append(one)
        return chosen


class _Shares:
    """How the headings of a level are written: what most share, and what none else has."""

    def __init__(self, main: frozenset[str], chain: Sequence[Candidate]) -> None:
        self._main = main
        self._count = len(chain)
        self._styles = Counter(one.last.style for one in chain)
        titled = [one for one in chain if one.last.title[0] < one.last.title[1]]
        glued = sum(one.last.is_glued for one in titled)
        self._titled = len(titled)
        self._glued = glued / len(titled) if titled else 0.0

    def look(self, one: Candidate) -> tuple[float, bool]:
        """The look of a candidate beside the others of its level, and whether it is a stray."""
        heading = one.last
        look = one.look
        is_stray = heading.style not in self._main
        if self._count >= LEAST_NUMBERS:
            share = self._styles[heading.style] / self._count
            is_stray = share < STRAY_SHARE and heading.family in {"number", "bare unit"}
            if share >= 0.5:
                look += LIKE + FAMILY_SCORES["unit"] - FAMILY_SCORES[heading.family]
        is_named = heading.style.startswith(NAMED)
        is_usual = self._styles[heading.style] * 2 > self._count
        if is_named and (not is_usual if self._count else heading.style not in self._main):
            is_stray = True
            look += ECHO
        if is_stray and (heading.family == "number" or heading.is_glued):
            look += STRAY
        if heading.is_glued and self._titled >= LEAST_NUMBERS:
            if self._glued >= 0.5:
                look += LIKE
            elif self._glued < 0.2:
                look += UNLIKE
        return look, is_stray


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


def _with_rank(one: Candidate, rank: int) -> Candidate:
    return replace(one, headings=(*one.headings[:-1], replace(one.last, rank=rank)))


def _ranked(chains: Sequence[Sequence[Candidate]]) -> Iterable[Candidate]:
    """The volumes' headings; where units nest, those that come less often hold the others."""
    if len(chains) < 2:
        for chain in chains:
            yield from chain
        return
    for depth, chain in enumerate(chains):
        rank = min(PART + depth, CHAPTER - 1)
        yield from (_with_rank(one, rank) for one in chain)


def _holders(matter: Sequence[Candidate]) -> list[Candidate]:
    """番外 on a line of its own may hold chapters that count from one."""
    return [
        one for one in matter
        if one.first.role == "bonus" and len(one.headings) == 1 and one.first.number is None
    ]  # fmt: skip


def volume_words(text: str, heading: Heading) -> str:
    """What tells one volume from another: its number, or its name when it has none."""
    if heading.number is not None:
        return f"{heading.unit}{heading.number}"
    return text[slice(*heading.label)] + text[slice(*heading.title)]


def _volumes_once(text: str, ordered: Iterable[Candidate]) -> Iterable[Candidate]:
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
