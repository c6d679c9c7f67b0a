"""A page's layout as the part of the style sheet that depends on the settings and on the book."""

import math
import re

from builder.compose.page_grid import FONT_SIZE_PT, LEADING_PT
from builder.compose.page_layout import PageLayout

# Type sizes of heads and folios in print-paper.css.
_HEAD_PT, _FOLIO_PT = 8, 9
_HEADS = (("left", "@top-left"), ("right", "@top-right"))
_FOLIOS = (("left", "@bottom-left"), ("right", "@bottom-right"))
COVER_SHAPE = 2 / 3
MAX_CUT = 0.08  # of a side of the cover: A5 takes 6 % off
# A title: type size and the lines above it, as print.css has them and then smaller; from line to
# line, and from character to character, in ems.
_TITLES = ((24, 5), (20, 3), (16, 2), (13, 1), (10.5, 0), (8, 0))
_TITLE_LEADING, _TITLE_ADVANCE = 1.5, 1.12
# Lines that author and publisher take on the title page.
_BELOW_TITLE = 4
# Pages whose folio has rules of its own.
_FOLIO_PAGES = ("", "contents", "front")


def page_rules(layout: PageLayout, title: str) -> str:
    """The size of the page, its margins and what `string-set` says of the book called `title`."""
    top, outer, bottom, inner = (
        f"{margin:.3f}pt" for margin in (layout.top, layout.outer, layout.bottom, layout.inner)
    )
    return (
        f"@page {{ size: {_mm(layout.width_mm)} {_mm(layout.height_mm)} }}\n"
        f"@page :right {{ margin: {top} {outer} {bottom} {inner} }}\n"
        f"@page :left {{ margin: {top} {inner} {bottom} {outer} }}\n"
        f".opener > [data-heading], .divider > [data-heading] {{"
        f" string-set: book {_css_string(title)}, chapter attr(data-heading) }}\n"
        f"{_cover(layout)}{_type(layout)}{_title(layout, title)}{'' if layout.is_screen else _furniture(layout)}"
    )


def line_rules(least_pt: float) -> str:
    """Lines no thinner than a printer prints well."""
    return (
        f"@page {{ @footnote {{ border-top-width: {least_pt:g}pt }} }}\n"
        f"th, td {{ border-width: {least_pt:g}pt }}\n"
    )


def _mm(length: float) -> str:
    return f"{length:.5f}".rstrip("0").rstrip(".") + "mm"


def _cover(layout: PageLayout) -> str:
    """A cover, which is drawn for 2:3, is shown whole where filling the page would cut it."""
    share = layout.width_mm / layout.height_mm / COVER_SHAPE
    if abs(share - 1) < MAX_CUT:
        return ""
    return ".cover-image img { object-fit: contain }\n"


def _type(layout: PageLayout) -> str:
    """Size and leading, where they are others than print.css has."""
    size, leading = layout.grid.size_pt, layout.grid.leading_pt
    if (size, leading) == (FONT_SIZE_PT, LEADING_PT):
        return ""
    unit = size / FONT_SIZE_PT
    return f"html {{ --pt: {unit:.6f}pt; font-size: {size:g}pt; line-height: {leading:.4f}pt }}\n"


def _title(layout: PageLayout, title: str) -> str:
    """A long title is set smaller, so that the title page stays one page."""
    grid = layout.grid
    unit, room = grid.size_pt / FONT_SIZE_PT, grid.height_pt / grid.leading_pt - _BELOW_TITLE
    for size, above in _TITLES:
        characters = max(int(grid.width_pt / (size * unit * _TITLE_ADVANCE)), 1)
        lines = math.ceil(len(title) / characters) * size * _TITLE_LEADING * unit / grid.leading_pt
        if above + lines <= room:
            break
    if size == _TITLES[0][0]:
        return ""
    return (
        f".title-page {{ padding-top: {above}rlh }}\n"
        f".book-title {{ font-size: calc({size:g} * var(--pt)); line-height: {_TITLE_LEADING} }}\n"
    )


def _furniture(layout: PageLayout) -> str:
    """Heads and folios nearer to the text, where the margins are narrow; none where there is no
    room for them.
    """
    leading = layout.grid.leading_pt
    parts = (
        (layout.top, _HEAD_PT, _HEADS, "padding-bottom", ("",)),
        (layout.bottom, _FOLIO_PT, _FOLIOS, "padding-top", _FOLIO_PAGES),
    )
    lines = []
    for margin, size, boxes, padding, pages in parts:
        gap = margin - layout.edge - (leading + size) / 2
        if gap >= leading:
            continue
        said = f"{padding}: {gap:.3f}pt" if gap >= 0 else "content: none"
        names = ("",) if gap >= 0 else pages
        lines += [
            f"@page {name}:{side} {{ {box} {{ {said} }} }}\n"
            for name in names
            for side, box in boxes
        ]
    return "".join(lines)


def _css_string(text: str) -> str:
    """`text` as a CSS string in which every character that could end it is escaped."""
    return '"' + re.sub(r'["\\\n\r\f\x00]', lambda it: f"\\{ord(it[0]) or 0xFFFD:x} ", text) + '"'
