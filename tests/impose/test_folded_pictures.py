"""Sheets are rendered, and the pictures folded: what lies at each place is the page, dot for dot.

Beside `test_unfolding`, which follows words, this follows ink: turned, mirrored or shifted pages
would show.
"""

from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageChops, ImageStat

from builder.impose import SHEETS, Wishes, impose
from builder.impose.plan import Edge
from tests.impose.books import MM

DPI = 50
SIZE = (130 * MM, 184 * MM)
PAPERS = {1: "A4", 2: "A3", 3: "SRA2", 4: "SRA1"}
# Dots of two renderings of the same thing differ at edges, by where they fall on the grid.
SAME = 20


@dataclass(frozen=True)
class Leaf:
    """A thickness of paper: what is seen from above, and what would be, could one see through."""

    above: Image.Image
    below: Image.Image

    def over(self, way: Image.Transpose) -> "Leaf":
        return Leaf(self.below.transpose(way), self.above.transpose(way))

    def part(self, box: tuple[int, int, int, int]) -> "Leaf":
        return Leaf(self.above.crop(box), self.below.crop(box))


ACROSS, DOWN = Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM


def rendered(page: pymupdf.Page, clip: pymupdf.Rect | None = None) -> Image.Image:
    pixels = page.get_pixmap(dpi=DPI, clip=clip, colorspace=pymupdf.csGRAY)
    return Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)


def even(image: Image.Image, columns: int, rows: int) -> Image.Image:
    """The same picture with a size that can be halved as often as the sheet is."""
    return image.resize(
        (image.width // columns * columns, image.height // rows * rows), Image.Resampling.NEAREST
    )


def fold(packet: list[Leaf], *, is_down: bool, is_right_bound: bool) -> list[Leaf]:
    width, height = packet[0].above.size
    if is_down:
        moving, staying = (0, 0, width, height // 2), (0, height // 2, width, height)
    else:
        halves = [(0, 0, width // 2, height), (width // 2, 0, width, height)]
        moving, staying = reversed(halves) if is_right_bound else halves
    way = DOWN if is_down else ACROSS
    moved = [leaf.part(moving).over(way) for leaf in reversed(packet)]
    return [*moved, *(leaf.part(staying) for leaf in packet)]


def is_same(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures show the same, a dot to and fro."""
    size = (min(one.width, other.width), min(one.height, other.height))
    near = [
        ImageStat.Stat(
            ImageChops.difference(
                ImageChops.offset(one.crop((0, 0, *size)), x, y), other.crop((0, 0, *size))
            )
        ).rms[0]
        for x in (-1, 0, 1)
        for y in (-1, 0, 1)
    ]
    return min(near) < SAME


def write_patterns(path: Path, count: int) -> Path:
    """Pages that differ: a number as black squares in two columns, and one corner cut off."""
    width, height = SIZE
    pdf = pikepdf.Pdf.new()
    for number in range(count):
        drawn = [f"0.5 g 0 {height} m 90 {height} l 0 {height - 90} l f 0 g"]
        for bit in range(6):
            if number >> bit & 1:
                x, y = 60 + bit % 2 * 130, 60 + bit // 2 * 130
                drawn.append(f"{x} {y} 110 110 re f")
        page = pdf.add_blank_page(page_size=SIZE)
        page.obj.Contents = pdf.make_stream(
            " ".join([*drawn, f"1 1 {width - 2} {height - 2} re S"]).encode()
        )
    pdf.save(path)
    return path


@pytest.mark.parametrize("bound", ["left", "right"])
@pytest.mark.parametrize("folds", [1, 2, 3, 4])
def test_the_picture_of_a_folded_sheet_is_the_book(folds: int, bound: Edge, tmp_path: Path) -> None:
    count = 2 ** (folds + 1)
    book = write_patterns(tmp_path / "book.pdf", count)
    sheet = SHEETS[PAPERS[folds]]
    wishes = Wishes(folds=folds, bound=bound, sheet=sheet, leaf_mm=0)
    with impose(book, wishes) as imposed, (tmp_path / "out.pdf").open("wb") as stream:
        imposed.write("all", stream)
    columns, rows = imposed.plan.columns, imposed.plan.rows
    with pymupdf.open(tmp_path / "out.pdf") as pdf:
        front, back = (even(rendered(page), columns, rows) for page in pdf.pages())
    packet = [Leaf(front, back.transpose(ACROSS)).over(ACROSS)]
    for at in range(folds):
        is_down = (folds - at) % 2 == 0
        packet = fold(packet, is_down=is_down, is_right_bound=bound == "right")
    faces = [face for leaf in packet for face in (leaf.above, leaf.below.transpose(ACROSS))]
    with pymupdf.open(book) as pdf:
        pages = [rendered(page) for page in pdf.pages()]
    assert len(faces) == count
    for at, face in enumerate(faces):
        trimmed = trim(face, at, bound)
        matching = [other for other, page in enumerate(pages) if is_same(page, trimmed)]
        assert matching == [at]


def trim(face: Image.Image, at: int, bound: Edge) -> Image.Image:
    """A leaf's face cut to the page: at the spine, and in the middle of its height."""
    width, height = (round(length / 72 * DPI) for length in SIZE)
    spine_is_left = (at % 2 == 0) == (bound == "left")
    x = 0 if spine_is_left else face.width - width
    y = (face.height - height) // 2
    return face.crop((x, y, x + width, y + height))
