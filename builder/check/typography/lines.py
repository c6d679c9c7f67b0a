"""Runs of glyphs → the lines of a page, in reading order, horizontal and vertical alike.

From here on a page has two axes: *along* a line and *across* the lines. Horizontal: along is x,
across is y downward. Vertical: along is y downward, across runs from the right edge to the
left. Small characters over or beside a line (ruby, emphasis dots) belong to no line; small
ones in a gap of it (note marks) belong to that line.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from builder.check.typography.fonts import PdfFont
from builder.check.typography.glyphs import Direction, Run
from builder.check.typography.ink import InkReader
from builder.check.typography.marks import (
    AS_MARKS,
    AS_RAISED,
    HAN,
    HANGING,
    LEADERS,
    MARK_PAIR,
    first_unit,
    is_emphasis,
    is_full_width_mark,
)

# Two runs are one line when their baselines differ by less; in em.
_SAME_BASELINE_EM = 0.2
_SAME_COLUMN_EM = 0.35
# The middle of the em over the baseline, in em: where turned Latin lies in a column.
_MIDDLE_EM = 0.38
_TOP_EM = 0.88
# How small an annotation is, as a share of its base, and how far from the base line it may be.
_ANNOTATION = 0.72
_ANNOTATION_REACH_EM = 1.45
# A wider hole than this is no word space: columns of a table, a contents entry.
_HOLE_EM = 2.0
# A full-width mark has at least this advance, and a blank half that can be given up.
_FULL_WIDTH_EM = 0.9
_BLANK_EM = 0.42
# 2 em become 1.5 em: a pair whose pen points stand nearer than this has been squeezed.
_SQUEEZED_EM = 0.76
# What a mark in the middle of its em gives up beside another.
_PAIRED_EM = 0.25
_OVERHANGING = frozenset("-.,:;'\"!?‐”’")
# A stack of more horizontal characters in a column is a running head, not upright figures.
_MAX_UPRIGHT = 4


@dataclass(slots=True)
class Line:
    """One line as it stands on its page; places in points.

    It ends between `earliest` and `stop`: a closing mark may give up its blank half at the end
    of a line; at `hangs_at` if the mark hangs. `unit` is the width of its first unbreakable piece. `pairs` are the
    indexes of pairs of full-width marks that were left unsqueezed. `has_hole`: it is set in
    columns, as tables and contents are.
    """

    page: int
    across: float
    size: float
    font: str
    text: str
    start: float
    earliest: float
    stop: float
    unit: float
    pairs: tuple[int, ...]
    has_hole: bool
    is_han: bool
    hangs_at: float | None = None

    def hangs_over(self, place: float, reach: float) -> bool:
        """Whether its mark hangs there: it begins at the place, give or take `reach`, or as far
        before it as a mark is squeezed towards the one before it.
        """
        if self.hangs_at is None:
            return False
        return -reach <= place - self.hangs_at <= _PAIRED_EM * self.size + reach

    def ends_at(self, place: float, reach: float) -> bool:
        """Whether it may be said to end at `place`, give or take `reach`."""
        return self.earliest - reach <= place <= self.stop + reach


@dataclass(slots=True)
class _Row:
    """Glyphs of one line while it is put together; all lists run in step."""

    across: float
    size: float
    font: str
    texts: list[str] = field(default_factory=list)
    along: list[float] = field(default_factory=list)
    advances: list[float] = field(default_factory=list)
    fonts: list[tuple[PdfFont, int]] = field(default_factory=list)

    def take(self, other: "_Row | Run", at: int) -> None:
        self.texts.append(other.texts[at])
        self.along.append(other.along[at])
        self.advances.append(other.advances[at])
        self.fonts.append(other.fonts[at])

    def part_ligatures(self) -> None:
        """A glyph that stands for several characters (——) becomes as many parts of it."""
        if all(len(part) < 2 for part in self.texts):
            return
        parted = _Row(self.across, self.size, self.font)
        for part, pen, advance, font in zip(
            self.texts, self.along, self.advances, self.fonts, strict=True
        ):
            step = advance / max(1, len(part))
            for at, character in enumerate(part or " "):
                parted.texts.append(character)
                parted.along.append(pen + at * step)
                parted.advances.append(step)
                parted.fonts.append(font)
        self.texts, self.along = parted.texts, parted.along
        self.advances, self.fonts = parted.advances, parted.fonts

    def put_in_order(self) -> None:
        along = self.along
        if all(along[at] <= along[at + 1] for at in range(len(along) - 1)):
            return
        order = sorted(range(len(along)), key=along.__getitem__)
        self.texts = [self.texts[at] for at in order]
        self.along = [along[at] for at in order]
        self.advances = [self.advances[at] for at in order]
        self.fonts = [self.fonts[at] for at in order]


def is_vertical_page(runs: Sequence[Run]) -> bool | None:
    """Whether a page is written in columns; None when it has too little to tell."""
    down = across = 0
    last: Run | None = None
    for run in runs:
        if run.direction is Direction.DOWN:
            down += len(run.texts)
        elif run.direction is Direction.ACROSS:
            across += len(run.texts) - 1
            if last is not None and len(run.texts) == 1 and len(last.texts) == 1:
                is_under = abs(run.along[0] - last.along[0]) < run.size / 2
                down += is_under and 0.2 * run.size < run.across - last.across < 2 * run.size
        last = run
    return None if down == across == 0 else down > across


def runs_to_lines(
    runs: Sequence[Run], page: int, ink: InkReader, *, vertical_width: float | None
) -> list[Line]:
    """The lines of a page; `vertical_width` is its width when it is written in columns."""
    down = vertical_width is not None
    rows = list(_rows(_in_columns(runs, vertical_width) if down else _across(runs), down=down))
    found: list[Line] = []
    for row in _without_annotations(rows):
        row.put_in_order()
        row.part_ligatures()
        if line := _line(row, page, ink, down=down):
            found.append(line)
    return found


def _across(runs: Sequence[Run]) -> Iterator[_Row]:
    for run in runs:
        if run.direction is Direction.ACROSS:
            yield _Row(
                run.across, run.size, run.font.name, run.texts, run.along, run.advances, run.fonts
            )


def _in_columns(runs: Sequence[Run], width: float | None) -> Iterator[_Row]:
    """The runs of a vertical page: what stands upright is measured from the top of its em."""
    assert width is not None  # noqa: S101  # only called so
    for run in runs:
        row = _Row(0.0, run.size, run.font.name)
        if run.direction is Direction.ACROSS:
            if not 0 < len(run.texts) <= _MAX_UPRIGHT:
                continue
            middle = (run.along[0] + run.along[-1] + run.advances[-1]) / 2
            row.across = width - middle
            # Upright figures are one character of the column, whatever they count to.
            row.texts = ["".join(run.texts)[:1]]
            row.along = [run.across - _TOP_EM * run.size]
            row.advances = [run.size]
            row.fonts = run.fonts[:1]
        else:
            turned = run.direction is Direction.TURNED
            row.across = width - run.across - (_MIDDLE_EM * run.size if turned else 0.0)
            row.texts, row.along = run.texts, run.along
            row.advances, row.fonts = run.advances, run.fonts
        yield row


def _rows(parts: Iterator[_Row], *, down: bool) -> Iterator[_Row]:
    """Parts on one baseline become one row, whose size and font are its longest part's."""
    reach = _SAME_COLUMN_EM if down else _SAME_BASELINE_EM
    together: list[_Row] = []
    for part in sorted((part for part in parts if part.texts), key=lambda part: part.across):
        if together and part.across - together[-1].across > reach * min(
            part.size, together[-1].size
        ):
            yield _joined(together)
            together = []
        together.append(part)
    if together:
        yield _joined(together)


def _joined(parts: list[_Row]) -> _Row:
    if len(parts) == 1:
        return parts[0]
    weights: dict[tuple[float, str], int] = {}
    for part in parts:
        key = (round(part.size, 1), part.font)
        weights[key] = weights.get(key, 0) + len(part.texts)
    key = max(weights, key=lambda one: (weights[one], one[0]))
    chief = next(part for part in parts if (round(part.size, 1), part.font) == key)
    row = _Row(chief.across, chief.size, chief.font)
    for part in parts:
        row.texts.extend(part.texts)
        row.along.extend(part.along)
        row.advances.extend(part.advances)
        row.fonts.extend(part.fonts)
    return row


def _without_annotations(rows: list[_Row]) -> list[_Row]:
    """Small rows beside a larger one: what lies in its holes joins it, the rest is left out."""
    kept: list[_Row] = []
    for number, row in enumerate(rows):
        bases = [
            rows[at]
            for at in (number - 2, number - 1, number + 1, number + 2)
            if 0 <= at < len(rows) and _is_base(rows[at], row)
        ]
        if not bases and not is_emphasis("".join(row.texts)):
            kept.append(row)
        elif bases:
            _annotate(min(bases, key=lambda base: abs(base.across - row.across)), row)
    return kept


def _is_base(base: _Row, row: _Row) -> bool:
    distance = abs(base.across - row.across)
    return row.size <= _ANNOTATION * base.size and distance < _ANNOTATION_REACH_EM * base.size


def _annotate(base: _Row, row: _Row) -> None:
    if abs(base.across - row.across) > _TOP_EM * base.size:
        return
    base.put_in_order()
    along, advances = list(base.along), list(base.advances)
    for at, point in enumerate(row.along):
        middle = point + row.advances[at] / 2
        before = bisect_right(along, middle) - 1
        if before < 0 or along[before] + advances[before] <= middle:
            base.take(row, at)
            base.texts[-1] = base.texts[-1].translate(AS_RAISED)


def _line(row: _Row, page: int, ink: InkReader, *, down: bool) -> Line | None:
    """A row without its outer white space; None when nothing is left."""
    text = "".join(part or " " for part in row.texts).translate(AS_MARKS)
    first, last = 0, len(text) - 1
    while first <= last and text[first].isspace():
        first += 1
    while last >= first and text[last].isspace():
        last -= 1
    if first > last:
        return None
    along, advances, size = row.along, row.advances, row.size
    unit_end = min(first + first_unit(text[first : last + 1]), last + 1) - 1
    earliest, stop, hangs_at = _ends(row, text, last, ink, down=down)
    return Line(
        page,
        row.across,
        size,
        row.font,
        text[first : last + 1],
        along[first],
        earliest,
        stop,
        along[unit_end] + advances[unit_end] - along[first],
        tuple(at - first for at in _wide_pairs(row, text, ink, down=down) if first <= at < last),
        _has_hole(along, advances, (first, last), size) or bool(LEADERS.search(text)),
        2 * len(HAN.findall(text)) >= last + 1 - first - text.count(" ")
        or any(map(is_full_width_mark, text)),
        hangs_at,
    )


def _ends(
    row: _Row, text: str, last: int, ink: InkReader, *, down: bool
) -> tuple[float, float, float | None]:
    """Where a line ends at the earliest and at the latest, and where, should its mark hang.

    A full-width mark may give up the blank after its ink at the end of a line, or a part of it,
    so that the line ends flush by its full em, by half of it, or to the eye; Latin marks may
    stand out into the margin a little, as fine typesetting lets them.
    """
    pen, advance = row.along[last], row.advances[last]
    earliest = pen + advance
    mark = text[last]
    if is_full_width_mark(mark) and advance >= _FULL_WIDTH_EM * row.size:
        _, after = ink.blanks(*row.fonts[last], mark, down=down)
        earliest = pen + row.size * min(1.0, 1 - after)
    elif mark in _OVERHANGING:
        earliest = pen + advance / 4
    return earliest, pen + advance, pen if mark in HANGING else None


def _has_hole(
    along: list[float], advances: list[float], span: tuple[int, int], size: float
) -> bool:
    first, last = span
    spare = along[last] - along[first] - sum(advances[first:last])
    if spare <= _HOLE_EM * size:
        return False
    return any(
        along[at + 1] - along[at] - advances[at] > _HOLE_EM * size for at in range(first, last)
    )


def _wide_pairs(row: _Row, text: str, ink: InkReader, *, down: bool) -> Iterator[int]:
    """Where two full-width marks stand side by side and take 2 em.

    Measured from pen to pen, less what justification gave every character of the line.
    """
    stretch: float | None = None
    for match in MARK_PAIR.finditer(text):
        at = match.start()
        if min(row.advances[at : at + 2]) < _FULL_WIDTH_EM * row.size:
            continue
        _, after = ink.blanks(*row.fonts[at], text[at], down=down)
        before, _ = ink.blanks(*row.fonts[at + 1], text[at + 1], down=down)
        if max(after, before) < _BLANK_EM:
            continue
        if stretch is None:
            stretch = _stretch(row, text)
        if row.along[at + 1] - row.along[at] - stretch > _SQUEEZED_EM * row.size:
            yield at


def _stretch(row: _Row, text: str) -> float:
    """What the line's plain characters got beyond their own width, in points."""
    along, advances = row.along, row.advances
    gaps = [
        along[at + 1] - along[at] - advances[at]
        for at in range(len(text) - 1)
        if HAN.match(text, at) and HAN.match(text, at + 1)
    ]
    return min(max(median(gaps), -row.size / 4), row.size) if gaps else 0.0
