"""What lies under the words: paper, washes of colour, hills, discs, worn edges.

Every chance comes from a `Random` that the book's title seeds, by its `random` and `randbytes`,
whose numbers Python promises to keep. Shapes are drawn larger and reduced, since Pillow's
polygons have hard edges.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw

from builder.core.colours import RGB

WIDTH, HEIGHT = 1600, 2400
SIZE = (WIDTH, HEIGHT)
_FINE = 2  # how much larger masks are drawn
_GRAIN_PX = 5  # how large the grains of paper are
_MIST = 4  # how much smaller mist is drawn
_STRIP_STEPS = 4  # of a ridge's line that one strip of mist spans
_HILL_WAVES = 3  # of a ridge; the shorter ones are crags

Point = tuple[float, float]


def noise(rng: Random, size: tuple[int, int], cell_px: float) -> Image.Image:
    """Clouds of grey around 128; `cell_px` is how far apart light and dark lie."""
    columns = max(2, math.ceil(size[0] / cell_px))
    rows = max(2, math.ceil(size[1] / cell_px))
    grains = Image.frombytes("L", (columns, rows), rng.randbytes(columns * rows))
    return grains.resize(size, Image.Resampling.BICUBIC)


def grained(colour: RGB, rng: Random, strength: int = 5) -> Image.Image:
    """A ground of one colour that is not quite even, as paper and cloth are not."""
    small = (WIDTH // _GRAIN_PX, HEIGHT // _GRAIN_PX)
    texture = Image.blend(noise(rng, small, 110 / _GRAIN_PX), noise(rng, small, 1), 0.7)
    texture = texture.resize(SIZE, Image.Resampling.BICUBIC)
    return _coloured(texture, lambda grey, channel: colour[channel] + (grey - 128) * strength / 90)


def wash(stops: Sequence[tuple[float, RGB]], rng: Random, strength: int = 3) -> Image.Image:
    """Colours that run into each other down the page; stops are (0 to 1, colour), in order."""
    column = Image.linear_gradient("L").resize(SIZE, Image.Resampling.BICUBIC)
    grain = noise(rng, SIZE, _GRAIN_PX).point(
        [128 + (grey - 128) * strength // 60 for grey in range(256)]
    )
    even = ImageChops.add(column, grain, 1, -128)

    def at(grey: float, channel: int) -> float:
        place = grey / 255
        for (start, first), (end, second) in pairwise(stops):
            if place <= end:
                share = max(0.0, (place - start) / (end - start))
                return first[channel] + (second[channel] - first[channel]) * share
        return stops[-1][1][channel]

    return _coloured(even, at)


def _coloured(grey: Image.Image, value: Callable[[float, int], float]) -> Image.Image:
    channels = [
        grey.point([max(0, min(255, round(value(level, channel)))) for level in range(256)])
        for channel in range(3)
    ]
    return Image.merge("RGB", channels)


def shape(points: Iterable[Point], size: tuple[int, int] = SIZE) -> Image.Image:
    """The mask of a polygon."""
    mask = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
    ImageDraw.Draw(mask).polygon([(x * _FINE, y * _FINE) for x, y in points], fill=255)
    return mask.reduce(_FINE)


def disc(diameter_px: int) -> Image.Image:
    """The mask of a full moon."""
    mask = Image.new("L", (diameter_px * 4, diameter_px * 4))
    ImageDraw.Draw(mask).ellipse((0, 0, diameter_px * 4 - 1, diameter_px * 4 - 1), fill=255)
    return mask.reduce(4)


def colour_at(image: Image.Image, x: float, y: float) -> RGB:
    """The colour of a point; beyond the edge, of the point next to it."""
    column, row = max(0, min(WIDTH - 1, int(x))), max(0, min(HEIGHT - 1, int(y)))
    red, green, blue = image.crop((column, row, column + 1, row + 1)).tobytes()
    return red, green, blue


def lay(
    image: Image.Image, mask: Image.Image, colour: RGB, at: Point = (0, 0), strength: float = 1.0
) -> None:
    """Lay a colour on `image` through `mask`, whose upper left corner comes to `at`."""
    if strength < 1:
        mask = mask.point([round(grey * strength) for grey in range(256)])
    image.paste(colour, (round(at[0]), round(at[1])), mask)


@dataclass(frozen=True, slots=True)
class Ridge:
    """`outline` from left to right; `hills` is the same without its crags."""

    outline: tuple[Point, ...]
    hills: tuple[Point, ...]


def ridge(rng: Random, level: float, swing: float, steps: int = 320) -> Ridge:
    """The outline of hills across the page, from left to right, around the height `level`.

    Long waves make the hills, short ones the crags; each half as high as the one before it.
    """
    waves = []
    height, length = swing, WIDTH * (0.9 + 0.5 * rng.random())
    for _ in range(7):
        waves.append((height, length, rng.random() * math.tau))
        height, length = height * 0.52, length * 0.47
    places = [WIDTH * step / steps for step in range(steps + 1)]

    def rise(x: float, counted: int) -> float:
        return sum(
            height * math.sin(x / length * math.tau + phase)
            for height, length, phase in waves[:counted]
        )

    return Ridge(
        tuple((x, level - rise(x, 7)) for x in places),
        tuple((x, level - rise(x, _HILL_WAVES)) for x in places),
    )


def lay_hills(
    image: Image.Image,
    hills: Ridge,
    colour: RGB,
    *,
    depth: float,
    strength: float,
    foot: int = HEIGHT,
) -> None:
    """Lay hills down to `foot`; they fade into mist `depth` pixels below their ridge.

    The mist follows the hills and not their crags, which would hang in it like curtains.
    """
    top = max(0, math.floor(min(y for _, y in hills.outline)) - 2)
    size = (WIDTH, foot - top)
    body = shape([*((x, y - top) for x, y in hills.outline), (WIDTH, foot), (0, foot)], size)
    faded = _mist(hills.hills, top, size, depth)
    lay(image, ImageChops.multiply(body, faded), colour, (0, top), strength)


def _mist(hills: Sequence[Point], top: int, size: tuple[int, int], depth: float) -> Image.Image:
    """White above the line of the hills, black from `depth` below it, for a page cut at `top`.

    In upright strips, each cut slanting out of one gradient; mist is soft, so a quarter of the
    page's size is enough to draw it in.
    """
    width, height = size[0] // _MIST, size[1] // _MIST
    fade = Image.new("L", (256, 512), 255)
    fade.paste(ImageChops.invert(Image.linear_gradient("L")), (0, 256))
    mesh = []
    for (left, first), (right, second) in pairwise((*hills[::_STRIP_STEPS], hills[-1])):
        start, end = round(left / _MIST), round(right / _MIST)
        if start < end:
            left_top, right_top = (256 + (top - y) * 256 / depth for y in (first, second))
            whole = size[1] * 256 / depth
            corners = (0, left_top, 0, left_top + whole, 256, right_top + whole, 256, right_top)
            mesh.append(((start, 0, end, height), corners))
    mist = fade.transform((width, height), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
    return mist.resize(size, Image.Resampling.BILINEAR)


def worn(mask: Image.Image, rng: Random, share: float = 0.12) -> Image.Image:
    """`mask` as a stamp leaves it: chipped in places, thin in others."""
    clouds = noise(rng, mask.size, 9)
    coarse = noise(rng, mask.size, 60)
    threshold = 255 * share
    chips = Image.blend(clouds, coarse, 0.45).point(
        [max(0, min(255, round((grey - threshold) * 6))) for grey in range(256)]
    )
    return ImageChops.multiply(mask, chips)
