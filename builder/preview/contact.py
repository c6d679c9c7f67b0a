"""A contact sheet: pages side by side as the open book shows them, their numbers below.

Pages and labels only, no words: digits and Roman numerals are drawn with the font that Pillow
carries, and a page that calls itself by other characters has its number instead.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.core.pictures import UNREADABLE
from builder.core.version import __version__

if TYPE_CHECKING:
    from PIL.Image import Image

# What the picture says of itself, so that it may be made anew.
SOFTWARE = "builder preview"
_GROUND, _PAPER, _EDGE, _INK, _PALE = "#8c9299", "#ffffff", "#5b6066", "#ffffff", "#d5d8db"
_SHADE = "#00000022"
# Shares of the width of a page.
_GAP, _LABEL = 0.14, 0.1
# A page broader or longer than this is shown smaller, so that it leaves room for the others.
_BROADEST, _LONGEST = 3.0, 3.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to be shown: its size in points, None when it has none, and what it is called."""

    number: int
    label: str
    size: tuple[float, float] | None


# Left and right page of an open book, or one that stands alone.
Opening = tuple[Shown | None, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where openings go: so many in a row, a page in a cell of so many pixels."""

    columns: int
    cell_width: int
    cell_height: int
    openings: tuple[Opening, ...]
    is_right_bound: bool

    @property
    def places(self) -> int:
        """Pages in an opening."""
        return max(len(opening) for opening in self.openings)

    @property
    def gap(self) -> int:
        return max(round(self.cell_width * _GAP), 8)

    @property
    def label_height(self) -> int:
        return max(round(self.cell_width * _LABEL), 14)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        rows = math.ceil(len(self.openings) / self.columns)
        width = self.columns * (self.places * self.cell_width + self.gap) + self.gap
        height = rows * (self.cell_height + self.label_height + self.gap) + self.gap
        return width, height

    def corner(self, at: int) -> tuple[int, int]:
        """The upper left corner of the opening `at`; a right-bound book runs leftwards."""
        row, column = divmod(at, self.columns)
        if self.is_right_bound:
            column = self.columns - 1 - column
        x = self.gap + column * (self.places * self.cell_width + self.gap)
        return x, self.gap + row * (self.cell_height + self.label_height + self.gap)


def arrange(openings: Sequence[Opening], width: int, *, is_right_bound: bool) -> Arrangement:
    """A sheet about `width` pixels broad, in rows so that it is about as high."""
    pages = [page for opening in openings for page in opening if page]
    sizes = sorted(page.size for page in pages if page.size) or [(1.0, 1.0)]
    usual = sizes[len(sizes) // 2]
    aspect = min(max(usual[1] / usual[0], 1 / _BROADEST), _LONGEST)
    places = max(len(opening) for opening in openings)
    columns = max(round(math.sqrt(len(openings) * aspect / places)), 1)
    columns = min(columns, len(openings))
    cell = max(round(width / (columns * (places + _GAP) + _GAP)), 8)
    return Arrangement(columns, cell, round(cell * aspect), tuple(openings), is_right_bound)


class Sheet:
    """A contact sheet that is being drawn."""

    def __init__(self, arrangement: Arrangement) -> None:
        from PIL import Image, ImageDraw, ImageFont

        self._arrangement = arrangement
        self._image = Image.new("RGB", arrangement.size, _GROUND)
        self._draw = ImageDraw.Draw(self._image)
        self._font = ImageFont.load_default(max(arrangement.label_height * 0.62, 9))

    def put(self, at: int, place: int, shown: Shown, picture: "Image | None") -> None:
        """Show a page in its place; without a picture, a crossed-out leaf."""
        arrangement = self._arrangement
        x, y = arrangement.corner(at)
        x += place * arrangement.cell_width
        cell = (arrangement.cell_width, arrangement.cell_height)
        size = picture.size if picture else cell
        left = x + self._beside_spine(at, place, size[0])
        top = y + (cell[1] - size[1]) // 2
        edges = (left, top, left + size[0] - 1, top + size[1] - 1)
        if picture:
            self._image.paste(picture, (left, top))
        else:
            self._draw.rectangle(edges, fill=_PAPER)
            self._draw.line(edges, fill=_EDGE, width=2)
            self._draw.line((edges[2], edges[1], edges[0], edges[3]), fill=_EDGE, width=2)
        self._draw.rectangle(edges, outline=_EDGE)
        middle = (left + size[0] / 2, y + cell[1] + arrangement.label_height * 0.55)
        self._label(middle, shown)

    def _beside_spine(self, at: int, place: int, width: int) -> int:
        """How far from the left of its cell a page lies: pages that face each other touch."""
        room = self._arrangement.cell_width - width
        if len(self._arrangement.openings[at]) == 1:
            return room // 2
        return room if place == 0 else 0

    def _label(self, middle: tuple[float, float], shown: Shown) -> None:
        """What the page calls itself, and its number in the file when that differs."""
        number = str(shown.number)
        label = shown.label if shown.label.isascii() and shown.label.isprintable() else number
        parts = [(label[:12], _INK)] + ([(f" ({number})", _PALE)] if label != number else [])
        x = middle[0] - sum(self._font.getlength(text) for text, _ in parts) / 2
        for text, ink in parts:
            self._draw.text((x, middle[1]), text, fill=ink, font=self._font, anchor="lm")
            x += self._font.getlength(text)

    def png(self) -> bytes:
        """The picture's file."""
        from PIL.PngImagePlugin import PngInfo

        said = PngInfo()
        said.add_text("Software", f"{SOFTWARE} {__version__}")
        stream = io.BytesIO()
        self._image.save(stream, "PNG", pnginfo=said, compress_level=4)
        return stream.getvalue()


def is_contact_sheet(content: bytes) -> bool:
    """Whether a file is a contact sheet of ours."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            return str(image.info.get("Software", "")).startswith(SOFTWARE)
    except UNREADABLE:
        return False
