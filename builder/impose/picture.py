"""A picture that shows how to fold: no words, so that it serves in any language.

Drawn from the same plan as the sheets, in three rows: both sides of the outermost sheet, what it
looks like after each fold, and how sheets go into one another and signatures onto one another.
Digits are those of the font that Pillow carries; a page on its head has its number on its head.
"""

import io
from collections.abc import Callable, Sequence

from builder.core.pictures import UNREADABLE
from builder.impose.folding import Side, Spot, Step, folding_steps
from builder.impose.pen import FINE, GROUND, INK, PALE, PAPER, SPINE, Box, Pen
from builder.impose.plan import Place, Plan, Sheet

# What the picture says of itself, so that it may be drawn anew.
SOFTWARE = "builder impose"
_WIDTH = 1400
_MARGIN = 60
_ROW = 360
_GAP = 56
_MOST_SHOWN = 7
# Between sheets that are drawn in one another.
_BETWEEN = 20.0


def folding_picture(plan: Plan, aspect: float) -> bytes:
    """A PNG; `aspect` is a page's width over its height."""
    from PIL import Image, ImageDraw
    from PIL.PngImagePlugin import PngInfo

    is_folded = plan.binding != "stack"
    rows: list[Callable[[Pen, float], None]] = [lambda pen, y: _both_sides(pen, y, plan, aspect)]
    if is_folded:
        rows.append(lambda pen, y: _folding(pen, y, plan, aspect))
    rows.append(lambda pen, y: (_gathering if is_folded else _piling)(pen, y, plan))
    height = _MARGIN + len(rows) * (_ROW + _MARGIN)
    image = Image.new("RGB", (_WIDTH * FINE, height * FINE), GROUND)
    pen = Pen(ImageDraw.Draw(image), image)
    for number, draw in enumerate(rows):
        draw(pen, _MARGIN + number * (_ROW + _MARGIN))
    said = PngInfo()
    said.add_text("Software", SOFTWARE)
    stream = io.BytesIO()
    small = image.resize((_WIDTH, height), Image.Resampling.LANCZOS)
    small.quantize(64).save(stream, "PNG", pnginfo=said, optimize=True)
    return stream.getvalue()


def is_folding_picture(content: bytes) -> bool:
    """Whether a file is one of these pictures."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.info.get("Software") == SOFTWARE
    except UNREADABLE:
        return False


def _both_sides(pen: Pen, y: float, plan: Plan, aspect: float) -> None:
    """The outermost sheet, front and back, as they are printed, an arrow between them."""
    sheet = plan.sheets[0]
    room = (_WIDTH - 2 * _MARGIN - 3 * _GAP) / 2
    cell = _cell(plan, aspect, room)
    width = cell[0] * plan.columns
    left = _WIDTH / 2 - width - 1.5 * _GAP
    sides: tuple[tuple[float, Side], ...] = ((left, "front"), (_WIDTH / 2 + 1.5 * _GAP, "back"))
    for x, side in sides:
        _side(pen, Box(x, y, *cell), plan, sheet.side(side))
    pen.badge(left - 24, y + 16, "1")
    middle, top = _WIDTH / 2, y + cell[1] * plan.rows / 2
    pen.arrow((middle - _GAP, top), (middle, top - 70), (middle + _GAP, top))


def _cell(plan: Plan, aspect: float, room: float) -> tuple[float, float]:
    """Width and height of one page, so that a side has room across and in the row."""
    height = min(_ROW / plan.rows, room / plan.columns / aspect)
    return height * aspect, height


def _side(pen: Pen, first: Box, plan: Plan, places: Sequence[Place]) -> None:
    for place in places:
        spot = place.spot
        x, y = first.x + spot.column * first.width, first.y + spot.row * first.height
        box = Box(x, y, first.width, first.height)
        pen.page(box, place, is_turned=spot.is_turned)
        _spine(pen, box, is_left=(place.spine == "left") != spot.is_turned)
    _folds(pen, first, plan.columns, plan.rows)


def _spine(pen: Pen, box: Box, *, is_left: bool) -> None:
    x = box.x + 3 if is_left else box.x + box.width - 3
    pen.line([(x, box.y + 6), (x, box.y + box.height - 6)], ink=SPINE, width=3)


def _folds(pen: Pen, first: Box, columns: int, rows: int) -> None:
    right, bottom = first.x + columns * first.width, first.y + rows * first.height
    for column in range(1, columns):
        x = first.x + column * first.width
        pen.dashes((x, first.y), (x, bottom))
    for row in range(1, rows):
        y = first.y + row * first.height
        pen.dashes((first.x, y), (right, y))


def _folding(pen: Pen, y: float, plan: Plan, aspect: float) -> None:
    """The sheet with its front down, and after each fold."""
    is_right_bound = plan.bound == "right"
    steps = folding_steps(plan.folds, is_right_bound=is_right_bound)
    pages = {_key(place.spot): place for place in _places(plan.sheets[0])}
    gap = _GAP * 1.5
    columns = sum(len(step.top[0]) for step in steps)
    room = (_WIDTH - 2 * _MARGIN - gap * (len(steps) - 1)) / columns
    rows = len(steps[0].top)
    height = min(_ROW / rows, room / aspect)
    cell = (height * aspect, height)
    x = (_WIDTH - columns * cell[0] - gap * (len(steps) - 1)) / 2
    for number, step in enumerate(steps):
        down = y + (_ROW - len(step.top) * cell[1]) / 2
        _step(pen, Box(x, down, *cell), step, pages)
        pen.badge(x - 24, down + 16, str(number + 2))
        _fold_arrow(pen, Box(x, down, *cell), step, is_right_bound=is_right_bound)
        x += len(step.top[0]) * cell[0] + gap


def _key(spot: Spot) -> tuple[Side, int, int]:
    return spot.side, spot.column, spot.row


def _places(sheet: Sheet) -> tuple[Place, ...]:
    return (*sheet.front, *sheet.back)


def _step(pen: Pen, first: Box, step: Step, pages: dict[tuple[Side, int, int], Place]) -> None:
    for row, (spots, turned) in enumerate(zip(step.top, step.turned, strict=True)):
        for column, (spot, is_turned) in enumerate(zip(spots, turned, strict=True)):
            place = pages[_key(spot)]
            box = Box(
                first.x + column * first.width,
                first.y + row * first.height,
                first.width,
                first.height,
            )
            if step.fold is None:
                # The folded sheet has thickness: the leaves below show at its open edges.
                away = 1 if place.spine == "left" else -1
                for leaf in (3, 2, 1):
                    under = Box(box.x + away * leaf * 3, box.y + leaf * 3, box.width, box.height)
                    pen.box(under)
            pen.page(box, place, is_turned=is_turned)
            if step.fold is None:
                _spine(pen, box, is_left=place.spine == "left")
    _folds(pen, first, len(step.top[0]), len(step.top))


def _fold_arrow(pen: Pen, first: Box, step: Step, *, is_right_bound: bool) -> None:
    """From the half that moves to the half it is laid on."""
    width, height = first.width * len(step.top[0]), first.height * len(step.top)
    middle_x, middle_y = first.x + width / 2, first.y + height / 2
    match step.fold:
        case "across":
            way = -1 if is_right_bound else 1
            start, end = middle_x - way * width * 0.32, middle_x + way * width * 0.32
            top = first.y + first.height * 0.16
            pen.arrow((start, top), (middle_x, top - 60), (end, top))
        case "down":
            side = first.x + width - first.width * 0.16
            start, end = middle_y - height * 0.32, middle_y + height * 0.32
            pen.arrow((side, start), (side + 60, middle_y), (side, end))
        case None:
            return


def _gathering(pen: Pen, y: float, plan: Plan) -> None:
    """Sheets seen from their heads, in one another, and signatures on one another."""
    way = -1 if plan.bound == "right" else 1
    size = plan.signatures[0]
    shown = min(size, _MOST_SHOWN)
    middle = _WIDTH * (0.5 if len(plan.signatures) == 1 else 0.3)
    length = 300
    spine = middle - way * length / 2
    for number in range(shown):
        depth = _BETWEEN * (shown - number - 0.5)
        inner = spine + way * number * 12
        mouth = spine + way * length
        top, bottom = y + _ROW / 2 - depth, y + _ROW / 2 + depth
        bend = inner + way * 14
        is_left_out = size > shown and number == shown - 2
        line = [(mouth, top), (bend, top), (inner, y + _ROW / 2), (bend, bottom), (mouth, bottom)]
        pen.line(line, ink=PALE if is_left_out else INK, width=2)
        if shown > 1 and not is_left_out:
            label = _sheet_label(number, shown, size)
            pen.number(Box(mouth + way * 30 - 40, top - 21, 80, 42), label, ink=INK)
    pen.disc(spine - way * 12, y + _ROW / 2, radius=6, ink=SPINE)
    pen.badge(middle, y + _ROW / 2 - _BETWEEN * shown - 20, str(plan.folds + 3))
    if plan.binding == "saddle":
        reach = spine + way * (shown * 12 + 10)
        pen.line([(spine - way * 12, y + _ROW / 2), (reach, y + _ROW / 2)], ink=SPINE, width=4)
    if len(plan.signatures) > 1:
        _pile_of_signatures(pen, y, plan, way)


def _sheet_label(number: int, shown: int, size: int) -> str:
    """Which sheet a line is; of many the last one shown is the innermost."""
    return str(size if number == shown - 1 else number + 1)


def _pile_of_signatures(pen: Pen, y: float, plan: Plan, way: int) -> None:
    """Signatures lying on one another, the first on top, their spines on one side."""
    count = len(plan.signatures)
    shown = min(count, _MOST_SHOWN)
    height = min(_ROW / (shown + 1), 44)
    left, top = _WIDTH * 0.62, y + (_ROW - shown * height) / 2
    for at in range(shown):
        box = Box(left, top + at * height, 320, height - 8)
        is_left_out = count > shown and at == shown - 2
        pen.box(box, fill=GROUND if is_left_out else PAPER)
        if not is_left_out:
            pen.number(box, _sheet_label(at, shown, count))
        spine = box.x if way == 1 else box.x + box.width
        pen.line([(spine, box.y), (spine, box.y + box.height)], ink=SPINE, width=5)
    pen.badge(left + 160, top - 30, str(plan.folds + 4))


def _piling(pen: Pen, y: float, plan: Plan) -> None:
    """The piles of a cut stack, in the order in which they are laid on each other."""
    order = sorted(plan.sheets[0].front, key=lambda place: _first_leaf(plan, place))
    count = len(order)
    width = min(150, (_WIDTH - 2 * _MARGIN) / count - _GAP)
    left = (_WIDTH - count * (width + _GAP) + _GAP) / 2
    for at, place in enumerate(order):
        x = left + (at if plan.bound == "left" else count - 1 - at) * (width + _GAP)
        for leaf in range(6, -1, -1):
            box = Box(x + leaf * 2, y + 90 + leaf * 3, width, width * 1.3)
            pen.box(box)
        top = Box(x, y + 90, width, width * 1.3)
        pen.page(top, place)
        _spine(pen, top, is_left=place.spine == "left")
        if at:
            way = -1 if plan.bound == "left" else 1
            middle, before = x + width / 2, x + width / 2 + way * (width + _GAP)
            pen.arrow((before, y + 80), ((before + middle) / 2, y + 30), (middle, y + 80))
    pen.badge(left - 36, y + 106, "2")


def _first_leaf(plan: Plan, place: Place) -> int:
    """Where the leaf of a place on the first sheet comes in the book."""
    return plan.page_count if place.page is None else place.page
