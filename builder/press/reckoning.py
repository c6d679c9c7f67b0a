"""From computed styles to where things stand: insets, distances, pages.

CSS says what each of the elements around each other takes off the measure; the press wants to
know where a line starts and ends, and how far a block is from the one before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from builder.press.computed import Content, Look, MarginBox, PageLook
from builder.press.frame import BlockStyle, Break, Furniture, NoteArea, PageStyle, TextStyle

_STRENGTH: tuple[Break, ...] = ("auto", "avoid", "page", "verso", "recto")
# Floors under which nothing can be set: of a line in ems, of leading in sizes, of a page in points.
_LEAST_ROOM = 2.0
_LEAST_LEADING = 0.5
_LEAST_MEASURE = 72.0
# Of the em box of Chinese characters: above the baseline, and its middle.
_ASCENT, _MIDDLE = 0.88, 0.38
_SUPPORTED = frozenset({"words", "string", "string-except", "counter"})


@dataclass(frozen=True, slots=True)
class Place:
    """An element of the specimen, how it looks, and how those around it look, outermost first."""

    element: Element = field(repr=False)
    look: Look
    around: tuple[Look, ...] = field(default=(), repr=False)

    @property
    def classes(self) -> frozenset[str]:
        """The element's classes."""
        return frozenset(self.element.get("class", "").split())


def block_style(place: Place, measure: float, *, text: TextStyle | None = None) -> BlockStyle:
    """How a block stands in a text area whose lines are `measure` wide."""
    look = place.look
    start, end = _insets((*place.around, look), measure)
    if measure - start - end < _LEAST_ROOM * look.text.size:
        start = end = 0.0  # nothing could be set between such insets
    room = measure - start - end
    return BlockStyle(
        text=text or look.text,
        leading=look.leading if look.leading >= _LEAST_LEADING * look.text.size else look.text.size,
        align=look.align,
        indent=look.indent.of(room),
        before=look.margin.top.of(measure) + look.padding.top.of(measure),
        after=look.margin.bottom.of(measure) + look.padding.bottom.of(measure),
        start=start,
        end=end,
        break_before=look.break_before,
        break_after=look.break_after,
        keeps_together=look.keeps_together,
        orphans=look.orphans,
        widows=look.widows,
        page=look.page,
        is_shown="none" not in {one.display for one in (*place.around, look)},
    )


def distances(looks: Iterable[Look], measure: float) -> tuple[float, float]:
    """The distances before and after the innermost of elements that hold nothing but each other:
    their margins collapse as far as no padding parts them.
    """
    chain = tuple(looks)
    before = _collapsed(
        (look.margin.top.of(measure), look.padding.top.of(measure)) for look in chain
    )
    after = _collapsed(
        (look.margin.bottom.of(measure), look.padding.bottom.of(measure)) for look in chain
    )
    return before, after


def strongest(breaks: Iterable[Break]) -> Break:
    """What several elements that start or end together ask of the break there."""
    return max(breaks, key=_STRENGTH.index, default="auto")


def words(content: Content) -> str:
    """The words of generated content."""
    return "".join(said for kind, said in content if kind == "words")


def page_style(look: PageLook) -> PageStyle:
    """A page, with what its margins say."""
    return PageStyle(
        width=look.width,
        height=look.height,
        left=look.left,
        top=look.top,
        measure_x=max(look.measure_x, _LEAST_MEASURE),
        measure_y=max(look.measure_y, _LEAST_MEASURE),
        furniture=tuple(filter(None, (_furniture(box, look) for box in look.boxes))),
        bleed=look.bleed,
    )


def note_area(look: Look | None, body: BlockStyle, call: TextStyle, hang: float) -> NoteArea:
    """The foot of a page, where notes look like `body`."""
    if look is None:
        return NoteArea(0.0, 0.0, 0.0, body, call, hang, colour=body.text.colour)
    return NoteArea(
        before=look.margin.top.points,
        rule=look.rule,
        after=look.padding.top.points,
        body=body,
        call=call,
        hang=hang,
        colour=look.rule_colour,
    )


def _insets(looks: tuple[Look, ...], measure: float) -> tuple[float, float]:
    """What the boxes around each other take off a line at its start and its end."""
    start = end = 0.0
    for look in looks:
        room = measure - start - end
        start += look.margin.left.of(room) + look.padding.left.of(room)
        end += look.margin.right.of(room) + look.padding.right.of(room)
    return start, end


def _collapsed(pairs: Iterable[tuple[float, float]]) -> float:
    """The distance that (margin, padding) pairs add up to, the outermost first."""
    total = margins = 0.0
    for margin, padding in pairs:
        margins = max(margins, margin)
        if padding:
            total += margins + padding
            margins = 0.0
    return total + margins


def _baseline(box: MarginBox, look: PageLook) -> float:
    """Where a margin box has its line. A margin narrower than the sheets thought of would have it
    cut, or leave it off the paper: there it stands half way between the text and the edge.
    """
    size, below = box.text.size, look.top + look.measure_y
    if box.name.startswith("@top") and box.y < _ASCENT * size:
        return look.top / 2 + _MIDDLE * size
    if box.name.startswith("@bottom") and box.y + (1 - _ASCENT) * size > look.height:
        return (below + look.height) / 2 + _MIDDLE * size
    return box.y


def _furniture(box: MarginBox, look: PageLook) -> Furniture | None:
    content = tuple(
        ("folio", said.removeprefix("page "))
        if kind == "counter"
        else ("words", said)
        if kind == "words"
        else ("string", said)
        for kind, said in box.content
        if kind in _SUPPORTED and (kind != "counter" or said.startswith("page "))
    )
    if not content:
        return None
    return Furniture(
        content=content,  # type: ignore[arg-type]  # mypy widens the kinds to str
        text=box.text,
        x=box.x,
        y=_baseline(box, look),
        align=box.align,
        first_except=any(kind == "string-except" for kind, _ in box.content),
    )
