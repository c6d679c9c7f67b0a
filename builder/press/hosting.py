"""What WeasyPrint lays out for the press: the pages before the book, and the hosted blocks.

All stand in one document. A hosted block has pages of its own, as wide as the book's measure and
cut off below it, so that it can be placed like a line; one that is too high for a page has
several. A picture that stands among words again and again, as books show rare characters, is laid
out once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from builder.core.files import style
from builder.core.publication import Hosted, PrintDocument
from builder.press.frame import PageStyle
from builder.press.host import Host, LaidPage
from builder.press.slabs import Slabs

# Lines before a table that stay with it: one of a caption or two of a paragraph, and a distance.
_LED_ROWS = 3
_MOST_LED = 0.25  # of a page's height
_MOST_HEADED = 0.75
_CLASS = "slab"
_PREFIX = "slab-"
_BODY_END = "</body>"
_NO_MARKS = "@page { marks: none !important }\n"  # the press draws its own
_MARGIN_BOXES = tuple(
    f"@{edge}-{place}"
    for edge, places in (
        ("top", ("left-corner", "left", "center", "right", "right-corner")),
        ("bottom", ("left-corner", "left", "center", "right", "right-corner")),
        ("left", ("top", "middle", "bottom")),
        ("right", ("top", "middle", "bottom")),
    )
    for place in places
)


@dataclass(frozen=True, slots=True)
class LaidSlab:
    """A page of a hosted block: its `number` among all that WeasyPrint laid out, its height in
    points, how many characters are visible in it, and which notes stand in it. What it shows is
    `width` points wide and begins `left` points from its edge.
    """

    number: int
    height: float
    characters: int = 0
    notes: tuple[str, ...] = ()
    left: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Laid:
    """What WeasyPrint laid out.

    `front` has the id of what each page before the book shows ("" for an empty one). `blocks`
    are the slabs of each hosted block, by its section and its path.
    """

    front: tuple[str, ...] = ()
    blocks: Mapping[tuple[str, tuple[int, ...]], tuple[LaidSlab, ...]] = field(default_factory=dict)
    slabs: Slabs = field(default_factory=Slabs, repr=False)


def lay_out(
    document: PrintDocument,
    host: Host,
    page: PageStyle,
    *,
    leading: float = 0.0,
    headed: Mapping[str, int] = MappingProxyType({}),
) -> Laid:
    """Lay out the pages before the book and the hosted blocks; these will stand on `page`, whose
    lines are `leading` points apart (0: in columns). `headed` has by a section's id how many rows
    its heading takes.

    A table with words that belong to it leaves room for them on the first of its pages.
    """
    rooms = [_room(hosted, page, leading, headed) for hosted in document.hosted]
    shown = _shown(document.hosted)
    blocks = "".join(
        f'<div class="{_CLASS}" id="{_PREFIX}{number}"{_padding(room)}>{hosted.html}</div>\n'
        for number, (hosted, room) in enumerate(zip(document.hosted, rooms, strict=True))
        if shown[number] == number
    )
    start, end, rest = document.front_html.rpartition(_BODY_END)
    rules = _page_rule(page) + style("hosted.css") if blocks else ""
    sheets = [("hosted.css", f"{_NO_MARKS}{rules}")]
    pages, slabs = host.pages(f"{start}{blocks}{end}{rest}", sheets, trimmed=_CLASS)
    return Laid(
        front=tuple(page.id for page in pages if not page.id.startswith(_PREFIX)),
        blocks=_by_block(document.hosted, pages, rooms, shown),
        slabs=slabs,
    )


def _shown(blocks: Sequence[Hosted]) -> list[int]:
    """Which of the blocks shows each: itself, or the first picture of the same markup."""
    first: dict[str, int] = {}
    return [
        first.setdefault(hosted.html, number) if hosted.is_among_words else number
        for number, hosted in enumerate(blocks)
    ]


def _room(hosted: Hosted, page: PageStyle, leading: float, headed: Mapping[str, int]) -> float:
    """The points that the words take up which stay with a block."""
    if not hosted.is_led:
        return 0.0
    if hosted.path == (0,):
        rows, most = headed.get(hosted.section_id, 0), _MOST_HEADED
    else:
        rows, most = _LED_ROWS, _MOST_LED
    return rows * leading if rows * leading < page.measure_y * most else 0.0


def _padding(room: float) -> str:
    return f' style="padding-top: {room:.4f}pt"' if room else ""


def _page_rule(page: PageStyle) -> str:
    """The page of a hosted block: a text area, and nothing around it."""
    size = f"{page.measure_x:.4f}pt {page.measure_y:.4f}pt"
    nothing = " ".join(f"{box} {{ content: none }}" for box in _MARGIN_BOXES)
    return f"@page {_CLASS} {{ size: {size}; margin: 0; bleed: 0; marks: none; {nothing} }}\n"


def _by_block(
    blocks: Sequence[Hosted],
    pages: Iterable[LaidPage],
    rooms: Sequence[float],
    shown: Sequence[int],
) -> dict[tuple[str, tuple[int, ...]], tuple[LaidSlab, ...]]:
    found: dict[int, list[LaidSlab]] = {}
    for number, page in enumerate(pages):
        if page.id.startswith(_PREFIX):
            slab = LaidSlab(number, page.height, page.characters, left=page.left, width=page.width)
            found.setdefault(int(page.id.removeprefix(_PREFIX)), []).append(slab)
    for number, slabs in found.items():
        if room := rooms[number]:
            slabs[0] = replace(slabs[0], height=round(slabs[0].height - room, 4))
        # The notes stand under the block, so the last of its pages has them.
        slabs[-1] = replace(slabs[-1], notes=blocks[number].notes)
    return {
        (hosted.section_id, hosted.path): tuple(found[number])
        for hosted, number in zip(blocks, shown, strict=True)
        if number in found
    }
