"""How the headings of one level are written, and what that says for a candidate."""

from collections import Counter
from collections.abc import Mapping, Sequence

from builder.structure.candidates import Candidate
from builder.structure.chains import Link
from builder.structure.headings import FAMILY_SCORES
from builder.structure.lines import Line
from builder.structure.named import NAMED

LEAST_NUMBERS = 3
STRAY_SHARE = 0.1
STRAY = -2.5
ECHO = -6.0
UNLIKE = -2.0
LIKE = 1.0
LEAST_FORMS = 8  # headings of a level that tell how it is written
LIKE_GLUED = 3.0  # where most titles are glued on, those with a comma are as well


class Shares:
    """How the headings of a level are written: what most share, and what none else has."""

    def __init__(self, main: frozenset[str], chain: Sequence[Candidate]) -> None:
        self._main = main
        self._count = len(chain)
        self._styles = Counter(one.last.style for one in chain)
        titled = [one for one in chain if one.last.title[0] < one.last.title[1]]
        glued = sum(one.last.is_glued for one in titled)
        self._titled = len(titled)
        self._glued = glued / len(titled) if titled else 0.0
        self._forms = Counter(one.last.form for one in chain if one.last.form)

    def look(self, one: Candidate) -> tuple[float, bool]:
        """The look of a candidate beside the others of its level, and whether it is a stray."""
        heading = one.last
        look = one.look
        is_stray = heading.style not in self._main
        share = 1.0
        if self._count >= LEAST_NUMBERS:
            share = self._styles[heading.style] / self._count
            is_stray = share < STRAY_SHARE and heading.family in {"number", "bare unit"}
            if share >= 0.5:
                look += LIKE + FAMILY_SCORES["unit"] - FAMILY_SCORES[heading.family]
            if self._is_odd(heading.form):
                look += UNLIKE
        is_named = heading.style.startswith(NAMED)
        is_usual = self._styles[heading.style] * 2 > self._count
        if is_named and (not is_usual if self._count else heading.style not in self._main):
            is_stray = True
            look += ECHO
        if is_stray and (heading.family == "number" or heading.is_glued):
            look += STRAY
        if heading.is_glued and self._titled >= LEAST_NUMBERS:
            if share < STRAY_SHARE or self._glued < 0.2:
                look += UNLIKE
            elif self._glued >= 0.5:
                look += LIKE_GLUED
        return look, is_stray

    def _is_odd(self, form: str) -> bool:
        """Whether nearly all others are written in another form: 第7章 and 第三章."""
        most = max(self._forms.values(), default=0)
        total = self._forms.total()
        return (
            total >= LEAST_FORMS
            and most >= (1 - STRAY_SHARE) * total
            and self._forms[form] <= STRAY_SHARE * total
        )


def link_of(
    lines: Sequence[Line], one: Candidate, groups: Mapping[int, int], shares: Shares
) -> Link:
    """A candidate as a link of its level's chain; `groups` says how many volumes began before."""
    line = lines[one.line]
    look, is_stray = shares.look(one)
    number = one.last.number or 0
    return Link(number, look, line.start, line.end, groups[one.line], is_stray)
