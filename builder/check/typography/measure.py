"""What a document's lines have in common: text size, edges, leading, grid.

Nothing says these in a PDF; they are what most lines do. Sizes are keyed in tenths of a
point. Edges are taken for left and right pages apart, and anew for a page that keeps none of
them; the grid, too, in columns, where inner and outer margin change sides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from builder.check.typography.lines import Line

# How far an end may lie from the measure and still be flush, in em: the eye sees half a point.
FLUSH_EM = 0.08
# How much of all lines must share a place for it to be an edge, and how many at least.
_EDGE_SHARE = 0.08
_EDGE_LINES = 4
# By how much a line may start before its edge: half an em of an opening mark, squeezed.
_SQUEEZED_EM = 0.55
# Sizes within this are one size.
_SIZE_SHARE = 0.04
_RAGGED_SHARE = 0.12
# Steps longer than this many em are gaps, not leading.
_MAX_LEADING_EM = 3.0
_LONG_RUN = 8
# A paragraph's first line starts this far in.
_INDENT_EM = 2.0
# Running text has longer lines than this, and few of them end beyond its measure.
_LEAST_MEASURE_EM = 8.0
_OUTSIDE_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Edges:
    """Where lines of one size start and end, in points, and beyond which place none may go."""

    start: float
    stop: float
    limit: float


@dataclass(frozen=True, slots=True)
class Shape:
    """What is common to a document. Keys of `edges`: size key and page parity."""

    size: float
    font: str
    leadings: Mapping[int, float]
    edges: Mapping[tuple[int, int], Edges]
    grid: Mapping[int, float]
    is_indented: bool
    hangs: bool

    def leading(self, line: Line) -> float:
        return self.leadings.get(size_key(line.size), 1.75 * line.size)

    def edges_of(self, line: Line) -> Edges | None:
        """The edges for a line's size; small print that ends short of the text's edge has that."""
        parity = line.page % 2
        text = self.edges.get((size_key(self.size), parity))
        own = self.edges.get((size_key(line.size), parity))
        if own is None or text is None or own.stop >= text.stop - FLUSH_EM * self.size:
            return own or text
        return Edges(own.start, text.stop, text.limit)

    def is_body(self, line: Line) -> bool:
        return abs(line.size - self.size) <= _SIZE_SHARE * self.size


def size_key(size: float) -> int:
    return round(size * 10)


def shape_of(pages: Sequence[Sequence[Line]], *, is_vertical: bool) -> Shape | None:
    """What the lines of all pages have in common; None when there is no Chinese prose."""
    weights: Counter[int] = Counter()
    fonts: Counter[str] = Counter()
    for line in _all(pages):
        if line.is_han and not line.has_hole:
            weights[size_key(line.size)] += len(line.text)
    if not weights:
        return None
    key = weights.most_common(1)[0][0]
    size = key / 10
    for line in _all(pages):
        if size_key(line.size) == key:
            fonts[line.font] += len(line.text)
    leadings = {one: leading for one in weights if (leading := _leading(pages, one))}
    edges: dict[tuple[int, int], Edges] = {}
    for one in weights:
        lines = [line for line in _all(pages) if size_key(line.size) == one and _is_plain(line)]
        edges |= {(one, parity): found for parity, found in _edges_by_parity(lines).items()}
    if (key, 0) not in edges:
        return None
    body = [line for line in _all(pages) if size_key(line.size) == key and _is_plain(line)]
    return Shape(
        size,
        fonts.most_common(1)[0][0],
        leadings,
        edges,
        _grid(pages, key, leadings.get(key), is_vertical=is_vertical),
        _is_indented(body, edges, key),
        _hangs(body, edges, key),
    )


def _edges_by_parity(lines: Sequence[Line]) -> dict[int, Edges]:
    """The edges of lines of one size on left and on right pages.

    Where one side has too few lines, as in a short text, it has the measure of the other, from
    where most of its lines agree with it: inner and outer margins change sides.
    """
    sides = {parity: [line for line in lines if line.page % 2 == parity] for parity in (0, 1)}
    found = {
        parity: edges
        for parity, side in sides.items()
        if (edges := edges_of_lines(side, at_least=_EDGE_LINES))
    }
    for parity in (0, 1):
        if parity not in found and 1 - parity in found:
            found[parity] = _fitted(found[1 - parity], sides[parity])
    return found


def _fitted(edges: Edges, lines: Sequence[Line]) -> Edges:
    """Edges of the same measure where they fit some lines best; where they are, if any place does."""
    shifts = [0.0]
    for line in lines:
        shifts += (line.start - edges.start, line.stop - edges.stop, line.earliest - edges.stop)
    best = max(shifts, key=lambda shift: (_fit(edges, shift, lines), -abs(shift)))
    return Edges(edges.start + best, edges.stop + best, edges.limit + best)


def _fit(edges: Edges, shift: float, lines: Sequence[Line]) -> int:
    """How many lines start or end at the edges when these are moved, less those beyond them."""
    fit = 0
    for line in lines:
        reach = FLUSH_EM * line.size
        first = line.start - edges.start - shift
        fit += min(abs(first), abs(first - _INDENT_EM * line.size)) <= reach
        fit += line.ends_at(edges.stop + shift, reach)
        fit -= 2 * (line.start < edges.start + shift - _SQUEEZED_EM * line.size)
        fit -= 2 * (line.earliest > edges.limit + shift)
    return fit


def _all(pages: Iterable[Sequence[Line]]) -> Iterable[Line]:
    return (line for page in pages for line in page)


def _is_plain(line: Line) -> bool:
    return line.is_han and not line.has_hole


def edges_of_lines(lines: Sequence[Line], *, at_least: int) -> Edges | None:
    """The leftmost common start and the rightmost common end of lines of one size."""
    if len(lines) < at_least:
        return None
    size = lines[0].size
    wanted = max(at_least, _EDGE_SHARE * len(lines))
    reach = FLUSH_EM * size
    starts = _common([line.start for line in lines], size, wanted)
    ends = _common([line.stop for line in lines if line.stop - line.earliest < reach], size, wanted)
    if not starts or not ends:
        return None
    start, stop = min(starts), max(ends)
    outside = sum(line.earliest > stop + 1.1 * size for line in lines)
    if stop - start < _LEAST_MEASURE_EM * size or outside > _OUTSIDE_SHARE * len(lines):
        return None  # poems and names end where they like
    beyond = sum(stop + reach < line.earliest < stop + 1.1 * size for line in lines)
    limit = stop + reach if beyond <= _RAGGED_SHARE * len(lines) else stop + 1.1 * size
    return Edges(start, stop, max(limit, stop + 2 * reach))


def _common(places: Sequence[float], size: float, wanted: float) -> list[float]:
    """The places that at least `wanted` of them share, each the median of those near it."""
    step = FLUSH_EM * size
    bins: dict[int, list[float]] = {}
    for place in places:
        bins.setdefault(round(place / step), []).append(place)
    common = []
    for at, held in bins.items():
        near = [*bins.get(at - 1, ()), *held, *bins.get(at + 1, ())]
        if (
            len(near) >= wanted
            and len(held) >= len(bins.get(at - 1, ()))
            and len(held) >= len(bins.get(at + 1, ()))
        ):
            common.append(median(held))
    return common


def _leading(pages: Sequence[Sequence[Line]], key: int) -> float | None:
    """The commonest step between neighbouring lines of one size, refined over long runs."""
    steps: Counter[int] = Counter()
    exact: list[float] = []
    for page in pages:
        for first, second in pairwise(page):
            if size_key(first.size) == size_key(second.size) == key:
                step = second.across - first.across
                if 0 < step < _MAX_LEADING_EM * first.size:
                    steps[round(step * 4)] += 1
                    exact.append(step)
    if not steps:
        return None
    rough, count = steps.most_common(1)[0]
    near = sum(steps[rough + nearby] for nearby in (-1, 0, 1))
    commonest = median(step for step in exact if round(step * 4) == rough)
    if count < 2 and near < 2:
        return commonest
    spans = [span for page in pages for span in _even_runs(page, key, rough / 4)]
    return median(spans) if spans else commonest


def _even_runs(page: Sequence[Line], key: int, rough: float) -> Iterable[float]:
    """The mean step of each run of lines that all lie about `rough` apart."""
    run: list[float] = []
    for line in page:
        if run and (
            size_key(line.size) != key or abs(line.across - run[-1] - rough) > 0.06 * rough
        ):
            if len(run) > _LONG_RUN:
                yield (run[-1] - run[0]) / (len(run) - 1)
            run = []
        if size_key(line.size) == key:
            run.append(line.across)
    if len(run) > _LONG_RUN:
        yield (run[-1] - run[0]) / (len(run) - 1)


def _grid(
    pages: Sequence[Sequence[Line]], key: int, leading: float | None, *, is_vertical: bool
) -> dict[int, float]:
    """Where the grid lies, by parity: the commonest place of body lines within one leading."""
    if not leading:
        return {}
    grid: dict[int, float] = {}
    for parity in (0, 1):
        places = [
            line.across % leading
            for line in _all(pages)
            if size_key(line.size) == key
            and _is_plain(line)
            and (line.page % 2 == parity or not is_vertical)
        ]
        if places:
            grid[parity] = _phase(places, leading)
    return grid


def _phase(places: Sequence[float], leading: float) -> float:
    step = leading / 40
    bins = Counter(round(place / step) % 40 for place in places)
    best = max(bins, key=lambda at: sum(bins[(at + nearby) % 40] for nearby in (-1, 0, 1)))
    centre = best * step
    near = [off for place in places if abs(off := off_grid(place - centre, leading)) <= 1.5 * step]
    return centre + median(near)


def off_grid(distance: float, leading: float) -> float:
    """How far a distance is from a whole number of leadings; negative when before it."""
    return (distance + leading / 2) % leading - leading / 2


def _is_indented(body: Sequence[Line], edges: Mapping[tuple[int, int], Edges], key: int) -> bool:
    """Whether paragraphs are told by an indent: enough lines start one to four em in."""
    indented = sum(
        0.75 < (line.start - edges[key, line.page % 2].start) / line.size < 4.5 for line in body
    )
    return indented >= max(1, 0.02 * len(body))


def _hangs(body: Sequence[Line], edges: Mapping[tuple[int, int], Edges], key: int) -> bool:
    """Whether marks hang beyond the measure on purpose: more than a slip or two do, or nothing
    else stands beyond it, as on the few lines of a short text.
    """
    hung = [line for line in body if line.hangs_at is not None]
    beyond = [line for line in body if line.earliest > edges[key, line.page % 2].limit]
    out = sum(
        line.hangs_over(edges[key, line.page % 2].stop, FLUSH_EM * line.size) for line in beyond
    )
    return out > max(5, 0.2 * len(hung)) or 0 < out == len(beyond)
