"""The headings of a book, chosen over the whole of it.

Every line that might be a heading comes in with how much it looks like one (candidates.py).
The book says which of its units count volumes, chapters and sections; each level's best
sequence is then found by chains.py, twice: the second time knowing how this book writes its
headings, so that `12、` is a list's item in a book of 第十二章, and a heading in its gaps.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.structure.candidates import Candidate, with_rank
from builder.structure.chains import best_chain
from builder.structure.contents_list import Range, contents_lists
from builder.structure.families import CHAPTER, FRONT_ROLES
from builder.structure.furniture import without_pages
from builder.structure.interlopers import without_interlopers
from builder.structure.learned import part_the_book
from builder.structure.lines import Line
from builder.structure.named import NAMED
from builder.structure.section_choice import sections_under
from builder.structure.shares import LEAST_NUMBERS, STRAY_SHARE, Shares, link_of
from builder.structure.styles import main_styles, with_holders
from builder.structure.volume_choice import (
    NEAR,
    chapters_of_volumes,
    ranked_as_chapters,
    volume_words,
    volumes_of_book,
    volumes_once,
)

LEAST_MATTER = 1.5
LEAST_LATE = 10
MISPLACED = -2.0
LEAST_FOLLOWING = 0.8  # of the steps of a sequence in another style are by one
NEAR_ITEM = 2  # lines from 2、 to 3、 in one list
NEAR_SCENE = 60  # lines from scene 2 to scene 3 of one chapter
UNCERTAIN = frozenset({"number", "bare unit"})  # beside headings of mark-up
MOST_REMARKS = 2  # 作者的话 more often than this is below every chapter, and no section


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
    plain_files: frozenset[int] = frozenset(),
) -> Choice:
    """The candidates that together make the best contents of the book.

    `volume_files` are the files that begin a volume, whatever their text says; `plain_files`
    those without any mark-up.
    """
    lists = contents_lists(text, lines, candidates)
    rest = [one for one in candidates if not _is_listed(one.line, lists)]
    choosing = _Choosing(text, lines, without_pages(text, lines, rest), volume_files, plain_files)
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
        plain_files: frozenset[int],
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
        # In a book whose mark-up says what its headings are, no other line of such files is one.
        in_plain = [one for one in others if lines[one.line].file in plain_files]
        self._rest = in_plain if marks_chapters else others
        if len(said) > 1:
            self._rest = [one for one in self._rest if one.last.family not in UNCERTAIN]
        self._matter = [one for one in self._rest if one.first.role is not None]
        self._counted = with_holders([one for one in self._rest if one.first.role is None])
        self._rest = [*self._matter, *self._counted]

    def chosen(self) -> tuple[Candidate, ...]:
        """All headings of the book in order, each with the rank it has in this book."""
        volumes, chapters, ordered = self._levels()
        unit = chapters_of_volumes(volumes, chapters)
        if unit and not self._marked:
            self._counted = ranked_as_chapters(self._counted, unit)
            self._rest = [*self._matter, *self._counted]
            _, _, ordered = self._levels()
        return tuple(volumes_once(self._text, ordered))

    def _levels(self) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
        """The volumes, the chapters, and all headings in order."""
        main = main_styles(self._counted, self._marked)
        matter = self._matter_chosen()
        volumes = volumes_of_book(self._text, self._lines, self._rest)
        chapters = self._chapters(main, [*volumes, *_holders(matter)])
        if len(chapters) * 2 < len(volumes) and len(volumes) >= LEAST_NUMBERS:
            first = min((one.line for one in _holders(matter)), default=len(self._lines))
            chapters = [one for one in chapters if one.line > first]
        is_echo = all(style.startswith(NAMED) for style in main)
        if (not chapters or is_echo) and not self._marked:
            chapters = (
                self._numbered([one.line for one in (*volumes, *_holders(matter))]) or chapters
            )
        if not chapters and not self._marked and not volumes:
            chapters = self._ornamented()
        sections = sections_under(
            self._lines, self._counted, main, chapters=chapters, volumes=volumes
        )
        everything = {
            one.line: one for one in (*self._marked, *matter, *sections, *volumes, *chapters)
        }
        return volumes, chapters, [everything[line] for line in sorted(everything)]

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
        shares = Shares(main, ())
        chain: list[Candidate] = []
        for _ in range(2):
            links = [link_of(self._lines, one, groups, shares) for one in level]
            chain = [level[index] for index in best_chain(links)]
            shares = Shares(main, chain)
        chain = without_interlopers(self._without_items(chain))
        chain = [*self._continued(chain, boundaries, is_before=True), *chain]
        chain = [*chain, *self._continued(chain, boundaries, is_before=False)]
        return [with_rank(one, CHAPTER) for one in self._with_repeats(chain, level)]

    def _without_items(self, chain: Sequence[Candidate]) -> list[Candidate]:
        """The chain without mere numbers whose own 1 and 2 stand in the same chapter.

        Chapter 3 is missing, and the list or the scene 3 of chapter 2 would fill its place.
        """
        taken = {one.line for one in chain}
        styles = Counter(one.last.style for one in chain)
        loose = {
            (one.last.style, one.last.number, one.line): one.line
            for one in self._counted
            if one.last.family == "number" and one.line not in taken
        }
        kept: list[Candidate] = []
        for one in chain:
            number = one.last.number or 0
            if kept and loose and one.last.family == "number" and number > 1:
                is_stray = styles[one.last.style] * 2 < len(chain)
                reach = NEAR_SCENE if is_stray else NEAR_ITEM
                first = max(kept[-1].line, one.line - reach)
                is_near = any(
                    (one.last.style, number - 1, line) in loose
                    for line in range(first + 1, one.line)
                )
                if is_near:
                    continue
            kept.append(one)
        return kept

    def _continued(
        self, chain: Sequence[Candidate], boundaries: Sequence[Candidate], *, is_before: bool
    ) -> list[Candidate]:
        """Headings of another style whose numbers end where the chain begins, or go on from it.

        一、 to 十五、 and then 第十六话: who copied the book together changed the style.
        """
        if len(chain) < LEAST_NUMBERS:
            return []
        edge = chain[0] if is_before else chain[-1]
        number = edge.last.number or 0
        if is_before and number <= LEAST_NUMBERS:
            return []
        counts = Counter(one.last.style for one in chain)
        taken = {style for style, count in counts.items() if count > STRAY_SHARE * len(chain)}
        best: list[Candidate] = []
        beside = [
            one
            for one in self._counted
            if (one.line < edge.line if is_before else one.line > edge.line)
            and one.last.rank == CHAPTER
            and one.last.number is not None
        ]
        for style in sorted({one.last.style for one in beside} - taken):
            level = [one for one in beside if one.last.style == style]
            groups = self._groups(boundaries, level)
            shares = Shares(frozenset({style}), ())
            links = [link_of(self._lines, one, groups, shares) for one in level]
            found = [level[index] for index in best_chain(links)]
            if len(found) > len(best) and self._goes_on(found, number, is_before=is_before):
                best = found
        return best

    def _goes_on(self, chain: Sequence[Candidate], number: int, *, is_before: bool) -> bool:
        """Whether a chain counts by ones up to `number`, or from it on, with text between."""
        numbers = [one.last.number or 0 for one in chain]
        wanted = (
            numbers[-1] in {number - 2, number - 1}
            if is_before
            else numbers[0] in {number + 1, number + 2}
        )
        if not wanted or len(chain) < LEAST_NUMBERS or (is_before and numbers[0] > 2):
            return False
        follows = sum(b - a == 1 for a, b in pairwise(numbers))
        are_apart = all(b.line > a.line + 1 for a, b in pairwise(chain))
        return are_apart and follows >= LEAST_FOLLOWING * (len(chain) - 1)

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
            chain: list[Candidate] = []
            for _ in range(2 if style.startswith("bare unit") else 1):
                shares = Shares(frozenset({style}), chain)
                links = [link_of(self._lines, one, groups, shares) for one in level]
                chain = [level[index] for index in best_chain(links)]
            chain = without_interlopers(self._without_items(chain))
            if len(chain) > len(best) and self._is_contents(chain):
                best = chain
        styles_of_best = {one.last.style for one in best}
        level = [one for one in self._counted if one.last.style in styles_of_best]
        return self._with_repeats(best, level)

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

    def _ornamented(self) -> list[Candidate]:
        """Titles behind an ornament, when they alone part the book."""
        by_style: dict[str, list[Candidate]] = {}
        for one in self._counted:
            if one.last.family == "ornament":
                by_style.setdefault(one.last.style, []).append(one)
        most = max(by_style.values(), key=len, default=[])
        at = [one.line for one in most]
        return most if part_the_book(self._text, self._lines, at) else []

    # --- matter ---------------------------------------------------------------------------

    def _matter_chosen(self) -> list[Candidate]:
        """序, 楔子, 后记 and their like, by their looks and where they stand."""
        length = max(len(self._text), 1)
        chosen: list[Candidate] = []
        units = Counter(one.first.unit for one in self._matter)
        for one in self._matter:
            look = one.look
            if one.first.unit.startswith("作者") and units[one.first.unit] > MOST_REMARKS:
                continue
            if one.first.role in FRONT_ROLES and self._lines[one.line].start > length / 2:
                look += MISPLACED
            if look >= LEAST_MATTER:
                chosen.append(one)
        return chosen


def _holders(matter: Sequence[Candidate]) -> list[Candidate]:
    """番外 on a line of its own may hold chapters that count from one."""
    return [
        one for one in matter
        if one.first.role == "bonus" and len(one.headings) == 1 and one.first.number is None
    ]  # fmt: skip
