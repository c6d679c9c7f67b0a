"""Lines among a book's headings that are none: mentions, and a second count beside the first.

Between 第八章 and 第九章 a line says 第三章, or 第三章我写了三遍; the sequence holds without it,
and it is written unlike the others. Where NO.7 stands in every 第七章, one of the two counts.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from builder.structure.candidates import Candidate

LOOK_AHEAD = 3  # headings from one before a line to the one that goes on
MOST_OF_KIND = 0.1  # of the headings may be written like it
SECOND_SHARE = 0.6  # of a second count repeat the number before them
LEAST_SECOND = 3
BESIDE = 3  # lines between a heading and the same once more


def without_interlopers(chain: Sequence[Candidate]) -> list[Candidate]:
    """The chain without lines that it does not need and that are written unlike the others."""
    kept: list[Candidate] = []
    usual = _Usual(chain)
    before, until = chain[0] if chain else None, 0
    for index, one in enumerate(chain):
        following = chain[index + 1 : index + LOOK_AHEAD + 2]
        if index >= until:
            if index:
                before = chain[index - 1]
            until = _next_in_order(before, chain, index)
        is_extra = index < until and before is not None and _is_needless(before, one, following)
        if usual.is_unlike(one) and (is_extra or _is_said_before(one, following, usual)):
            continue
        kept.append(one)
    return _of_one_count(kept)


def _next_in_order(before: Candidate | None, chain: Sequence[Candidate], index: int) -> int:
    """The index of the heading that goes on from the one before `index`; `index` if none does."""
    wanted = (before.last.number or 0) + 1 if before and index else None
    for at in range(index, min(index + LOOK_AHEAD + 1, len(chain))):
        if chain[at].last.number == wanted:
            return at
    return index


class _Usual:
    """How most headings of a sequence are written."""

    def __init__(self, chain: Sequence[Candidate]) -> None:
        self._count = max(len(chain), 1)
        self._glued = sum(one.last.is_glued for one in chain)
        self._forms = Counter(one.last.form for one in chain)
        self._numbers = Counter(one.last.number for one in chain)

    def is_unlike(self, one: Candidate) -> bool:
        """Whether few are glued, bare, or counted as this one is; mere numbers are all alike.

        What no other heading counts is needed, however it is written.
        """
        return self._numbers[one.last.number] > 1 and (
            one.last.family == "number"
            or (one.last.is_glued and self._glued * 2 < self._count)
            or not _has_title(one)
            or self.is_odd(one)
        )

    def is_odd(self, one: Candidate) -> bool:
        """Whether few have such a numeral and such an ornament."""
        return self._forms[one.last.form] <= max(MOST_OF_KIND * self._count, 1)


def _has_title(one: Candidate) -> bool:
    return one.last.title[0] < one.last.title[1]


def _is_needless(before: Candidate, one: Candidate, following: Sequence[Candidate]) -> bool:
    """Whether a heading between two that follow each other says nothing of its own."""
    number, own = before.last.number or 0, one.last.number or 0
    if own <= 1:
        return False
    if own == number:
        # A number may come twice; what is glued to the second one tells it apart.
        return one.last.is_glued and one.line > before.line + BESIDE
    if own == number + 2:
        # 19 and then 18 changed places; the 5 between 3 and 4 comes again behind 4.
        return any(later.last.number == own for later in following[: LOOK_AHEAD + 1])
    return own != number + 1


def _is_said_before(one: Candidate, following: Sequence[Candidate], usual: _Usual) -> bool:
    """Whether a chapter is spoken of in the one before it: “第五章”."""
    if not following or following[0].last.number != one.last.number:
        return False
    is_apart = following[0].line > one.line + BESIDE
    return is_apart and usual.is_odd(one) and not usual.is_unlike(following[0])


def _of_one_count(chain: Sequence[Candidate]) -> list[Candidate]:
    """The chain without styles that only say again, further down, what others have counted."""
    styles = Counter(one.last.style for one in chain)
    if len(styles) < 2:
        return list(chain)
    again: dict[str, int] = defaultdict(int)
    for a, b in pairwise(chain):
        is_again = a.last.number == b.last.number and a.last.style != b.last.style
        again[b.last.style] += is_again and b.line > a.line + BESIDE
    second = {
        style
        for style, count in styles.items()
        if again[style] >= max(LEAST_SECOND, SECOND_SHARE * count)
    }
    return [one for one in chain if one.last.style not in second]
