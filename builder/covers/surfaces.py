"""What lies under the words: paper, washes of colour, hills, discs, worn edges.

Every chance comes from a `Random` that the book's title seeds, by its `random` and `randbytes`,
whose numbers Python promises to keep. Shapes are drawn larger and reduced, since Pillow's
polygons have hard edges. What covers a whole canvas draws from the book's chance what it would
on a cover alone, so that the front of a wrap is the cover.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw

from builder.core.colours import RGB
from builder.covers.canvas import HEIGHT, SIZE, WIDTH, Canvas, Point, lay

_FINE = 2  # how much larger masks are drawn
_GRAIN_UNITS = 5  # how large the grains of paper are
_CLOUD_UNITS = 110  # and the clouds in it
_MIST = 4  # how much smaller mist is drawn
_STRIP_STEPS = 4  # of a ridge's line that one strip of mist spans
_HILL_WAVES = 3  # of a ridge; the shorter ones are crags
_RIDGE_STEP = 5  # units from one point of a ridge to the next
_SEED_BYTES = 16


def noise(rng: Random, size: tuple[int, int], cell_px: float) -> Image.Image:
    """Clouds of grey around 128; `cell_px` is how far apart light and dark lie."""
    columns, rows = _cells(size, cell_px)
    grains = Image.frombytes("L", (columns, rows), rng.randbytes(columns * rows))
    return grains.resize(size, Image.Resampling.BICUBIC)


def _cells(size: tuple[int, int], cell_px: float) -> tuple[int, int]:
    return max(2, math.ceil(size[0] / cell_px)), max(2, math.ceil(size[1] / cell_px))


def noise_on(
    canvas: Canvas,
    rng: Random,
    cell: float,
    *,
    alone: tuple[int, int],
    here: tuple[int, int],
    scale: float = 1.0,
) -> Image.Image:
    """Noise of the size `alone` on a cover alone, else of the size `here`, which is `scale` times
    as fine; see `noise`.

    Elsewhere as much chance is drawn as on a cover alone, and stands for more.
    """
    if canvas.is_alone:
        return noise(rng, alone, cell)
    columns, rows = _cells(alone, cell)
    drawn = rng.randbytes(columns * rows)
    return noise(Random(drawn[:_SEED_BYTES]), here, cell * scale)  # noqa: S311  (it decorates)


def _ground_noise(canvas: Canvas, rng: Random, grain: int, cell: float) -> Image.Image:
    """Noise for all of a canvas, a pixel for `grain` units."""
    here = (math.ceil(canvas.area.width / grain), math.ceil(canvas.area.height / grain))
    return noise_on(canvas, rng, cell, alone=(WIDTH // grain, HEIGHT // grain), here=here)


def grained(canvas: Canvas, colour: RGB, rng: Random, strength: int = 5) -> Image.Image:
    """A ground of one colour that is not quite even, as paper and cloth are not."""
    clouds = _ground_noise(canvas, rng, _GRAIN_UNITS, _CLOUD_UNITS / _GRAIN_UNITS)
    grains = _ground_noise(canvas, rng, _GRAIN_UNITS, 1)
    texture = Image.blend(clouds, grains, 0.7)
    texture = texture.resize(canvas.image.size, Image.Resampling.BICUBIC)
    return _coloured(texture, lambda grey, channel: colour[channel] + (grey - 128) * strength / 90)


def wash(
    canvas: Canvas, stops: Sequence[tuple[float, RGB]], rng: Random, strength: int = 3
) -> Image.Image:
    """Colours that run into each other down the page; stops are (0 to 1, colour), in order."""
    column = _fall(canvas)
    grains = noise_on(
        canvas, rng, _GRAIN_UNITS, alone=SIZE, here=canvas.image.size, scale=canvas.scale
    )
    grain = grains.point([128 + (grey - 128) * strength // 60 for grey in range(256)])
    even = ImageChops.add(column, grain, 1, -128)

    def at(grey: float, channel: int) -> float:
        place = grey / 255
        for (start, first), (end, second) in pairwise(stops):
            if place <= end:
                share = max(0.0, (place - start) / (end - start))
                return first[channel] + (second[channel] - first[channel]) * share
        return stops[-1][1][channel]

    return _coloured(even, at)


def _fall(canvas: Canvas) -> Image.Image:
    """Black at the head of the page to white at its foot; above and below, as at its edge."""
    width, height = canvas.image.size
    front_height = canvas.length_px(HEIGHT)
    column = Image.linear_gradient("L").resize((1, front_height), Image.Resampling.BICUBIC)
    page = column.resize((width, front_height), Image.Resampling.NEAREST)
    if canvas.is_alone:
        return page
    fall = Image.new("L", (width, height), 0)
    top = round(canvas.px((0, 0))[1])
    fall.paste(255, (0, top, width, height))
    fall.paste(page, (0, top))
    return fall


def _coloured(grey: Image.Image, value: Callable[[float, int], float]) -> Image.Image:
    """Each grey in the colour that `value` has for it, by channel; `grey` is used up."""
    grey.putpalette(
        [
            max(0, min(255, round(value(level, channel))))
            for level in range(256)
            for channel in range(3)
        ]
    )
    return grey.convert("RGB")


def shape(
    points: Iterable[Point], size: tuple[float, float] = SIZE, scale: float = 1.0
) -> Image.Image:
    """The mask of a polygon, `scale` pixels a unit."""
    width, height = round(size[0] * scale), round(size[1] * scale)
    mask = Image.new("L", (width * _FINE, height * _FINE))
    fine = _FINE * scale
    ImageDraw.Draw(mask).polygon([(x * fine, y * fine) for x, y in points], fill=255)
    return mask.reduce(_FINE)


def disc(diameter: float, scale: float = 1.0) -> Image.Image:
    """The mask of a full moon, `scale` pixels a unit."""
    diameter_px = round(diameter * scale)
    mask = Image.new("L", (diameter_px * 4, diameter_px * 4))
    ImageDraw.Draw(mask).ellipse((0, 0, diameter_px * 4 - 1, diameter_px * 4 - 1), fill=255)
    return mask.reduce(4)


@dataclass(frozen=True, slots=True)
class Ridge:
    """`outline` from left to right; `hills` is the same without its crags."""

    outline: tuple[Point, ...]
    hills: tuple[Point, ...]


def ridge(canvas: Canvas, rng: Random, level: float, swing: float) -> Ridge:
    """The outline of hills across the canvas, from left to right, around the height `level`.

    Long waves make the hills, short ones the crags; each half as high as the one before it.
    """
    waves = []
    height, length = swing, WIDTH * (0.9 + 0.5 * rng.random())
    for _ in range(7):
        waves.append((height, length, rng.random() * math.tau))
        height, length = height * 0.52, length * 0.47
    first = math.floor(canvas.area.left / _RIDGE_STEP)
    last = math.ceil(canvas.area.right / _RIDGE_STEP)
    places = [_RIDGE_STEP * step for step in range(first, last + 1)]

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
    canvas: Canvas,
    hills: Ridge,
    colour: RGB,
    *,
    depth: float,
    strength: float,
    foot: float | None = None,
) -> None:
    """Lay hills down to `foot`; they fade into mist `depth` below their ridge.

    The mist follows the hills and not their crags, which would hang in it like curtains.
    """
    outline = [canvas.px(point) for point in hills.outline]
    low = canvas.image.height if foot is None else round(canvas.px((0, foot))[1])
    top = max(0, math.floor(min(y for _, y in outline)) - 2)
    size = (canvas.image.width, low - top)
    left, right = outline[0][0], outline[-1][0]
    body = shape([*((x, y - top) for x, y in outline), (right, low), (left, low)], size)
    faded = _mist([canvas.px(point) for point in hills.hills], top, size, depth * canvas.scale)
    lay(canvas.image, ImageChops.multiply(body, faded), colour, (0, top), strength)


def _mist(hills: Sequence[Point], top: int, size: tuple[int, int], depth: float) -> Image.Image:
    """White above the line of the hills, black from `depth` below it, for a page cut at `top`.

    In upright strips, each cut slanting out of one gradient; mist is soft, so a quarter of the
    page's size is enough to draw it in. All in pixels.
    """
    width, height = size[0] // _MIST, size[1] // _MIST
    fade = Image.new("L", (256, 512), 255)
    fade.paste(ImageChops.invert(Image.linear_gradient("L")), (0, 256))
    mesh = []
    for (left, first), (right, second) in pairwise((*hills[::_STRIP_STEPS], hills[-1])):
        start, end = max(0, round(left / _MIST)), min(width, round(right / _MIST))
        if start < end:
            left_top, right_top = (256 + (top - y) * 256 / depth for y in (first, second))
            whole = size[1] * 256 / depth
            corners = (0, left_top, 0, left_top + whole, 256, right_top + whole, 256, right_top)
            mesh.append(((start, 0, end, height), corners))
    mist = fade.transform((width, height), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
    return mist.resize(size, Image.Resampling.BILINEAR)


def worn(mask: Image.Image, rng: Random, share: float = 0.12, *, scale: float = 1.0) -> Image.Image:
    """`mask` (`scale` pixels a unit) as a stamp leaves it: chipped in places, thin in others."""
    size = (round(mask.width / scale), round(mask.height / scale))
    clouds = noise(rng, size, 9)
    coarse = noise(rng, size, 60)
    threshold = 255 * share
    chips = Image.blend(clouds, coarse, 0.45)
    if chips.size != mask.size:
        chips = chips.resize(mask.size, Image.Resampling.BICUBIC)
    chips = chips.point([max(0, min(255, round((grey - threshold) * 6))) for grey in range(256)])
    return ImageChops.multiply(mask, chips)
