"""A text as the converter sees it: pieces in order, and the lines they make.

OpenCC decides by phrases, and a phrase may lie across the border of an emphasis, a link or a
note mark. So the pieces of a paragraph are converted as one line and cut apart again.
`flow_of_book` makes a flow of a book, and a book of a flow.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from builder.convert.align import Difference, carry, differences, walked
from builder.core.ledger import Layer, LayerBuilder

# So many pieces are compared at once.
RUN_PIECES = 64


@dataclass(frozen=True, slots=True)
class Flow:
    """`pieces[:projected]` concatenate to the projection; the rest is loose text.

    `lines` are tuples of piece numbers. Pieces in no line are fixed: line ends, the space in
    a heading, raw blocks. `groups` are the numbers of the first lines of sections, notes and
    the loose text: where a new voice begins.
    """

    pieces: tuple[str, ...]
    lines: tuple[tuple[int, ...], ...]
    groups: tuple[int, ...]
    projected: int

    @property
    def texts(self) -> list[str]:
        """The text of each line."""
        pieces = self.pieces
        return [
            pieces[line[0]] if len(line) == 1 else "".join([pieces[at] for at in line])
            for line in self.lines
        ]

    def after(self, texts: Sequence[str]) -> "Flow":
        """The flow with other words in its lines, each piece taking its share."""
        pieces = list(self.pieces)
        for line, text in zip(self.lines, texts, strict=True):
            if len(line) == 1:
                pieces[line[0]] = text
                continue
            shares = _shares([pieces[at] for at in line], text)
            for at, share in zip(line, shares, strict=True):
                pieces[at] = share
        return replace(self, pieces=tuple(pieces))

    def layer_to(self, changed: "Flow", stage: str, rule: str) -> Layer:
        """The edits that turn this projection into the changed one."""
        building = LayerBuilder(stage)
        for position, before, after in self._runs(changed):
            if len(before) == len(after):
                building.add_paired(rule, position, before, after)
            else:
                building.add_all(rule, _moved(position, differences(before, after)))
        return building.layer()

    def _runs(self, changed: "Flow") -> Iterator[tuple[int, str, str]]:
        """(place, text, changed text): the changed pieces, many in one where they may be."""
        position = 0
        for start in range(0, self.projected, RUN_PIECES):
            end = min(start + RUN_PIECES, self.projected)
            befores, afters = self.pieces[start:end], changed.pieces[start:end]
            if befores != afters:
                if _makes_one(befores, afters):
                    yield position, "".join(befores), "".join(afters)
                else:
                    places = accumulate(map(len, befores), initial=position)
                    yield from zip(places, befores, afters, strict=False)
            position += sum(map(len, befores))


def _makes_one(befores: Sequence[str], afters: Sequence[str]) -> bool:
    """Whether all keep their lengths, and no change reaches over a border between two pieces."""
    if list(map(len, befores)) != list(map(len, afters)):
        return False
    borders = pairwise(zip(befores, afters, strict=True))
    return not any(
        one[-1:] != other[-1:] and following[:1] != changed[:1]
        for (one, other), (following, changed) in borders
    )


def _moved(by: int, changes: Iterable[Difference]) -> Iterator[Difference]:
    for start, before, after in changes:
        yield by + start, before, after


def _shares(pieces: list[str], text: str) -> list[str]:
    """`text` cut where the borders between `pieces` have gone."""
    borders = list(accumulate(map(len, pieces), initial=0))
    if borders[-1] != len(text):
        changes = list(walked("".join(pieces), text))
        borders = [carry(border, changes) for border in borders[:-1]] + [len(text)]
    return [text[start:end] for start, end in pairwise(borders)]


def text_to_flow(text: str) -> Flow:
    """Plain text: every line a line, no groups but one."""
    return lines_to_flow(text.split("\n"))


def lines_to_flow(texts: Sequence[str]) -> Flow:
    """The same for a text that is cut into lines already."""
    pieces = [piece for line in texts for piece in (line, "\n")][:-1]
    lines = tuple((at,) for at in range(0, len(pieces), 2))
    return Flow(tuple(pieces), lines, (0,), len(pieces))


def flow_to_text(flow: Flow) -> str:
    """The projected text."""
    return "".join(flow.pieces[: flow.projected])
