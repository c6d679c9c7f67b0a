"""How much of a drawing WeasyPrint paints: elements, letters and the colours of its gradients.

`core.drawing_work` counts what is written. What a few words unfold into while they are painted is
counted here: a marker at each of a million corners, a gradient that is repeated every nanometre,
letters that are set one by one. A drawing that goes beyond is not drawn, which is told (P004);
stripes finer than any paper shows become their mean colour.

Functions of WeasyPrint are replaced, for the whole process; no drawing within the bounds changes.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from math import hypot, isfinite
from typing import Any

import weasyprint.svg
from weasyprint.images import gradient_average_color
from weasyprint.pdf.stream import Stream
from weasyprint.svg import SVG, defs
from weasyprint.svg.text import text as draw_text

# Elements, letters and tens of colours of gradients; a city's map has 30,000.
MOST_PAINTED = 60_000
_COLOURS_A_POINT = 10
# What one gradient may be repeated to. A page of A4 at 600 dpi has 7,000 rows of points.
MOST_COLOURS = 4_000
_SPREAD = frozenset({"repeat", "reflect"})

# Long values are read over and over; a coastline of 300,000 characters is 7,000 points.
_SHORT = 2_000
_ROAD_SQUARE, _OTHER_SQUARE = 14_000_000, 1_000_000
_ROADS = frozenset({"d", "points"})
_FAMILY = 30


@dataclass(slots=True)
class _Purse:
    """What is left for the drawing that is being painted, and the families of fonts met in it."""

    left: int
    families: set[str] = field(default_factory=set)


# A drawing's patterns are drawings too, and take from its purse.
_purse: ContextVar[_Purse | None] = ContextVar("purse", default=None)


class EndlessError(ValueError):
    """A drawing would be painted for too long."""


def _take(amount: int) -> None:
    purse = _purse.get()
    if purse is None:
        return
    if purse.left < amount:
        raise EndlessError
    purse.left -= amount


_draw: Callable[..., None] = SVG.draw
_draw_node: Callable[..., None] = SVG.draw_node
_draw_text: Callable[..., None] = draw_text
_draw_gradient: Callable[..., bool] = defs.draw_gradient
_spread_linear: Callable[..., Any] = defs.spread_linear_gradient
_spread_radial: Callable[..., Any] = defs.spread_radial_gradient
# What a stream remembers of its own state, to say nothing twice.
_MEMORIES = (
    "_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke",
    "_current_font", "_old_font",
)  # fmt: skip


def _counted_draw(svg: SVG, stream: Stream, *arguments: Any) -> None:
    """A whole drawing, or nothing of it: half of one would leave the page moved and clipped."""
    if _purse.get() is not None:
        _draw(svg, stream, *arguments)
        return
    length, places = len(stream.stream), stream._ctm_stack[:]  # noqa: SLF001  (no public way)
    before = _purse.set(_Purse(MOST_PAINTED))
    try:
        _draw(svg, stream, *arguments)
    except BaseException:
        del stream.stream[length:]
        stream._ctm_stack[:] = places  # noqa: SLF001  (no public way)
        for name in _MEMORIES:
            setattr(stream, name, None)
        raise
    finally:
        _purse.reset(before)


def _counted_node(svg: SVG, node: Any, *arguments: Any, **named: Any) -> None:
    _take(1)
    for name, value in node.attrib.items():
        # WeasyPrint puts numbers among them.
        if isinstance(value, str) and len(value) > _SHORT and not name.endswith("href"):
            _take(len(value) ** 2 // (_ROAD_SQUARE if name in _ROADS else _OTHER_SQUARE))
    _draw_node(svg, node, *arguments, **named)


def _counted_text(svg: SVG, node: Any, font_size: float) -> None:
    _take(len(node.text or ""))
    purse, family = _purse.get(), node.get("font-family", "")
    if purse and family not in purse.families:
        purse.families.add(family)
        _take(_FAMILY)
    _draw_text(svg, node, font_size)


def _counted_gradient(svg: SVG, node: Any, gradient: Any, *more: Any, **named: Any) -> bool:
    _take(sum(1 for _ in gradient) // _COLOURS_A_POINT)
    return _draw_gradient(svg, node, gradient, *more, **named)


def _bounded_linear(
    spread: str,
    positions: list[float],
    colours: list[Any],
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    box: tuple[float, float, float, float],
    matrix: Any,
) -> Any:
    """A linear gradient as often as the box wants it; in its mean colour where that is too often."""
    (left, top, width, height), length = box, positions[-1] - positions[0]
    (from_x, from_y), (to_x, to_y) = matrix.transform_point(x1, y1), matrix.transform_point(x2, y2)
    square = hypot(to_x - from_x, to_y - from_y) ** 2
    if spread not in _SPREAD or not length or not square:
        return _spread_linear(spread, positions, colours, x1, y1, x2, y2, box, matrix)
    corners = [(x, y) for x in (left, left + width) for y in (top, top + height)]
    reached = [
        ((x - from_x) * (to_x - from_x) + (y - from_y) * (to_y - from_y)) / square
        for x, y in corners
    ]
    first, last = min(*reached, positions[0]), max(*reached, positions[-1])
    amount = (last - first) / length * len(colours)
    if _is_few(amount):
        return _spread_linear(spread, positions, colours, x1, y1, x2, y2, box, matrix)
    coordinates = (
        x1 + (x2 - x1) * first, y1 + (y2 - y1) * first,
        x1 + (x2 - x1) * last, y1 + (y2 - y1) * last,
    )  # fmt: skip
    return [0, 1], _mean(colours, positions), coordinates


def _bounded_radial(
    spread: str,
    positions: list[float],
    colours: list[Any],
    fx: float,
    fy: float,
    fr: float,
    cx: float,
    cy: float,
    r: float,
    width: float,
    height: float,
    matrix: Any,
) -> Any:
    """The same for rings."""
    as_asked = (fx, fy, fr, cx, cy, r, width, height, matrix)
    step = abs((r - fr) * (positions[-1] - positions[0]))
    if spread not in _SPREAD or not step:
        return _spread_radial(spread, positions, colours, *as_asked)
    to_x, to_y = matrix.invert.transform_point(width, height)
    reach = hypot(max(abs(fx), abs(to_x - fx)), max(abs(fy), abs(to_y - fy)))
    amount = (max(reach, r) + abs(fr)) / step * len(colours)
    if _is_few(amount):
        return _spread_radial(spread, positions, colours, *as_asked)
    return [0, 1], _mean(colours, positions), (fx, fy, 0, cx, cy, max(reach, r))


def _is_few(amount: float) -> bool:
    """Whether so many colours are painted, which are taken from what is left."""
    if not isfinite(amount):
        raise EndlessError
    if amount > MOST_COLOURS:
        return False
    _take(int(amount) // _COLOURS_A_POINT)
    return True


def _mean(colours: list[Any], positions: list[float]) -> list[Any]:
    mean = gradient_average_color(colours, positions)
    return [mean, mean]


def _replace(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


_replace(SVG, "draw", _counted_draw)
_replace(SVG, "draw_node", _counted_node)
for _tag, _painter in list(weasyprint.svg.TAGS.items()):
    if _painter is _draw_text:
        weasyprint.svg.TAGS[_tag] = _counted_text
_replace(weasyprint.svg, "text", _counted_text)
_replace(weasyprint.svg, "draw_gradient", _counted_gradient)
_replace(defs, "spread_linear_gradient", _bounded_linear)
_replace(defs, "spread_radial_gradient", _bounded_radial)
