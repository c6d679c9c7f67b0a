"""Paper: sheets that are printed, folded, put into one another, gathered and read.

It knows nothing of how sheets are planned. What is on a sheet is read out of the imposed PDF by
MuPDF; what happens to it are reflections of points, as a fold is one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pymupdf

Way = Literal["left over right", "right over left", "top over bottom"]
NEAR = 0.05


@dataclass(frozen=True)
class Ink:
    """A printed word: where it begins and which way it runs, in the plane, y upwards.

    Both are as seen through the paper from above; `is_above` says on which side of it it is.
    """

    word: str
    x: float
    y: float
    direction: tuple[float, float]
    is_above: bool


@dataclass(frozen=True)
class Layer:
    """One thickness of paper, from x0 to x1 and y0 to y1."""

    x0: float
    y0: float
    x1: float
    y1: float
    inks: tuple[Ink, ...]

    def part(self, x0: float, y0: float, x1: float, y1: float) -> "Layer":
        inside = (ink for ink in self.inks if x0 <= ink.x < x1 and y0 <= ink.y < y1)
        return Layer(x0, y0, x1, y1, tuple(inside))

    def mirrored(self, *, x: float | None = None, y: float | None = None) -> "Layer":
        """Turned over about an upright line at `x` or a level one at `y`."""
        assert (x is None) != (y is None)

        def over(ink: Ink) -> Ink:
            at = (2 * x - ink.x, ink.y) if x is not None else (ink.x, 2 * (y or 0) - ink.y)
            dx, dy = ink.direction
            way = (-dx, dy) if x is not None else (dx, -dy)
            return Ink(ink.word, *at, way, not ink.is_above)

        inks = tuple(map(over, self.inks))
        if x is not None:
            return Layer(2 * x - self.x1, self.y0, 2 * x - self.x0, self.y1, inks)
        y = y or 0
        return Layer(self.x0, 2 * y - self.y1, self.x1, 2 * y - self.y0, inks)


# Layers on each other, the topmost first.
Packet = tuple[Layer, ...]


def printed_side(page: pymupdf.Page) -> Layer:
    """A side as its printer puts it onto a sheet that lies this side up."""
    height = page.rect.height
    inks = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            # MuPDF's y runs down.
            dx, dy = line["dir"]
            for span in line["spans"]:
                x, y = span["origin"]
                word = span["text"].strip()
                inks.append(Ink(word, x, height - y, (dx, -dy), is_above=True))
    return Layer(0, 0, page.rect.width, height, tuple(inks))


def backed(front: Layer, back: Layer, flip: str) -> Layer:
    """A sheet with `back` printed after it was turned over its `flip` edge."""
    is_lying = front.x1 > front.y1
    over_upright_line = (flip == "short") == is_lying
    behind = back.mirrored(x=back.x1 / 2) if over_upright_line else back.mirrored(y=back.y1 / 2)
    return replace(front, inks=front.inks + behind.inks)


def duplex_sheets(path: Path, flip: str) -> list[Layer]:
    """Sheets out of a printer that prints both sides."""
    with pymupdf.open(path) as pdf:
        sides = [printed_side(page) for page in pdf]
    return [backed(sides[at], sides[at + 1], flip) for at in range(0, len(sides), 2)]


def sheets_by_hand(fronts: Path, backs: Path, flip: str, *, is_turned: bool) -> list[Layer]:
    """Sheets out of a printer that prints one side, the pile put back by hand.

    The fronts come out one on the other. Seen from the side that the printer takes sheets from,
    the first is then at the far end; turned over, it is at the near one.
    """
    with pymupdf.open(fronts) as pdf:
        pile = [printed_side(page) for page in pdf]
    with pymupdf.open(backs) as pdf:
        following = [printed_side(page) for page in pdf]
    taken = pile if is_turned else pile[::-1]
    done = [backed(front, back, flip) for front, back in zip(taken, following, strict=True)]
    return done if is_turned else done[::-1]


def fold(packet: Packet, way: Way) -> Packet:
    """Halve a packet: what moves is turned over and laid on what stays."""
    x0, y0, x1, y1 = packet[0].x0, packet[0].y0, packet[0].x1, packet[0].y1
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    left = [layer.part(x0, y0, x, y1) for layer in packet]
    right = [layer.part(x, y0, x1, y1) for layer in packet]
    match way:
        case "left over right":
            return (*(layer.mirrored(x=x) for layer in reversed(left)), *right)
        case "right over left":
            return (*(layer.mirrored(x=x) for layer in reversed(right)), *left)
        case "top over bottom":
            top = [layer.part(x0, y, x1, y1) for layer in packet]
            bottom = [layer.part(x0, y0, x1, y) for layer in packet]
            return (*(layer.mirrored(y=y) for layer in reversed(top)), *bottom)


def folded(sheet: Layer, folds: int, *, is_right_bound: bool) -> Packet:
    """A sheet laid down with its front below, and folded so that its front's first page is on top."""
    over: Way = "right over left" if is_right_bound else "left over right"
    ways: dict[int, tuple[Way, ...]] = {
        1: (over,),
        2: ("top over bottom", over),
        3: (over, "top over bottom", over),
        4: ("top over bottom", over, "top over bottom", over),
    }
    packet: Packet = (sheet.mirrored(x=(sheet.x0 + sheet.x1) / 2),)
    for way in ways[folds]:
        packet = fold(packet, way)
    return packet


def nested(packets: Sequence[Packet]) -> Packet:
    """Packets opened in the middle and put into one another, the first outside."""
    layers: Packet = ()
    for packet in reversed(packets):
        half = len(packet) // 2
        layers = (*packet[:half], *layers, *packet[half:])
    return layers


def piles(sheets: Sequence[Layer], cuts: int, *, is_right_bound: bool) -> Packet:
    """A stack of sheets cut apart, its piles laid on each other in the order they are read."""
    columns, rows = {1: (2, 1), 2: (2, 2), 3: (4, 2)}[cuts]
    width, height = sheets[0].x1 / columns, sheets[0].y1 / rows
    order = range(columns - 1, -1, -1) if is_right_bound else range(columns)
    return tuple(
        sheet.part(column * width, row * height, (column + 1) * width, (row + 1) * height)
        for row in range(rows - 1, -1, -1)
        for column in order
        for sheet in sheets
    )


@dataclass(frozen=True)
class Read:
    """A page as its reader sees it: the words on it, and how far the first is from its spine."""

    words: tuple[str, ...]
    from_spine: float
    from_head: float
    is_upright: bool


def leafed_through(leaves: Packet, *, is_right_bound: bool) -> Iterator[Read]:
    """The pages of a bound book, from its front cover on: both sides of each leaf."""
    for leaf in leaves:
        for is_recto in (True, False):
            # From below, the plane is seen mirrored.
            seen = leaf if is_recto else leaf.mirrored(x=(leaf.x0 + leaf.x1) / 2)
            inks = [ink for ink in seen.inks if ink.is_above]
            spine_is_left = is_recto != is_right_bound
            first = min(inks, key=lambda ink: (-ink.y, ink.x), default=None)
            if first is None:
                yield Read((), 0, 0, is_upright=True)
                continue
            along = first.x - seen.x0 if spine_is_left else seen.x1 - first.x
            upright = all(abs(i.direction[0] - 1) + abs(i.direction[1]) < NEAR for i in inks)
            yield Read(tuple(ink.word for ink in inks), along, seen.y1 - first.y, upright)
