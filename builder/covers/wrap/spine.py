"""The words of a spine: title, series, authors and publisher down one column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from builder.core.colours import RGB
from builder.covers.brief import column_px
from builder.covers.canvas import Box, Canvas
from builder.covers.lettering import Pen, draw_column
from builder.covers.typefaces import Typeface
from builder.covers.wording import CoverWords

_CUT = "…"
_SPACING_EM = 0.12
_LOOSE_EM = 0.3  # between the characters of a short title
_SHORT_TITLE = 4
# Of the size of the title.
_SMALL = 0.62
_SMALLER = 0.54
_GAP_EM = 1.1  # of the title's size, between one and the next
# Of the spine's clear width that letters fill: a fold is never quite where it should be.
_FILL = 0.86
_FILL_OF_LABEL = 0.7  # inside of its rules
_TIGHT_EM = 0.04

Role = Literal["title", "series", "author", "publisher"]
# What leaves a spine that is too short for all of it, step by step.
_DROPPED: tuple[frozenset[Role], ...] = (
    frozenset(),
    frozenset({"series"}),
    frozenset({"series", "publisher"}),
    frozenset({"series", "publisher", "author"}),
)


@dataclass(frozen=True, slots=True)
class SpineFaces:
    title: Typeface
    text: Typeface


@dataclass(frozen=True, slots=True)
class Spine:
    """Where letters may stand: `strip` is clear of both folds; words end at `calm_foot`, where
    the ground becomes restless, but for the publisher's, if `foot_is_calm`. Sizes are units.

    `label` lays something below the title and what follows it: a slip of paper.
    """

    strip: Box
    calm_foot: float
    foot_is_calm: bool
    largest: int
    smallest: int
    label: Callable[[Box], None] | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    role: Role
    text: str
    typeface: Typeface
    size: int
    spacing: float = _SPACING_EM

    def pen(self, colour: RGB) -> Pen:
        return Pen(self.typeface, self.size, colour, self.spacing)

    @property
    def height(self) -> float:
        return column_px(self.text, self.pen((0, 0, 0))) - self.spacing * self.size


def letter_spine(
    canvas: Canvas,
    words: CoverWords,
    faces: SpineFaces,
    spine: Spine,
    colour_on: Callable[[Box], RGB],
) -> bool:
    """Set the words; whether the title had to be cut.

    `colour_on` gives the colour for letters on a part of the ground. All words shrink together
    until they go in; where even the smallest type is too long, others leave before the title is
    cut.
    """
    placed, was_cut = _placed(words, faces, spine)
    if spine.label:
        # The publisher stands at the foot by itself.
        upper = [(part, top) for part, top in placed if part.role != "publisher"]
        foot = max(top + part.height for part, top in upper)
        spine.label(Box(spine.strip.left, spine.strip.top, spine.strip.right, foot))
    for part, top in placed:
        box = Box(spine.strip.left, top, spine.strip.right, top + part.height)
        draw_column(canvas, part.text, (spine.strip.middle, top), part.pen(colour_on(box)))
    return was_cut


def _placed(
    words: CoverWords, faces: SpineFaces, spine: Spine
) -> tuple[list[tuple[_Part, float]], bool]:
    """The parts with their tops, and whether the title had to be cut."""
    width = spine.strip.width * (_FILL_OF_LABEL if spine.label else _FILL)
    largest = max(spine.smallest, min(spine.largest, int(width)))
    for dropped in _DROPPED:
        for size in range(largest, spine.smallest - 1, -1):
            for spacing in _spacings(words):
                parts = _parts(words, faces, spine, size=size, spacing=spacing, dropped=dropped)
                if placed := _stacked(parts, spine, size * _GAP_EM):
                    return placed, False
    title = _title(words.title, faces, spine.smallest, _TIGHT_EM)
    text = words.title
    while len(text) > 1 and title.height > spine.calm_foot - spine.strip.top:
        text = text[:-1].rstrip()
        title = _title(text + _CUT, faces, spine.smallest, _TIGHT_EM)
    return [(title, spine.strip.top)], True


def _spacings(words: CoverWords) -> tuple[float, ...]:
    """What stands between the characters of the title, the best first."""
    if words.runs_across:
        return (_TIGHT_EM,)
    return (_LOOSE_EM, _SPACING_EM) if words.han_count <= _SHORT_TITLE else (_SPACING_EM, _TIGHT_EM)


def _stacked(parts: list[_Part], spine: Spine, gap: float) -> list[tuple[_Part, float]]:
    """The parts one below the other; none when they have no room."""
    foot = spine.calm_foot
    placed: list[tuple[_Part, float]] = []
    if parts[-1].role == "publisher" and spine.foot_is_calm:
        publisher = parts.pop()
        placed.append((publisher, spine.strip.bottom - publisher.height))
        foot = min(foot, placed[0][1] - 2 * gap)
    y = spine.strip.top
    for part in parts:
        placed.append((part, y))
        y += part.height + gap
    return placed if y - gap <= foot else []


def _parts(
    words: CoverWords,
    faces: SpineFaces,
    spine: Spine,
    *,
    size: int,
    spacing: float,
    dropped: frozenset[Role],
) -> list[_Part]:
    """Title, series, author and publisher, as far as there are such and they are not dropped."""
    small, smaller = (max(spine.smallest, int(size * share)) for share in (_SMALL, _SMALLER))
    others = (
        _Part("series", words.series_line, faces.text, small),
        _Part("author", "".join(words.creators[:1]), faces.text, small),
        _Part("publisher", words.publisher, faces.text, smaller),
    )
    kept = [part for part in others if part.text and part.role not in dropped]
    return [_title(words.title, faces, size, spacing), *kept]


def _title(text: str, faces: SpineFaces, size: int, spacing: float) -> _Part:
    return _Part("title", text, faces.title, size, spacing)
